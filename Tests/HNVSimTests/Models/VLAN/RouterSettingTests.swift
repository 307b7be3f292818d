import HNVCore
import Testing

@testable import HNVSim

/// The router of the layer-3 switch: redirects in their variants, and proxy ARP.
@Suite struct RouterSettingTests {
  /// A variant, and of which packets it tells: by the default route, by a narrower one.
  static let variants: [(name: String?, byDefault: Bool, byPrefix: Bool)] = [
    (nil, true, true), ("rfc1812", true, true), ("linux", true, true), ("freebsd", false, true),
    ("off", false, false),
  ]

  @Test(arguments: variants)
  func `a variant decides by the route`(
    variant: (name: String?, byDefault: Bool, byPrefix: Bool)
  ) throws {
    for (prefix, isTold) in [
      ("0.0.0.0/0", variant.byDefault), ("198.51.100.0/24", variant.byPrefix),
    ] {
      let fabric = try TraditionalLab.fabric { lab in
        lab.networks[0].routes = []
        lab.networks[0].route(to: prefix, via: "10.0.1.250")
        lab.vlan.redirects = variant.name.map(SmallLab.written)
      }
      let trace = try fabric.trace(from: "A", to: "internet")
      #expect(trace.isAnswered && trace.through == ["GW"])
      #expect(trace.redirects.isEmpty != isTold)
      let steps = trace.hops.flatMap(\.steps)
      #expect(
        steps.contains { $0.setting == "redirects=\(variant.name ?? "rfc1812")" } == isTold)
      #expect(try fabric.trace(from: "X", to: "internet").redirects.isEmpty)
    }
  }

  @Test func `only Linux tells a sender in another subnet of the link`() throws {
    func address(_ text: String, _ prefix: String) throws -> Intent.Interface.Address {
      Intent.Interface.Address(
        address: try IPAddress(parsing: text), onLink: try IPPrefix(parsing: prefix),
        place: SmallLab.place)
    }
    let link = Link(
      macAddress: .router(ofSubnet: 0),
      addresses: [try address("10.0.1.1", "10.0.1.0/24"), try address("10.0.2.1", "10.0.2.0/24")],
      mtu: 1500, cables: [])
    func teller(
      _ rule: RedirectRule, _ sender: String, _ nextHop: String, _ route: String
    ) throws -> String? {
      rule.teller(
        on: link, to: try IPAddress(parsing: sender), of: try IPAddress(parsing: nextHop),
        on: try IPPrefix(parsing: route)
      ).map { "\($0)" }
    }
    for rule in RedirectRule.allCases {
      let other = try teller(rule, "10.0.1.11", "10.0.2.250", "192.0.2.0/24")
      #expect(other == (rule == .linux ? "10.0.1.1" : nil))
      let same = try teller(rule, "10.0.2.11", "10.0.2.250", "192.0.2.0/24")
      #expect(same == (rule == .off ? nil : "10.0.2.1"))
      // Who is on no subnet of the link came from elsewhere.
      #expect(try teller(rule, "10.9.9.9", "10.0.2.250", "192.0.2.0/24") == nil)
    }
  }

  @Test func `what machines that forward tell is as before`() throws {
    let fabric = try TraditionalLab.fabric { lab in
      lab.change("A") { $0.gateways = [SmallLab.written("10.0.1.250")] }
      lab.vlan.redirects = SmallLab.written("off")
    }
    let trace = try fabric.trace(from: "A", to: "X")
    #expect(trace.redirects.map(\.sender) == ["GW"])
  }

  /// A takes all of 10.0.0.0/8 for its own link.
  private func fabric(proxy: String?, local: String?) throws -> Fabric {
    try TraditionalLab.fabric { lab in
      lab.change("A") { $0.interfaces[0].addresses = [SmallLab.written("10.0.1.11/8")] }
      lab.vlan.proxyARP = proxy.map(SmallLab.written)
      lab.vlan.localProxyARP = local.map(SmallLab.written)
    }
  }

  @Test(arguments: [(nil, nil, false), ("off", nil, false), ("on", nil, true), (nil, "on", true)])
  func `proxy ARP answers for what is behind another interface`(
    proxy: String?, local: String?, isAnswered: Bool
  ) throws {
    let trace = try fabric(proxy: proxy, local: local).trace(TraditionalLab.question("A", "X"))
    #expect(trace.isAnswered == isAnswered)
    guard isAnswered else {
      #expect(trace.disposition == .neighborUnreachable)
      return
    }
    #expect(trace.resolution[0].answeredBy == "switch")
    #expect(trace.delivered?.timeToLive == 63)
    let steps = trace.resolution[0].hops.flatMap(\.steps)
    let setting = proxy == "on" ? "proxyARP=on" : "localProxyARP=on"
    #expect(steps.contains { $0.action == .answered && $0.setting == setting })
  }

  @Test(arguments: [(nil, nil, "A"), ("on", nil, "A"), (nil, "on", "switch")])
  func `local proxy ARP answers for machines of the same VLAN too`(
    proxy: String?, local: String?, loser: String
  ) throws {
    var experiment = Experiment(try fabric(proxy: proxy, local: local))
    try experiment.stop("B", at: .zero)
    try experiment.send(Question(from: "A", to: "B"))
    let trace = try #require(experiment.run().compactMap(\.trace).first)
    #expect(trace.disposition == .neighborUnreachable)
    #expect(trace.decision?.element == loser)
  }

  @Test func `proxy ARP answers for nobody whom no route leads to`() throws {
    let fabric = try fabric(proxy: "on", local: nil)
    #expect(try fabric.trace(from: "A", to: "10.77.0.1").disposition == .neighborUnreachable)
  }
}
