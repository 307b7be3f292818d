import HNVCore
import Testing

/// Every reason for which a host drops a frame.
struct RefusalTests {
  /// Sends a frame from A, after something was done to the network.
  private func refusal(
    _ family: IPFamily, _ frame: (Article) throws -> EthernetFrame,
    when change: (Article, inout NetworkPolicy) throws -> Void = { _, _ in }
  ) throws -> Refusal? {
    let article = try Article(family)
    var policy = try article.policy()
    try change(article, &policy)
    return try InstantNetwork(policy).send(try frame(article), from: article.a).refusal
  }

  private func toX(_ article: Article) throws -> EthernetFrame {
    try article.frame(from: article.a, to: article.x)
  }

  @Test(arguments: IPFamily.allCases)
  func `a port's subnet that no route names is unknown`(family: IPFamily) throws {
    let refusal = try refusal(family, toX) { article, policy in
      policy.tellAll {
        $0.customerRoutes.removeAll { $0.virtualSubnetID == article.clients }
      }
    }
    #expect(refusal == .unknownVirtualSubnet(try Article().clients))
  }

  @Test(arguments: IPFamily.allCases)
  func `a sender must have its record`(family: IPFamily) throws {
    let article = try Article(family)
    for (address, mac) in [
      (article.b.address, article.a.macAddress), (article.a.address, article.b.macAddress),
      (article.outside, article.a.macAddress), (article.x.address, article.a.macAddress),
    ] {
      let spoofed = try EthernetFrame.carrying(
        from: address, mac, to: article.x.address, article.gatewayMAC(of: article.clients),
        .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
      let refusal = try refusal(family, { _ in spoofed }) { _, policy in
        policy.hosts[0].policy.ports[0].allowsMACSpoofing = true
      }
      #expect(refusal == .invalidSource(address, mac, article.clients))
    }
  }

  @Test(arguments: [0x8847, 0x88cc] as [UInt16])
  func `HNV carries nothing but IP`(etherType: UInt16) throws {
    let refusal = try refusal(.v4) { article in
      EthernetFrame(
        destination: article.b.macAddress, source: article.a.macAddress,
        payload: .other(etherType: etherType, data: []))
    }
    #expect(refusal == .notIP(etherType: etherType))
  }

  @Test(arguments: IPFamily.allCases)
  func `a group without another member within reach`(family: IPFamily) throws {
    let group = try Article(family).group
    let refusal = try refusal(family) {
      try $0.frame(from: $0.a, to: group, mac: .broadcast)
    } when: { _, policy in
      policy.hosts[0].policy.ports.removeAll { $0.vmName == "B" }
    }
    #expect(refusal == .noReceivers(.broadcast, try Article(family).clients))
  }

  @Test(arguments: IPFamily.allCases)
  func `no entry covers the destination`(family: IPFamily) throws {
    let article = try Article(family)
    let refusal = try refusal(family) {
      try $0.frame(from: $0.a, to: $0.outside, mac: $0.gatewayMAC(of: $0.clients))
    } when: { _, policy in
      policy.tellAll { $0.customerRoutes.remove(at: Article.Index.defaultRoute) }
    }
    #expect(refusal == .noRoute(article.outside, article.tenant))
  }

  @Test(arguments: IPFamily.allCases)
  func `no record resolves the next hop`(family: IPFamily) throws {
    let article = try Article(family)
    let refusal = try refusal(family) {
      try $0.frame(from: $0.a, to: $0.outside, mac: $0.gatewayMAC(of: $0.clients))
    } when: { _, policy in
      policy.tellAll { $0.lookupRecords.remove(at: Article.Index.gateway) }
    }
    #expect(
      refusal
        == .noRecord(article.gateway.address, article.edge, route: Article.Index.defaultRoute))
  }

  @Test(arguments: IPFamily.allCases)
  func `a gateway address is no destination`(family: IPFamily) throws {
    let article = try Article(family)
    for network in [Article.Network.clients, .servers] {
      let target = try article.address(network, 1)
      let refusal = try refusal(family) {
        try $0.frame(from: $0.a, to: target, mac: $0.gatewayMAC(of: $0.clients))
      }
      #expect(refusal == .gatewayAddress(target))
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `the rule None is not carried out`(family: IPFamily) throws {
    let refusal = try refusal(family, toX) { _, policy in
      policy.tellAll { $0.lookupRecords[Article.Index.x].rule = .none }
    }
    #expect(refusal == .untranslated(record: Article.Index.x))
  }

  @Test func `the rule Nat translates within one family`() throws {
    let refusal = try refusal(.v6, toX) { _, policy in
      policy.tellAll { $0.lookupRecords[Article.Index.x].rule = .nat }
    }
    #expect(refusal == .familiesDiffer(record: Article.Index.x))
  }

  @Test(arguments: IPFamily.allCases, [0, 1] as [UInt8])
  func `a packet between subnets needs a TTL of two`(
    family: IPFamily, timeToLive: UInt8
  ) throws {
    let refusal = try refusal(family) {
      try $0.frame(from: $0.a, to: $0.x, timeToLive: timeToLive)
    }
    #expect(refusal == .timeToLiveExceeded(try Article(family).x.address))
  }

  @Test(arguments: IPFamily.allCases)
  func `the machine has left its host`(family: IPFamily) throws {
    let article = try Article(family)
    let gone = try refusal(family, toX) { _, policy in policy.hosts[1].policy.ports = [] }
    #expect(gone == .noPort(article.x.macAddress, article.servers))
    let goneFromHere = try refusal(family) {
      try $0.frame(from: $0.a, to: $0.b)
    } when: { _, policy in
      policy.hosts[0].policy.ports.remove(at: 1)
    }
    #expect(goneFromHere == .noPort(article.b.macAddress, article.clients))
  }

  @Test(arguments: IPFamily.allCases)
  func `the sender's record names another host`(family: IPFamily) throws {
    let refusal = try refusal(family, toX) { _, policy in
      policy.tellAll { $0.lookupRecords[Article.Index.a].providerAddress = Article.provider(2) }
    }
    #expect(refusal == .foreignProviderAddress(Article.provider(2)))
  }

  @Test(arguments: IPFamily.allCases)
  func `the receiver has no record of its own machine`(family: IPFamily) throws {
    let article = try Article(family)
    let refusal = try refusal(family, toX) { _, policy in
      policy.hosts[1].policy.forwarding.lookupRecords.remove(at: Article.Index.x)
    }
    #expect(refusal == .noRecordAtReceiver(article.x.macAddress, article.servers))
  }

  @Test func `a port without a virtual subnet is none of HNV's business`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.hosts[0].policy.ports[0].virtualSubnetID = nil
    let frame = try article.frame(from: article.a, to: article.x)
    #expect(InstantNetwork(policy).hosts[0].decide(frame, from: 0).decision == .bypass)
  }
}
