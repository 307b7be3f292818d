import HNVCore
import Testing

/// REDIRECT and UNREACHABLE between hosts: [MS-NVGREE], sections 2.2.1 and 2.2.2.
struct ControlMessageTests {
  private typealias Index = Article.Index

  /// A provider address of either family.
  private func provider(_ family: IPFamily, _ host: Int) -> IPAddress {
    switch family {
    case .v4: Article.provider(host)
    case .v6: .v6(IPv6Address(bits: 0xfd00 << 112 | UInt128(host)))
    }
  }

  /// A's packet for X in its tunnel, over an underlay of a family.
  private func arrived(
    _ article: Article, over family: IPFamily
  ) throws -> (frame: EthernetFrame, packet: IPPacket) {
    let inner = try article.frame(
      from: article.a, to: article.x.address, mac: article.x.macAddress, timeToLive: 63)
    let packet = try #require(
      IPPacket(
        from: provider(family, 0), to: provider(family, 1), timeToLive: 128,
        transport: .nvgre(NVGREHeader(virtualSubnetID: article.servers), inner)))
    let frame = EthernetFrame(
      destination: MACAddress(bits: 2), source: MACAddress(bits: 1), payload: .ip(packet))
    return (frame, packet)
  }

  @Test(arguments: IPFamily.allCases, IPFamily.allCases)
  func `REDIRECT tells the sender where the machine is now, byte by byte`(
    underlay: IPFamily, customer: IPFamily
  ) throws {
    let article = try Article(customer)
    let (outer, packet) = try arrived(article, over: underlay)
    let target = provider(underlay, 2)
    let message = try #require(
      ControlMessage.frame(.redirect(to: target), about: packet, in: outer))
    let answer = try #require(message.packet)
    #expect(answer.source == packet.destination)
    #expect(answer.destination == packet.source)
    #expect(answer.timeToLive == 128)
    let bytes = answer.wireBytes
    let original = packet.wireBytes
    switch underlay {
    case .v4:
      #expect(bytes[9] == 1)
      #expect(Array(bytes[20..<22]) == [5, 10])
      #expect(Array(bytes[24..<28]) == [192, 168, 1, 3])
      // As much of the original as there is: outer IP, GRE, inner Ethernet and inner IP.
      #expect(Array(bytes[28...]) == original)
    case .v6:
      #expect(bytes[6] == 58)
      #expect(Array(bytes[40..<42]) == [137, 1])
      #expect(bytes[48] == 0xfd)
      #expect(Array(bytes[49..<64]) == Array(repeating: 0, count: 14) + [2])
      // The option "redirected header" (RFC 4861, section 4.6.3): 4, its length, six of padding.
      #expect(bytes[80] == 4)
      #expect(Array(bytes[88...].prefix(original.count)) == original)
    }
    try expect(message, packet, article, says: .redirect(to: target))
  }

  @Test(arguments: IPFamily.allCases, IPFamily.allCases)
  func `UNREACHABLE tells that the receiver's policy is missing or another`(
    underlay: IPFamily, customer: IPFamily
  ) throws {
    let article = try Article(customer)
    let (outer, packet) = try arrived(article, over: underlay)
    let message = try #require(ControlMessage.frame(.unreachable, about: packet, in: outer))
    let answer = try #require(message.packet)
    #expect(answer.timeToLive == 128)
    let bytes = answer.wireBytes
    switch underlay {
    case .v4:
      #expect(Array(bytes[20..<22]) == [3, 10])
      #expect(Array(bytes[28...]) == packet.wireBytes)
    case .v6:
      #expect(Array(bytes[40..<42]) == [1, 1])
      #expect(Array(bytes[48...]) == packet.wireBytes)
    }
    try expect(message, packet, article, says: .unreachable)
  }

  /// What the sending host reads out of a message that came back in a tunnel.
  private func expect(
    _ message: EthernetFrame, _ packet: IPPacket, _ article: Article, says notice: ControlNotice
  ) throws {
    let tunnel = try #require(
      IPPacket(
        from: packet.destination, to: packet.source, timeToLive: 128,
        transport: .nvgre(NVGREHeader(virtualSubnetID: article.servers), message)))
    let read = try #require(ControlMessage(message, in: tunnel))
    #expect(read.notice == notice)
    #expect(read.virtualSubnetID == article.servers)
    #expect(read.destination == article.x.macAddress)
    #expect(read.reporter == packet.destination)
    // A customer's machine can make such a packet, and not the tunnel to go with it.
    let forged = try #require(
      IPPacket(
        from: provider(packet.source.family, 9), to: packet.source, timeToLive: 128,
        transport: packet.transport))
    #expect(ControlMessage(message, in: forged) == nil)
  }

  @Test func `no message is made between families, nor read out of a customer's frame`() throws {
    let article = try Article()
    let (outer, packet) = try arrived(article, over: .v4)
    #expect(
      ControlMessage.frame(.redirect(to: provider(.v6, 2)), about: packet, in: outer) == nil)
    for frame in [
      try article.frame(from: article.a, to: article.x),
      try article.question(from: article.a, for: article.x.address),
    ] { #expect(ControlMessage(frame, in: packet) == nil) }
    // An ordinary error, about something else than a tunnel.
    let quoted = QuotedPacket(try #require(outer.packet))
    let bare = try #require(
      IPPacket(
        from: packet.destination, to: packet.source, timeToLive: 1,
        transport: .icmp(.destinationUnreachable(.host, quoting: quoted))))
    let error = EthernetFrame(
      destination: MACAddress(bits: 1), source: MACAddress(bits: 2), payload: .ip(bare))
    #expect(ControlMessage(error, in: bare) == nil)
  }

  @Test(arguments: IPFamily.allCases)
  func `the old host redirects, the others follow, and the packet arrives`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    let frame = try article.frame(from: article.a, to: article.x)
    let stale = try article.forwarding()
    article.x.host = 2
    var policy = try article.policy()
    // X has moved to the third host; the first was not told.
    policy.hosts[0].policy.forwarding = stale
    let lost = try InstantNetwork(policy).send(frame, from: article.a)
    #expect(lost.notices == [.redirect(to: Article.provider(2))])
    #expect(
      lost.refusal == .moved(article.x.macAddress, article.servers, to: Article.provider(2)))
    let follows = policy.hosts[0].policy.forwarding.redirect(
      article.x.macAddress, in: article.servers, from: Article.provider(1),
      to: Article.provider(2))
    #expect(follows)
    #expect(try InstantNetwork(policy).send(frame, from: article.a).arrival?.machine == "X")
    // What another host reports of a machine that it does not have changes nothing.
    let before = policy.hosts[0].policy.forwarding
    let again = policy.hosts[0].policy.forwarding.redirect(
      article.x.macAddress, in: article.servers, from: Article.provider(1),
      to: Article.provider(0))
    #expect(!again && policy.hosts[0].policy.forwarding == before)
  }

  @Test(arguments: IPFamily.allCases)
  func `missing policy and a missing machine are unreachable`(family: IPFamily) throws {
    let article = try Article(family)
    let frame = try article.frame(from: article.a, to: article.x)
    var policy = try article.policy()
    policy.hosts[1].policy.ports = []
    #expect(try InstantNetwork(policy).send(frame, from: article.a).notices == [.unreachable])
    policy = try article.policy()
    policy.hosts[1].policy.forwarding.lookupRecords.remove(at: Index.x)
    #expect(try InstantNetwork(policy).send(frame, from: article.a).notices == [.unreachable])
    policy = try article.policy()
    policy.hosts[1].policy.ports[0].accessRules = [
      AccessRule(name: "no", action: .deny, direction: .inbound, weight: 1)
    ]
    #expect(try InstantNetwork(policy).send(frame, from: article.a).notices == [])
  }

  @Test func `VXLAN and 2012 know no such messages, and nothing is said about groups`() throws {
    var article = try Article()
    let frame = try article.frame(from: article.a, to: article.x)
    for settings in [Settings(.windowsServer2012), Settings(.windowsServer2016)] {
      article.settings = settings
      var policy = try article.policy()
      policy.hosts[1].policy.ports = []
      #expect(try InstantNetwork(policy).send(frame, from: article.a).notices == [])
    }
    article.settings = Settings()
    var inner = frame
    inner.destination = MACAddress(bits: 0xdead)
    let host = InstantNetwork(try article.policy()).hosts[1]
    func notice(at provider: IPAddress) -> ControlNotice? {
      host.receive(inner, in: article.servers, at: provider).changes.notice
    }
    #expect(notice(at: Article.provider(1)) == .unreachable)
    #expect(notice(at: GroupTests.providerGroup) == nil)
    // A host says nothing of what was never meant for it.
    #expect(notice(at: Article.provider(0)) == nil)
  }
}
