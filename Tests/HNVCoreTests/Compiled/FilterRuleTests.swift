import Testing

@testable import HNVCore

/// The flat form of an access rule beside the rule itself.
@Suite struct FilterRuleTests {
  private static func prefix(_ random: inout SplitMix64) -> IPPrefix? {
    switch random.next() % 4 {
    case 0: nil
    case 1: IPPrefix(containing: .v4(IPv4Address(10, 0, 0, 4)), length: Int(random.next() % 33))
    case 2:
      IPPrefix(
        containing: .v6(IPv6Address(bits: 0xfd << 120 | 4)), length: Int(random.next() % 129))
    // IPv4's numbers in IPv6, which are others.
    default: IPPrefix(containing: .v6(IPv6Address(bits: 0x0a00_0004)), length: 128)
    }
  }

  private static func ports(_ random: inout SplitMix64) -> ClosedRange<UInt16>? {
    switch random.next() % 3 {
    case 0: nil
    case 1: 0...80
    default: 53...53
    }
  }

  private static func packet(_ random: inout SplitMix64) throws -> IPPacket {
    let isV4 = random.next() % 2 == 0
    func address(_ last: UInt64) -> IPAddress {
      if isV4 { return .v4(IPv4Address(10, 0, 0, UInt8(last))) }
      let high: UInt128 = last == 5 ? 0 : 0xfd << 120
      return .v6(IPv6Address(bits: high | (last == 5 ? 0x0a00_0004 : UInt128(last))))
    }
    let transports: [Transport] = [
      .udp(UDPDatagram(sourcePort: 53, destinationPort: 4000)),
      .udp(UDPDatagram(sourcePort: 4000, destinationPort: 80)),
      isV4
        ? .icmp(.echoRequest(identifier: 1, sequence: 1, data: []))
        : .icmpv6(.echoRequest(identifier: 1, sequence: 1, data: [])),
      .other(.tcp, data: [0, 53, 0, 80]),
    ]
    let transport = transports[Int(random.next() % 4)]
    let packet = IPPacket(
      from: address(4 + random.next() % 2), to: address(4 + random.next() % 2), timeToLive: 64,
      transport: transport)
    guard case .v4(var fragment) = packet, case .other = transport else {
      return try #require(packet)
    }
    fragment.moreFragments = true
    fragment.fragmentOffset = random.next() % 2 == 0 ? 0 : 8
    return .v4(fragment)
  }

  private static func rule(
    _ action: AccessRule.Action, _ random: inout SplitMix64
  ) -> AccessRule {
    let protocols: [IPProtocol?] = [nil, .udp, .tcp, .icmp]
    return AccessRule(
      name: "", action: action, direction: random.next() % 2 == 0 ? .inbound : .outbound,
      localPrefix: prefix(&random), remotePrefix: prefix(&random),
      ipProtocol: protocols[Int(random.next() % 4)], localPorts: ports(&random),
      remotePorts: ports(&random), weight: 1)
  }

  @Test func `a flat rule matches what the rule matches`() throws {
    var random = SplitMix64(seed: 9)
    var counts = (matched: 0, passed: 0)
    for _ in 0..<10_000 {
      let rule = Self.rule(.deny, &random)
      let packet = try Self.packet(&random)
      let expected = rule.matches(packet)
      let header = PacketHeader(packet)
      let isOutbound = rule.direction == .outbound
      let gate = FilterGate(rule)
      let asks = FilterRule(rule).matches(header, isOutbound: isOutbound)
      #expect((gate.admits(header.ipProtocol) && asks) == expected, "\(rule) \(packet)")
      if gate.asksProtocolAlone { #expect(asks) }
      if expected { counts.matched += 1 } else { counts.passed += 1 }
    }
    #expect(counts.matched > 200 && counts.passed > 200, "\(counts)")
  }

  /// What is left to ask of the peer, joined to the peer, says what the rule says of the packet.
  @Test func `a remainder says of each peer what the rule says`() throws {
    var random = SplitMix64(seed: 31)
    var counts = (matched: 0, left: 0, none: 0)
    for _ in 0..<20_000 {
      let rule = Self.rule(.allow, &random)
      let packet = try Self.packet(&random)
      let header = PacketHeader(packet)
      let isOutbound = rule.direction == .outbound
      let gate = FilterGate(rule)
      let rest =
        gate.admits(header.ipProtocol)
        ? FilterRule(rule).remainder(header, isOutbound: isOutbound, allowing: gate.allows) : nil
      let peer = isOutbound ? header.destinationBits : header.sourceBits
      #expect((rest?.matches(peer) ?? false) == rule.matches(packet), "\(rule) \(packet)")
      if rest?.matches(peer) ?? false { counts.matched += 1 }
      if rest == nil { counts.none += 1 } else { counts.left += 1 }
    }
    #expect(
      counts.matched > 100 && counts.left > counts.matched && counts.none > 100, "\(counts)")
  }
}
