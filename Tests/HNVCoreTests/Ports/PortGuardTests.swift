import HNVCore
import Testing

/// What Set-VMNetworkAdapter lets a port drop: spoofed MAC addresses, DHCP servers and routers.
struct PortGuardTests {
  private func refusal(
    _ article: Article, _ transport: Transport, _ change: (inout VMPort) -> Void
  ) throws -> Refusal? {
    var policy = try article.policy()
    change(&policy.hosts[0].policy.ports[0])
    return try InstantNetwork(policy).send(
      article.frame(from: article.a, to: article.b, transport), from: article.a
    ).refusal
  }

  private static func datagram(_ source: UInt16, _ destination: UInt16) -> Transport {
    .udp(UDPDatagram(sourcePort: source, destinationPort: destination))
  }

  @Test(arguments: IPFamily.allCases)
  func `MAC address spoofing is off by default`(family: IPFamily) throws {
    let article = try Article(family)
    var policy = try article.policy()
    var frame = try article.frame(from: article.a, to: article.b)
    frame.source = article.x.macAddress
    let question = try EthernetFrame.question(
      from: article.a.address, article.x.macAddress, for: article.b.address)
    for frame in [frame, question] {
      #expect(
        try InstantNetwork(policy).send(frame, from: article.a).refusal
          == .spoofedMAC(article.x.macAddress, port: 0))
    }
    policy.hosts[0].policy.ports[0].allowsMACSpoofing = true
    // The frame now comes to HNV, which has a check of its own.
    #expect(
      try InstantNetwork(policy).send(frame, from: article.a).refusal
        == .invalidSource(article.a.address, article.x.macAddress, article.clients))
    let answer = NeighborAnswer(target: article.b.address, macAddress: article.b.macAddress)
    policy.settings.sourceValidation = .none
    #expect(try InstantNetwork(policy).send(question, from: article.a).decision == .answer(answer))
  }

  @Test(arguments: IPFamily.allCases)
  func `the DHCP guard drops what a server says and lets a client speak`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    // RFC 2131, section 4.1, and RFC 8415, section 7.2.
    let (server, client): (UInt16, UInt16) = family == .v4 ? (67, 68) : (547, 546)
    let offer = Self.datagram(server, client)
    #expect(try refusal(article, offer) { $0.dhcpGuard = true } == .guarded(.dhcp, port: 0))
    #expect(try refusal(article, offer) { _ in } == nil)
    #expect(try refusal(article, offer) { $0.routerGuard = true } == nil)
    for transport in [
      Self.datagram(client, server), Self.datagram(53, 67),
      .tcp(TCPSegment(sourcePort: server, destinationPort: client, sequence: 0, flags: .syn)),
    ] {
      #expect(try refusal(article, transport) { $0.dhcpGuard = true } == nil)
    }
  }

  @Test func `the DHCP guard sees the first fragment's ports`() throws {
    var packet = IPv4Packet(
      source: IPv4Address(10, 0, 1, 11), destination: IPv4Address(10, 0, 1, 12), timeToLive: 9,
      transport: .other(.udp, data: [0, 67, 0, 68, 0, 99, 0, 0]))
    packet.moreFragments = true
    #expect(PortGuard.dhcp.stops(.v4(packet)))
    packet.fragmentOffset = 1
    #expect(!PortGuard.dhcp.stops(.v4(packet)))
  }

  @Test(arguments: IPFamily.allCases)
  func `the router guard drops advertisements and redirects`(family: IPFamily) throws {
    let article = try Article(family)
    let quoted = QuotedPacket(
      try #require(try article.frame(from: article.a, to: article.b).packet))
    let messages: [Transport] =
      switch (family, article.b.address) {
      case (.v4, _):
        [
          .icmp(.other(type: 9, code: 0, body: [])),
          .icmp(.redirect(.host, gateway: IPv4Address(10, 0, 1, 12), quoting: quoted)),
        ]
      case (.v6, .v6(let b)):
        [
          .icmpv6(.routerAdvertisement(body: [64, 0, 0, 0])),
          .icmpv6(.redirect(.betterHop, target: b, destination: b, quoting: quoted)),
        ]
      default: []
      }
    #expect(messages.count == 2)
    for message in messages {
      #expect(try refusal(article, message) { $0.routerGuard = true } == .guarded(.router, port: 0))
      #expect(try refusal(article, message) { $0.dhcpGuard = true } != .guarded(.dhcp, port: 0))
    }
    let echo: Transport =
      family == .v4
      ? .icmp(.echoRequest(identifier: 1, sequence: 1, data: []))
      : .icmpv6(.echoRequest(identifier: 1, sequence: 1, data: []))
    #expect(try refusal(article, echo) { $0.routerGuard = true } == nil)
  }

  @Test func `guards watch what their own machine sends, not what it receives`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.hosts[0].policy.ports[1].dhcpGuard = true
    let offer = try article.frame(from: article.a, to: article.b, Self.datagram(67, 68))
    #expect(try InstantNetwork(policy).send(offer, from: article.a).arrival?.machine == "B")
  }

  /// Microsoft's two-tenant sample: a port takes only what bears its own virtual subnet.
  @Test func `of two tenants with one MAC and one address each gets its own frames`() throws {
    let article = try Article()
    var policy = try article.policy()
    // Z, of the other tenant, has A's address; now it has A's MAC address as well.
    let index = try #require(policy.hosts[0].policy.ports.firstIndex { $0.vmName == "Z" })
    policy.hosts[0].policy.ports[index].macAddress = article.a.macAddress
    policy.tellAll { $0.lookupRecords[Article.Index.z].macAddress = article.a.macAddress }
    // X is a machine of one of the two tenants alone.
    policy.settings.receiverValidation = .none
    let host = InstantNetwork(policy).hosts[0]
    let frame = try article.frame(
      from: article.x, to: article.a.address, mac: article.a.macAddress)
    for (subnet, machine) in [(article.clients, "A"), (article.strangers, "Z")] {
      let decision = host.receive(frame, in: subnet, at: Article.provider(0)).decision
      guard case .deliver(let port, _) = decision else {
        Issue.record("\(decision)")
        continue
      }
      #expect(host.ports[port].vmName == machine)
    }
    #expect(
      host.receive(frame, in: article.servers, at: Article.provider(0)).decision
        == .refuse(.noRecordAtReceiver(article.a.macAddress, article.servers)))
  }
}
