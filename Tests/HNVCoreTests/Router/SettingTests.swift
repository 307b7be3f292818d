import HNVCore
import Testing

/// Settings in detail, beside the table of all their values (`SettingScenario`).
struct SettingTests {
  private func send(
    _ family: IPFamily, _ frame: (Article) throws -> EthernetFrame,
    under change: (inout Settings) -> Void
  ) throws -> InstantNetwork.Journey {
    var article = try Article(family)
    change(&article.settings)
    return try InstantNetwork(article.policy()).send(try frame(article), from: article.a)
  }

  @Test(arguments: IPFamily.allCases, TimeToLiveBetweenSubnets.allCases)
  func `timeToLive`(family: IPFamily, value: TimeToLiveBetweenSubnets) throws {
    let journey = try send(family) {
      try $0.frame(from: $0.a, to: $0.x, timeToLive: 9)
    } under: {
      $0.timeToLive = value
    }
    let left: UInt8 =
      switch value {
      case .decremented: 8
      case .kept: 9
      }
    #expect(journey.arrival?.frame.packet?.timeToLive == left)
    let last = try send(family) {
      try $0.frame(from: $0.a, to: $0.x, timeToLive: 1)
    } under: {
      $0.timeToLive = value
    }
    #expect((last.arrival != nil) == (value == .kept))
  }

  @Test(arguments: IPFamily.allCases, SourceMACBetweenSubnets.allCases)
  func `sourceMAC`(family: IPFamily, value: SourceMACBetweenSubnets) throws {
    let article = try Article(family)
    let between = try send(family) {
      try $0.frame(from: $0.a, to: $0.x)
    } under: {
      $0.sourceMAC = value
    }
    let source =
      switch value {
      case .kept: article.a.macAddress
      case .gateway: article.gatewayMAC(of: article.servers)
      }
    #expect(between.arrival?.frame.source == source)
    let within = try send(family) {
      try $0.frame(from: $0.a, to: $0.b)
    } under: {
      $0.sourceMAC = value
    }
    #expect(within.arrival?.frame.source == article.a.macAddress)
  }

  @Test(arguments: IPFamily.allCases, ForeignMACWithinSubnet.allCases)
  func `foreignMAC`(family: IPFamily, value: ForeignMACWithinSubnet) throws {
    let article = try Article(family)
    let wrong = MACAddress(bits: 0xdead)
    let journey = try send(family) {
      try $0.frame(from: $0.a, to: $0.b.address, mac: wrong)
    } under: {
      $0.foreignMAC = value
    }
    switch value {
    case .rewritten: #expect(journey.arrival?.frame.destination == article.b.macAddress)
    case .dropped:
      #expect(journey.refusal == .foreignMAC(sent: wrong, record: Article.Index.b))
    }
  }

  @Test(arguments: IPFamily.allCases, ForeignMACWithinSubnet.allCases)
  func `a frame on its way to a gateway in its own subnet has no foreign MAC`(
    family: IPFamily, value: ForeignMACWithinSubnet
  ) throws {
    var article = try Article(family)
    article.settings = Settings(.windowsServer2012)
    article.settings.foreignMAC = value
    var policy = try article.policy()
    policy.tellAll {
      $0.customerRoutes[Article.Index.defaultRoute] = article.via(
        article.b.address, .everything(family), in: article.clients)
    }
    let frame = try article.frame(
      from: article.a, to: article.outside, mac: article.gatewayMAC(of: article.clients))
    let journey = try InstantNetwork(policy).send(frame, from: article.a)
    #expect(journey.arrival?.machine == "B")
    #expect(journey.arrival?.frame.destination == article.b.macAddress)
    #expect(journey.arrival?.frame.packet == frame.packet)
  }

  @Test(arguments: IPFamily.allCases, SourceValidation.allCases)
  func `sourceValidation`(family: IPFamily, value: SourceValidation) throws {
    let article = try Article(family)
    let journey = try send(family) {
      var spoofed = try $0.frame(from: $0.b, to: $0.x)
      spoofed.source = $0.a.macAddress
      return spoofed
    } under: {
      $0.sourceValidation = value
    }
    switch value {
    case .recordRequired:
      #expect(
        journey.refusal
          == .invalidSource(article.b.address, article.a.macAddress, article.clients))
    case .none:
      #expect(journey.arrival?.machine == "X")
      #expect(journey.tunnel?.source == Article.provider(0))
    }
  }

  @Test(arguments: IPFamily.allCases, NeighborProxyScope.allCases)
  func `neighborProxy`(family: IPFamily, value: NeighborProxyScope) throws {
    let article = try Article(family)
    let journey = try send(family) {
      try $0.question(from: $0.a, for: $0.x.address)
    } under: {
      $0.neighborProxy = value
    }
    switch value {
    case .ownSubnet:
      #expect(journey.refusal == .neighborUnknown(article.x.address, article.clients))
    case .routingDomain:
      let answer = NeighborAnswer(target: article.x.address, macAddress: article.x.macAddress)
      #expect(journey.decision == .answer(answer))
    }
  }

  @Test(arguments: IPFamily.allCases, SameHostForwarding.allCases)
  func `sameHost`(family: IPFamily, value: SameHostForwarding) throws {
    let article = try Article(family)
    let misaddressed = try send(family) {
      // To X by address, to B by MAC.
      try $0.frame(from: $0.a, to: $0.x.address, mac: $0.b.macAddress)
    } under: {
      $0.sameHost = value
    }
    let spoofed = try send(family) {
      var frame = try $0.frame(from: $0.x, to: $0.b)
      (frame.source, frame.destination) = ($0.a.macAddress, $0.b.macAddress)
      return frame
    } under: {
      $0.sameHost = value
    }
    let other = try send(family) {
      EthernetFrame(
        destination: $0.b.macAddress, source: $0.a.macAddress,
        payload: .other(etherType: 0x8847, data: [1]))
    } under: {
      $0.sameHost = value
    }
    switch value {
    case .routed:
      #expect(misaddressed.arrival?.machine == "X")
      #expect(
        spoofed.refusal
          == .invalidSource(article.x.address, article.a.macAddress, article.clients))
      #expect(other.refusal == .notIP(etherType: 0x8847))
    case .bridged:
      #expect(misaddressed.arrival?.machine == "B")
      #expect(misaddressed.arrival?.frame.packet?.timeToLive == 64)
      #expect(spoofed.arrival?.machine == "B")
      #expect(other.arrival?.machine == "B")
    }
  }

  @Test(arguments: IPFamily.allCases, SameHostForwarding.allCases)
  func `access rules hold for bridged frames too`(
    family: IPFamily, value: SameHostForwarding
  ) throws {
    var article = try Article(family)
    article.settings.sameHost = value
    article.b.rules = [AccessRule(name: "no", action: .deny, direction: .inbound, weight: 1)]
    let journey = try InstantNetwork(article.policy()).send(
      article.frame(from: article.a, to: article.b), from: article.a)
    #expect(journey.refusal == .denied(.inbound, port: 1, .extended(0)))
  }
}
