import HNVCore
import HNVSim
import Testing

/// Access lists of ports, VLANs and the router's interfaces, in Cisco's order.
@Suite struct SwitchListTests {
  /// A place where a list can stand on the way of a packet from A.
  enum Stage: CaseIterable {
    case senderPort, vlanIn, sviIn, sviOut, vlanOut, receiverPort

    var isOfRouter: Bool { self == .sviIn || self == .sviOut }
  }

  /// What a row of the table sends: from A to where, and by way of which lists.
  enum Way: CaseIterable {
    case bridged, routed

    var receiver: String { self == .bridged ? "B" : "X" }
    var egress: String { self == .bridged ? "front" : "back" }
    var stages: [Stage] {
      self == .routed ? Stage.allCases : Stage.allCases.filter { !$0.isOfRouter }
    }
  }

  private static func deny(_ stage: Stage, on way: Way, in lab: inout Lab) {
    func add(_ subnet: String, _ at: String, _ direction: String) {
      lab.vlan.accessLists.append(list(subnet, at, direction, [("deny", nil, nil)]))
    }
    switch stage {
    case .senderPort: lab.change("A") { $0.rule(.deny, .outbound) }
    case .receiverPort: lab.change(way.receiver) { $0.rule(.deny, .inbound) }
    case .vlanIn: add("front", "vlan", "in")
    case .sviIn: add("front", "svi", "in")
    case .sviOut: add(way.egress, "svi", "out")
    case .vlanOut: add(way.egress, "vlan", "out")
    }
  }

  static func list(
    _ subnet: String, _ at: String, _ direction: String,
    _ rules: [(action: String, from: String?, to: String?)], otherwise: String? = nil
  ) -> VLANSection.AccessList {
    VLANSection.AccessList(
      subnet: SmallLab.written(subnet), at: SmallLab.written(at),
      direction: SmallLab.written(direction),
      rules: rules.map { rule in
        VLANSection.Rule(
          action: SmallLab.written(rule.action), from: rule.from.map(SmallLab.written),
          to: rule.to.map(SmallLab.written))
      }, otherwise: otherwise.map(SmallLab.written))
  }

  private static func words(_ stage: Stage, on way: Way) -> String {
    switch stage {
    case .senderPort: "outbound rule 1 of the port of A"
    case .vlanIn: "rule 1 of the list in of the VLAN of front"
    case .sviIn: "rule 1 of the list in of the SVI of front"
    case .sviOut: "rule 1 of the list out of the SVI of \(way.egress)"
    case .vlanOut: "rule 1 of the list out of the VLAN of \(way.egress)"
    case .receiverPort: "inbound rule 1 of the port of \(way.receiver)"
    }
  }

  private static func element(_ stage: Stage, on way: Way) -> String {
    switch stage {
    case .senderPort: "hv1"
    case .receiverPort: way == .bridged ? "hv2" : "hv3"
    default: "switch"
    }
  }

  @Test(arguments: Way.allCases)
  func `of lists that all deny, the first on the way does it`(way: Way) throws {
    for (number, stage) in way.stages.enumerated() {
      let fabric = try TraditionalLab.fabric { lab in
        for later in way.stages[number...] { Self.deny(later, on: way, in: &lab) }
      }
      let trace = try fabric.trace(TraditionalLab.question("A", way.receiver))
      let isLeaving = [.senderPort, .vlanIn, .sviIn].contains(stage)
      #expect(trace.disposition == (isLeaving ? .deniedOut : .deniedIn))
      let decision = try #require(trace.decision)
      #expect(decision.element == Self.element(stage, on: way))
      #expect(decision.step.detail.hasPrefix(Self.words(stage, on: way)), "\(decision.step.detail)")
      #expect(decision.step.fix?.contains("10.0.1.11") == true)
    }
  }

  @Test func `an SVI that denies A to B has no effect, and a port's rule does`() throws {
    let svi = try TraditionalLab.fabric { lab in
      for direction in ["in", "out"] {
        lab.vlan.accessLists.append(
          Self.list("front", "svi", direction, [("deny", "10.0.1.11/32", "10.0.1.12/32")]))
      }
    }
    #expect(try svi.reach(from: "A", to: "B").isReachable)
    let port = try TraditionalLab.fabric { lab in
      lab.change("B") { $0.rule(.deny, .inbound, remote: "10.0.1.11/32") }
    }
    #expect(try port.trace(from: "A", to: "B").disposition == .deniedIn)
    #expect(try port.reach(from: "C", to: "B").isReachable)
  }

  @Test func `the switch's lists are not asked about machines of one host`() throws {
    let fabric = try TraditionalLab.fabric { lab in
      lab.vlan.accessLists = [Self.list("front", "vlan", "in", [("deny", nil, nil)])]
    }
    #expect(try fabric.reach(from: "A", to: "C").isReachable)
    #expect(try fabric.trace(from: "A", to: "B").disposition == .deniedOut)
  }

  @Test(arguments: [nil, "deny", "allow"])
  func `what no rule of a list matches is denied unless the list says otherwise`(
    otherwise: String?
  ) throws {
    let fabric = try TraditionalLab.fabric { lab in
      lab.vlan.accessLists = [
        Self.list(
          "front", "svi", "in", [("allow", nil, "10.1.2.0/24")], otherwise: otherwise)
      ]
    }
    #expect(try fabric.reach(from: "A", to: "X").isReachable)
    #expect(try fabric.reach(from: "A", to: "internet").isReachable == (otherwise == "allow"))
    // The router's own address is behind the list as well.
    #expect(try fabric.reach(from: "A", to: "10.0.1.1").isReachable == (otherwise == "allow"))
  }

  @Test func `rules see ports and protocols, each in the direction of its list`() throws {
    let fabric = try TraditionalLab.fabric { lab in
      var list = Self.list("back", "svi", "out", [], otherwise: "allow")
      list.rules = [
        VLANSection.Rule(
          action: SmallLab.written("deny"), ipProtocol: SmallLab.written("tcp"),
          toPorts: SmallLab.written("23"))
      ]
      lab.vlan.accessLists = [list]
    }
    func telnet(_ from: String, _ to: String, _ port: UInt16) -> Question {
      Question(from: from, to: to, ipProtocol: .tcp, destinationPort: port)
    }
    #expect(try fabric.trace(telnet("A", "X", 23)).disposition == .deniedIn)
    #expect(try fabric.reach(telnet("A", "X", 22)).isReachable)
    #expect(try fabric.reach(telnet("X", "A", 23)).isReachable)
  }

  @Test func `an SVI's outbound list does not stop what the router itself sends`() throws {
    let fabric = try TraditionalLab.fabric { lab in
      lab.vlan.accessLists = [Self.list("front", "svi", "out", [("deny", nil, nil)])]
    }
    #expect(try fabric.reach(from: "A", to: "10.0.1.1").isReachable)
    #expect(try fabric.trace(from: "X", to: "A").disposition == .deniedIn)
  }

  @Test func `ports keep no state: a stateful rule is a warning, and the answer needs a rule`()
    throws
  {
    let fabric = try TraditionalLab.fabric { lab in
      lab.change("A") { machine in
        machine.rule(.allow, .outbound, stateful: true)
        machine.rule(.deny, .inbound)
      }
    }
    #expect(fabric.warnings.map(\.rule) == [.notInModel])
    let trace = try fabric.trace(from: "A", to: "B")
    #expect(trace.disposition == .accepted && trace.failure?.disposition == .deniedIn)
  }
}
