import HNVCore
import Testing

/// ARP and neighbour discovery, which hosts answer from their records.
struct NeighborTests {
  private func ask(
    _ family: IPFamily, for target: (Article) throws -> IPAddress,
    to mac: (Article) -> MACAddress? = { _ in nil },
    when change: (inout Article, inout NetworkPolicy) throws -> Void = { _, _ in }
  ) throws -> InstantNetwork.Journey {
    var article = try Article(family)
    var policy = try article.policy()
    try change(&article, &policy)
    let question = try article.question(from: article.a, for: target(article), to: mac(article))
    return try InstantNetwork(policy).send(question, from: article.a)
  }

  private func answer(_ journey: InstantNetwork.Journey) -> NeighborAnswer? {
    if case .answer(let answer) = journey.decision { answer } else { nil }
  }

  @Test(arguments: IPFamily.allCases, [0, 1])
  func `the host answers with the target's own MAC, wherever the target is`(
    family: IPFamily, host: Int
  ) throws {
    var article = try Article(family)
    article.b.host = host
    let question = try article.question(from: article.a, for: article.b.address)
    let journey = try InstantNetwork(article.policy()).send(question, from: article.a)
    let answer = try #require(self.answer(journey))
    #expect(answer.target == article.b.address)
    #expect(answer.macAddress == article.b.macAddress)
  }

  @Test(arguments: IPFamily.allCases)
  func `the gateway address is answered with its record's MAC, asked by anyone`(
    family: IPFamily
  ) throws {
    let gateway = { (article: Article) in article.gatewayMAC(of: article.clients) }
    let article = try Article(family)
    for mac in [nil, gateway(article)] {
      let journey = try ask(family, for: { try $0.address(.clients, 1) }, to: { _ in mac })
      #expect(answer(journey)?.macAddress == gateway(article))
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `another subnet, an unknown address and a stranger's are not answered`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    let silent = [
      article.x.address, article.outside, try article.address(.servers, 1),
      try article.address(.clients, 99),
    ]
    for target in silent {
      let journey = try ask(family, for: { _ in target })
      #expect(journey.refusal == .neighborUnknown(target, article.clients))
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `who asks for its own address hears nothing`(family: IPFamily) throws {
    let journey = try ask(family, for: { $0.a.address })
    let article = try Article(family)
    switch family {
    // RFC 5227, section 2.3: such a request is an announcement.
    case .v4: #expect(journey.decision == .absorb)
    case .v6: #expect(journey.refusal == .neighborUnknown(article.a.address, article.clients))
    }
  }

  @Test(arguments: IPFamily.allCases, [0, 1])
  func `a question to one machine is passed on to it unchanged`(
    family: IPFamily, host: Int
  ) throws {
    var article = try Article(family)
    article.b.host = host
    let probe = try article.question(
      from: article.a, for: article.b.address, to: article.b.macAddress)
    let journey = try InstantNetwork(article.policy()).send(probe, from: article.a)
    #expect(journey.arrival?.machine == "B")
    #expect(journey.arrival?.frame == probe)
    #expect(journey.tunnel?.virtualSubnetID == (host == 0 ? nil : article.clients))
  }

  @Test(arguments: IPFamily.allCases, [0, 1])
  func `a machine's own answer is passed on to the asker`(family: IPFamily, host: Int) throws {
    var article = try Article(family)
    article.b.host = host
    let answer = try EthernetFrame.answer(
      from: article.b.address, article.b.macAddress, to: article.a.address, article.a.macAddress)
    let journey = try InstantNetwork(article.policy()).send(answer, from: article.b)
    #expect(journey.arrival?.machine == "A")
    #expect(journey.arrival?.frame == answer)
  }

  @Test(arguments: IPFamily.allCases)
  func `an answer to the gateway address goes nowhere`(family: IPFamily) throws {
    let article = try Article(family)
    let gateway = try article.address(.clients, 1)
    let answer = try EthernetFrame.answer(
      from: article.a.address, article.a.macAddress, to: gateway,
      article.gatewayMAC(of: article.clients))
    let journey = try InstantNetwork(article.policy()).send(answer, from: article.a)
    #expect(journey.refusal == .gatewayAddress(gateway))
  }

  @Test(arguments: IPFamily.allCases)
  func `a question to a machine meets what any packet to it meets`(family: IPFamily) throws {
    let article = try Article(family)
    let moved = try ask(family, for: { $0.b.address }, to: { $0.b.macAddress }) { _, policy in
      policy.hosts[0].policy.ports.remove(at: 1)
    }
    #expect(moved.refusal == .noPort(article.b.macAddress, article.clients))
    let stale = try ask(family, for: { $0.b.address }, to: { $0.b.macAddress }) { _, policy in
      policy.tellAll {
        $0.lookupRecords[Article.Index.a].providerAddress = Article.provider(2)
        $0.lookupRecords[Article.Index.b].providerAddress = Article.provider(1)
      }
    }
    #expect(stale.refusal == .foreignProviderAddress(Article.provider(2)))
  }

  @Test func `an ARP reply turns the question around`() throws {
    let article = try Article(.v4)
    let question = try article.question(from: article.a, for: article.b.address)
    let reply = NeighborAnswer(target: article.b.address, macAddress: article.b.macAddress)
      .frame(answering: question)
    #expect(
      reply
        == EthernetFrame(
          destination: article.a.macAddress, source: article.b.macAddress,
          payload: .arp(
            ARPMessage(
              operation: .reply, senderMAC: article.b.macAddress,
              senderAddress: IPv4Address(10, 0, 1, 12), targetMAC: article.a.macAddress,
              targetAddress: IPv4Address(10, 0, 1, 11)))))
  }

  @Test func `a neighbour advertisement is solicited and has the hop limit 255`() throws {
    let article = try Article(.v6)
    let question = try article.question(from: article.a, for: article.b.address)
    let reply = NeighborAnswer(target: article.b.address, macAddress: article.b.macAddress)
      .frame(answering: question)
    let (a, b) = (
      try IPv6Address(parsing: "2001:db8:0:1::11"), try IPv6Address(parsing: "2001:db8:0:1::12")
    )
    #expect(
      reply
        == EthernetFrame(
          destination: article.a.macAddress, source: article.b.macAddress,
          payload: .ip(
            .v6(
              IPv6Packet(
                source: b, destination: a, hopLimit: 255,
                transport: .icmpv6(
                  .neighborAdvertisement(
                    target: b, targetMAC: article.b.macAddress, solicited: true)))))))
  }

  @Test func `what asks nothing is not answered`() throws {
    let (four, six) = (try Article(.v4), try Article(.v6))
    let answer4 = NeighborAnswer(target: four.b.address, macAddress: four.b.macAddress)
    let answer6 = NeighborAnswer(target: six.b.address, macAddress: six.b.macAddress)
    #expect(answer4.frame(answering: try four.frame(from: four.a, to: four.b)) == nil)
    #expect(answer6.frame(answering: try six.frame(from: six.a, to: six.b)) == nil)
    #expect(answer6.frame(answering: try four.question(from: four.a, for: four.b.address)) == nil)
    #expect(answer4.frame(answering: try six.question(from: six.a, for: six.b.address)) == nil)
  }
}
