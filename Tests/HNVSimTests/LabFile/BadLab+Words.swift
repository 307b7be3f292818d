import HNVCore

@testable import HNVSim

extension BadLab {
  /// Mistakes in keys, names, choices and numbers.
  static let words = [
    BadLab(
      "name: \"good\",", "name: \"good\", model: \"azure\",", .notInModel,
      at: "\"internet\", addresses: [\"203.0.113.2\"]", fix: "none needed"),
    BadLab(
      "name: \"good\",", "", .missingKey, at: "{\n  \n",
      fix: "add \"name\" with a string"),
    BadLab(
      "name: \"good\",",
      "name: \"good\", model: \"vlan\", vlan: { vlans: { front: 777, edge: 777 } },",
      .duplicateVLAN, at: "777 } }", fix: "another VLAN"),
    BadLab(
      [
        ("name: \"good\",", "name: \"good\", model: \"vlan\","),
        (
          "{ action: \"deny\", direction: \"inbound\", protocol: \"tcp\", localPorts: \"23\" }",
          "{ action: \"allow\", direction: \"inbound\", stateful: true }"
        ),
      ], .notInModel, at: "\"front\", addresses: [\"10.0.1.12\"]", fix: "rule for the replies"),
    BadLab("name: \"good\",", "nmae: \"good\",", .unknownKey, at: "nmae", fix: "write \"name\""),
    BadLab(
      "gateways: [\"10.0.1.1\"]", "gateway: [\"10.0.1.1\"]", .unknownKey, at: "gateway: ",
      fix: "\"gateways\""),
    BadLab("machines: [", "machine: [", .unknownKey, at: "machine: [", fix: "\"machines\""),
    BadLab("hosts: [", "servers: 3, hosts: [", .unknownKey, at: "servers", fix: "\"hosts\""),
    BadLab(
      "host: \"hv2\", gateways", "host: \"hv2\", host: \"hv1\", gateways", .duplicateKey,
      at: "host: \"hv1\", gateways", fix: "remove"),
    BadLab("mtu: 1600", "mtu: \"1600\"", .wrongType, at: "\"1600\"", fix: "quotes"),
    BadLab("[\"10.0.1.12\"]", "\"10.0.1.12\"", .wrongType, at: "\"10.0.1.12\"", fix: "brackets"),
    BadLab("mtu: 1600", "mtu: 70000", .numberOutOfRange, at: "70000", fix: "range"),
    BadLab("mtu: 1600", "mtu: 0x640", .numberOutOfRange, at: "0x640", fix: "decimal digits"),
    BadLab("action: \"deny\"", "action: \"block\"", .notAChoice, at: "\"block\"", fix: "deny"),
    BadLab("hnv: {", "hnv: { release: \"2012R3\",", .notAChoice, at: "\"2012R3\"", fix: "2012R2"),
    BadLab(
      "hnv: {", "hnv: { settings: { timeToLive: \"keep\" },", .notAChoice, at: "\"keep\"",
      fix: "kept"),
    BadLab(
      "hnv: {", "hnv: { settings: { timeToLife: \"kept\" },", .unknownKey, at: "timeToLife",
      fix: "\"timeToLive\""),
    BadLab(
      "name: \"B\"", "name: \"\"", .nameForm, at: "\"\", host", fix: "web1",
      also: [.unknownName]),
    BadLab("name: \"R\"", "name: \"10.0.0.1\"", .nameForm, at: "\"10.0.0.1\"", fix: "web1"),
    BadLab("name: \"R\"", "name: \"X\"", .duplicateName, at: "\"X\", host: \"hv1\"", fix: "rename"),
    BadLab("name: \"R\"", "name: \"hv1\"", .duplicateName, at: "\"hv1\", host", fix: "rename"),
    BadLab("\"red\", s", "\"blue\", s", .duplicateName, at: "\"blue\", s", fix: "rename"),
    BadLab(
      "\"R\", host: \"hv1\"", "\"R\", host: \"hv11\"", .unknownName, at: "\"hv11\"",
      fix: "did you mean hv1?"),
    BadLab(
      "\"R\", host: \"hv1\"", "\"R\", host: \"A\"", .unknownName, at: "\"A\", interfaces",
      fix: "name one of hv1, hv2"),
    BadLab(
      "subnet: \"back\"", "subnet: \"bakc\"", .unknownName, at: "\"bakc\"",
      fix: "did you mean back?"),
    BadLab(
      "outside: \"internet\"", "outside: \"internte\"", .unknownName, at: "\"internte\"",
      fix: "did you mean internet?"),
    BadLab(
      "outside: \"internet\"", "outside: \"hv1\"", .unknownName, at: "\"hv1\", addresses: [\"203",
      fix: "internet"),
    BadLab("to: \"B\"", "to: \"Bob\"", .unknownName, at: "\"Bob\"", fix: "A, B, GW, R, X"),
    BadLab("from: \"A\"", "from: \"hv1\"", .unknownName, at: "\"hv1\", to", fix: "a machine"),
    BadLab(
      "to: \"B\"", "to: \"B\", through: [\"hv1\"]", .unknownName, at: "\"hv1\"] }",
      fix: "name one of A, B, X, GW, R"),
    BadLab(
      "hnv: {", "hnv: { guests: [{ machine: \"AA\" }],", .unknownName, at: "\"AA\"",
      fix: "choose one of A, B"),
    BadLab(
      "hnv: {", "hnv: { guests: [{ machine: \"A\", system: \"bsd\" }],", .notAChoice,
      at: "\"bsd\"", fix: "linux"),
    BadLab(
      "hnv: {", "hnv: { guests: [{ machine: \"A\", adapter: \"none\" }],", .notAChoice,
      at: "\"none\"", fix: "legacy"),
    BadLab("mtu: 1600", "mtu: 1541", .underlayMTU, at: "\"A\", host: \"hv1\"", fix: "1542"),
    BadLab("front: 5001", "fornt: 5001", .unknownName, at: "fornt", fix: "did you mean front?"),
    BadLab(
      "hnv: {", "hnv: { deviations: [{ host: \"hv3\" }],", .unknownName, at: "\"hv3\"",
      fix: "did you mean hv1?"),
    BadLab(
      "hnv: {", "hnv: { deviations: [{ host: \"hv1\", withholdRecords: [\"10.9.9.9\"] }],",
      .unknownName, at: "\"10.9.9.9\"", fix: "10.0.1.11"),
  ]

