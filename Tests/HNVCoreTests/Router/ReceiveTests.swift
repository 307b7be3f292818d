import HNVCore
import Testing

/// What a host does with a frame that came through a tunnel.
struct ReceiveTests {
  let article: Article
  let router: HostRouter

  init() throws {
    article = try Article()
    var policy = try article.policy()
    policy.hosts[1].policy.ports[0].accessRules = [
      AccessRule(name: "no UDP", action: .deny, direction: .inbound, ipProtocol: .udp, weight: 1)
    ]
    router = InstantNetwork(policy).hosts[1]
  }

  private func arriving(_ transport: Transport) throws -> EthernetFrame {
    try article.frame(
      from: article.b, to: article.x.address, mac: article.x.macAddress, timeToLive: 63, transport)
  }

  @Test func `the frame goes unchanged to the port of its MAC and subnet`() throws {
    let frame = try arriving(
      .tcp(TCPSegment(sourcePort: 1, destinationPort: 2, sequence: 0, flags: .syn)))
    let decision = router.receive(frame, in: article.servers, at: Article.provider(1)).decision
    guard case .deliver(let port, let rewrite) = decision else {
      Issue.record("\(decision)")
      return
    }
    #expect(router.ports[port].vmName == "X")
    #expect(rewrite.applied(to: frame) == frame)
  }

  @Test func `a frame for another provider address is not ours`() throws {
    let frame = try arriving(.other(.gre, data: []))
    #expect(
      router.receive(frame, in: article.servers, at: Article.provider(0)).decision
        == .refuse(.notOurProviderAddress(Article.provider(0))))
  }

  @Test func `the subnet on the wire counts`() throws {
    let frame = try arriving(.other(.gre, data: []))
    #expect(
      router.receive(frame, in: article.clients, at: Article.provider(1)).decision
        == .refuse(.noRecordAtReceiver(article.x.macAddress, article.clients)))
  }

  @Test func `a machine that the records have on another host is not here`() throws {
    var frame = try arriving(.other(.gre, data: []))
    frame.destination = article.a.macAddress
    #expect(
      router.receive(frame, in: article.clients, at: Article.provider(1)).decision
        == .refuse(.moved(article.a.macAddress, article.clients, to: Article.provider(0))))
  }

  @Test func `the receiver's access rules are asked`() throws {
    let frame = try arriving(.udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
    #expect(
      router.receive(frame, in: article.servers, at: Article.provider(1)).decision
        == .refuse(.denied(.inbound, port: 0, .extended(0))))
  }

  @Test(arguments: IPFamily.allCases)
  func `access rules do not see address resolution`(family: IPFamily) throws {
    var article = try Article(family)
    article.b.host = 1
    article.b.rules = AccessRule.Direction.allCases.map {
      AccessRule(name: "nothing", action: .deny, direction: $0, weight: 1)
    }
    let network = InstantNetwork(try article.policy())
    let probe = try article.question(
      from: article.a, for: article.b.address, to: article.b.macAddress)
    let journey = try network.send(probe, from: article.a)
    #expect(journey.arrival?.frame == probe)
    let answer = try EthernetFrame.answer(
      from: article.b.address, article.b.macAddress, to: article.a.address, article.a.macAddress)
    let back = try network.send(answer, from: article.b)
    #expect(back.arrival?.frame == answer)
    #expect(back.arrival?.machine == "A")
  }
}
