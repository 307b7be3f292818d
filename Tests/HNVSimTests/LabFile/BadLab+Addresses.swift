import HNVCore

@testable import HNVSim

extension BadLab {
  /// Mistakes in addresses, prefixes and identifiers.
  static let addresses = [
    BadLab(
      "\"10.0.1.12\"", "\"10.0.1.256\"", .ipv4Syntax, at: "\"10.0.1.256\"", fix: "0 to 255"),
    BadLab("\"10.0.1.12\"", "\"10.0.01.12\"", .ipv4Syntax, at: "\"10.0.01.12\"", fix: "write 1"),
    BadLab(
      "\"10.0.1.12\"", "\"10.0.1\"", .ipv4Syntax, at: "\"10.0.1\"", fix: "four octets"),
    BadLab(
      "\"fd00:2::11\"", "\"fd00:2:::11\"", .ipv6Syntax, at: "\"fd00:2:::11\"", fix: "eight groups"),
    BadLab("\"10.0.1.12\"", "\"twelve\"", .ipSyntax, at: "\"twelve\"", fix: "10.0.1.2"),
    BadLab("[\"10.0.2.0/24\"]", "[\"10.0.2.0\"]", .prefixSyntax, at: "\"10.0.2.0\"", fix: "/32"),
    BadLab(
      "[\"10.0.2.0/24\"]", "[\"10.0.2.0/33\"]", .prefixLength, at: "\"10.0.2.0/33\"",
      fix: "0 to 32"),
    BadLab(
      "[\"10.0.2.0/24\"]", "[\"10.0.2.9/24\"]", .prefixHostBits, at: "\"10.0.2.9/24\"",
      fix: "10.0.2.0/24"),
    BadLab(
      "\"172.16.0.0/16\"", "\"172.16.0.0/12x\"", .prefixSyntax, at: "\"172.16.0.0/12x\"",
      fix: "10.0.1.0/24"),
    BadLab(
      "to: \"10.1.2.0/24\"", "to: \"10.1.2.0/8\"", .prefixHostBits, at: "\"10.1.2.0/8\"",
      fix: "10.0.0.0/8"),
    BadLab(
      "\"10.0.1.12\"", "\"10.0.1.12/33\"", .prefixLength, at: "\"10.0.1.12/33\"",
      fix: "0 to 32"),
    BadLab(
      "\"00-15-5D-0A-00-0A\"", "\"00-15-5D-0A-00\"", .macSyntax, at: "\"00-15-5D-0A-00\"",
      fix: "00-15-5D-01-02-03"),
    BadLab(
      "\"00-15-5D-0A-00-0A\"", "\"01-15-5D-0A-00-0A\"", .duplicateMAC,
      at: "\"01-15-5D-0A-00-0A\"", fix: "another"),
    BadLab(
      "addresses: [\"10.0.1.12\"]", "addresses: [\"10.0.1.12\"], mac: \"00155d0a000a\"",
      .duplicateMAC, at: "\"00155d0a000a\"", fix: "another"),
    BadLab("front: 5001", "front: 4095", .virtualSubnetIDRange, at: "4095", fix: "16777214"),
    BadLab(
      "front: 5001", "front: 16777215", .virtualSubnetIDRange, at: "16777215", fix: "16777214"),
    BadLab(
      "scarlet: 6001", "scarlet: 5001", .virtualSubnetInTwoDomains, at: "5001 } }",
      fix: "another number"),
    BadLab("scarlet: 6001", "edge: 5001", .secondPrefix, at: "5001 } }", fix: "another number"),
    BadLab(
      "hnv: {", "hnv: { routingDomains: { blue: \"{1-2}\" },", .routingDomainIDSyntax,
      at: "\"{1-2}\"", fix: "11111111-2222-3333-4444-000000000000"),
    BadLab(
      "\"172.16.0.11\" }, {", "\"172.16.0.11\" }, { address: \"172.16.0.11\",",
      .duplicateProviderAddress, at: "\"172.16.0.11\", name", fix: "another provider address"),
    BadLab(
      "hnv: {",
      "hnv: { providerAddresses: [{ host: \"hv2\", providerAddress: \"224.0.0.9\" }],",
      .providerAddressForm, at: "\"224.0.0.9\"", fix: "unicast"),
    BadLab(
      "\"172.16.0.0/16\"", "\"172.16.0.0/31\"", .providerAddressForm, at: "\"hv2\" }],",
      fix: "shorter prefix"),
  ]

