import HNVCore
import Testing

/// Which packets an access rule is about, and which rule of a port decides.
struct AccessRuleMatchTests {
  private func rule(
    _ direction: AccessRule.Direction, local: IPPrefix? = nil, remote: IPPrefix? = nil,
    _ ipProtocol: IPProtocol? = nil, localPorts: ClosedRange<UInt16>? = nil,
    remotePorts: ClosedRange<UInt16>? = nil
  ) -> AccessRule {
    AccessRule(
      name: "rule", action: .deny, direction: direction, localPrefix: local, remotePrefix: remote,
      ipProtocol: ipProtocol, localPorts: localPorts, remotePorts: remotePorts, weight: 1)
  }

  private static func port(_ rules: [AccessRule]) -> VMPort {
    VMPort(
      vmName: "A", macAddress: .broadcast, virtualSubnetID: nil, accessRules: rules)
  }

  /// A packet from A's port 1000 to X's port 80.
  private func packet(_ article: Article, _ transport: Transport? = nil) throws -> IPPacket {
    let tcp = TCPSegment(sourcePort: 1000, destinationPort: 80, sequence: 0, flags: .syn)
    return try #require(
      IPPacket(
        from: article.a.address, to: article.x.address, timeToLive: 1,
        transport: transport ?? .tcp(tcp)))
  }

  @Test(arguments: IPFamily.allCases)
  func `a rule that says nothing matches everything`(family: IPFamily) throws {
    for direction in AccessRule.Direction.allCases {
      #expect(rule(direction).matches(try packet(Article(family))))
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `local is the machine's side, remote its peer's`(family: IPFamily) throws {
    let article = try Article(family)
    let packet = try packet(article)
    let (clients, servers) = (try article.prefix(.clients), try article.prefix(.servers))
    #expect(rule(.outbound, local: clients).matches(packet))
    #expect(!rule(.outbound, local: servers).matches(packet))
    #expect(rule(.outbound, remote: servers).matches(packet))
    #expect(!rule(.outbound, remote: clients).matches(packet))
    #expect(rule(.inbound, local: servers).matches(packet))
    #expect(!rule(.inbound, local: clients).matches(packet))
    #expect(rule(.inbound, remote: clients).matches(packet))
    #expect(!rule(.inbound, remote: servers).matches(packet))
    #expect(rule(.inbound, local: servers, remote: clients).matches(packet))
    #expect(!rule(.inbound, local: servers, remote: servers).matches(packet))
  }

  @Test(arguments: IPFamily.allCases)
  func `no prefix matches the other family`(family: IPFamily) throws {
    let other: IPFamily = family == .v4 ? .v6 : .v4
    let packet = try packet(Article(family))
    #expect(rule(.inbound, local: .everything(family)).matches(packet))
    #expect(!rule(.inbound, local: .everything(other)).matches(packet))
    #expect(!rule(.inbound, remote: .everything(other)).matches(packet))
  }

  @Test(
    arguments: [
      (1000...1000, true), (0...999, false), (1001...UInt16.max, false), (0...UInt16.max, true),
      (999...1001, true),
    ] as [(ClosedRange<UInt16>, Bool)])
  func `ports are those of the named side`(ports: ClosedRange<UInt16>, holds1000: Bool) throws {
    let packet = try packet(Article())
    #expect(rule(.outbound, .tcp, localPorts: ports).matches(packet) == holds1000)
    #expect(rule(.inbound, .tcp, remotePorts: ports).matches(packet) == holds1000)
    #expect(
      rule(.outbound, .tcp, remotePorts: ports).matches(packet) == ports.contains(80))
    #expect(rule(.inbound, .tcp, localPorts: ports).matches(packet) == ports.contains(80))
  }

  @Test func `a range of ports matches nothing that has none`() throws {
    let article = try Article()
    let echo = try packet(article, .icmp(.echoRequest(identifier: 1, sequence: 1, data: [])))
    #expect(!rule(.outbound, localPorts: 0...UInt16.max).matches(echo))
    #expect(rule(.outbound).matches(echo))
  }

  static let transports: [(Transport, IPProtocol)] = [
    (.icmp(.echoRequest(identifier: 1, sequence: 1, data: [])), .icmp),
    (.icmpv6(.echoRequest(identifier: 1, sequence: 1, data: [])), .icmpv6),
    (.udp(UDPDatagram(sourcePort: 1, destinationPort: 2)), .udp),
    (.tcp(TCPSegment(sourcePort: 1, destinationPort: 2, sequence: 3, flags: .syn)), .tcp),
    (.other(IPProtocol(number: 99), data: []), IPProtocol(number: 99)),
  ]

  @Test(arguments: transports)
  func `a protocol matches itself, and ICMP that of both families`(
    transport: Transport, number: IPProtocol
  ) throws {
    let packet = try packet(Article(), transport)
    for (_, other) in Self.transports {
      let expected = other == number || (other == .icmp && number == .icmpv6)
      #expect(rule(.outbound, other).matches(packet) == expected, "\(other) for \(number)")
    }
  }

  @Test func `the highest weight decides, and the others stand behind it`() throws {
    let packet = try packet(Article())
    let weights: [UInt16] = [5, 65535, 0, 7]
    var rules = weights.map { weight in
      AccessRule(name: "\(weight)", action: .allow, direction: .outbound, weight: weight)
    }
    rules.append(AccessRule(name: "inbound", action: .deny, direction: .inbound, weight: 9))
    rules[1].ipProtocol = .udp
    let filter = PortFilter(Self.port(rules))
    #expect(filter.rules(.outbound).map(\.name) == ["65535", "7", "5", "0"])
    #expect(filter.rules(.inbound).map(\.name) == ["inbound"])
    #expect(filter.decidingRule(packet, .outbound) == 1)
    let frame = EthernetFrame(
      destination: .broadcast, source: .broadcast, payload: .ip(packet))
    let notChosen = filter.notChosen(by: .extended(1), frame, .outbound)
    #expect(notChosen.map(\.ground) == [.extended(2), .extended(3)])
    #expect(notChosen.allSatisfy { $0.cause == .lowerWeight })
    #expect(filter.decidingRule(packet, .inbound) == 0)
  }

  @Test func `where no rule matches none decides`() throws {
    let packet = try packet(Article())
    #expect(PortFilter(Self.port([])).decidingRule(packet, .outbound) == nil)
    #expect(PortFilter(Self.port([rule(.inbound)])).decidingRule(packet, .outbound) == nil)
    #expect(PortFilter(Self.port([rule(.outbound, .udp)])).decidingRule(packet, .outbound) == nil)
  }
}
