import HNVCore
import Testing

@testable import HNVSim

@Suite struct SimulationTests {
  @Test func `asking changes nothing for whoever asks next`() throws {
    let fabric = try LabFiles.fabric("complex-routing")
    let before = try fabric.trace(from: "A", to: "X")
    for name in ["B", "C", "X", "internet"] { _ = try fabric.trace(from: "A", to: name) }
    #expect(try fabric.trace(from: "A", to: "X") == before)
  }

  @Test func `only elements that a frame touches are made, each once`() throws {
    let fabric = try Fabric(ArticleLab.lab)
    let local = Wiretap(fabric)
    try local.run(Question(from: "A", to: "C"))
    #expect(local.log.hosts == [0])
    #expect(local.log.machines == [0, 2])
    let remote = Wiretap(fabric)
    try remote.run(Question(from: "A", to: "B"))
    #expect(remote.log.hosts == [0, 1])
    #expect(remote.log.machines == [0, 1])
    let outside = Wiretap(fabric)
    try outside.run(Question(from: "B", to: "internet"))
    #expect(outside.log.hosts == [1, 2])
    #expect(outside.log.machines == [1, 4])
  }

  @Test func `latencies add up in the times of the hops`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.addGateway()
      lab.underlay.latency = SmallLab.written("3ms")
      lab.outside[0].latency = SmallLab.written("20ms")
    }
    let trace = try fabric.trace(from: "A", to: "internet")
    #expect(trace.hops.map(\.element) == ["A", "hv1", "underlay", "hv3", "GW", "internet"])
    // hv1 asks for hv3's MAC address, 4 times 3 ms; then twice 3 ms through the underlay; then GW
    // asks on the wire and is answered, 40 ms, and sends.
    let times: [UInt64] = [0, 0, 15, 18, 18, 78]
    #expect(trace.hops.map(\.time.nanoseconds) == times.map { $0 * 1_000_000 })
    let reply = try #require(trace.reply)
    #expect(reply.time == trace.hops.last?.time)
    // The wire again, where GW is not yet known to the outside router: 40 ms and 20 ms; then hv3
    // asks for hv1, and the packet crosses the underlay: 18 ms.
    #expect(reply.hops.last?.time.nanoseconds == 156_000_000)
  }

  @Test func `the analysis gives up at its limit, and says so of all that is under way`() throws {
    let fabric = try SmallLab.fabric()
    let simulation = Simulation(fabric.network, keepingSteps: true)
    let number = simulation.send(
      try Question(from: "A", to: "B").testPacket(in: fabric.network.intent))
    // Not run: the packet is under way.
    simulation.world.journal.giveUp(EngineFact.events(limit: 3))
    let trace = Trace(number, of: simulation.log)
    #expect(trace.disposition == .gaveUp)
    #expect(trace.decision?.step.detail == "the analysis gave up after 3 events")
    #expect(!trace.isAnswered)
  }

  @Test func `what has ended keeps its ending when the analysis gives up`() throws {
    let fabric = try SmallLab.fabric()
    let simulation = Simulation(fabric.network, keepingSteps: true)
    let number = simulation.send(
      try Question(from: "A", to: "B").testPacket(in: fabric.network.intent))
    simulation.run()
    simulation.world.journal.giveUp(EngineFact.events(limit: 3))
    #expect(
      Trace(number, of: simulation.log).disposition == .accepted)
  }
}
