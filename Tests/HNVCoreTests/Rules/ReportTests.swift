import HNVCore
import Testing

/// ICMP errors from hosts, where the setting `icmpErrors` has them: RFC 1122, section 3.2.2; RFC
/// 1812, section 4.3; RFC 4443, section 2.4.
struct ReportTests {
  private typealias Index = Article.Index

  private func article(_ family: IPFamily) throws -> Article {
    var article = try Article(family)
    article.settings.icmpErrors = .sent
    return article
  }

  /// The error about a frame from A.
  private func report(
    _ article: Article, _ frame: EthernetFrame, _ change: (inout NetworkPolicy) -> Void = { _ in }
  ) throws -> EthernetFrame? {
    var policy = try article.policy()
    change(&policy)
    let host = InstantNetwork(policy).hosts[0]
    guard case .refuse(let refusal) = host.decide(frame, from: 0).decision else {
      Issue.record("not refused")
      return nil
    }
    return host.report(refusal, about: frame, from: 0)
  }

  private func quoted(_ frame: EthernetFrame) throws -> QuotedPacket {
    QuotedPacket(try #require(frame.packet))
  }

  @Test(arguments: IPFamily.allCases)
  func `an error comes from the gateway address of the sender's subnet, to the sender`(
    family: IPFamily
  ) throws {
    let article = try article(family)
    let frame = try article.frame(from: article.a, to: article.x, timeToLive: 1)
    let error = try #require(try report(article, frame))
    #expect(error.destination == article.a.macAddress)
    #expect(error.source == article.gatewayMAC(of: article.clients))
    #expect(error.packet?.source == (try article.address(.clients, 1)))
    #expect(error.packet?.destination == article.a.address)
    let expected: Transport =
      switch family {
      case .v4: .icmp(.timeExceeded(quoting: try quoted(frame)))
      case .v6: .icmpv6(.timeExceeded(quoting: try quoted(frame)))
      }
    #expect(error.packet?.transport == expected)
  }

  @Test(arguments: IPFamily.allCases)
  func `no route and no record are unreachable, each in its own words`(family: IPFamily) throws {
    let article = try article(family)
    let frame = try article.frame(
      from: article.a, to: article.outside, mac: article.gatewayMAC(of: article.clients))
    let quoted = try quoted(frame)
    let noRoute = try report(article, frame) {
      $0.tellAll { $0.customerRoutes.remove(at: Index.defaultRoute) }
    }
    let noRecord = try report(article, frame) {
      $0.tellAll { $0.lookupRecords.remove(at: Index.gateway) }
    }
    switch family {
    case .v4:
      #expect(
        noRoute?.packet?.transport == .icmp(.destinationUnreachable(.network, quoting: quoted)))
      #expect(
        noRecord?.packet?.transport == .icmp(.destinationUnreachable(.host, quoting: quoted)))
    case .v6:
      #expect(
        noRoute?.packet?.transport == .icmpv6(.destinationUnreachable(.noRoute, quoting: quoted)))
      #expect(
        noRecord?.packet?.transport
          == .icmpv6(.destinationUnreachable(.address, quoting: quoted)))
    }
  }

  @Test(arguments: IPFamily.allCases, Encapsulation.allCases)
  func `a packet that does not fit beside its tunnel is too big, and told what would fit`(
    family: IPFamily, encapsulation: Encapsulation
  ) throws {
    var article = try article(family)
    article.settings.encapsulation = encapsulation
    // 42 bytes over IPv4, and 8 more for UDP and VXLAN.
    let room = encapsulation == .nvgre ? 1458 : 1450
    let header = family == .v4 ? 28 : 48
    func frame(_ byteCount: Int) throws -> EthernetFrame {
      try article.frame(
        from: article.a, to: article.x,
        .udp(
          UDPDatagram(
            sourcePort: 1, destinationPort: 2,
            data: Array(repeating: 0, count: byteCount - header))))
    }
    #expect(
      try InstantNetwork(article.policy()).send(frame(room), from: article.a).arrival?.machine
        == "X")
    let large = try frame(room + 1)
    let error = try #require(try report(article, large))
    let expected: Transport =
      switch family {
      case .v4: .icmp(.fragmentationNeeded(mtu: UInt16(room), quoting: try quoted(large)))
      case .v6: .icmpv6(.packetTooBig(mtu: UInt32(room), quoting: try quoted(large)))
      }
    #expect(error.packet?.transport == expected)
    // What stays on the host needs no tunnel; what may be fragmented outside is not refused.
    article.x.host = 0
    #expect(
      try InstantNetwork(article.policy()).send(large, from: article.a).arrival?.machine == "X")
    article.x.host = 1
    article.settings.outerDontFragment = .clear
    #expect(
      try InstantNetwork(article.policy()).send(large, from: article.a).arrival?.machine == "X")
  }

  @Test(arguments: IPFamily.allCases)
  func `no error is about an error, a later fragment, a group or nobody`(
    family: IPFamily
  ) throws {
    let article = try article(family)
    let frame = try article.frame(from: article.a, to: article.x, timeToLive: 1)
    var silent: [EthernetFrame] = []
    var error = frame
    error.payload = .ip(try #require(try report(article, frame)?.packet))
    silent.append(error)
    var fragment = frame
    switch frame.packet {
    case .v4(var packet):
      packet.fragmentOffset = 8
      fragment.payload = .ip(.v4(packet))
    case .v6(var packet):
      packet.extensionHeaders = [
        .fragment(Fragment(identification: 1, offset: 8, moreFollow: false))
      ]
      fragment.payload = .ip(.v6(packet))
    case nil: break
    }
    silent.append(fragment)
    silent.append(
      try article.frame(from: article.a, to: article.group, mac: .broadcast, timeToLive: 1))
    var everyone = frame
    everyone.destination = .broadcast
    silent.append(everyone)
    silent.append(
      try EthernetFrame.carrying(
        from: IPPrefix.everything(family).address, article.a.macAddress, to: article.x.address,
        frame.destination, .udp(UDPDatagram(sourcePort: 1, destinationPort: 2))))
    let host = InstantNetwork(try article.policy()).hosts[0]
    let refusal = Refusal.timeToLiveExceeded(article.x.address)
    #expect(host.report(refusal, about: frame, from: 0) != nil)
    for frame in silent { #expect(host.report(refusal, about: frame, from: 0) == nil) }
    // The first fragment is reported, as it names the ports.
    if case .v4(var packet) = frame.packet {
      packet.moreFragments = true
      var first = frame
      first.payload = .ip(.v4(packet))
      #expect(host.report(refusal, about: first, from: 0) != nil)
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `policy is not spoken of, and by default nothing is`(family: IPFamily) throws {
    var article = try article(family)
    let frame = try article.frame(from: article.a, to: article.x, timeToLive: 1)
    let host = InstantNetwork(try article.policy()).hosts[0]
    for refusal in [
      Refusal.denied(.outbound, port: 0, .extended(0)),
      .invalidSource(article.a.address, article.a.macAddress, article.clients),
      .noPort(article.x.macAddress, article.servers), .gatewayAddress(article.x.address),
    ] { #expect(host.report(refusal, about: frame, from: 0) == nil) }
    for release in Release.allCases {
      article.settings = Settings(release)
      #expect(try report(article, frame) == nil)
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `a gateway address answers a ping only where the setting says so`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    let gateway = try article.address(.clients, 1)
    let (request, reply): (Transport, Transport) =
      switch family {
      case .v4:
        (
          .icmp(.echoRequest(identifier: 1, sequence: 2, data: [3])),
          .icmp(.echoReply(identifier: 1, sequence: 2, data: [3]))
        )
      case .v6:
        (
          .icmpv6(.echoRequest(identifier: 1, sequence: 2, data: [3])),
          .icmpv6(.echoReply(identifier: 1, sequence: 2, data: [3]))
        )
      }
    let mac = article.gatewayMAC(of: article.clients)
    let ping = try article.frame(from: article.a, to: gateway, mac: mac, request)
    // Microsoft's 2012 gateway sample: the ping gets no reply.
    let silence = try InstantNetwork(article.policy()).send(ping, from: article.a)
    #expect(silence.refusal == .gatewayAddress(gateway))
    article.settings.gatewayEcho = .answered
    let fabric = InstantNetwork(try article.policy())
    #expect(try fabric.send(ping, from: article.a).decision == .answerEcho(gateway: mac))
    let answer = try EthernetFrame.carrying(
      from: gateway, mac, to: article.a.address, article.a.macAddress, timeToLive: 128, reply)
    var packets = PacketTable()
    let asking = packets.add(ping)
    let answering = packets.addEchoAnswer(to: asking, from: mac)
    #expect(packets.frame(try #require(answering)) == answer)
    let other = try article.frame(from: article.a, to: gateway, mac: mac)
    #expect(try fabric.send(other, from: article.a).refusal == .gatewayAddress(gateway))
    let rest = packets.add(other)
    let none = packets.addEchoAnswer(to: rest, from: mac)
    #expect(none == nil)
  }
}
