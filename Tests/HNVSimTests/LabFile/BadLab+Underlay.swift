import HNVCore

@testable import HNVSim

extension BadLab {
  /// Mistakes in the underlay, and in how hosts use it.
  static let underlay = [
    BadLab(
      [
        networks(
          "{ name: \"n1\", prefix: \"172.16.0.0/16\" }, { name: \"n2\", prefix: \"172.16.9.0/24\" }"
        )
      ],
      .underlayOverlap, at: "\"172.16.9.0/24\"", fix: "prefixes"),
    BadLab(
      [
        networks(
          "{ name: \"n1\", prefix: \"172.16.0.0/16\" }, { name: \"n1\", prefix: \"172.17.0.0/16\" }"
        )
      ],
      .duplicateName, at: "\"n1\", prefix: \"172.17", fix: "rename"),
    BadLab(
      [networks("{ name: \"n1\", prefix: \"172.16.0.0/16\", vlan: 4095 }")], .numberOutOfRange,
      at: "4095", fix: "range"),
    BadLab(
      [networks(near, routers: "{ name: \"r1\", addresses: [\"192.168.0.1/24\"] }")],
      .outsideUnderlay, at: "\"192.168.0.1/24\"", fix: "declare a network"),
    BadLab(
      [networks(near, routers: "{ name: \"r1\", addresses: [\"172.16.0.1/33\"] }")],
      .prefixLength, at: "\"172.16.0.1/33\"", fix: "32"),
    BadLab(
      [networks(near, routers: "{ name: \"r1\", addresses: [\"172.16.0.11\"] }")],
      .duplicateProviderAddress, at: "\"172.16.0.11\"] }", fix: "another address"),
    BadLab(
      [networks(near, routers: "{ name: \"X\", addresses: [\"172.16.0.1\"] }")],
      .duplicateName, at: "\"X\", host", fix: "rename"),
    BadLab(
      [networks(near), ("{ name: \"hv2\" }", "{ name: \"hv2\", address: \"172.19.0.12\" }")],
      .outsideUnderlay, at: "\"172.19.0.12\"", fix: "declare a network",
      also: [.unroutedProviderAddress, .unroutedProviderAddress]),
    BadLab(
      [
        networks("{ name: \"n1\", prefix: \"172.16.0.0/16\", vlan: 10 }"),
        provider("host: \"hv2\", providerAddress: \"172.16.0.2\", vlanID: 20"),
      ], .providerVLAN, at: "\"172.16.0.2\"", fix: "vlanID: 10"),
    BadLab(
      [provider("host: \"hv7\", providerAddress: \"172.16.0.2\"")], .unknownName, at: "\"hv7\"",
      fix: "hv1"),
    BadLab(
      [
        provider(
          "host: \"hv2\", providerAddress: \"172.16.0.2\", macAddress: \"01-00-5E-00-00-01\"")
      ],
      .duplicateMAC, at: "\"172.16.0.2\"", fix: "another"),
    BadLab(
      [networks("\(near), \(far)"), elsewhere], .underlaySplit, at: "\"n2\"",
      fix: "declare a router",
      also: [.unroutedProviderAddress, .unroutedProviderAddress]),
    BadLab(
      [
        networks("\(near), \(far)", routers: joining), elsewhere,
        route("to: \"172.18.0.0/16\", via: \"172.16.0.1\""),
      ], .unroutedProviderAddress, at: "\"172.16.0.11\"", fix: "provider route"),
    BadLab(
      [route("to: \"0.0.0.0/0\", via: \"192.168.9.9\"")], .providerNextHop,
      at: "\"0.0.0.0/0\", via: \"192.168.9.9\"", fix: "a router"),
    BadLab(
      [route("to: \"0.0.0.0/0\", via: \"fd00::1\"")], .routeForm,
      at: "\"0.0.0.0/0\", via: \"fd00::1\"", fix: "same family"),
    BadLab(
      "\"A\", host: \"hv1\",", "\"A\", host: \"hv1\", mtu: 1600,", .underlayMTU,
      at: "\"A\", host", fix: "to 1642, or lower that of A to 1558"),
    BadLab(
      [
        networks("\(near), \(far)", routers: joining.replacing("name", with: "mtu: 1400, name")),
        elsewhere,
      ], .underlayMTU, at: "\"r1\"", fix: "to 1542, or lower"),
  ]

  private static let near = "{ name: \"n1\", prefix: \"172.16.0.0/16\" }"
  private static let far = "{ name: \"n2\", prefix: \"172.17.0.0/16\" }"
  private static let joining = "{ name: \"r1\", addresses: [\"172.16.0.1\", \"172.17.0.1\"] }"
  private static let elsewhere = (
    "{ name: \"hv2\" }", "{ name: \"hv2\", address: \"172.17.0.12\" }"
  )

  private static func networks(
    _ networks: String, routers: String = ""
  ) -> (String, String) {
    ("latency: \"10us\"", "latency: \"10us\", networks: [\(networks)], routers: [\(routers)]")
  }

  private static func provider(_ address: String) -> (String, String) {
    ("hnv: {", "hnv: { providerAddresses: [{ \(address) }],")
  }

  private static func route(_ route: String) -> (String, String) {
    ("hnv: {", "hnv: { providerRoutes: [{ host: \"hv1\", \(route) }],")
  }
}
