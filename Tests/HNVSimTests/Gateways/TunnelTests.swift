import HNVCore
import Testing

@testable import HNVSim

/// Site-to-site tunnels: what is on the wire, and what becomes of a tunnel that fails.
struct TunnelTests {
  private static func fabric() throws -> Fabric { try LabFiles.fabric("site-to-site") }

  private func steps(_ trace: Trace, _ action: Step.Action, at element: String) -> [Step] {
    trace.hops.filter { $0.element == element }.flatMap(\.steps).filter { $0.action == action }
  }

  // RFC 4303, section 2, and RFC 2410.
  @Test func `a packet crosses the internet in ESP, and as it was sent`() throws {
    let trace = try Self.fabric().trace(from: "branch", to: "A")
    let outer = try #require(trace.sent?.frame.packet)
    guard case .esp(let header, let inner) = outer.transport else {
      Issue.record("\(outer) is not wrapped")
      return
    }
    #expect("\(outer.source) \(outer.destination)" == "198.51.100.77 203.0.113.2")
    #expect(header.securityParametersIndex > 255 && header.sequence == 1)
    #expect("\(inner.source) \(inner.destination)" == "192.168.5.10 10.0.1.11")
    // The sender's gateway forwards, and then the router of each subnet; the tunnel costs no hop.
    #expect(inner.timeToLive == 128 && trace.delivered?.timeToLive == 126)
    #expect(trace.isAnswered)
    #expect(trace.hops.map(\.element).prefix(3) == ["branch", "internet", "GW"])
    #expect(steps(trace, .encapsulated, at: "branch").count == 1)
    #expect(steps(trace, .decapsulated, at: "GW").count == 1)
  }

  @Test func `packets in a tunnel are counted`() throws {
    var experiment = Experiment(try Self.fabric())
    for time in 0..<3 as Range<UInt64> {
      try experiment.send(Question(from: "branch", to: "A"), at: .seconds(time))
    }
    let numbers = experiment.run().compactMap(\.trace).map { trace -> UInt32? in
      guard case .esp(let header, _) = trace.sent?.frame.packet?.transport else { return nil }
      return header.sequence
    }
    #expect(numbers == [1, 2, 3])
  }

  @Test func `the trace says where a tunnel breaks`() throws {
    let fabric = try Self.fabric()
    func after(_ break: (inout Experiment) throws -> Void) throws -> Trace? {
      var experiment = Experiment(fabric)
      try `break`(&experiment)
      try experiment.send(Question(from: "A", to: "branch"), at: .seconds(1))
      return experiment.run().last?.trace
    }
    let stopped = try after { try $0.stop("branch", at: .zero) }
    #expect(stopped?.disposition == .elementDown && stopped?.decision?.element == "branch")
    let line = try after { try $0.cut("internet", from: "branch", at: .zero) }
    #expect(line?.disposition == .linkDown && line?.decision?.element == "internet")
    let tunnel = try after { try $0.cut("GW", from: "branch", at: .zero) }
    #expect(tunnel?.disposition == .linkDown && tunnel?.decision?.element == "GW")
    let wire = try after { try $0.cut("GW", from: "internet", at: .zero) }
    #expect(wire?.disposition == .neighborUnreachable || wire?.disposition == .linkDown)
    #expect(wire?.decision?.element == "GW")
  }

  @Test func `a tunnel that leads into itself is no way out`() throws {
    var lab = try LabFiles.lab("site-to-site")
    lab.timeline = []
    lab.change("GW") {
      $0.gateways = []
      $0.route(to: "0.0.0.0/0", via: "172.31.0.1")
    }
    let trace = try Fabric(lab).trace(from: "A", to: "branch")
    #expect(trace.disposition == .noRoute && trace.decision?.element == "GW")
  }

  @Test func `a site's gateway is an address of the internet, and its inside is not`() throws {
    var lab = try LabFiles.lab("site-to-site")
    lab.timeline = []
    lab.change("GW") { $0.routes.removeAll { $0.to.text == "192.168.5.0/24" } }
    let fabric = try Fabric(lab)
    #expect(try fabric.trace(from: "A", to: "198.51.100.77").delivered?.machine == "branch")
    let trace = try fabric.trace(from: "A", to: "branch")
    #expect(trace.disposition == .noRoute && trace.decision?.element == "internet")
  }

  // RFC 4301, section 8.2.
  @Test func `an error about a packet in a tunnel is for the tunnel's end`() throws {
    let fabric = try LabFiles.fabric("multitenant-gateway")
    let simulation = Simulation(fabric.network, keepingSteps: false)
    let wire = Cable.adapter(machine: 5, index: 2)
    let gateway = fabric.network.intent.machines[5]
    // What the internet got of a packet to blue's site, whoever sent that.
    let reply = try #require(try fabric.trace(from: "blue-site", to: "blue-A").sent?.frame.packet)
    let outer = try #require(
      reply.replacing(
        source: reply.destination, destination: reply.source, transport: reply.transport))
    let error = try #require(
      IPPacket(
        from: IPAddress(parsing: "203.0.113.1"), to: outer.source, timeToLive: 128,
        transport: .icmp(.timeExceeded(quoting: QuotedPacket(outer)))))
    let frame = EthernetFrame(
      destination: gateway.interfaces[2].macAddress, source: MACAddress(bits: 2),
      payload: .ip(error))
    let number = simulation.begin(.error, of: PacketSummary(error), at: .outside(0)) { world in
      world.mean(.machine(0))
      world.emit(frame, on: wire)
    }
    simulation.run()
    let trace = Trace(number, of: simulation.log)
    #expect(trace.disposition == .accepted && trace.delivered?.machine == "GW")
  }

  // RFC 4303, section 2.4: the padding depends on the packet's size.
  @Test(arguments: 1380...1400) func `the tunnel takes what fits, and no byte more`(size: Int)
    throws
  {
    let trace = try Self.fabric().trace(Question(from: "A", to: "branch", size: size))
    let inner = 20 + 8 + size
    let padding = (4 - (inner + 2) % 4) % 4
    #expect(trace.isAnswered == (20 + 8 + inner + padding + 2 <= 1458))
  }
}
