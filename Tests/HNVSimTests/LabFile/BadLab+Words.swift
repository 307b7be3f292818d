import HNVCore

@testable import HNVSim

extension BadLab {
  /// Mistakes in keys, names, choices and numbers.
  static let words = [
    BadLab(
      "name: \"good\",", "name: \"good\", model: \"azure\",", .notInModel,
      at: "\"internet\", addresses: [\"203.0.113.2\"]", mend: "nothing needs to be done"),
    BadLab("name: \"good\",", "", .missingKey, at: "{\n  \n", mend: "name"),
    BadLab(
      "name: \"good\",",
      "name: \"good\", model: \"vlan\", vlan: { vlans: { front: 777, edge: 777 } },",
      .doubledVLAN, at: "777 } }", mend: "another VLAN"),
    BadLab(
      [
        ("name: \"good\",", "name: \"good\", model: \"vlan\","),
        (
          "{ action: \"deny\", direction: \"inbound\", protocol: \"tcp\", localPorts: \"23\" }",
          "{ action: \"allow\", direction: \"inbound\", stateful: true }"
        ),
      ], .notInModel, at: "\"front\", addresses: [\"10.0.1.12\"]", mend: "rule for the answers"),
    BadLab("name: \"good\",", "nmae: \"good\",", .unknownKey, at: "nmae", mend: "name"),
    BadLab(
      "gateways: [\"10.0.1.1\"]", "gateway: [\"10.0.1.1\"]", .unknownKey, at: "gateway: ",
      mend: "\"gateways\""),
    BadLab("machines: [", "machine: [", .unknownKey, at: "machine: [", mend: "\"machines\""),
    BadLab("hosts: [", "servers: 3, hosts: [", .unknownKey, at: "servers", mend: "\"hosts\""),
    BadLab(
      "host: \"hv2\", gateways", "host: \"hv2\", host: \"hv1\", gateways", .doubledKey,
      at: "host: \"hv1\", gateways", mend: "remove"),
    BadLab("mtu: 1600", "mtu: \"1600\"", .wrongType, at: "\"1600\"", mend: "quotes"),
    BadLab("[\"10.0.1.12\"]", "\"10.0.1.12\"", .wrongType, at: "\"10.0.1.12\"", mend: "brackets"),
    BadLab("mtu: 1600", "mtu: 70000", .numberOutOfRange, at: "70000", mend: "range"),
    BadLab("mtu: 1600", "mtu: 0x640", .numberOutOfRange, at: "0x640", mend: "decimal digits"),
    BadLab("action: \"deny\"", "action: \"block\"", .notAChoice, at: "\"block\"", mend: "deny"),
    BadLab("hnv: {", "hnv: { release: \"2012R3\",", .notAChoice, at: "\"2012R3\"", mend: "2012R2"),
    BadLab(
      "hnv: {", "hnv: { settings: { timeToLive: \"keep\" },", .notAChoice, at: "\"keep\"",
      mend: "kept"),
    BadLab(
      "hnv: {", "hnv: { settings: { timeToLife: \"kept\" },", .unknownKey, at: "timeToLife",
      mend: "\"timeToLive\""),
    BadLab(
      "name: \"B\"", "name: \"\"", .nameForm, at: "\"\", host", mend: "web1",
      also: [.unknownName]),
    BadLab("name: \"R\"", "name: \"10.0.0.1\"", .nameForm, at: "\"10.0.0.1\"", mend: "web1"),
    BadLab("name: \"R\"", "name: \"X\"", .doubledName, at: "\"X\", host: \"hv1\"", mend: "rename"),
    BadLab("name: \"R\"", "name: \"hv1\"", .doubledName, at: "\"hv1\", host", mend: "rename"),
    BadLab("\"red\", s", "\"blue\", s", .doubledName, at: "\"blue\", s", mend: "rename"),
    BadLab(
      "\"R\", host: \"hv1\"", "\"R\", host: \"hv11\"", .unknownName, at: "\"hv11\"",
      mend: "did you mean hv1?"),
    BadLab(
      "\"R\", host: \"hv1\"", "\"R\", host: \"A\"", .unknownName, at: "\"A\", interfaces",
      mend: "name one of hv1, hv2"),
    BadLab(
      "subnet: \"back\"", "subnet: \"bakc\"", .unknownName, at: "\"bakc\"",
      mend: "did you mean back?"),
    BadLab(
      "outside: \"internet\"", "outside: \"internte\"", .unknownName, at: "\"internte\"",
      mend: "did you mean internet?"),
    BadLab(
      "outside: \"internet\"", "outside: \"hv1\"", .unknownName, at: "\"hv1\", addresses: [\"203",
      mend: "internet"),
    BadLab("to: \"B\"", "to: \"Bob\"", .unknownName, at: "\"Bob\"", mend: "A, B, GW, R, X"),
    BadLab("from: \"A\"", "from: \"hv1\"", .unknownName, at: "\"hv1\", to", mend: "a machine"),
    BadLab(
      "to: \"B\"", "to: \"B\", through: [\"hv1\"]", .unknownName, at: "\"hv1\"] }",
      mend: "GW"),
    BadLab(
      "hnv: {", "hnv: { guests: [{ machine: \"AA\" }],", .unknownName, at: "\"AA\"",
      mend: "choose one of A, B"),
    BadLab(
      "hnv: {", "hnv: { guests: [{ machine: \"A\", system: \"bsd\" }],", .notAChoice,
      at: "\"bsd\"", mend: "linux"),
    BadLab(
      "hnv: {", "hnv: { guests: [{ machine: \"A\", adapter: \"none\" }],", .notAChoice,
      at: "\"none\"", mend: "legacy"),
    BadLab("mtu: 1600", "mtu: 1541", .underlayMTU, at: "\"A\", host: \"hv1\"", mend: "1542"),
    BadLab("front: 5001", "fornt: 5001", .unknownName, at: "fornt", mend: "did you mean front?"),
    BadLab(
      "hnv: {", "hnv: { deviations: [{ host: \"hv3\" }],", .unknownName, at: "\"hv3\"",
      mend: "did you mean hv1?"),
    BadLab(
      "hnv: {", "hnv: { deviations: [{ host: \"hv1\", withholdRecords: [\"10.9.9.9\"] }],",
      .unknownName, at: "\"10.9.9.9\"", mend: "10.0.1.11"),
  ]