  /// Mistakes in subnets and in what is in them.
  static let subnets = [
    BadLab(
      "[\"10.0.2.0/24\"]", "[\"10.0.0.0/16\"]", .overlappingPrefixes, at: "\"10.0.0.0/16\"",
      fix: "another routing domain"),
    BadLab(
      [("[\"10.1.2.0/24\",", "[\"10.0.1.128/25\","), ("\"10.1.2.11\"", "\"10.0.1.200\"")],
      .overlappingPrefixes, at: "\"10.0.1.128/25\"", fix: "another routing domain"),
    BadLab(
      "[\"10.0.2.0/24\"]", "[\"10.0.2.0/24\", \"10.0.3.0/24\"]", .secondPrefix,
      at: "\"10.0.3.0/24\"", fix: "virtual subnet of its own"),
    BadLab("[\"10.0.2.0/24\"]", "[]", .missingPrefix, at: "\"edge\", p", fix: "a prefix"),
    BadLab(
      "link: [\"203.0.113.0/24\"]", "link: []", .missingPrefix, at: "\"internet\", l",
      fix: "a prefix"),
    BadLab(
      "\"10.0.1.12\"", "\"10.0.1.1\"", .reservedAddress, at: "\"10.0.1.1\"],\n        rules",
      fix: "another"),
    BadLab(
      "[\"203.0.113.2\"]", "[\"203.0.113.1\"]", .reservedAddress, at: "\"203.0.113.1\"] },",
      fix: "another"),
    BadLab(
      "\"10.0.1.12\"", "\"10.0.9.12\"", .addressOutsideSubnet, at: "\"10.0.9.12\"",
      fix: "10.0.1.0/24"),
    BadLab(
      "\"10.0.1.12\"", "\"10.0.1.0\"", .addressOutsideSubnet, at: "\"10.0.1.0\"",
      fix: "between"),
    BadLab(
      "\"10.0.1.12\"", "\"10.0.1.255\"", .addressOutsideSubnet, at: "\"10.0.1.255\"",
      fix: "between"),
    BadLab(
      "\"10.0.1.12\"", "\"10.0.1.12\", \"fd00:9::9\"", .addressOutsideSubnet,
      at: "\"fd00:9::9\"", fix: "IPv6"),
    BadLab(
      "\"10.0.1.12\"", "\"224.0.0.9\"", .addressOutsideSubnet, at: "\"224.0.0.9\"",
      fix: "10.0.1.0/24"),
    BadLab(
      "\"10.0.1.12\"", "\"10.0.1.11\"", .duplicateCustomerAddress, at: "\"10.0.1.11\"],\n",
      fix: "another address"),
    BadLab(
      [
        (
          "subnet: \"edge\", addresses: [\"10.0.2.250\"]",
          "subnet: \"front\", addresses: [\"10.0.1.250\"]"
        ),
        ("via: \"10.0.2.250\"", "via: \"10.0.1.250\""),
      ], .externalGatewaySubnet, at: "\"10.0.1.250\" }],\n    },", fix: "without other machines"),
    BadLab(
      "{ subnet: \"edge\", a", "{ subnet: \"edge\", outside: \"internet\", a", .interfaceForm,
      at: "{ subnet: \"edge\", outside", fix: "remove either"),
    BadLab(
      "{ subnet: \"edge\", a", "{ a", .interfaceForm, at: "{ addresses: [\"10.0.2.250\"]",
      fix: "add either"),
  ]

