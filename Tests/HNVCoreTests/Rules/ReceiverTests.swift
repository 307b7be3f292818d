import HNVCore
import Testing

/// What a receiving host checks: Microsoft's two-tenant and gateway samples, and RFC 7637.
struct ReceiverTests {
  private typealias Index = Article.Index

  /// A reply from behind the gateway, to X.
  private func fromOutside(_ article: Article) throws -> EthernetFrame {
    try EthernetFrame.carrying(
      from: article.outside, article.gateway.macAddress, to: article.x.address,
      article.gatewayMAC(of: article.edge),
      .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
  }

  @Test(arguments: IPFamily.allCases)
  func `what comes from behind a gateway is taken from the gateway's host alone`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    var policy = try article.policy()
    // As in the 2012 R2 guide: the wildcard is on the gateway's host only.
    for host in 0...1 {
      policy.hosts[host].policy.forwarding.lookupRecords.remove(at: Index.wildcard)
    }
    let network = InstantNetwork(policy)
    let frame = try fromOutside(article)
    let journey = try network.send(frame, from: article.gateway)
    #expect(journey.arrival?.machine == "X")
    let inner = try #require(journey.arrival).frame
    let elsewhere = network.hosts[1].receive(
      inner, in: article.servers, from: Article.provider(0), at: Article.provider(1))
    #expect(
      elsewhere.decision
        == .refuse(.unknownSource(article.outside, article.servers, from: Article.provider(0))))
    // The sender's policy is not at diagnostic, and is not told of anything.
    #expect(elsewhere.changes == StateChanges())
  }

  @Test(arguments: IPFamily.allCases)
  func `where a record is required, a wildcard on every host is one`(family: IPFamily) throws {
    var article = try Article(family)
    article.settings.receiverValidation = .recordRequired
    var policy = try article.policy()
    let frame = try fromOutside(article)
    #expect(try InstantNetwork(policy).send(frame, from: article.gateway).arrival?.machine == "X")
    policy.hosts[1].policy.forwarding.lookupRecords.remove(at: Index.wildcard)
    #expect(
      try InstantNetwork(policy).send(frame, from: article.gateway).refusal
        == .unknownSource(article.outside, article.servers, from: Article.provider(2)))
  }

  @Test(arguments: IPFamily.allCases)
  func `a sender whom only the receiver does not know is refused there`(family: IPFamily) throws {
    let article = try Article(family)
    var policy = try article.policy()
    policy.hosts[1].policy.forwarding.lookupRecords.removeAll {
      $0.customerAddress == article.a.address || $0.type == .gatewayWildcard
    }
    let journey = try InstantNetwork(policy).send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(
      journey.refusal
        == .unknownSource(article.a.address, article.servers, from: Article.provider(0)))
  }

  @Test(arguments: IPFamily.allCases)
  func `the record of the same address in another routing domain speaks for nobody`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    var policy = try article.policy()
    // Z has A's address; all of the tenant's own is gone.
    policy.hosts[1].policy.forwarding.lookupRecords.removeAll {
      $0.virtualSubnetID != article.strangers && $0.customerAddress != article.x.address
    }
    let journey = try InstantNetwork(policy).send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(
      journey.refusal
        == .unknownSource(article.a.address, article.servers, from: Article.provider(0)))
  }

  @Test(arguments: IPFamily.allCases)
  func `a route that names another routing domain's subnet makes no gateway of its machine`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    var policy = try article.policy()
    let astray = article.via(
      article.z.address, IPPrefix(host: article.outside), in: article.strangers)
    policy.tellAll {
      $0.lookupRecords.remove(at: Index.wildcard)
      $0.customerRoutes.append(astray)
    }
    // Z's host, which is A's as well, is no gateway's.
    let frame = try EthernetFrame.carrying(
      from: article.outside, article.a.macAddress, to: article.x.address, article.x.macAddress,
      .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
    let decision = InstantNetwork(policy).hosts[1].receive(
      frame, in: article.servers, from: Article.provider(0), at: Article.provider(1)
    ).decision
    #expect(
      decision
        == .refuse(.unknownSource(article.outside, article.servers, from: Article.provider(0))))
  }

  @Test(arguments: IPFamily.allCases)
  func `a record that a route beats speaks for its machine all the same`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    article.settings.recordPrecedence = .routeFirst
    article.settings.receiverValidation = .recordRequired
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords.remove(at: Index.wildcard) }
    let specific = article.via(
      article.gateway.address, IPPrefix(host: article.a.address), in: article.edge)
    policy.tellAll { $0.customerRoutes.append(specific) }
    let journey = try InstantNetwork(policy).send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(journey.arrival?.machine == "X")
  }

  /// RFC 7637, section 3.2: the sender strips the tag, the receiver drops what bears one.
  @Test(arguments: Encapsulation.allCases)
  func `no tag travels inside a tunnel`(encapsulation: Encapsulation) throws {
    var article = try Article()
    article.settings.encapsulation = encapsulation
    let network = InstantNetwork(try article.policy())
    let plain = try article.frame(from: article.a, to: article.x)
    var tagged = plain
    tagged.tag = VLANTag(identifier: 7)
    let journey = try network.send(tagged, from: article.a)
    #expect(journey.arrival == (try network.send(plain, from: article.a).arrival))
    tagged.destination = article.x.macAddress
    let received = network.hosts[1].receive(
      tagged, in: article.servers, at: Article.provider(1))
    #expect(received == Outcome(.refuse(.taggedInside(VLANTag(identifier: 7)))))
  }

  @Test(arguments: IPFamily.allCases)
  func `the subnet that the wire bears is the destination's, the gateway's towards the outside`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    let network = InstantNetwork(try article.policy())
    let mac = article.gatewayMAC(of: article.clients)
    for (destination, subnet) in [
      (article.x.address, article.servers), (article.outside, article.edge),
    ] {
      let sent = try article.frame(from: article.a, to: destination, mac: mac)
      let journey = try network.send(sent, from: article.a)
      let (tunnel, inner) = (try #require(journey.tunnel), try #require(journey.arrival).frame)
      #expect(tunnel.virtualSubnetID == subnet)
      // RFC 7637, section 3.2: key present, Transparent Ethernet Bridging, then VSID and FlowID.
      let packet = try #require(
        IPPacket(
          from: tunnel.source, to: tunnel.destination, timeToLive: 128,
          transport: tunnel.transport(carrying: inner)))
      let number = subnet.number
      let expected: [UInt8] = [
        0x20, 0x00, 0x65, 0x58, UInt8(number >> 16), UInt8(number >> 8 & 0xff),
        UInt8(number & 0xff), 0,
      ]
      #expect(Array(packet.wireBytes[20..<28]) == expected)
    }
  }
}