  /// Mistakes in what is sent, expected and done.
  static let experiments = [
    BadLab("stop: \"X\"", "stop: \"Y\"", .unknownName, at: "\"Y\"", mend: "X"),
    BadLab(
      "open: [\"tcp/80\"]", "groups: [\"10.9.9.9\"]", .groupAddress, at: "\"10.9.9.9\"",
      mend: "224.0.0.0/4"),
    event(
      "send: { from: \"A\", to: \"X\" }, every: \"1ms\"", .eventForm, at: "{ at: \"1s\", send",
      mend: "every and times"),
    BadLab(
      "name: \"good\",", "name: \"good\", model: \"contrail\", contrail: { mode: \"l2\" },",
      .notInModel, at: "\"l2\"", mend: "l2_l3"),
    BadLab("stop: \"X\"", "stopp: \"X\"", .unknownKey, at: "stopp", mend: "\"stop\""),
    BadLab("at: \"1s\"", "at: \"1\"", .timeSyntax, at: "\"1\"", mend: "10ms"),
    BadLab("at: \"1s\"", "at: \"-1s\"", .timeSyntax, at: "\"-1s\"", mend: "10ms"),
    BadLab("\"10us\"", "\"10 minutes\"", .timeSyntax, at: "\"10 minutes\"", mend: "10ms"),
    event("cut: [\"hv1\", \"hv2\"]", .unknownName, at: "\"hv2\"] }", mend: "underlay"),
    event("cut: [\"hv1\"]", .eventForm, at: "{ at: \"1s\", cut", mend: "two elements"),
    event("stop: \"X\", start: \"X\"", .eventForm, at: "{ at: \"1s\"", mend: "one event"),
    event("send: { from: \"A\" }", .eventForm, at: "{ from: \"A\" }", mend: "add to"),
    event("deliver: {}", .eventForm, at: "{} }", mend: "record, route"),
    event(
      "deliver: { record: \"10.9.9.9\" }", .unknownName, at: "\"10.9.9.9\"", mend: "a machine"),
    event(
      "deliver: { route: \"10.9.0.0/16\" }", .unknownName, at: "\"10.9.0.0/16\"",
      mend: "10.0.2.0/24"),
    event("move: { machine: \"A\", to: \"B\" }", .unknownName, at: "\"B\" } }", mend: "hv1, hv2"),
    event("move: { machine: \"hv1\", to: \"hv2\" }", .unknownName, at: "\"hv1\", to", mend: "X"),
    BadLab(
      "[{ at: \"1s\", stop: \"X\" }]", "[{ at: \"1s\" }]", .eventForm, at: "{ at: \"1s\"",
      mend: "send, sendAll"),
    expectation("fault: \"double-ca\"", .notAChoice, at: "\"double-ca\"", mend: "doubled-ca"),
    expectation(
      "fault: \"doubled-ca\", from: \"A\"", .expectationForm, at: "{ fault",
      mend: "object of its own"),
    expectation("from: \"A\"", .expectationForm, at: "{ from: \"A\" }]", mend: "add to"),
    expectation(
      "from: \"A\", to: \"127.0.0.1\"", .packetForm, at: "\"127.0.0.1\"", mend: "another"),
    expectation("from: \"A\", to: \"A\"", .packetForm, at: "\"A\" }]", mend: "two machines"),
    expectation("from: \"A\", to: \"fd00::1\"", .packetForm, at: "\"fd00::1\"", mend: "family"),
    expectation("from: \"A\", to: \"10.0.1.300\"", .ipv4Syntax, at: "\"10.0.1.300\"", mend: "255"),
    expectation(
      "from: \"A\", to: \"B\", destinationPort: 80", .packetForm, at: "\"A\", to", mend: "udp"),
    expectation(
      "from: \"A\", to: \"B\", protocol: \"tcp\", size: 9", .packetForm, at: "\"A\", to",
      mend: "size"),
    expectation(
      "from: \"A\", to: \"B\", protocol: \"tpc\"", .protocolSyntax, at: "\"tpc\"", mend: "tcp"),
    expectation(
      "from: \"A\", to: \"B\", protocol: \"47\"", .packetForm, at: "\"A\", to", mend: "icmp"),
    expectation("from: \"A\", to: \"B\", ttl: 0", .numberOutOfRange, at: "0 }]", mend: "range"),
    expectation("from: \"A\", to: \"B\", ttl: 256", .numberOutOfRange, at: "256", mend: "range"),
    expectation(
      "from: \"A\", to: \"B\", protocol: \"tcp\", destinationPort: 65536", .numberOutOfRange,
      at: "65536", mend: "range"),
    expectation(
      "from: \"A\", to: \"B\", outcome: \"lost\"", .notAChoice, at: "\"lost\"", mend: "unreachable"),
    BadLab("\"tcp/80\"", "\"80\"", .portSyntax, at: "\"80\"", mend: "tcp/80"),
    BadLab("\"tcp/80\"", "\"tcp/65536\"", .portSyntax, at: "\"tcp/65536\"", mend: "tcp/80"),
    BadLab("\"23\"", "\"25-23\"", .portSyntax, at: "\"25-23\"", mend: "1024-65535"),
    BadLab("protocol: \"tcp\"", "protocol: \"256\"", .protocolSyntax, at: "\"256\"", mend: "tcp"),
    BadLab(
      "protocol: \"tcp\"", "protocol: \"icmp\"", .accessRuleForm, at: "\"23\"", mend: "tcp or udp"),
    BadLab(", protocol: \"tcp\"", "", .accessRuleForm, at: "\"23\"", mend: "tcp or udp"),
    BadLab(
      "localPorts: \"23\"", "remote: \"fd00::/8\", local: \"10.0.0.0/8\"", .accessRuleForm,
      at: "\"fd00::/8\"", mend: "one family"),
  ]

