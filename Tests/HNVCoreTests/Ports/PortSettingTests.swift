import HNVCore
import Testing

/// The settings on access rules: every value does what it says.
struct PortSettingTests {
  private func journey(
    _ article: Article, _ settings: (inout Settings) -> Void, _ frame: EthernetFrame,
    _ change: (inout VMPort) -> Void
  ) throws -> InstantNetwork.Journey {
    var article = article
    settings(&article.settings)
    var policy = try article.policy()
    change(&policy.hosts[0].policy.ports[0])
    return try InstantNetwork(policy).send(frame, from: article.a)
  }

  private let allow = AccessRule(
    name: "allow", action: .allow, direction: .outbound, ipProtocol: .udp, weight: 1)

  @Test(arguments: IPFamily.allCases, AccessListCombination.allCases)
  func `accessLists`(family: IPFamily, value: AccessListCombination) throws {
    let article = try Article(family)
    let deny = BasicAccessRule(.deny, .outbound, .remote, .anyIP)
    let udp = try article.frame(from: article.a, to: article.b)
    let tcp = try article.frame(
      from: article.a, to: article.b,
      .tcp(TCPSegment(sourcePort: 1, destinationPort: 2, sequence: 0, flags: .syn)))
    func refusal(_ frame: EthernetFrame) throws -> Refusal? {
      try journey(article, { $0.accessLists = value }, frame) {
        $0.accessRules = [allow]
        $0.basicRules = [deny]
      }.refusal
    }
    switch value {
    case .bothMustAllow: #expect(try refusal(udp) == .denied(.outbound, port: 0, .basic(0)))
    case .extendedFirst: #expect(try refusal(udp) == nil)
    }
    // What the extended list says nothing of is the basic one's under both.
    #expect(try refusal(tcp) == .denied(.outbound, port: 0, .basic(0)))
    // And what it denies is denied.
    let denied = try journey(article, { $0.accessLists = value }, udp) {
      $0.accessRules = [
        AccessRule(name: "deny", action: .deny, direction: .outbound, weight: 1)
      ]
      $0.basicRules = [BasicAccessRule(.allow, .outbound, .remote, .anyIP)]
    }
    #expect(denied.refusal == .denied(.outbound, port: 0, .extended(0)))
  }

  @Test(arguments: IPFamily.allCases, NeighborFiltering.allCases)
  func `neighborFiltering`(family: IPFamily, value: NeighborFiltering) throws {
    let article = try Article(family)
    let question = try article.question(from: article.a, for: article.b.address)
    func refusal(_ entry: BasicAccessRule) throws -> Refusal? {
      try journey(article, { $0.neighborFiltering = value }, question) {
        $0.basicRules = [entry]
      }.refusal
    }
    let denied: Refusal? =
      switch value {
      case .exempt: nil
      case .filtered: .denied(.outbound, port: 0, .basic(0))
      }
    let own = IPPrefix(host: article.a.address)
    #expect(try refusal(BasicAccessRule(.deny, .outbound, .local, .ip(own))) == denied)
    #expect(try refusal(BasicAccessRule(.deny, .outbound, .remote, .anyMAC)) == denied)
    // ARP names its target; a solicitation goes to the group of the target's address.
    let target: IPAddress =
      switch article.b.address {
      case .v4: article.b.address
      case .v6(let address): .v6(address.solicitedNodeMulticast)
      }
    let entry = BasicAccessRule(.deny, .outbound, .remote, .ip(IPPrefix(host: target)))
    #expect(try refusal(entry) == denied)
  }

  @Test(arguments: IPFamily.allCases, NeighborFiltering.allCases)
  func `neighborFiltering, of extended rules and at the receiver`(
    family: IPFamily, value: NeighborFiltering
  ) throws {
    var article = try Article(family)
    article.settings.neighborFiltering = value
    article.b.rules = [AccessRule(name: "no", action: .deny, direction: .inbound, weight: 1)]
    let probe = try article.question(
      from: article.a, for: article.b.address, to: article.b.macAddress)
    let refusal = try InstantNetwork(article.policy()).send(probe, from: article.a).refusal
    // To extended rules ARP is no IP.
    let isSeen = value == .filtered && family == .v6
    #expect(refusal == (isSeen ? .denied(.inbound, port: 1, .extended(0)) : nil))
  }

  @Test func `a rule for a virtual subnet is asked at its ports alone`() throws {
    let article = try Article()
    let frame = try article.frame(from: article.a, to: article.b)
    for (subnet, isDenied) in [(article.clients, true), (article.servers, false)] {
      let journey = try journey(article, { _ in }, frame) {
        $0.accessRules = [
          AccessRule(
            name: "no", action: .deny, direction: .outbound, weight: 1, isolationID: subnet)
        ]
      }
      #expect((journey.refusal != nil) == isDenied)
    }
  }
}