  /// Mistakes in what is sent, expected and done.
  static let experiments = [
    BadLab(
      "stop: \"X\"", "stop: \"Y\"", .unknownName, at: "\"Y\"",
      fix: "name one of A, B, GW, R, X, hv1, hv2, internet, underlay"),
    BadLab(
      "open: [\"tcp/80\"]", "groups: [\"10.9.9.9\"]", .groupAddress, at: "\"10.9.9.9\"",
      fix: "224.0.0.0/4"),
    event(
      "send: { from: \"A\", to: \"X\" }, every: \"1ms\"", .eventForm, at: "{ at: \"1s\", send",
      fix: "every and times"),
    BadLab(
      "name: \"good\",", "name: \"good\", model: \"contrail\", contrail: { mode: \"l2\" },",
      .notInModel, at: "\"l2\"", fix: "l2_l3"),
    BadLab("stop: \"X\"", "stopp: \"X\"", .unknownKey, at: "stopp", fix: "\"stop\""),
    BadLab("at: \"1s\"", "at: \"1\"", .timeSyntax, at: "\"1\"", fix: "10ms"),
    BadLab("at: \"1s\"", "at: \"-1s\"", .timeSyntax, at: "\"-1s\"", fix: "10ms"),
    BadLab("\"10us\"", "\"10 minutes\"", .timeSyntax, at: "\"10 minutes\"", fix: "10ms"),
    event("cut: [\"hv1\", \"hv2\"]", .unknownName, at: "\"hv2\"] }", fix: "underlay"),
    // What is refused for its type is not reported as missing, or as too much, as well.
    event(
      "send: { from: \"A\", to: \"X\" }, every: \"1ms\", times: 0x10", .numberOutOfRange,
      at: "0x10", fix: "decimal digits"),
    event(
      "send: { from: \"A\", to: \"X\" }, every: \"1ms\", times: null", .wrongType, at: "null",
      fix: "a whole number"),
    event(
      "send: { from: \"A\", to: \"X\" }, every: [], times: 3", .wrongType, at: "[], times",
      fix: "a string"),
    event(
      "send: { from: \"A\", to: \"X\" }, every: \"18446744074s\", times: 3", .timeSyntax,
      at: "\"18446744074s\"", fix: "a shorter time"),
    event("send: 3", .wrongType, at: "3 }", fix: "an object"),
    event("deliver: 3", .wrongType, at: "3 }", fix: "an object"),
    event("deliver: { record: 3 }", .wrongType, at: "3 }", fix: "quotes"),
    event("cut: \"hv1\"", .wrongType, at: "\"hv1\" }", fix: "square brackets"),
    BadLab("subnet: \"back\"", "subnet: []", .wrongType, at: "[], addresses", fix: "a string"),
    BadLab(
      "outside: \"internet\"", "outside: null", .wrongType, at: "null", fix: "a string"),
    event("cut: [\"hv1\"]", .eventForm, at: "{ at: \"1s\", cut", fix: "two elements"),
    event("stop: \"X\", start: \"X\"", .eventForm, at: "{ at: \"1s\"", fix: "one event"),
    event("send: { from: \"A\" }", .eventForm, at: "{ from: \"A\" }", fix: "add to"),
    event("deliver: {}", .eventForm, at: "{} }", fix: "record, route"),
    event(
      "deliver: { record: \"10.9.9.9\" }", .unknownName, at: "\"10.9.9.9\"", fix: "a machine"),
    event(
      "deliver: { route: \"10.9.0.0/16\" }", .unknownName, at: "\"10.9.0.0/16\"",
      fix: "10.0.2.0/24"),
    event("move: { machine: \"A\", to: \"B\" }", .unknownName, at: "\"B\" } }", fix: "hv1, hv2"),
    event(
      "move: { machine: \"hv1\", to: \"hv2\" }", .unknownName, at: "\"hv1\", to",
      fix: "name one of A, B, X, GW, R"),
    BadLab(
      "[{ at: \"1s\", stop: \"X\" }]", "[{ at: \"1s\" }]", .eventForm, at: "{ at: \"1s\"",
      fix: "send, sendAll"),
    expectation(
      "fault: \"duplicated-ca\"", .notAChoice, at: "\"duplicated-ca\"", fix: "duplicate-ca"),
    expectation(
      "fault: \"duplicate-ca\", from: \"A\"", .expectationForm, at: "{ fault",
      fix: "object of its own"),
    expectation("fault: []", .wrongType, at: "[] }", fix: "a string"),
    expectation("from: \"A\"", .expectationForm, at: "{ from: \"A\" }]", fix: "add to"),
    expectation(
      "from: \"A\", to: \"127.0.0.1\"", .packetForm, at: "\"127.0.0.1\"", fix: "another"),
    expectation("from: \"A\", to: \"A\"", .packetForm, at: "\"A\" }]", fix: "two machines"),
    expectation("from: \"A\", to: \"fd00::1\"", .packetForm, at: "\"fd00::1\"", fix: "family"),
    expectation("from: \"A\", to: \"10.0.1.300\"", .ipv4Syntax, at: "\"10.0.1.300\"", fix: "255"),
    expectation(
      "from: \"A\", to: \"B\", destinationPort: 80", .packetForm, at: "\"A\", to", fix: "udp"),
    expectation(
      "from: \"A\", to: \"B\", protocol: \"tcp\", size: 9", .packetForm, at: "\"A\", to",
      fix: "size"),
    expectation(
      "from: \"A\", to: \"B\", protocol: \"tpc\"", .protocolSyntax, at: "\"tpc\"", fix: "tcp"),
    expectation(
      "from: \"A\", to: \"B\", protocol: \"47\"", .packetForm, at: "\"A\", to", fix: "icmp"),
    expectation("from: \"A\", to: \"B\", ttl: 0", .numberOutOfRange, at: "0 }]", fix: "range"),
    expectation("from: \"A\", to: \"B\", ttl: 256", .numberOutOfRange, at: "256", fix: "range"),
    expectation(
      "from: \"A\", to: \"B\", protocol: \"tcp\", destinationPort: 65536", .numberOutOfRange,
      at: "65536", fix: "range"),
    expectation(
      "from: \"A\", to: \"B\", outcome: \"lost\"", .notAChoice, at: "\"lost\"", fix: "unreachable"),
    BadLab("\"tcp/80\"", "\"80\"", .portSyntax, at: "\"80\"", fix: "tcp/80"),
    BadLab("\"tcp/80\"", "\"tcp/65536\"", .portSyntax, at: "\"tcp/65536\"", fix: "tcp/80"),
    BadLab("\"23\"", "\"25-23\"", .portSyntax, at: "\"25-23\"", fix: "1024-65535"),
    BadLab("protocol: \"tcp\"", "protocol: \"256\"", .protocolSyntax, at: "\"256\"", fix: "tcp"),
    BadLab(
      "protocol: \"tcp\"", "protocol: \"icmp\"", .accessRuleForm, at: "\"23\"", fix: "tcp or udp"),
    BadLab(", protocol: \"tcp\"", "", .accessRuleForm, at: "\"23\"", fix: "tcp or udp"),
    BadLab(
      "localPorts: \"23\"", "remote: \"fd00::/8\", local: \"10.0.0.0/8\"", .accessRuleForm,
      at: "\"fd00::/8\"", fix: "one family"),
  ]

