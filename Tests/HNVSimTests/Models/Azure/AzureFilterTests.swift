import HNVCore
import Testing

@testable import HNVSim

/// Network security groups (Azure, "How network security groups filter network traffic").
@Suite struct AzureFilterTests {
  private func azure(_ change: (inout Lab) -> Void) throws -> Fabric {
    try Fabric(CloudLab.lab(change), under: AzureModel())
  }

  private func tcp(_ from: String, _ to: String, _ port: UInt16) -> Question {
    Question(from: from, to: to, ipProtocol: .tcp, destinationPort: port)
  }

  private static func rule(
    _ priority: UInt64, _ action: String, _ direction: String, _ peer: String? = nil,
    ports: String? = nil
  ) -> AzureSection.SecurityRule {
    AzureSection.SecurityRule(
      priority: priority, action: CloudLab.written(action),
      direction: CloudLab.written(direction), peer: peer.map { CloudLab.written($0) },
      ipProtocol: ports.map { _ in CloudLab.written("tcp") },
      ports: ports.map { CloudLab.written($0) })
  }

  private static func group(
    machines: [String] = [], subnets: [String] = [], _ rules: [AzureSection.SecurityRule]
  ) -> AzureSection.SecurityGroup {
    AzureSection.SecurityGroup(
      name: CloudLab.written("nsg"), machines: CloudLab.written(machines),
      subnets: CloudLab.written(subnets), rules: rules)
  }

  @Test func `the default rules let the virtual network in and the internet not`() throws {
    let fabric = try azure { $0.azure.securityGroups = [Self.group(machines: ["GW"], [])] }
    #expect(try fabric.reach(from: "A", to: "GW").isReachable)
    #expect(try fabric.reach(from: "GW", to: "internet").isReachable)
    let trace = try fabric.ping("internet", "GW")
    #expect(trace.disposition == .deniedIn && trace.lastWords.contains("rule 65500"))
  }

  @Test func `the lowest priority decides, and answers need no rule`() throws {
    let fabric = try azure {
      $0.azure.securityGroups = [
        Self.group(
          machines: ["B"],
          [
            Self.rule(300, "deny", "inbound"), Self.rule(200, "allow", "inbound", ports: "80"),
            Self.rule(100, "deny", "outbound"),
          ])
      ]
    }
    #expect(try fabric.reach(tcp("A", "B", 80)).isReachable)
    #expect(try fabric.reach(tcp("A", "B", 81)).disposition == .deniedIn)
    #expect(try fabric.reach(tcp("B", "A", 80)).disposition == .deniedOut)
  }

  @Test func `a subnet's group is asked within the subnet as well`() throws {
    let fabric = try azure {
      $0.azure.securityGroups = [
        Self.group(
          subnets: ["front"],
          [
            Self.rule(100, "deny", "inbound", "10.0.1.0/24"),
            Self.rule(100, "allow", "outbound"),
          ])
      ]
    }
    #expect(try fabric.reach(from: "A", to: "B").disposition == .deniedIn)
    #expect(try fabric.reach(from: "X", to: "B").isReachable)
  }

  @Test func `what leaves meets the interface's group first, what arrives the subnet's`() throws {
    let fabric = try azure {
      $0.azure.securityGroups = [
        Self.group(machines: ["A"], [Self.rule(100, "allow", "outbound")]),
        Self.group(machines: ["B"], [Self.rule(100, "allow", "inbound")]),
        Self.group(subnets: ["front"], [Self.rule(100, "allow", "inbound")]),
      ]
    }
    let steps = try fabric.ping("A", "B").hops.flatMap(\.steps).filter { $0.action == .permitted }
    #expect(
      steps.compactMap { $0.lookup?.table } == [
        "network security group nsg of A", "network security group nsg of subnet front",
        "network security group nsg of subnet front", "network security group nsg of B",
      ])
  }

  @Test func `service tags stand for the virtual network, and for all else`() throws {
    let fabric = try azure {
      $0.azure.securityGroups = [
        Self.group(machines: ["GW"], [Self.rule(100, "allow", "inbound", "Internet", ports: "80")]),
        Self.group(machines: ["B"], [Self.rule(100, "deny", "inbound", "VirtualNetwork")]),
      ]
    }
    #expect(try fabric.reach(tcp("internet", "GW", 80)).isReachable)
    #expect(try fabric.reach(tcp("internet", "GW", 81)).disposition == .deniedIn)
    #expect(try fabric.reach(tcp("A", "B", 80)).disposition == .deniedIn)
  }

  @Test func `an adapter's own rules are a group that honours them all`() throws {
    let fabric = try azure { lab in
      lab.change("B") { $0.rule(.deny, .inbound, ipProtocol: .tcp, localPorts: "23") }
    }
    #expect(fabric.warnings.map(\.value) == ["internet"])
    #expect(try fabric.reach(tcp("A", "B", 23)).disposition == .deniedIn)
    #expect(try fabric.reach(tcp("A", "B", 24)).isReachable)
    #expect(try fabric.ping("B", "internet").isAnswered)
  }

  @Test func `a prefix without another is what is left of it`() throws {
    let whole = try IPPrefix(parsing: "10.0.0.0/14")
    let hole = try IPPrefix(parsing: "10.2.0.0/16")
    let rest = whole.subtracting(hole)
    #expect(Set(rest.map { "\($0)" }) == ["10.0.0.0/15", "10.3.0.0/16"])
    #expect(whole.subtracting(whole) == [])
    #expect(hole.subtracting(whole) == [])
    #expect(hole.subtracting(try IPPrefix(parsing: "10.3.0.0/16")) == [hole])
  }
}