  /// Mistakes in the ports of the section on HNV, and in stateful rules.
  static let ports = [
    BadLab(
      "protocol: \"tcp\", localPorts: \"23\"", "stateful: true", .accessRuleForm, at: "\"deny\"",
      mend: "leave stateful out"),
    BadLab(
      "localPorts: \"23\"", "idleTimeout: \"9s\"", .accessRuleForm, at: "\"9s\"",
      mend: "stateful: true"),
    BadLab(
      [("localPorts: \"23\"", "stateful: true, idleTimeout: \"9ms\""), ("\"deny\"", "\"allow\"")],
      .accessRuleForm, at: "\"9ms\"", mend: "255s"),
    port("machine: \"Bob\"", .unknownName, at: "\"Bob\"", mend: "A, B, X, GW, R"),
    port("machine: \"hv1\"", .unknownName, at: "\"hv1\" }]", mend: "choose one of"),
    port("machine: \"A\", interface: 1", .numberOutOfRange, at: "\"A\", int", mend: "from 0"),
    port("machine: \"GW\", interface: 1", .numberOutOfRange, at: "\"GW\", int", mend: "subnets"),
    port("machine: \"A\" }, { machine: \"A\"", .doubledEntry, at: "\"A\" }]", mend: "once"),
    port("machine: \"A\", dhcpGuard: \"on\"", .notAChoice, at: "\"on\"", mend: "On"),
    port("machine: \"A\", dhcpGuard: true", .wrongType, at: "true }]", mend: "quotes"),
    port(
      basic("action: \"Deny\", direction: \"Both\""), .basicRuleForm, at: "\"Deny\"",
      mend: "remoteIPAddress"),
    port(
      basic(
        "action: \"Deny\", direction: \"Both\", localIPAddress: \"ANY\","
          + " remoteMacAddress: \"ANY\""), .basicRuleForm, at: "\"Deny\"", mend: "name one"),
    port(
      basic("action: \"Meter\", direction: \"Both\", localMacAddress: \"any\""), .basicRuleForm,
      at: "\"A\", basicRules", mend: "an IP address", also: [.basicRuleForm]),
    port(
      basic("action: \"Deny\", direction: \"Inbound\", remoteIPAddress: \"10.0.0.1/8\""),
      .prefixHostBits, at: "\"10.0.0.1/8\"", mend: "10.0.0.0/8"),
    port(
      basic("action: \"Deny\", direction: \"Inbound\", remoteMacAddress: \"00-15\""),
      .macSyntax, at: "\"00-15\"", mend: "00-15-5D-01-02-03"),
    port(
      extended("action: \"Deny\", stateful: true"), .accessRuleForm, at: "\"A\", ext",
      mend: "correct the access rule"),
    port(
      extended("action: \"Allow\", localPort: \"80\""), .accessRuleForm, at: "\"A\", ext",
      mend: "correct the access rule"),
    port(
      extended("action: \"Allow\", protocol: \"TPC\""), .protocolSyntax, at: "\"TPC\"",
      mend: "tcp"),
    port(
      extended("action: \"Allow\", isolationID: 7"), .virtualSubnetIDRange, at: "7 }",
      mend: "4096"),
    port(
      extended("action: \"Allow\", isolationID: 6001"), .unreachableRule, at: "\"A\", ext",
      mend: "isolation ID"),
    port(
      extended("action: \"Allow\", idleSessionTimeout: 65536"), .numberOutOfRange, at: "65536",
      mend: "range"),
  ]

