import HNVCore
import HNVSim
import Testing

/// Checks, security groups and network ACLs (Amazon VPC User Guide).
@Suite struct VPCFilterTests {
  private func vpc(_ change: (inout Lab) -> Void) throws -> Fabric {
    try Fabric(CloudLab.lab(change), under: VPCModel())
  }

  private func tcp(_ from: String, _ to: String, _ port: UInt16) -> Question {
    Question(from: from, to: to, ipProtocol: .tcp, destinationPort: port)
  }

  private static func group(
    _ name: String, _ machines: [String], inbound: [(peer: String?, ports: String?)],
    outbound: [(peer: String?, ports: String?)]? = nil
  ) -> VPCSection.SecurityGroup {
    func rules(_ rules: [(peer: String?, ports: String?)]) -> [VPCSection.GroupRule] {
      rules.map { rule in
        VPCSection.GroupRule(
          peer: rule.peer.map { CloudLab.written($0) },
          ipProtocol: rule.ports.map { _ in CloudLab.written("tcp") },
          ports: rule.ports.map { CloudLab.written($0) })
      }
    }
    return VPCSection.SecurityGroup(
      name: CloudLab.written(name), machines: CloudLab.written(machines),
      inbound: rules(inbound), outbound: outbound.map { rules($0) })
  }

  @Test func `the destination check keeps what is for others from a machine`() throws {
    let fabric = try vpc { lab in
      lab.vpc.sourceDestinationChecks = [
        VPCSection.SourceDestinationCheck(
          machine: CloudLab.written("GW"), check: CloudLab.written("on"))
      ]
    }
    let trace = try fabric.ping("A", "internet")
    #expect(trace.disposition == .notForwarding && trace.hops.last?.element == "hv3")
    #expect(trace.decision?.step.setting == "sourceDestinationCheck=on")
    #expect(try fabric.reach(from: "A", to: "GW").isReachable)
  }

  @Test(arguments: [true, false])
  func `the source check stops an answer from another adapter's address`(isOn: Bool) throws {
    let fabric = try vpc { lab in
      lab.machine("M", on: "hv2", in: "back", "10.1.2.20") { machine in
        machine.interface(in: "gateway", "10.0.2.20")
      }
      guard !isOn else { return }
      lab.vpc.sourceDestinationChecks = [
        VPCSection.SourceDestinationCheck(
          machine: CloudLab.written("M"), check: CloudLab.written("off"))
      ]
    }
    // M answers from 10.0.2.20 by its default route, which leads out of its other adapter.
    let trace = try fabric.ping("A", "10.0.2.20")
    #expect(trace.disposition == .accepted)
    #expect(trace.reply?.disposition == (isOn ? .invalidSource : .accepted))
  }

  @Test func `a security group lets in what it allows, also within a subnet, and its answers out`()
    throws
  {
    let fabric = try vpc {
      $0.vpc.securityGroups = [
        Self.group("web", ["B"], inbound: [("10.0.1.0/24", "80")], outbound: [])
      ]
    }
    #expect(try fabric.reach(tcp("A", "B", 80)).isReachable)
    #expect(try fabric.reach(tcp("A", "B", 81)).disposition == .deniedIn)
    #expect(try fabric.reach(tcp("X", "B", 80)).disposition == .deniedIn)
    #expect(try fabric.reach(tcp("B", "A", 80)).disposition == .deniedOut)
  }

  @Test func `groups add up, and a group can be a peer`() throws {
    let fabric = try vpc {
      $0.vpc.securityGroups = [
        Self.group("web", ["B"], inbound: [("clients", "80")]),
        Self.group("ops", ["B"], inbound: [("10.1.0.0/16", "22")]),
        Self.group("clients", ["A"], inbound: []),
      ]
    }
    #expect(try fabric.reach(tcp("A", "B", 80)).isReachable)
    #expect(try fabric.reach(tcp("A", "B", 22)).disposition == .deniedIn)
    #expect(try fabric.reach(tcp("X", "B", 22)).isReachable)
    #expect(try fabric.reach(tcp("X", "B", 80)).disposition == .deniedIn)
    #expect(try fabric.reach(tcp("B", "A", 80)).disposition == .deniedIn)
  }

