import Testing

@testable import HNVCore

/// The compiled form of an access list beside its rules.
@Suite struct RuleListsTests {
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
      .other(.tcp, data: [0, 53, 0, 80]), .other(.gre, data: []), .other(.esp, data: []),
    ]
    let transport = transports[Int(random.next() % 6)]
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
    let protocols: [IPProtocol?] = [nil, nil, .udp, .tcp, .icmp, .icmpv6, .gre]
    return AccessRule(
      name: "", action: action, direction: random.next() % 2 == 0 ? .inbound : .outbound,
      localPrefix: prefix(&random), remotePrefix: prefix(&random),
      ipProtocol: protocols[Int(random.next() % 7)], localPorts: ports(&random),
      remotePorts: ports(&random), weight: 1)
  }

  /// Lists of one rule and of many, by number of rules.
  private static func port(_ count: Int, _ random: inout SplitMix64) -> VMPort {
    var port = VMPort(vmName: "A", macAddress: MACAddress(bits: 1), virtualSubnetID: nil)
    for number in 0..<count {
      var rule = rule(random.next() % 2 == 0 ? .deny : .allow, &random)
      rule.weight = UInt16(1_000 - number)
      rule.isStateful = rule.action == .allow && random.next() % 3 == 0
      port.accessRules.append(rule)
    }
    return port
  }

  @Test(arguments: [1, 2, 9])
  func `a compiled list says what the first rule that matches says`(count: Int) throws {
    var random = SplitMix64(seed: 9)
    var counts = (matched: 0, passed: 0)
    for _ in 0..<10_000 {
      var lists = RuleLists()
      // The list before shows that each has its own rules.
      _ = lists.list(of: Self.port(3, &random))
      let port = Self.port(count, &random)
      let list = lists.list(of: port)
      let packet = try Self.packet(&random)
      for direction in AccessRule.Direction.allCases {
        let rules = port.accessRules.filter { $0.direction == direction }
        let expected = rules.firstIndex { $0.matches(packet) }
        let verdict = lists.verdict(FlowKey(packet), direction, in: list)
        #expect(Int(verdict.index) == expected ?? -1, "\(rules) \(packet)")
        guard let expected else {
          #expect(verdict.allows && !verdict.isStateful)
          counts.passed += 1
          continue
        }
        #expect(verdict.allows == (rules[expected].action == .allow))
        #expect(verdict.isStateful == rules[expected].isStateful)
        #expect(verdict.idleSessionTimeout == rules[expected].idleSessionTimeout)
        counts.matched += 1
      }
    }
    #expect(counts.matched > 50 && counts.passed > 50, "\(counts)")
  }

  /// What is left to ask of the peer, joined to the peer, says what the list says of the packet.
  @Test(arguments: [1, 2, 9])
  func `the remainders of a list say of each peer what the list says`(count: Int) throws {
    var random = SplitMix64(seed: 31)
    var counts = (allowed: 0, denied: 0, asked: 0)
    for _ in 0..<10_000 {
      var lists = RuleLists()
      let list = lists.list(of: Self.port(count, &random))
      let key = FlowKey(try Self.packet(&random))
      for direction in AccessRule.Direction.allCases {
        let peer = direction == .outbound ? key.destinationBits : key.sourceBits
        let remainders = lists.remainders(key, direction, in: list)
        let answer = try #require(remainders.first { $0.matches(peer) })
        #expect(answer.allows == lists.verdict(key, direction, in: list).allows)
        #expect(remainders.last?.isForAll == true)
        if answer.allows { counts.allowed += 1 } else { counts.denied += 1 }
        if remainders.count > 1 { counts.asked += 1 }
      }
    }
    #expect(counts.allowed > 50 && counts.denied > 20 && counts.asked > 20, "\(counts)")
  }
}
