import HNVCore
import Testing

@testable import HNVSim

/// Learning bridges: what they learn, forget and flood.
@Suite struct BridgeTests {
  private let address = MACAddress(bits: 0x0215_0000_0001)

  @Test func `what was learned is known for 300 seconds, and no longer`() {
    var database = FilteringDatabase<Int>()
    func port(at seconds: UInt64) -> Int? {
      database.port(of: address, in: 101, at: .seconds(seconds))
    }
    var isNews = [database.learn(address, in: 101, at: 1, .zero)]
    #expect(port(at: 299) == 1)
    #expect(port(at: 300) == nil)
    // Whoever is seen again is no news, and lasts as long again.
    isNews.append(database.learn(address, in: 101, at: 1, .seconds(200)))
    #expect(port(at: 499) == 1)
    #expect(port(at: 500) == nil)
    isNews.append(database.learn(address, in: 101, at: 1, .seconds(500)))
    #expect(isNews == [true, false, true])
  }

  @Test func `one address may be in several VLANs, and the latest port of each counts`() {
    var database = FilteringDatabase<Int>()
    var isNews = [database.learn(address, in: 101, at: 1, .zero)]
    #expect(database.port(of: address, in: 102, at: .zero) == nil)
    isNews.append(database.learn(address, in: 102, at: 2, .zero))
    isNews.append(database.learn(address, in: 101, at: 3, .zero))
    #expect(isNews == [true, true, true])
    #expect(database.port(of: address, in: 101, at: .zero) == 3)
    #expect(database.port(of: address, in: 102, at: .zero) == 2)
  }

  /// A's second packet finds the switch, and maybe a host, with nothing learned.
  private func traceAfterRestart(
    of elements: [String], _ change: (inout Lab) -> Void = { _ in }
  ) throws -> Trace {
    let question = TraditionalLab.question("A", "B")
    let traces = try TraditionalLab.fabric(change).traces([question, question]) { experiment in
      for element in elements {
        try experiment.stop(element, at: .seconds(1))
        try experiment.start(element, at: .seconds(1))
      }
    }
    return try #require(traces.last)
  }

