import HNVCore
import Testing

@testable import HNVSim

/// VRRP on a wire that machines share.
struct ElectionTests {
  private static let first = PairLab.activeDownInterval(PairLab.priorities[0])
  private static let second = PairLab.activeDownInterval(PairLab.priorities[1])

  @Test func `at the start the highest priority is active, and nobody announces anything`() throws {
    let run = Listening(try PairLab.fabric())
    run.run(until: .seconds(9))
    #expect(run.advertisements.map(\.0.sender) == Array(repeating: "R1", count: 9))
    #expect(run.advertisements.map(\.0.time) == (0..<9).map { .seconds($0) })
    #expect(run.gratuitous.isEmpty)
  }

  @Test func `an advertisement is as the standard has it`() throws {
    let run = Listening(try PairLab.fabric())
    run.run(until: .zero)
    let (heard, advertisement) = try #require(run.advertisements.first)
    #expect(heard.frame.source == .virtualRouter(PairLab.number))
    #expect("\(heard.frame.source)" == "00-00-5E-00-01-07")
    #expect("\(heard.frame.destination)" == "01-00-5E-00-00-12")
    let packet = try #require(heard.frame.packet)
    #expect("\(packet.source) \(packet.destination)" == "203.0.113.2 224.0.0.18")
    #expect(packet.timeToLive == 255)
    #expect(
      advertisement
        == VRRPAdvertisement(
          virtualRouterID: PairLab.number, priority: 200,
          addresses: [try IPv4Address(parsing: PairLab.sharedAddress)]))
  }

  @Test func `a backup takes over when it has missed three advertisements, and says so`() throws {
    let run = Listening(try PairLab.fabric())
    run.run(until: .seconds(8), stop: [("R1", PairLab.milliseconds(2_500))])
    // The last that it heard was of 2 s.
    let takeover = VirtualTime.seconds(2) + Self.second
    let later = run.advertisements.filter { $0.0.sender == "R2" }
    #expect(later.map(\.0.time) == [takeover, takeover + .seconds(1), takeover + .seconds(2)])
    let (heard, message) = try #require(run.gratuitous.first)
    #expect(run.gratuitous.count == 1)
    #expect(heard.sender == "R2" && heard.time == takeover)
    #expect(heard.frame.destination == .broadcast)
    #expect(heard.frame.source == .virtualRouter(PairLab.number))
    #expect(message.senderMAC == heard.frame.source && message.operation == .request)
    #expect("\(message.senderAddress) \(message.targetAddress)" == "203.0.113.254 203.0.113.254")
  }

  @Test(arguments: [true, false])
  func `whoever comes back with a higher priority takes over again, unless it does not preempt`(
    preempts: Bool
  ) throws {
    let run = Listening(try PairLab.fabric(preempts: preempts))
    run.run(
      until: .seconds(20), stop: [("R1", .seconds(1))], start: [("R1", .seconds(10))])
    let back = run.advertisements.filter { $0.0.sender == "R1" && $0.0.time > .seconds(2) }
    let last = run.advertisements.last?.0.sender
    guard preempts else {
      #expect(back.isEmpty && last == "R2")
      return
    }
    #expect(back.first?.0.time == VirtualTime.seconds(10) + Self.first)
    #expect(last == "R1")
    // R2 hears it, and is silent.
    let after = VirtualTime.seconds(11) + Self.first
    #expect(run.advertisements.allSatisfy { $0.0.sender == "R1" || $0.0.time < after })
    #expect(run.gratuitous.map(\.0.sender) == ["R2", "R1"])
  }

  @Test func `a host takes its router along, and back`() throws {
    let run = Listening(try PairLab.fabric())
    run.run(
      until: .seconds(20), stop: [("hv1", .seconds(1))], start: [("hv1", .seconds(10))])
    #expect(run.gratuitous.map(\.0.sender) == ["R2", "R1"])
  }

  @Test func `two that do not hear one another are both active, and agree when they do`() throws {
    var experiment = Experiment(try PairLab.fabric())
    try experiment.cut("R1", from: "internet", at: .seconds(1))
    try experiment.restore("R1", to: "internet", at: .seconds(10))
    // R2 hears at 10 s that it is not the best.
    for second in [0, 8, 12] as [UInt64] {
      try experiment.send(Question(from: "C", to: PairLab.sharedAddress), at: .seconds(second))
    }
    let takers = experiment.run().filter { $0.text.hasPrefix("C ->") }.map {
      $0.trace?.delivered?.machine
    }
    #expect(takers == ["R1", "R2", "R1"])
  }

  @Test(arguments: [true, false])
  func `a client loses what it sends until the backup has taken over`(
    usesVirtualMAC: Bool
  ) throws {
    var experiment = Experiment(try PairLab.fabric(usesVirtualMAC: usesVirtualMAC))
    let stop = PairLab.milliseconds(2_550)
    try experiment.send(
      Question(from: "C", to: PairLab.sharedAddress), every: PairLab.milliseconds(100), times: 100)
    try experiment.stop("R1", at: stop)
    let events = experiment.run()
    let report = try #require(StreamReport.reports(on: events).first)
    // What was sent from the stop to the takeover; a packet of its very moment goes with it.
    let takeover = VirtualTime.seconds(2) + Self.second
    let lost = (0..<100).map { PairLab.milliseconds(100 * $0) }.filter {
      stop <= $0 && $0 < takeover
    }
    let outage = try #require(report.outages.first)
    #expect(report.outages.count == 1)
    #expect(report.lost == lost.count && outage.count == lost.count)
    #expect(outage.first == lost.first && outage.last == lost.last)
    let end = try #require(lost.last) + PairLab.milliseconds(100)
    #expect(outage.end == end)
    #expect(outage.duration?.nanoseconds == end.nanoseconds - outage.first.nanoseconds)
    #expect(report.losses.map(\.disposition) == [.elementDown])
    let delivered = events.compactMap { $0.trace?.delivered }
    #expect(Set(delivered.map(\.machine)) == ["R1", "R2"])
    #expect(Set(delivered.map(\.destinationMAC)).count == (usesVirtualMAC ? 1 : 2))
  }

  @Test func `who only forwards takes nothing for itself, and a backup nothing at all`() throws {
    let fabric = try PairLab.fabric(accepts: false)
    let trace = try fabric.trace(from: "C", to: PairLab.sharedAddress)
    #expect(trace.disposition == .notForwarding)
    #expect(trace.decision?.element == "R1")
    #expect(trace.decision?.step.fix.map { $0.contains("203.0.113.2") } == true)
  }

  @Test func `a backup discards frames to the shared MAC address, and does not answer for it`()
    throws
  {
    let fabric = try PairLab.fabric()
    let simulation = Simulation(fabric.network, keepingSteps: true)
    let intent = fabric.network.intent
    let backup = try #require(intent.elements["R2"])
    guard case .machine(let index) = backup else { return }
    let sender = MACAddress(bits: 0x0015_5D00_00AA)
    let shared = IPv4Address(203, 0, 113, 254)
    let packet = IPv4Packet(
      source: IPv4Address(203, 0, 113, 50), destination: shared, timeToLive: 64,
      transport: .icmp(.echoRequest(identifier: 1, sequence: 1, data: [])))
    let question = ARPMessage(
      operation: .request, senderMAC: sender, senderAddress: IPv4Address(203, 0, 113, 50),
      targetMAC: MACAddress(bits: 0), targetAddress: shared)
    let frames = [
      EthernetFrame(
        destination: .virtualRouter(PairLab.number), source: sender, payload: .ip(.v4(packet))),
      EthernetFrame(destination: .broadcast, source: sender, payload: .arp(question)),
      EthernetFrame(
        destination: intent.machines[index].interfaces[0].macAddress, source: sender,
        payload: .ip(.v4(packet))),
    ]
    for frame in frames {
      let number = simulation.begin(
        .request, of: PacketSummary(.v4(packet)), at: backup
      ) { _ in }
      let row = simulation.world.packets.add(frame)
      simulation.world.queue.push(
        .arrival(row, journey: number, at: backup, .adapter(machine: index, index: 0)),
        at: .zero)
    }
    simulation.run()
    let log = simulation.log
    let requests = log.journal.journeys.indices.filter {
      log.journal.journeys[$0].purpose == .request
    }.map { Trace($0, of: log) }
    #expect(requests.map(\.disposition) == [.notAddressed, .ignored, .notForwarding])
    #expect(requests[0].hops.last?.lastStep?.detail.contains("backup") == true)
  }

  @Test func `a lab without virtual routers has nothing in the background`() throws {
    let fabric = try SmallLab.fabric { $0.addGateway() }
    #expect(fabric.network.intent.virtualRouters.isEmpty)
    let run = Listening(fabric)
    run.run(until: .seconds(60))
    #expect(run.frames.isEmpty && run.simulation.journal.journeys.isEmpty)
  }

  @Test func `advertisements keep no run alive, and a packet does as long as it is under way`()
    throws
  {
    let run = Listening(try PairLab.fabric())
    run.simulation.run()
    #expect(run.simulation.world.now == .zero && run.simulation.journal.journeys.isEmpty)
    // Nobody has the address: asked for at 0, 1 and 2 s, given up at 3 s.
    let testPacket = try Question(from: "C", to: "203.0.113.99").testPacket(in: run.intent)
    let number = run.simulation.send(testPacket)
    run.simulation.run()
    #expect(run.simulation.journal.journeys[number].ending?.disposition == .neighborUnreachable)
    #expect(run.simulation.world.now == .seconds(3))
    #expect(run.advertisements.count >= 3)
  }
}
