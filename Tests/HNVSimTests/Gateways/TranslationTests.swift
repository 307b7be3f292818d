import HNVCore
import Testing

@testable import HNVSim

/// Packets through a gateway that translates: what each side sees of the other.
struct TranslationTests {
  /// A, B and WEB behind GW, whose public address is 203.0.113.2.
  private static func fabric(_ change: (inout Lab) -> Void = { _ in }) throws -> Fabric {
    try SmallLab.fabric([.v4]) { lab in
      lab.addGateway()
      lab.machine("WEB", on: "hv1", in: "front", "10.0.1.80")
      lab.change("WEB") { $0.open = [SmallLab.written("tcp/8080")] }
      lab.change("GW") {
        $0.interfaces[1].translates = true
        $0.publish(.tcp, 80, to: "10.0.1.80", port: 8080)
        $0.publish(.udp, 53, to: "10.0.1.80")
      }
      change(&lab)
    }
  }

  private static let own = IPAddress.v4(IPv4Address(203, 0, 113, 2))
  private static let a = IPAddress.v4(IPv4Address(10, 0, 1, 11))
  private static let internet = IPAddress.v4(IPv4Address(198, 51, 100, 10))

  // RFC 3022, section 2.2.
  @Test func `the internet sees the gateway, and the answer finds its way back`() throws {
    let trace = try Self.fabric().trace(
      Question(from: "A", to: "internet", ipProtocol: .udp, sourcePort: 4000))
    let delivered = try #require(trace.delivered)
    #expect(trace.sent?.source == Self.a)
    #expect(delivered.source == Self.own && delivered.destination == Self.internet)
    #expect(delivered.frame.packet?.transport.ports?.source == 4000)
    let reply = try #require(trace.reply)
    #expect(reply.sent?.destination == Self.own)
    #expect(reply.delivered?.machine == "A" && reply.delivered?.destination == Self.a)
    #expect(reply.delivered?.frame.packet?.transport.ports?.destination == 4000)
    #expect(trace.isAnswered && trace.through == ["GW"] && reply.through == ["GW"])
    // Two subnets and the gateway: each takes one of the 128.
    #expect(delivered.timeToLive == 126 && reply.delivered?.timeToLive == 126)
    let steps = (trace.hops + reply.hops).flatMap(\.steps).filter { $0.action == .translated }
    #expect(
      steps.map { $0.changes.map(\.description) } == [
        ["source 10.0.1.11:4000 -> 203.0.113.2:4000"],
        ["destination 203.0.113.2:4000 -> 10.0.1.11:4000"],
      ])
    #expect(
      Set(steps.compactMap { $0.lookup?.match }) == ["udp 203.0.113.2:4000 for 10.0.1.11:4000"])
  }

  @Test func `two machines with one port get two`() throws {
    var experiment = Experiment(try Self.fabric())
    for machine in ["A", "B", "X"] {
      try experiment.send(
        Question(from: machine, to: "internet", ipProtocol: .tcp, sourcePort: 4000))
    }
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.allSatisfy { $0.isAnswered })
    #expect(
      Set(traces.compactMap { $0.delivered?.frame.packet?.transport.ports?.source })
        == [4000, 4001, 4002])
    for trace in traces {
      #expect(trace.reply?.delivered?.machine == trace.sender)
      #expect(trace.reply?.delivered?.frame.packet?.transport.ports?.destination == 4000)
    }
  }

  @Test func `nobody comes in by what is not published`() throws {
    let fabric = try Self.fabric()
    let trace = try fabric.trace(
      Question(from: "internet", to: "203.0.113.2", ipProtocol: .tcp, destinationPort: 22))
    #expect(trace.disposition == .noTranslation)
    #expect(trace.decision?.element == "GW")
    #expect(trace.decision?.step.fix?.contains("publish tcp 22") == true)
    #expect(trace.decision?.step.lookup?.nearest.count == 1)
    // The address is the table's: not even an echo is answered.
    #expect(try fabric.trace(from: "internet", to: "GW").disposition == .noTranslation)
  }

  @Test func `a published port leads to the machine behind it`() throws {
    let trace = try Self.fabric().trace(
      Question(from: "internet", to: "203.0.113.2", ipProtocol: .tcp, destinationPort: 80))
    #expect(trace.isAnswered)
    #expect(trace.delivered?.machine == "WEB")
    #expect(trace.delivered?.frame.packet?.transport.ports?.destination == 8080)
    #expect(trace.delivered?.source == Self.internet)
    let reply = try #require(trace.reply?.delivered)
    #expect(reply.source == Self.own)
    #expect(reply.frame.packet?.transport.ports?.source == 80)
  }

  // RFC 4787, REQ-9.
  @Test func `the inside reaches a publication by the public address`() throws {
    let trace = try Self.fabric().trace(
      Question(from: "A", to: "203.0.113.2", ipProtocol: .tcp, destinationPort: 80))
    #expect(trace.isAnswered && trace.through == ["GW"])
    #expect(trace.delivered?.machine == "WEB" && trace.delivered?.source == Self.own)
    #expect(trace.reply?.delivered?.source == Self.own)
  }

  @Test func `what the gateway itself sends stands in the table`() throws {
    let fabric = try Self.fabric()
    #expect(try fabric.trace(from: "GW", to: "internet").isAnswered)
    var experiment = Experiment(fabric)
    for machine in ["A", "GW"] {
      try experiment.send(
        Question(from: machine, to: "internet", ipProtocol: .udp, sourcePort: 4000))
    }
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map { $0.reply?.delivered?.machine } == ["A", "GW"])
    #expect(
      Set(traces.compactMap { $0.delivered?.frame.packet?.transport.ports?.source })
        == [4000, 4001])
  }

  // RFC 4787, REQ-5 and REQ-8.
  @Test func `an answer is let in for two minutes, and from nobody else`() throws {
    let fabric = try Self.fabric { lab in
      lab.outside[0].addresses.append(SmallLab.written("198.51.100.11"))
    }
    var experiment = Experiment(fabric)
    try experiment.send(
      Question(
        from: "A", to: "198.51.100.10", ipProtocol: .udp, sourcePort: 4000, destinationPort: 9))
    func late(_ port: UInt16, _ time: UInt64) throws {
      try experiment.send(
        Question(
          from: "internet", to: "203.0.113.2", ipProtocol: .udp, sourcePort: port,
          destinationPort: 4000), at: .seconds(time))
    }
    try late(9, 119)
    try late(8, 119)
    try late(9, 120)
    let traces = experiment.run().compactMap(\.trace)
    #expect(
      traces.map(\.disposition) == [.exitsNetwork, .accepted, .noTranslation, .noTranslation])
    #expect(traces[1].delivered?.machine == "A")
    #expect(traces[2].decision?.step.detail.contains("has no session") == true)
    #expect(traces[3].decision?.step.detail.contains("has no NAT entry") == true)
  }

  @Test func `a gateway that was stopped has forgotten`() throws {
    var experiment = Experiment(try Self.fabric())
    let question = Question(
      from: "A", to: "internet", ipProtocol: .udp, sourcePort: 4000, destinationPort: 9)
    try experiment.send(question)
    try experiment.stop("GW", at: .seconds(1))
    try experiment.start("GW", at: .seconds(2))
    try experiment.send(
      Question(
        from: "internet", to: "203.0.113.2", ipProtocol: .udp, sourcePort: 9,
        destinationPort: 4000), at: .seconds(3))
    #expect(
      experiment.run().compactMap(\.trace).map(\.disposition) == [.exitsNetwork, .noTranslation])
  }

  // RFC 5508, REQ-3 to REQ-5.
  @Test func `an error from inside quotes what the outside had sent`() throws {
    let trace = try Self.fabric().trace(
      Question(from: "internet", to: "203.0.113.2", ipProtocol: .udp, destinationPort: 53))
    #expect(trace.disposition == .portClosed)
    let error = try #require(trace.reply)
    #expect(error.disposition == .exitsNetwork && error.delivered?.source == Self.own)
    var sent = try #require(trace.sent?.frame.packet)
    sent.timeToLive = try #require(trace.delivered?.timeToLive)
    #expect(quoted(error) == QuotedPacket(sent))
  }

  @Test func `an error from outside quotes what the inside had sent`() throws {
    // GW translates towards a second network, where S listens at no port.
    let fabric = try SmallLab.fabric([.v4]) { lab in
      lab.network("green") { $0.subnet("far", "192.168.7.0/24") }
      lab.networks[0].subnets.append(
        Lab.Subnet(
          name: SmallLab.written("transit"), prefixes: [SmallLab.written("10.0.2.0/24")]))
      lab.networks[0].route(to: "0.0.0.0/0", via: "10.0.2.250")
      lab.machine("S", on: "hv2", in: "far", "192.168.7.9") { $0.open = [] }
      lab.gateway("GW", on: "hv3") { machine in
        machine.interface(in: "transit", "10.0.2.250")
        machine.interface(in: "far", "192.168.7.2")
        machine.interfaces[1].translates = true
        machine.route(to: "10.0.1.0/24", via: "10.0.2.1")
      }
    }
    let trace = try fabric.trace(
      Question(from: "A", to: "S", ipProtocol: .udp, sourcePort: 4000, size: 20))
    #expect(trace.disposition == .portClosed)
    let error = try #require(trace.reply)
    #expect(error.disposition == .accepted && error.delivered?.machine == "A")
    #expect(error.delivered?.destination == Self.a)
    var sent = try #require(trace.sent?.frame.packet)
    sent.timeToLive = try #require(trace.delivered?.timeToLive)
    #expect(quoted(error) == QuotedPacket(sent))
    // S itself saw the gateway's address alone.
    #expect(trace.delivered?.source == IPAddress.v4(IPv4Address(192, 168, 7, 2)))
  }

  private func quoted(_ error: Trace) -> QuotedPacket? {
    error.delivered?.frame.packet?.transport.quoted
  }
}