  /// Mistakes in the ports of the section on HNV, and in stateful rules.
  static let ports = [
    BadLab(
      "protocol: \"tcp\", localPorts: \"23\"", "stateful: true", .accessRuleForm, at: "\"deny\"",
      fix: "leave stateful out"),
    BadLab(
      "localPorts: \"23\"", "idleTimeout: \"9s\"", .accessRuleForm, at: "\"9s\"",
      fix: "stateful: true"),
    BadLab(
      [("localPorts: \"23\"", "stateful: true, idleTimeout: \"9ms\""), ("\"deny\"", "\"allow\"")],
      .accessRuleForm, at: "\"9ms\"", fix: "255s"),
    port("machine: \"Bob\"", .unknownName, at: "\"Bob\"", fix: "A, B, X, GW, R"),
    port("machine: \"hv1\"", .unknownName, at: "\"hv1\" }]", fix: "choose one of"),
    port("machine: \"A\", interface: 1", .numberOutOfRange, at: "\"A\", int", fix: "from 0"),
    port("machine: \"GW\", interface: 1", .numberOutOfRange, at: "\"GW\", int", fix: "subnets"),
    port("machine: \"A\" }, { machine: \"A\"", .duplicateEntry, at: "\"A\" }]", fix: "once"),
    port("machine: \"A\", dhcpGuard: \"on\"", .notAChoice, at: "\"on\"", fix: "On"),
    port("machine: \"A\", dhcpGuard: true", .wrongType, at: "true }]", fix: "quotes"),
    port(
      basic("action: \"Deny\", direction: \"Both\""), .basicRuleForm, at: "\"Deny\"",
      fix: "remoteIPAddress"),
    port(
      basic(
        "action: \"Deny\", direction: \"Both\", localIPAddress: \"ANY\","
          + " remoteMacAddress: \"ANY\""), .basicRuleForm, at: "\"Deny\"", fix: "name one"),
    port(
      basic("action: \"Meter\", direction: \"Both\", localMacAddress: \"any\""), .basicRuleForm,
      at: "\"A\", basicRules", fix: "an IP address", also: [.basicRuleForm]),
    port(
      basic("action: \"Deny\", direction: \"Inbound\", remoteIPAddress: \"10.0.0.1/8\""),
      .prefixHostBits, at: "\"10.0.0.1/8\"", fix: "10.0.0.0/8"),
    port(
      basic("action: \"Deny\", direction: \"Inbound\", remoteMacAddress: \"00-15\""),
      .macSyntax, at: "\"00-15\"", fix: "00-15-5D-01-02-03"),
    port(
      extended("action: \"Deny\", stateful: true"), .accessRuleForm, at: "\"A\", ext",
      fix: "correct the access rule"),
    port(
      extended("action: \"Allow\", localPort: \"80\""), .accessRuleForm, at: "\"A\", ext",
      fix: "correct the access rule"),
    port(
      extended("action: \"Allow\", protocol: \"TPC\""), .protocolSyntax, at: "\"TPC\"",
      fix: "tcp"),
    port(
      extended("action: \"Allow\", isolationID: 7"), .virtualSubnetIDRange, at: "7 }",
      fix: "4096"),
    port(
      extended("action: \"Allow\", isolationID: 6001"), .unreachableRule, at: "\"A\", ext",
      fix: "isolation ID"),
    port(
      extended("action: \"Allow\", idleSessionTimeout: 65536"), .numberOutOfRange, at: "65536",
      fix: "range"),
  ]

