import HNVCore
import Testing

@testable import HNVSim

/// ICMP errors of machines and routers: who says what to whom, and when nothing is said.
@Suite struct ICMPErrorTests {
  /// What a message is about, and which of its family it is.
  private func quoted(
    _ trace: Trace?, _ v4: ICMPMessage.Unreachable, _ v6: ICMPv6Message.Unreachable
  )
    -> QuotedPacket?
  {
    switch trace?.arrived?.transport {
    case .icmp(.destinationUnreachable(v4, let quoted)): quoted
    case .icmpv6(.destinationUnreachable(v6, let quoted)): quoted
    default: nil
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `a forwarding machine without a route says so (RFC 1812, section 5.2.7.1)`(
    family: IPFamily
  ) throws {
    let addresses = GatewayLab.Addresses(family)
    let fabric = try GatewayLab.fabric(family) { lab in
      lab.change("GW") { $0.routes.removeAll { $0.to.text == addresses.everything } }
    }
    let trace = try fabric.trace(from: "A", to: addresses.unreached)
    #expect(trace.disposition == .noRoute)
    #expect(trace.decision?.element == "GW")
    let error = try #require(trace.reply)
    #expect(error.delivered?.machine == "A")
    #expect("\(error.packet.source)" == addresses.gateway)
    let packet = try #require(quoted(error, .network, .noRoute))
    #expect(packet.source == trace.packet.source && packet.destination == trace.packet.destination)
    // All of a small packet is quoted, from its header on.
    #expect(packet.bytes.count == 32 + GatewayLab.headers(family))
    #expect(try !fabric.reach(from: "A", to: addresses.unreached).isReachable)
  }

  @Test(arguments: IPFamily.allCases)
  func `the router of an outside network says what it does not reach`(family: IPFamily) throws {
    let addresses = GatewayLab.Addresses(family)
    let fabric = try GatewayLab.fabric(family) { lab in
      let one = family == .v4 ? "198.51.100.0/24" : "2001:db8:9::/64"
      lab.outside[0].reaches = [SmallLab.written(one)]
    }
    let trace = try fabric.trace(from: "A", to: addresses.unreached)
    #expect(trace.disposition == .noRoute)
    #expect("\(try #require(trace.reply).packet.source)" == addresses.outsideRouter)
    #expect(quoted(trace.reply, .network, .noRoute) != nil)
  }

  @Test(arguments: IPFamily.allCases)
  func `a forwarding machine whose neighbour is silent says that the host is unreachable`(
    family: IPFamily
  ) throws {
    let addresses = GatewayLab.Addresses(family)
    let trace = try GatewayLab.fabric(family).trace(from: "internet", to: addresses.nowhere)
    #expect(trace.disposition == .neighborUnreachable)
    #expect(trace.decision?.element == "GW")
    let error = try #require(trace.reply)
    #expect(error.time == .seconds(3))
    #expect("\(error.packet.source)" == addresses.gatewayOutside)
    #expect(quoted(error, .host, .address) != nil)
  }

  @Test(arguments: IPFamily.allCases)
  func `whoever sends itself needs no telling`(family: IPFamily) throws {
    let missing = family == .v4 ? "10.0.1.99" : "fd00:1::99"
    let fabric = try SmallLab.fabric([family])
    #expect(try fabric.trace(from: "A", to: missing).replies.isEmpty)
    let alone = try SmallLab.fabric([family]) { $0.change("A") { $0.gateways = [] } }
    #expect(try alone.trace(from: "A", to: "X").replies.isEmpty)
  }

  @Test(arguments: IPFamily.allCases)
  func `what nobody understands is refused by its receiver`(family: IPFamily) throws {
    let fabric = try SmallLab.fabric([family])
    var frame = try #require(try fabric.trace(from: "A", to: "B").delivered).frame
    let ospf = Transport.other(IPProtocol(number: 89), data: [1, 2, 3, 4])
    frame.payload = try .ip(
      #require(
        frame.packet.flatMap {
          IPPacket(from: $0.source, to: $0.destination, timeToLive: 9, transport: ospf)
        }))
    let simulation = Simulation(fabric.network, keepingSteps: true)
    let packet = try #require(frame.packet)
    let number = simulation.begin(.request, of: PacketSummary(packet), at: .machine(0)) {
      [frame] in $0.emit(frame, on: .adapter(machine: 0, index: 0))
    }
    simulation.run()
    let trace = Trace(number, of: simulation.log)
    #expect(trace.disposition == .protocolUnreachable)
    let error = try #require(trace.reply)
    #expect(error.delivered?.machine == "A" && error.disposition == .accepted)
    #expect(error.packet.source == packet.destination)
    switch error.arrived?.transport {
    case .icmp(.destinationUnreachable(.protocol, let quoted)):
      #expect(family == .v4 && quoted.bytes.count == 24)
    case .icmpv6(.other(type: 4, code: 1, let body)):
      // The pointer is to the next header field, the seventh byte (RFC 4443, section 3.4).
      #expect(family == .v6 && Array(body.prefix(4)) == [0, 0, 0, 6] && body.count == 4 + 44)
    default: Issue.record("\(error.packet.text)")
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `the TTL of a packet in parts runs out for all, and one is reported`(
    family: IPFamily
  ) throws {
    let question = Question(
      from: "A", to: "internet", timeToLive: 2, size: 3000, dontFragment: false)
    let trace = try GatewayLab.fabric(family).trace(question)
    #expect(trace.disposition == .timeToLiveExceeded)
    #expect(trace.copies.count == 3)
    #expect(trace.copies.allSatisfy { $0.disposition == .timeToLiveExceeded })
    // About the first part only (RFC 1122, section 3.2.2), and for the packet as a whole.
    #expect(trace.replies.map(\.packet.text) == ["ICMP time exceeded"])
    #expect(trace.reply?.disposition == .accepted)
    #expect(trace.copies.allSatisfy { $0.replies.isEmpty })
  }

  @Test(arguments: IPFamily.allCases)
  func `nothing is said about an error, a later part, or what was for many`(
    family: IPFamily
  ) throws {
    let network = try GatewayLab.fabric(family).network
    let station = NetworkStack(
      StackConfiguration(machine: 3, in: network.intent, mtu: network.mtu(of: 3)))
    let addresses = GatewayLab.Addresses(family)
    let one = try IPAddress(parsing: addresses.outside)
    let two = try IPAddress(parsing: addresses.unreached)
    func packet(_ from: IPAddress, _ to: IPAddress, _ transport: Transport) throws -> IPPacket {
      try #require(IPPacket(from: from, to: to, timeToLive: 9, transport: transport))
    }
    let udp = Transport.udp(UDPDatagram(sourcePort: 1, destinationPort: 2))
    let plain = try packet(one, two, udp)
    #expect(station.mayReport(plain, in: 0))
    for complaint in [ICMPComplaint.network, .timeToLive, .tooBig(mtu: 1400), .reassemblyTime] {
      #expect(try !station.mayReport(packet(one, two, complaint.message(about: plain)), in: 0))
    }
    let special =
      family == .v4
      ? ["224.0.0.9", "255.255.255.255", "203.0.113.255", "10.0.2.255"] : ["ff02::1", "ff0e::5"]
    for text in special {
      #expect(try !station.mayReport(packet(one, IPAddress(parsing: text), udp), in: 0), "\(text)")
    }
    for text in family == .v4 ? ["0.0.0.0", "127.0.0.1", "224.0.0.9"] : ["::", "::1", "ff02::1"] {
      #expect(try !station.mayReport(packet(IPAddress(parsing: text), two, udp), in: 0), "\(text)")
    }
    for (offset, isReported) in [(UInt16(0), true), (3, false)] {
      let part = Transport.other(.udp, data: Array(repeating: 0, count: 8))
      var inner = try packet(one, two, part)
      switch inner {
      case .v4(var packet):
        packet.fragmentOffset = offset
        packet.moreFragments = true
        inner = .v4(packet)
      case .v6(var packet):
        let fragment = Fragment(identification: 1, offset: offset, moreFollow: true)
        packet.extensionHeaders = [.fragment(fragment)]
        inner = .v6(packet)
      }
      #expect(station.mayReport(inner, in: 0) == isReported)
    }
  }
}
