import HNVCore
import Testing

/// The basic access list: Add-VMNetworkAdapterAcl.
struct BasicRuleTests {
  private let own = MACAddress(bits: 0x0a)
  private let peer = MACAddress(bits: 0x0f)

  private func port(
    _ entries: [BasicAccessRule], extended: [AccessRule] = []
  ) -> VMPort {
    VMPort(
      vmName: "A", macAddress: own, virtualSubnetID: nil, accessRules: extended,
      basicRules: entries)
  }

  /// A datagram from A to a peer, or from the peer to A.
  private func frame(
    _ direction: AccessRule.Direction, peer address: String, own ownAddress: String = "10.0.1.11"
  ) throws -> EthernetFrame {
    let (local, remote) = (try IPAddress(parsing: ownAddress), try IPAddress(parsing: address))
    let isOutbound = direction == .outbound
    return try EthernetFrame.carrying(
      from: isOutbound ? local : remote, isOutbound ? own : peer,
      to: isOutbound ? remote : local, isOutbound ? peer : own,
      .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
  }

  private func passes(
    _ entries: [BasicAccessRule], _ direction: AccessRule.Direction, peer: String
  ) throws -> Bool {
    let verdict = PortFilter(port(entries)).decide(
      try frame(direction, peer: peer), direction, connections: ConnectionTable(), at: 0)
    return try #require(verdict).passes
  }

  private func ip(_ text: String) throws -> BasicAccessRule.Addresses {
    .ip(try IPPrefix(parsing: text))
  }

  @Test(arguments: AccessRule.Direction.allCases)
  func `a new adapter has no entry, and lets all pass`(direction: AccessRule.Direction) throws {
    #expect(try passes([], direction, peer: "192.0.2.1"))
  }

  @Test(arguments: AccessRule.Direction.allCases)
  func `the longest prefix decides, whatever stands first`(direction: AccessRule.Direction) throws {
    let entries = [
      BasicAccessRule(.deny, direction, .remote, try ip("10.0.0.0/8")),
      BasicAccessRule(.allow, direction, .remote, try ip("10.1.0.0/16")),
      BasicAccessRule(.deny, direction, .remote, try ip("10.1.2.3/32")),
    ]
    for entries in [entries, entries.reversed()] {
      #expect(try !passes(entries, direction, peer: "10.2.0.1"))
      #expect(try passes(entries, direction, peer: "10.1.0.1"))
      #expect(try !passes(entries, direction, peer: "10.1.2.3"))
      #expect(try passes(entries, direction, peer: "192.0.2.1"))
    }
  }

  /// "Example 2" of the cmdlet's page.
  @Test func `ANY denies both families in both directions`() throws {
    let entries = BasicAccessRule.both(.deny, .remote, .anyIP)
    #expect(entries.map(\.direction) == [.inbound, .outbound])
    for direction in AccessRule.Direction.allCases {
      #expect(try !passes(entries, direction, peer: "192.0.2.1"))
      let six = try frame(direction, peer: "fd00::1", own: "fd00::2")
      let verdict = PortFilter(port(entries)).decide(
        six, direction, connections: ConnectionTable(), at: 0)
      #expect(verdict?.passes == false)
    }
    #expect(
      try !passes(
        [BasicAccessRule(.deny, .inbound, .remote, try ip("0.0.0.0/0"))],
        .inbound, peer: "192.0.2.1"))
    #expect(
      try passes(
        [BasicAccessRule(.deny, .inbound, .remote, try ip("::/0"))],
        .inbound, peer: "192.0.2.1"))
  }

  @Test(arguments: AccessRule.Direction.allCases)
  func `local is the machine's side, in both directions`(direction: AccessRule.Direction) throws {
    let denied = BasicAccessRule(.deny, direction, .local, try ip("10.0.1.0/24"))
    #expect(try !passes([denied], direction, peer: "192.0.2.1"))
    #expect(
      try passes(
        [BasicAccessRule(.deny, direction, .remote, try ip("10.0.1.0/24"))], direction,
        peer: "192.0.2.1"))
    let other: AccessRule.Direction = direction == .inbound ? .outbound : .inbound
    #expect(try passes([denied], other, peer: "192.0.2.1"))
  }

  /// "Example 3" of the cmdlet's page.
  @Test func `a MAC address is denied whatever the IP entries allow`() throws {
    let entries =
      BasicAccessRule.both(.deny, .remote, .mac(peer))
      + BasicAccessRule.both(.allow, .remote, .anyIP)
    for direction in AccessRule.Direction.allCases {
      #expect(try !passes(entries, direction, peer: "192.0.2.1"))
    }
    let stranger = BasicAccessRule.both(.deny, .remote, .mac(MACAddress(bits: 0x99)))
    #expect(try passes(stranger, .inbound, peer: "192.0.2.1"))
  }

  @Test func `one MAC address comes before all of them`() throws {
    let entries = [
      BasicAccessRule(.deny, .inbound, .remote, .anyMAC),
      BasicAccessRule(.allow, .inbound, .remote, .mac(peer)),
    ]
    #expect(try passes(entries, .inbound, peer: "192.0.2.1"))
    #expect(try !passes([entries[0]], .inbound, peer: "192.0.2.1"))
  }

  @Test func `of equally exact entries one that denies decides`() throws {
    let entries = [
      BasicAccessRule(.allow, .outbound, .local, try ip("10.0.1.0/24")),
      BasicAccessRule(.deny, .outbound, .remote, try ip("10.1.2.0/24")),
    ]
    for entries in [entries, entries.reversed()] {
      #expect(try !passes(entries, .outbound, peer: "10.1.2.11"))
      #expect(try passes(entries, .outbound, peer: "10.1.3.11"))
    }
  }

  /// "Example 4" of the cmdlet's page.
  @Test func `a meter counts by the longest prefix and decides nothing`() throws {
    let entries = [
      BasicAccessRule(.meter, .outbound, .remote, try ip("10.0.0.0/8")),
      BasicAccessRule(.meter, .outbound, .remote, try ip("10.1.0.0/16")),
      BasicAccessRule(.deny, .outbound, .remote, try ip("0.0.0.0/0")),
    ]
    let filter = PortFilter(port(entries))
    let near = try frame(.outbound, peer: "10.1.2.3")
    #expect(filter.meter(near, .outbound) == 1)
    #expect(filter.meter(try frame(.outbound, peer: "10.9.2.3"), .outbound) == 0)
    #expect(filter.meter(try frame(.outbound, peer: "192.0.2.1"), .outbound) == nil)
    #expect(filter.meter(try frame(.inbound, peer: "10.1.2.3"), .inbound) == nil)
    #expect(filter.decidingEntry(near, .outbound) == 2)
    #expect(try passes(Array(entries.prefix(2)), .outbound, peer: "10.1.2.3"))
  }

  @Test func `MAC entries see what carries no IP`() throws {
    let frame = EthernetFrame(
      destination: peer, source: own, payload: .other(etherType: 0x8847, data: []))
    func passes(_ entry: BasicAccessRule) -> Bool? {
      PortFilter(port([entry])).decide(
        frame, .outbound, connections: ConnectionTable(), at: 0)?.passes
    }
    #expect(passes(BasicAccessRule(.deny, .outbound, .remote, .mac(peer))) == false)
    #expect(passes(BasicAccessRule(.deny, .outbound, .remote, .anyIP)) == true)
  }

  @Test func `the receiver's port sees the frame as its machine gets it`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.hosts[1].policy.ports[0].basicRules = [
      BasicAccessRule(.deny, .inbound, .local, .mac(article.x.macAddress))
    ]
    let journey = try InstantNetwork(policy).send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(journey.refusal == .denied(.inbound, port: 0, .basic(0)))
    // On the sender's own host as well, where the rewrite and the port are in one decision.
    policy = try article.policy()
    policy.hosts[0].policy.ports[1].basicRules = [
      BasicAccessRule(.deny, .inbound, .local, .mac(article.b.macAddress))
    ]
    let frame = try article.frame(
      from: article.a, to: article.b.address, mac: MACAddress(bits: 0x99))
    let within = try InstantNetwork(policy).send(frame, from: article.a)
    #expect(within.refusal == .denied(.inbound, port: 1, .basic(0)))
  }
}