  private static func port(
    _ text: String, _ rule: DiagnosticRule, at: String, fix: String, also: [DiagnosticRule] = []
  ) -> BadLab {
    BadLab("hnv: {", "hnv: { ports: [{ \(text) }],", rule, at: at, fix: fix, also: also)
  }

  private static func basic(_ text: String) -> String {
    "machine: \"A\", basicRules: [{ \(text) }]"
  }

  private static func extended(_ text: String) -> String {
    "machine: \"A\", extendedRules: [{ direction: \"Inbound\", weight: 1, \(text) }]"
  }

  private static func event(_ text: String, _ rule: DiagnosticRule, at: String, fix: String)
    -> BadLab
  {
    BadLab("{ at: \"1s\", stop: \"X\" }", "{ at: \"1s\", \(text) }", rule, at: at, fix: fix)
  }

  private static func expectation(
    _ text: String, _ rule: DiagnosticRule, at: String, fix: String
  ) -> BadLab {
    BadLab("{ from: \"A\", to: \"B\" }", "{ \(text) }", rule, at: at, fix: fix)
  }

  /// Mistakes in the grammar; JSON5's own tests have more.
  static let grammar = [
    BadLab("mtu: 1600,", "mtu: 1600", .json5Syntax, at: "latency", fix: "comma"),
    BadLab("\"10.0.1.12\"", "10.0.1.12", .json5Syntax, at: "10.0.1.12", fix: "quotes"),
  ]
}