  /// Mistakes in routes and in what single hosts are told.
  static let policies = [
    BadLab(
      "via: \"10.0.2.250\"", "via: \"fd00::1\"", .routeForm, at: "\"fd00::1\"", fix: "family"),
    BadLab(
      "via: \"10.0.2.250\"", "via: \"224.0.0.1\"", .routeForm, at: "\"224.0.0.1\"",
      fix: "one machine"),
    BadLab(
      "via: \"10.0.2.250\"", "via: \"10.0.2.99\"", .unresolvedNextHop, at: "\"10.0.2.99\"",
      fix: "correct the route"),
    BadLab(
      "via: \"10.0.2.250\"", "via: \"10.9.9.9\"", .unresolvedNextHop, at: "\"10.9.9.9\"",
      fix: "a machine"),
    BadLab(
      "gateways: [\"10.0.1.1\"]", "gateways: [\"10.1.2.1\"]", .gatewayOffLink,
      at: "\"10.1.2.1\"],", fix: "own subnet"),
    BadLab(
      "gateways: [\"10.0.1.1\"]", "gateways: [\"10.0.1.99\"]", .gatewayUnowned,
      at: "\"10.0.1.99\"", fix: "router or a machine"),
    BadLab(
      "\"fd00:2::/64\"]", "\"fd00:2::10/127\"]", .subnetSize, at: "\"fd00:2::10/127\"",
      fix: "/126"),
    BadLab(
      "forwards: true, ", "", .nextHopDoesNotForward, at: "\"10.0.2.250\" }],",
      fix: "forwards: true for GW"),
    BadLab(
      "gateways: [\"203.0.113.1\"]", "gateways: [\"10.0.2.1\"]", .forwardingLoop,
      at: "\"GW\", host", fix: "leads out"),
    BadLab(
      [
        ("hnv: {", "hnv: { release: \"2012\","),
        (
          "{ name: \"R\",",
          "{ name: \"G2\", host: \"hv2\", forwards: true, gateways: [], interfaces: ["
            + "{ subnet: \"edge\", addresses: [\"10.0.2.251\"] },"
            + "{ outside: \"internet\", addresses: [\"203.0.113.3\"] }] }, { name: \"R\","
        ),
      ], .ambiguousReturn, at: "\"internet\", link", fix: "its routes",
      also: [.ambiguousReturn, .ambiguousReturn]),
    deviation(
      "withholdRecords: [\"10.1.2.11\"]", .undeliveredRecord, at: "\"10.1.2.11\", \"fd",
      fix: "deliver the record to hv1"),
    deviation(
      "withholdRoutes: [\"0.0.0.0/0\"]", .undeliveredRoute, at: "\"10.0.2.250\" }],\n  ",
      fix: "deliver the route to hv1"),
    drift(
      "withholdRecords: [\"10.0.1.11\"], addRecords: [\(record("10.0.1.11", "172.16.0.11"))]",
      .driftedRecord, at: "\"10.0.1.11\", subnet", fix: "deliver the record that hv1 has to hv2"),
    drift(
      "withholdRoutes: [\"0.0.0.0/0\"], addRoutes: [{ subnet: \"edge\","
        + " destinationPrefix: \"0.0.0.0/0\", nextHop: \"10.0.2.250\", metric: 5 }]",
      .driftedRoute, at: "\"0.0.0.0/0\", nextHop", fix: "deliver the route that hv1 has to hv2"),
    BadLab(
      "routes: [{ to: \"0.0.0.0/0\", via: \"10.0.2.250\" }]",
      "routes: [{ to: \"0.0.0.0/0\", via: \"10.0.2.250\" },"
        + " { to: \"0.0.0.0/0\", via: \"10.1.2.11\" }]",
      .tiedRoutes, at: "\"10.1.2.11\" }],", fix: "lowest metric",
      also: [.nextHopDoesNotForward]),
    BadLab(
      "{ to: \"10.0.1.0/24\", via: \"10.0.2.1\" }, {", "{", .noWayBack, at: "\"GW\", host",
      fix: "via the router of its own"),
    BadLab(
      "hnv: {",
      "hnv: { providerAddresses: [{ host: \"hv2\", providerAddress: \"fd00:9::2\" }],",
      .providerFamily,
      at: "\"10.0.1.11\"], mac", fix: "give hv2 an IPv4 provider address",
      also: [.providerFamily]),
    BadLab(
      [
        ("front: 5001", "front: 5001, back: 5001"),
        ("hnv: {", "hnv: { settings: { policyChecks: \"lenient\" },"),
        (
          "addresses: [\"10.1.2.11\", \"fd00:2::11\"] }",
          "addresses: [\"10.1.2.11\"], mac: \"00-15-5D-0A-00-0A\" }"
        ),
      ], .duplicatePort, at: "\"X\", host: \"hv2\"", fix: "disconnect the port",
      also: [.secondPrefix, .staleRecord]),
    deviation(
      "withholdRecords: [\"10.0.1.11\"]", .unrecordedPort, at: "\"A\", host",
      fix: "add a lookup record", also: [.undeliveredRecord]),
    deviation(
      "addRecords: [\(record("fd00:9::9", "172.16.0.2"))]", .uncoveredRecord,
      at: "\"fd00:9::9\"", fix: "on-link route", also: [.undeliveredRecord]),
    deviation(
      "addRecords: [\(record("10.0.1.77", "172.16.9.9"))]", .unknownProviderAddress,
      at: "\"10.0.1.77\"", fix: "provider address", also: [.undeliveredRecord]),
    deviation(
      "addRecords: [\(record("10.0.1.77", "172.16.0.2", mac: "00155d0a000a"))]", .staleRecord,
      at: "\"10.0.1.77\"", fix: "the machine's host", also: [.undeliveredRecord]),
    deviation(
      "addRecords: [\(record("10.0.1.77", "172.16.0.2", "rule: \"Nat\""))]",
      .unsupportedTranslation, at: "\"10.0.1.77\"", fix: "Encap",
      also: [.undeliveredRecord]),
    deviation(
      "addRecords: [\(record("10.0.1.77", "172.16.0.2")), \(record("10.0.1.77", "172.16.0.2"))]",
      .duplicateEntry,
      at: "\"10.0.1.77\", subnet: \"front\", macAddress: \"00155D0A0099\","
        + " providerAddress: \"172.16.0.2\", rule: \"Encap\" }] }]", fix: "one of the two"),
    deviation(
      "addRecords: [\(record("10.0.1.11", "172.16.0.11"))]", .duplicateCustomerAddress,
      at: "\"10.0.1.11\", subnet", fix: "one of the two"),
    deviation(
      "addRecords: [\(record("0.0.0.0", "172.16.0.11"))]", .recordForm, at: "\"0.0.0.0\", s",
      fix: "type or its address"),
    deviation(
      "addRecords: [\(record("10.0.9.9", "172.16.0.11"))]", .addressOutsideSubnet,
      at: "\"10.0.9.9\"", fix: "10.0.1.0/24"),
  ]

  private static func deviation(
    _ text: String, _ rule: DiagnosticRule, at: String, fix: String, also: [DiagnosticRule] = []
  ) -> BadLab {
    BadLab(
      "hnv: {", "hnv: { deviations: [{ host: \"hv1\", \(text) }],", rule, at: at, fix: fix,
      also: also)
  }

  private static func drift(_ text: String, _ rule: DiagnosticRule, at: String, fix: String)
    -> BadLab
  {
    BadLab(
      "hnv: {", "hnv: { deviations: [{ host: \"hv2\", \(text) }],", rule, at: at, fix: fix)
  }

  private static func record(
    _ address: String, _ provider: String, _ more: String = "rule: \"Encap\"",
    mac: String = "00155D0A0099"
  ) -> String {
    "{ customerAddress: \"\(address)\", subnet: \"front\", macAddress: \"\(mac)\","
      + " providerAddress: \"\(provider)\", \(more) }"
  }
}
