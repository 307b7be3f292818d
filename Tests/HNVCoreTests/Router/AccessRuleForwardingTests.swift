import HNVCore
import Testing

/// Access rules on the way of a packet: at the sender's port and at the receiver's, in any subnet.
struct AccessRuleForwardingTests {
  private let deny = AccessRule(name: "deny", action: .deny, direction: .inbound, weight: 1)

  @Test(arguments: IPFamily.allCases, [0, 1])
  func `the receiver's rules hold on its own host and on another`(
    family: IPFamily, host: Int
  ) throws {
    var article = try Article(family)
    article.b.host = host
    article.b.rules = [deny]
    let policy = try article.policy()
    let port = try #require(policy.hosts[host].policy.ports.firstIndex { $0.vmName == "B" })
    let journey = try InstantNetwork(policy).send(
      article.frame(from: article.a, to: article.b), from: article.a)
    #expect(journey.refusal == .denied(.inbound, port: port, .extended(0)))
    #expect((journey.tunnel != nil) == (host == 1))
  }

  @Test(arguments: IPFamily.allCases)
  func `the sender's rules hold in its subnet, in another and towards the outside`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    article.a.rules = [
      AccessRule(name: "deny", action: .deny, direction: .outbound, weight: 1),
      AccessRule(
        name: "X only", action: .allow, direction: .outbound,
        remotePrefix: IPPrefix(host: article.x.address), weight: 2),
    ]
    let network = InstantNetwork(try article.policy())
    func refusal(to destination: IPAddress) throws -> Refusal? {
      let frame = try article.frame(
        from: article.a, to: destination, mac: article.gatewayMAC(of: article.clients))
      return try network.send(frame, from: article.a).refusal
    }
    #expect(try refusal(to: article.b.address) == .denied(.outbound, port: 0, .extended(1)))
    #expect(try refusal(to: article.outside) == .denied(.outbound, port: 0, .extended(1)))
    #expect(try refusal(to: article.x.address) == nil)
  }

  @Test(arguments: IPFamily.allCases)
  func `a rule of one direction leaves the other alone`(family: IPFamily) throws {
    var article = try Article(family)
    article.a.rules = [deny]
    let network = InstantNetwork(try article.policy())
    let out = try network.send(article.frame(from: article.a, to: article.x), from: article.a)
    #expect(out.arrival?.machine == "X")
    let back = try network.send(article.frame(from: article.x, to: article.a), from: article.x)
    #expect(back.refusal == .denied(.inbound, port: 0, .extended(0)))
  }

  @Test(arguments: IPFamily.allCases)
  func `rules are asked before anything else of the packet`(family: IPFamily) throws {
    var article = try Article(family)
    article.a.rules = [
      AccessRule(name: "deny", action: .deny, direction: .outbound, weight: 1)
    ]
    var spoofed = try article.frame(from: article.b, to: article.x, timeToLive: 0)
    spoofed.source = article.a.macAddress
    let journey = try InstantNetwork(article.policy()).send(spoofed, from: article.a)
    #expect(journey.refusal == .denied(.outbound, port: 0, .extended(0)))
  }

  @Test(arguments: IPFamily.allCases)
  func `the grounds name the rule that lets a packet pass, on both sides`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    article.a.rules = [
      AccessRule(name: "deny", action: .deny, direction: .outbound, weight: 1),
      AccessRule(name: "allow", action: .allow, direction: .outbound, weight: 2),
    ]
    let network = InstantNetwork(try article.policy())
    let grounds = network.hosts[0].decide(
      try article.frame(from: article.a, to: article.b), from: 0
    ).grounds
    #expect(grounds.outbound == .extended(0))
    #expect(grounds.inbound == .nothing)
  }
}
