import HNVCore

@testable import HNVSim

extension BadLab {
  private static let wire = "{ outside: \"internet\", addresses: [\"203.0.113.2\"] }"
  private static let edge = "{ subnet: \"edge\", addresses: [\"10.0.2.250\"] }"
  private static let internet =
    "{ name: \"internet\", link: [\"203.0.113.0/24\"], addresses: [\"198.51.100.10\"] }"

  private static func wire(_ more: String) -> String {
    "{ outside: \"internet\", addresses: [\"203.0.113.2\"], \(more) }"
  }

  private static func site(_ tunnel: String) -> (String, String) {
    (
      internet,
      "\(internet), { name: \"site\", link: [\"172.31.0.0/30\"], addresses: [\"192.168.5.10\"],"
        + " tunnel: { \(tunnel) } }"
    )
  }

  /// Mistakes in compartments, translation and tunnels.
  static let gateways = translations + tunnels + compartments + virtualRouters

  private static func sharing(_ parts: String) -> String { "virtualRouters: [\(parts)]" }

  private static let virtualRouters = [
    BadLab(
      "\"fd00:2::11\"] }]",
      "\"fd00:2::11\"], \(sharing("{ id: 1, addresses: [\"fd00:2::99\"] }")) }]",
      .virtualRouterForm, at: "\"fd00:2::99\"", fix: "IPv4"),
    BadLab(
      edge,
      "{ subnet: \"edge\", addresses: [\"10.0.2.250\"], \(sharing("{ id: 1, addresses: [] }")) }",
      .virtualRouterForm, at: "{ id: 1, addresses: [] }", fix: "shared address"),
    BadLab(
      edge,
      "{ subnet: \"edge\", addresses: [\"10.0.2.250\"],"
        + " \(sharing("{ id: 1, addresses: [\"10.0.2.8\"] }, { id: 1, addresses: [\"10.0.2.9\"] }")) }",
      .virtualRouterForm, at: "{ id: 1, addresses: [\"10.0.2.9\"] }", fix: "in one"),
    BadLab(
      wire,
      "{ outside: \"internet\", addresses: [],"
        + " \(sharing("{ id: 1, addresses: [\"203.0.113.9\"] }")) }",
      .virtualRouterForm, at: "{ id: 1, addresses: [\"203.0.113.9\"] }", fix: "give it one"),
    BadLab(
      [
        (
          "mac: \"00-15-5D-0A-00-0A\" }]",
          "mac: \"00-15-5D-0A-00-0A\", \(sharing("{ id: 1, addresses: [\"10.0.1.99\"] }")) }]"
        ),
        (
          "addresses: [\"10.0.1.12\"],",
          "addresses: [\"10.0.1.12\"], \(sharing("{ id: 1, addresses: [\"10.0.1.98\"] }")),"
        ),
      ],
      .virtualRouterForm, at: "{ id: 1, addresses: [\"10.0.1.98\"] }", fix: "same addresses"),
    BadLab(
      "mac: \"00-15-5D-0A-00-0A\" }]",
      "mac: \"00-15-5D-0A-00-0A\", \(sharing("{ id: 1, addresses: [\"10.0.1.12\"] }")) }]",
      .duplicateCustomerAddress, at: "{ id: 1, addresses: [\"10.0.1.12\"] }",
      fix: "as its own"),
    BadLab(
      "mac: \"00-15-5D-0A-00-0A\" }]",
      "mac: \"00-15-5D-0A-00-0A\", \(sharing("{ id: 1, addresses: [\"10.0.1.1\"] }")) }]",
      .reservedAddress, at: "\"10.0.1.1\"] }] }]", fix: "another"),
  ]

  private static let translations = [
    BadLab(
      [("forwards: true, gate", "gate"), (wire, wire("nat: true"))], .translationForm,
      at: "\"internet\", addresses: [\"203.0.113.2\"]", fix: "forwards: true"),
    BadLab(
      wire, "{ outside: \"internet\", addresses: [], nat: true }", .translationForm,
      at: "\"internet\", addresses: []", fix: "an address"),
    BadLab(
      wire, wire("publish: [{ protocol: \"tcp\", port: 80, to: \"10.0.1.11\" }]"),
      .translationForm, at: "\"tcp\", port: 80", fix: "nat: true"),
    BadLab(
      wire, wire("nat: true, publish: [{ protocol: \"tcp\", port: 80, to: \"fd00:2::11\" }]"),
      .translationForm, at: "\"internet\", addresses: [\"203.0.113.2\"]", fix: "its family"),
    BadLab(
      wire, wire("nat: true, publish: [{ protocol: \"tcp\", port: 80, to: \"10.0.2.250\" }]"),
      .translationForm, at: "\"internet\", addresses: [\"203.0.113.2\"]", fix: "another machine"),
    BadLab(
      wire,
      wire(
        "nat: true, publish: [{ protocol: \"tcp\", port: 80, to: \"10.0.1.11\" },"
          + " { protocol: \"tcp\", port: 80, to: \"10.0.1.12\" }]"), .translationForm,
      at: "\"internet\", addresses: [\"203.0.113.2\"]", fix: "another port"),
    BadLab(
      wire, wire("nat: true, publish: [{ protocol: \"icmp\", port: 80, to: \"10.0.1.11\" }]"),
      .notAChoice, at: "\"icmp\"", fix: "tcp"),
  ]

  private static let tunnels = [
    BadLab(
      [site("over: \"blue\", address: \"198.51.100.77\"")], .unknownName, at: "\"blue\", address",
      fix: "internet"),
    BadLab(
      [site("over: \"internet\", address: \"203.0.113.9\"")], .tunnelForm, at: "\"203.0.113.9\"",
      fix: "outside the link"),
    BadLab(
      [
        site("over: \"internet\", address: \"198.51.100.77\""),
        (edge, "\(edge), { outside: \"site\", addresses: [\"172.31.0.2\"] }"),
        (wire, "{ outside: \"internet\", addresses: [] }"),
      ],
      .tunnelForm, at: "\"site\", addresses: [\"172.31.0.2\"]", fix: "internet"),
  ]

  private static let compartments = [
    BadLab(
      "via: \"10.0.2.1\" }, {", "via: \"10.0.2.1\", compartment: \"red\" }, {", .unknownName,
      at: "\"red\" }, {", fix: "declare"),
    BadLab(
      edge,
      "{ subnet: \"edge\", addresses: [\"10.0.2.250\"], mac: \"00-15-5D-00-00-99\" },"
        + " { subnet: \"scarlet\", addresses: [\"10.0.1.99\"], mac: \"00-15-5D-00-00-99\" }",
      .sharedAdapter, at: "\"scarlet\", addresses: [\"10.0.1.99\"]", fix: "compartment"),
    BadLab(
      wire,
      "\(wire), { outside: \"internet\", addresses: [\"203.0.113.3\"], compartment: \"red\" },"
        + " { subnet: \"scarlet\", addresses: [\"10.0.1.99\"], compartment: \"red\" }",
      .sharedForwardingGateway, at: "\"internet\", addresses: [\"203.0.113.3\"]",
      fix: "of its own", also: [.ambiguousReturn]),
  ]
}