  private static func port(
    _ text: String, _ rule: Rule, at: String, mend: String, also: [Rule] = []
  ) -> BadLab {
    BadLab("hnv: {", "hnv: { ports: [{ \(text) }],", rule, at: at, mend: mend, also: also)
  }

  private static func basic(_ text: String) -> String {
    "machine: \"A\", basicRules: [{ \(text) }]"
  }

  private static func extended(_ text: String) -> String {
    "machine: \"A\", extendedRules: [{ direction: \"Inbound\", weight: 1, \(text) }]"
  }

  private static func event(_ text: String, _ rule: Rule, at: String, mend: String) -> BadLab {
    BadLab("{ at: \"1s\", stop: \"X\" }", "{ at: \"1s\", \(text) }", rule, at: at, mend: mend)
  }

  private static func expectation(
    _ text: String, _ rule: Rule, at: String, mend: String
  ) -> BadLab {
    BadLab("{ from: \"A\", to: \"B\" }", "{ \(text) }", rule, at: at, mend: mend)
  }

  /// Mistakes in the grammar; JSON5's own tests have more.
  static let grammar = [
    BadLab("mtu: 1600,", "mtu: 1600", .json5Syntax, at: "latency", mend: "comma"),
    BadLab("\"10.0.1.12\"", "10.0.1.12", .json5Syntax, at: "10.0.1.12", mend: "quotes"),
  ]
}
