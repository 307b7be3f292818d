import HNVCore
import HNVSim
import Testing

/// What the sections of clouds say in lab files, and every mistake in them.
@Suite struct CloudSectionTests {
  /// A mistake: what is written in place of what, and the rule that it breaks.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let rule: DiagnosticRule

    init(_ old: String, _ new: String, _ rule: DiagnosticRule) {
      self.old = old
      self.new = new
      self.rule = rule
    }

    var testDescription: String { "\(rule.identifier): \(new)" }
  }

  private static func lab(_ model: String, _ section: String) -> String {
    """
    {
      name: "clouds", model: "\(model)",
      hosts: [{ name: "hv1" }, { name: "hv2" }],
      networks: [{ name: "blue", subnets: [
        { name: "front", prefixes: ["10.0.1.0/24"] }, { name: "edge", prefixes: ["10.0.2.0/24"] }] }],
      outside: [{ name: "internet", link: ["203.0.113.0/24"], addresses: ["198.51.100.10"] }],
      machines: [
        { name: "A", host: "hv1", interfaces: [{ subnet: "front", addresses: ["10.0.1.11"] }] },
        { name: "N1", host: "hv1", forwards: true,
          interfaces: [{ subnet: "edge", addresses: ["10.0.2.11"] }] },
        { name: "N2", host: "hv2", forwards: true,
          interfaces: [{ subnet: "edge", addresses: ["10.0.2.12"] }] },
      ],
      \(section),
      expect: [{ from: "A", to: "N1" }],
    }
    """
  }

  private static let vpc = lab(
    "vpc",
    """
      vpc: {
        era: "2013", guestMTU: 1500,
        blocks: { blue: ["10.0.0.0/16"] },
        publicAddresses: [{ machine: "A", address: "203.0.113.11" }],
        sourceDestinationChecks: [{ machine: "N1", check: "on" }],
        securityGroups: [{ name: "web", machines: ["A"],
          inbound: [{ peer: "web" }, { peer: "10.0.0.0/16", protocol: "tcp", ports: "80" }],
          outbound: [{}] }],
        networkACLs: [{ subnets: ["front"],
          inbound: [{ number: 100, action: "allow", peer: "10.0.2.0/24" }],
          outbound: [{ number: 100, action: "allow", protocol: "icmp" }] }],
        routeTables: [{ subnets: ["front"],
          routes: [{ to: "0.0.0.0/0", target: "igw" },
            { to: "192.0.2.0/24", target: "blackhole", propagated: true }] }],
        natGateways: [{ name: "nat", subnet: "edge", address: "10.0.2.50",
          publicAddress: "203.0.113.50" }],
        natFailover: [{ instances: ["N1", "N2"], pings: 3, timeout: "1s", interval: "2s",
          apiDelay: "4s" }],
      }
    """)

  private static let azure = lab(
    "azure",
    """
      azure: {
        addressSpaces: { blue: ["10.0.0.0/16"] },
        publicAddresses: [{ machine: "A", address: "203.0.113.11" }],
        ipForwarding: [{ machine: "N1", forwarding: "off" }],
        securityGroups: [{ name: "web", machines: ["A"], subnets: ["edge"],
          rules: [{ priority: 100, action: "allow", direction: "inbound", peer: "VirtualNetwork",
            protocol: "tcp", ports: "80" },
            { priority: 110, action: "allow", direction: "inbound", peer: "10.0.0.0/8" }] }],
        routeTables: [{ subnets: ["front"], routes: [{ to: "0.0.0.0/0", nextHop: "10.0.2.11" }] }],
      }
    """)

  private static func diagnostics(_ text: String) -> [Diagnostic] {
    do throws(Diagnostics) {
      return Fabric.check(try Lab.read(Array(text.utf8), named: "l.json5"))
    } catch {
      return error.all
    }
  }

  @Test(arguments: [vpc, azure])
  func `a section that says everything is without a diagnostic`(text: String) throws {
    #expect(Self.diagnostics(text) == [])
    let run = LabRun(try Lab.read(Array(text.utf8), named: "l.json5"))
    #expect(run.isAsExpected, "\(run.results.map(\.actual))")
  }

  @Test(arguments: [
    Mistake("era: \"2013\"", "era: \"2014\"", .notAChoice),
    Mistake("guestMTU: 1500", "guestMTU: 9002", .numberOutOfRange),
    Mistake("{ blue: [", "{ bleu: [", .unknownName),
    Mistake("[\"10.0.0.0/16\"] }", "[\"10.0.0.1/16\"] }", .prefixHostBits),
    Mistake("[\"10.0.0.0/16\"] }", "[\"10.0.1.0/24\"] }", .notInModel),
    Mistake("\"A\", address", "\"AA\", address", .unknownName),
    Mistake("\"203.0.113.11\"", "\"203.0.114.11\"", .unknownName),
    Mistake("\"N1\", check", "\"N3\", check", .unknownName),
    Mistake("check: \"on\"", "check: \"yes\"", .notAChoice),
    Mistake("machines: [\"A\"]", "machines: [\"Z\"]", .unknownName),
    Mistake("{ peer: \"web\" }", "{ peer: \"wob\" }", .unknownName),
    Mistake("protocol: \"tcp\", ports", "protocol: \"icmp\", ports", .accessRuleForm),
    Mistake("protocol: \"tcp\", ports", "protocol: \"tpc\", ports", .protocolSyntax),
    Mistake("ports: \"80\"", "ports: \"http\"", .portSyntax),
    Mistake(
      "networkACLs: [{ subnets: [\"front\"]", "networkACLs: [{ subnets: [\"f\"]", .unknownName),
    Mistake(
      "number: 100, action: \"allow\", peer", "number: 0, action: \"allow\", peer",
      .numberOutOfRange),
    Mistake("action: \"allow\", protocol", "action: \"pass\", protocol", .notAChoice),
    Mistake(
      "routeTables: [{ subnets: [\"front\"]", "routeTables: [{ subnets: [\"x\"]", .unknownName),
    Mistake("target: \"igw\"", "target: \"gateway\"", .unknownName),
    Mistake("to: \"0.0.0.0/0\"", "to: \"0.0.0.0\"", .prefixSyntax),
    Mistake(
      "to: \"0.0.0.0/0\", target: \"igw\"", "to: \"10.0.2.0/24\", target: \"N1\"", .notInModel),
    Mistake("name: \"nat\"", "name: \"A\"", .duplicateName),
    Mistake(
      "subnet: \"edge\", address: \"10.0.2.50\"", "subnet: \"egde\", address: \"10.0.2.50\"",
      .unknownName),
    Mistake("\"10.0.2.50\"", "\"10.0.9.50\"", .addressOutsideSubnet),
    Mistake("\"203.0.113.50\"", "\"203.0.115.50\"", .unknownName),
    Mistake("[\"N1\", \"N2\"]", "[\"N1\", \"N1\"]", .statedTwice),
    Mistake("[\"N1\", \"N2\"]", "[\"N1\"]", .numberOutOfRange),
    Mistake("[\"N1\", \"N2\"]", "[\"N1\", \"A\"]", .nextHopDoesNotForward),
    Mistake("timeout: \"1s\"", "timeout: \"0s\"", .numberOutOfRange),
    Mistake("interval: \"2s\"", "interval: \"0ms\"", .numberOutOfRange),
    Mistake("name: \"nat\"", "name: \"igw-blue\"", .duplicateName),
    Mistake("name: \"nat\"", "name: \"blackhole\"", .duplicateName),
    Mistake("name: \"nat\"", "name: \"10.0.0.1\"", .nameForm),
    Mistake("\"10.0.2.50\"", "\"10.0.2.11\"", .duplicateCustomerAddress),
    Mistake("\"10.0.2.50\"", "\"10.0.2.1\"", .duplicateCustomerAddress),
    Mistake("\"203.0.113.50\"", "\"203.0.113.1\"", .duplicateCustomerAddress),
    Mistake("\"203.0.113.50\"", "\"203.0.113.11\"", .duplicateCustomerAddress),
    Mistake(
      "natGateways: [{",
      "natGateways: [{ name: \"nat0\", subnet: \"edge\", address: \"10.0.2.50\","
        + " publicAddress: \"203.0.113.49\" }, {", .duplicateCustomerAddress),
    Mistake("[\"10.0.0.0/16\"] }", "[\"10.0.0.0/15\"] }", .numberOutOfRange),
    Mistake(
      "networkACLs: [{ subnets: [\"front\"]",
      "networkACLs: [{ subnets: [\"front\"], inbound: [], outbound: [] }, { subnets: [\"front\"]",
      .statedTwice),
    Mistake(
      "inbound: [{ number", "inbound: [{ number: 100, action: \"deny\" }, { number", .statedTwice),
    Mistake(
      "outbound: [{ number", "outbound: [{ number: 100, action: \"deny\" }, { number",
      .statedTwice),
    Mistake(
      "routeTables: [{ subnets: [\"front\"]",
      "routeTables: [{ subnets: [\"front\"], routes: [] }, { subnets: [\"front\"]", .statedTwice),
    Mistake(
      "routes: [{ to: \"0.0.0.0/0\"",
      "routes: [{ to: \"0.0.0.0/0\", target: \"N1\" }, { to: \"0.0.0.0/0\"", .statedTwice),
    Mistake(
      "{ to: \"192.0.2.0/24\"",
      "{ to: \"192.0.2.0/24\", target: \"N1\", propagated: true }, { to: \"192.0.2.0/24\"",
      .statedTwice),
    Mistake("pings: 3", "pings: 0", .numberOutOfRange),
    Mistake("apiDelay: \"4s\"", "apiDelay: \"soon\"", .timeSyntax),
  ])
  func `a mistake in a VPC's section is a diagnostic with its place`(mistake: Mistake) throws {
    try check(mistake, in: Self.vpc)
  }

  @Test(arguments: [
    Mistake("{ blue: [", "{ bleu: [", .unknownName),
    Mistake("\"A\", address", "\"AA\", address", .unknownName),
    Mistake("forwarding: \"off\"", "forwarding: \"no\"", .notAChoice),
    Mistake("\"N1\", forwarding", "\"N7\", forwarding", .unknownName),
    Mistake("machines: [\"A\"]", "machines: [\"Z\"]", .unknownName),
    Mistake("subnets: [\"edge\"]", "subnets: [\"egde\"]", .unknownName),
    Mistake("priority: 100", "priority: 99", .numberOutOfRange),
    Mistake("direction: \"inbound\", peer: \"V", "direction: \"in\", peer: \"V", .notAChoice),
    Mistake("\"10.0.0.0/8\"", "\"10.0.0.1/8\"", .prefixHostBits),
    Mistake("peer: \"VirtualNetwork\"", "peer: \"VirtualNet\"", .notAChoice),
    Mistake("priority: 110", "priority: 100", .statedTwice),
    Mistake(
      "subnets: [\"edge\"]", "subnets: [\"edge\", \"edge\"]", .statedTwice),
    Mistake(
      "subnets: [\"front\"]", "subnets: [\"front\", \"front\"]", .statedTwice),
    Mistake(
      "routes: [{ to", "routes: [{ to: \"0.0.0.0/0\", nextHop: \"None\" }, { to", .statedTwice),
    Mistake("\"203.0.113.11\"", "\"203.0.113.1\"", .duplicateCustomerAddress),
    Mistake("nextHop: \"10.0.2.11\"", "nextHop: \"Nowhere\"", .notAChoice),
    Mistake("subnets: [\"front\"]", "subnets: [\"frint\"]", .unknownName),
  ])
  func `a mistake in Azure's section is a diagnostic with its place`(mistake: Mistake) throws {
    try check(mistake, in: Self.azure)
  }

  @Test func `routes, rules and priorities of different kinds stand beside one another`() {
    let routes = Self.vpc.replacing("to: \"192.0.2.0/24\"", with: "to: \"0.0.0.0/0\"")
    #expect(Self.diagnostics(routes) == [])
    let rules = Self.azure.replacing(
      "priority: 110, action: \"allow\", direction: \"inbound\"",
      with: "priority: 100, action: \"allow\", direction: \"outbound\"")
    #expect(rules != Self.azure && Self.diagnostics(rules) == [])
  }

  @Test func `whoever has an address or names a pair is named`() throws {
    func words(_ old: String, _ new: String) -> String {
      Self.diagnostics(Self.vpc.replacing(old, with: new)).map { "\($0)" }.joined()
    }
    #expect(words("\"10.0.2.50\"", "\"10.0.2.11\"").contains("the address of N1"))
    #expect(words("\"N1\", \"N2\"", "\"N1\", \"N1\"").contains("N1 is named twice"))
  }

  private func check(_ mistake: Mistake, in text: String) throws {
    #expect(text.contains(mistake.old))
    let diagnostics = Self.diagnostics(
      text.replacing(mistake.old, with: mistake.new, maxReplacements: 1))
    let diagnostic = try #require(diagnostics.first { $0.rule == mistake.rule }, "\(diagnostics)")
    #expect(diagnostic.place?.file == "l.json5")
    #expect(diagnostics.allSatisfy { $0.rule == mistake.rule }, "\(diagnostics)")
  }
}