  @Test func `a frame for an unknown address goes everywhere, and one copy arrives`() throws {
    let trace = try traceAfterRestart(of: ["switch", "hv3"])
    #expect(trace.disposition == .replicated)
    #expect(trace.hops.map(\.element) == ["A", "hv1", "switch"])
    // Not back to hv1; on hv3 GW alone is in the VLAN, and ignores what it does not have.
    #expect(
      trace.copies.map { $0.hops.map(\.element) } == [
        ["switch", "hv2", "B"], ["switch", "hv3", "GW"],
      ])
    #expect(trace.copies.map(\.disposition) == [.accepted, .ignored])
    #expect(trace.isAnswered)
    #expect(trace.arriving == trace.copies[0])
    #expect(trace.delivered == nil && trace.arrival?.timeToLive == 64)
    #expect(try #require(trace.arrival).frame == #require(trace.sent).frame)
    #expect(trace.reply?.delivered?.machine == "A")
    #expect(trace.rendered(.path).contains("is unknown in VLAN 101"))
  }

  @Test func `a bridge that knows the receiver behind the port of entry drops its copy`() throws {
    let trace = try traceAfterRestart(of: ["switch"])
    #expect(
      trace.copies.map { $0.hops.map(\.element) } == [["switch", "hv2", "B"], ["switch", "hv3"]])
    #expect(trace.copies.map(\.disposition) == [.accepted, .ignored])
    #expect(trace.isAnswered)
  }

  @Test func `a flooded packet whose answer is lost is not answered`() throws {
    let trace = try traceAfterRestart(of: ["switch"]) { lab in
      lab.change("A") { $0.rule(.deny, .inbound, ipProtocol: .icmp) }
    }
    #expect(trace.disposition == .replicated && trace.arrival?.machine == "B")
    #expect(!trace.isAnswered)
    #expect(trace.failure?.disposition == .deniedIn && trace.failure?.sender == "B")
  }

  @Test func `a flooded packet that nobody has is lost`() throws {
    let question = TraditionalLab.question("A", "B")
    let fabric = try TraditionalLab.fabric()
    let traces = try fabric.traces([question, question]) { experiment in
      for element in ["switch", "B"] { try experiment.stop(element, at: .seconds(1)) }
      try experiment.start("switch", at: .seconds(1))
    }
    #expect(traces[1].disposition == .replicated && traces[1].arrival == nil)
    #expect(traces[1].failure?.disposition == .elementDown)
  }

  @Test func `in flooded parts a packet arrives all the same`() throws {
    var question = Question(from: "A", to: "B", size: 3000)
    question.dontFragment = false
    let fabric = try TraditionalLab.fabric()
    let traces = try fabric.traces([TraditionalLab.question("A", "B"), question]) { experiment in
      try experiment.stop("switch", at: .seconds(1))
      try experiment.start("switch", at: .seconds(1))
    }
    #expect(traces[1].disposition == .accepted && traces[1].isAnswered)
    #expect(traces[1].arrival?.frame.packet?.transport.payloadByteCount == 3000)
  }

  @Test func `every packet and every copy ends once`() throws {
    let fabric = try TraditionalLab.fabric()
    for (from, to) in [("A", "internet"), ("X", "B"), ("A", "10.0.1.99"), ("A", "10.0.1.255")] {
      let simulation = Simulation(fabric.network, keepingSteps: false)
      _ = simulation.send(try Question(from: from, to: to).testPacket(in: fabric.network.intent))
      simulation.run()
      #expect(simulation.journal.journeys.allSatisfy { $0.ending != nil })
    }
  }

  @Test func `a broadcast comes to everyone in the VLAN, the router included, and to nobody else`()
    throws
  {
    let trace = try TraditionalLab.fabric().trace(from: "A", to: "10.0.1.255")
    let listeners = trace.family.compactMap(\.delivered?.machine)
    #expect(listeners.sorted() == ["B", "C", "GW", "switch"])
    #expect(trace.isAnswered)
  }

  @Test func `trunks tag, access ports do not`() throws {
    let fabric = try TraditionalLab.fabric { lab in
      lab.vlan.vlans = [
        VLANSection.VLAN(subnet: SmallLab.written("front"), number: SmallLab.written("7"))
      ]
    }
    var tags: [Bool: Set<UInt16?>] = [:]
    let simulation = Simulation(fabric.network, keepingSteps: false)
    simulation.world.tap = { frameInTransit in
      let isTrunk = if case .uplink = frameInTransit.cable { true } else { false }
      tags[isTrunk, default: []].insert(frameInTransit.frame.tag?.identifier)
    }
    _ = simulation.send(try Question(from: "A", to: "X").testPacket(in: fabric.network.intent))
    simulation.run()
    // The other subnet has the first number that is derived.
    #expect(tags == [true: [7, 101], false: [nil]])
  }

  @Test(arguments: [nil, "announced", "silent"])
  func `who moves is found again: at once where its host announces it, or by its next frame`(
    setting: String?
  ) throws {
    let fabric = try TraditionalLab.fabric { lab in
      lab.vlan.moves = setting.map(SmallLab.written)
    }
    let there = TraditionalLab.question("A", "B")
    let traces = try fabric.traces([there, there, TraditionalLab.question("B", "C"), there]) {
      try $0.move("B", to: "hv3", at: .seconds(1))
    }
    let isSilent = setting == "silent"
    #expect(traces.map(\.isAnswered) == [true, !isSilent, true, true])
    #expect(traces[3].hops.map(\.element) == ["A", "hv1", "switch", "hv3", "B"])
    if isSilent {
      #expect(traces[1].disposition == .noPort)
      #expect(traces[1].decision?.element == "hv2")
    } else {
      #expect(traces[1].hops.map(\.element) == traces[3].hops.map(\.element))
    }
  }

  @Test(arguments: Stack.allCases)
  func `a move is announced in every family`(stack: Stack) throws {
    let fabric = try Fabric(SmallLab.lab(stack.families), under: VLANModel())
    let question = TraditionalLab.question("A", "B")
    let traces = try fabric.traces([question, question]) {
      try $0.move("B", to: "hv3", at: .seconds(1))
    }
    #expect(traces.map(\.isAnswered) == [true, true])
    #expect(traces[1].hops.map(\.element) == ["A", "hv1", "switch", "hv3", "B"])
  }

  @Test func `a question asked again teaches the switches where a silent machine is`() throws {
    let fabric = try TraditionalLab.fabric { $0.vlan.moves = SmallLab.written("silent") }
    var experiment = Experiment(fabric)
    try experiment.send(TraditionalLab.question("A", "B"))
    try experiment.move("B", to: "hv3", at: .seconds(1))
    // A's neighbour cache lasts 30 seconds.
    try experiment.send(TraditionalLab.question("A", "B"), at: .seconds(31))
    #expect(experiment.run().compactMap(\.trace).map(\.isAnswered) == [true, true])
  }

  @Test func `what the switch cannot carry is lost in silence, and found beforehand`() throws {
    let fabric = try TraditionalLab.fabric { $0.underlay.mtu = 1400 }
    #expect(fabric.warnings.allSatisfy { $0.rule == .underlayMTU } && !fabric.warnings.isEmpty)
    let trace = try fabric.trace(Question(from: "A", to: "B", size: 1400))
    #expect(trace.disposition == .underlayMTU && trace.replies.isEmpty)
    #expect(trace.decision?.element == "switch")
    // Between machines of one host no frame comes to the switch.
    #expect(try fabric.reach(Question(from: "A", to: "C", size: 1400)).isReachable)
    #expect(try TraditionalLab.fabric().reach(Question(from: "A", to: "B", size: 1472)).isReachable)
  }
}
