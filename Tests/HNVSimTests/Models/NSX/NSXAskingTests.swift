import HNVCore
import Testing

@testable import HNVSim

/// The distributed router asks for its neighbours itself: VMware's troubleshooting guide, ARP.
@Suite struct NSXAskingTests {
  private func fabric(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    let lab = SmallLab.lab { lab in
      lab.nsx.routerNeighbors = SmallLab.written("asked")
      lab.machine("Y", on: "hv1", in: "back", "10.1.2.12")
      change(&lab)
    }
    return try Fabric(lab, under: NSXModel())
  }

  @Test(arguments: ["X", "Y"])
  func `the target answers the router on the sender's host`(target: String) throws {
    let trace = try fabric().ping("A", target)
    #expect(trace.isAnswered && trace.delivered?.timeToLive == 63)
    let asked = try #require(trace.resolution.first { $0.machine == "hv1" && $0.method == "ARP" })
    #expect(asked.answeredBy == target && asked.answer == trace.delivered?.destinationMAC)
  }

  @Test
  func
    `between hosts the question has a MAC address of its host's own, at machines the shared one`()
    throws
  {
    let tap = Wiretap(try fabric())
    try tap.run(Question(from: "A", to: "X"))
    let questions = tap.inner.filter { $0.destination == .broadcast }
    // The request's router asks for X, and the reply's for A.
    #expect(questions.count == 2 && Set(questions.map(\.source)).count == 2)
    #expect(questions.allSatisfy { $0.source != DistributedLogicalRouter.macAddress })
    let answers = tap.inner.filter { $0.destination == questions.first?.source }
    #expect(answers.count == 1)
    // The receiving host asks no other host.
    #expect(tap.tunnels.count == 2)
    let hops = try #require(
      try fabric().ping("A", "X").resolution.first { $0.machine == "hv1" && $0.answeredBy == "X" })
    let changes = hops.hops.flatMap(\.steps).flatMap(\.changes)
    #expect(changes.first { $0.field == .sourceMAC }?.after == "02-50-56-56-44-52")
    #expect(changes.first { $0.field == .destinationMAC }?.before == "02-50-56-56-44-52")
  }

  @Test(arguments: ["unicast", "hybrid", "multicast"])
  func `whoever asks reaches what the controller tells of, without a machine there as well`(
    replication: String
  ) throws {
    func fabric(_ neighbors: String) throws -> Fabric {
      var lab = ArticleLab.lab
      lab.nsx.routerNeighbors = SmallLab.written(neighbors)
      lab.nsx.replication = SmallLab.written(replication)
      return try Fabric(lab, under: NSXModel())
    }
    let (told, asking) = (try fabric("controller"), try fabric("asked"))
    let machines = told.network.intent.machines.map(\.name)
    var reached = 0
    for sender in machines {
      for receiver in machines + ["internet"] where receiver != sender {
        let question = Question(from: sender, to: receiver)
        let isReachable = try told.reach(question).isReachable
        #expect(try asking.reach(question).isReachable == isReachable, "\(sender) to \(receiver)")
        reached += isReachable ? 1 : 0
      }
    }
    #expect(reached == machines.count * machines.count)
  }

  @Test func `an answer is believed for a while`() throws {
    var experiment = Experiment(try fabric())
    for second in [0, 1, 60] as [UInt64] {
      try experiment.send(Question(from: "A", to: "X"), at: .seconds(second))
    }
    let traces = experiment.run().compactMap(\.trace)
    let asked = traces.map {
      $0.resolution.contains { $0.machine == "hv1" && "\($0.target)" == "10.1.2.11" }
    }
    #expect(asked == [true, false, true])
  }

  @Test func `when nobody answers, the packet is lost and its sender told`() throws {
    let trace = try fabric().ping("A", "10.1.2.99")
    #expect(trace.disposition == .neighborUnreachable && trace.reply?.disposition == .accepted)
    #expect(trace.decision?.step.detail.contains("3 ARP requests") == true)
    #expect(trace.resolution.count { "\($0.target)" == "10.1.2.99" } == 3)
  }

  @Test func `what waits is lost with the host`() throws {
    var experiment = Experiment(try fabric())
    try experiment.send(Question(from: "A", to: "10.1.2.99"))
    try experiment.stop("hv1", at: .seconds(1))
    #expect(experiment.run().compactMap(\.trace).first?.disposition == .elementDown)
  }
}