  @Test func `rules that allow and then deny everything are a security group`() throws {
    let fabric = try vpc { lab in
      lab.change("B") { machine in
        machine.rule(.allow, .inbound, remote: "10.0.1.0/24", ipProtocol: .tcp, localPorts: "80")
        machine.rule(.deny, .inbound)
      }
    }
    #expect(fabric.warnings.map(\.value) == ["internet"])
    #expect(try fabric.reach(tcp("A", "B", 80)).isReachable)
    #expect(try fabric.reach(tcp("A", "B", 81)).disposition == .deniedIn)
    #expect(try fabric.reach(from: "B", to: "A").isReachable)
  }

  @Test func `a denial of something cannot be said, and is reported`() throws {
    let alone = try vpc { lab in
      lab.change("B") { $0.rule(.deny, .inbound, ipProtocol: .tcp, localPorts: "23") }
    }
    #expect(alone.warnings.contains { $0.value == "rule 1 of B" && $0.rule == .notInModel })
    #expect(try alone.reach(tcp("A", "B", 23)).isReachable)
    let beside = try vpc { lab in
      lab.change("B") { machine in
        machine.rule(.deny, .inbound, remote: "10.1.2.11/32")
        machine.rule(.allow, .inbound, remote: "10.0.1.0/24")
      }
    }
    #expect(beside.warnings.contains { $0.value == "rule 1 of B" })
    #expect(try beside.reach(from: "A", to: "B").isReachable)
    #expect(try beside.reach(from: "X", to: "B").disposition == .deniedIn)
  }

  private static func rule(
    _ number: UInt64, _ action: String, _ peer: String? = nil, ports: String? = nil
  ) -> VPCSection.ACLRule {
    VPCSection.ACLRule(
      number: number, action: CloudLab.written(action), peer: peer.map { CloudLab.written($0) },
      ipProtocol: ports.map { _ in CloudLab.written("tcp") },
      ports: ports.map { CloudLab.written($0) })
  }

  private func acl(
    inbound: [VPCSection.ACLRule], outbound: [VPCSection.ACLRule]
  ) throws -> Fabric {
    try vpc {
      $0.vpc.networkACLs = [
        VPCSection.NetworkACL(
          subnets: CloudLab.written(["front"]), inbound: inbound, outbound: outbound)
      ]
    }
  }

  @Test func `a network ACL is asked only where a subnet is left or entered`() throws {
    let fabric = try acl(inbound: [], outbound: [])
    #expect(try fabric.reach(from: "A", to: "B").isReachable)
    #expect(try fabric.reach(from: "A", to: "X").disposition == .deniedOut)
    #expect(try fabric.reach(from: "X", to: "A").disposition == .deniedIn)
    #expect(try fabric.reach(from: "X", to: "GW").isReachable)
  }

  @Test func `a network ACL has no state, and its lowest number decides`() throws {
    let fabric = try acl(
      inbound: [Self.rule(200, "allow"), Self.rule(100, "deny", "10.0.2.0/24")],
      outbound: [Self.rule(100, "allow", ports: "80")])
    // Out by rule 100; the answer in by rule 200.
    #expect(try fabric.reach(tcp("A", "X", 80)).isReachable)
    let back = try fabric.trace(tcp("X", "A", 80))
    #expect(back.disposition == .accepted && back.reply?.disposition == .deniedOut)
    let denied = try fabric.trace(tcp("GW", "A", 80))
    #expect(denied.disposition == .deniedIn)
    #expect(denied.lastWords == "inbound rule 100 of network ACL of front denies the packet")
    #expect(denied.decision?.step.lookup?.notChosen.count == 1)
  }
}
