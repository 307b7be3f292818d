import HNVCore
import Testing

@testable import HNVSim

/// What OVN's tracer cannot be asked: tunnels, port security, connections, rows that contradict.
@Suite struct OVNModelTests {
  private let place = Place(file: "ovn", line: 1)

  private func fabric(_ change: (inout Lab) -> Void = { _ in }) throws -> Fabric {
    var lab = ContractLab.plain()
    change(&lab)
    return try Fabric(lab, under: OVNModel())
  }

  private func acl(
    _ direction: String, _ priority: UInt64, _ action: String, from source: String? = nil
  ) -> OVNSection.ACL {
    OVNSection.ACL(
      subnet: Written("front", at: place), direction: Written(direction, at: place),
      priority: priority, action: Written(action, at: place),
      source: source.map { Written($0, at: place) })
  }

  @Test func `the highest priority decides, whatever is written first`() throws {
    let fabric = try fabric { lab in
      lab.ovn.acls = [
        acl("to-lport", 10, "drop"), acl("to-lport", 20, "allow", from: "10.0.1.11/32"),
      ]
    }
    #expect(try fabric.trace(from: "A", to: "B").disposition == .accepted)
    #expect(try fabric.trace(from: "C", to: "B").disposition == .deniedIn)
  }

  @Test func `a tracked connection of a row is answered through a list that denies`() throws {
    // Nothing may come in from B, but for what A began.
    let stateless = try fabric { lab in
      lab.ovn.acls = [
        acl("to-lport", 10, "drop", from: "10.0.1.12/32"), acl("from-lport", 5, "allow"),
      ]
    }
    let stateful = try fabric { lab in
      lab.ovn.acls = [
        acl("to-lport", 10, "drop", from: "10.0.1.12/32"), acl("from-lport", 5, "allow-related"),
      ]
    }
    #expect(!(try stateless.reach(from: "A", to: "B").isReachable))
    #expect(try stateful.reach(from: "A", to: "B").isReachable)
    #expect(!(try stateful.reach(from: "B", to: "A").isReachable))
  }

  @Test func `a row for every port meets what the router sends as well`() throws {
    let fabric = try fabric { $0.ovn.acls = [acl("from-lport", 10, "drop", from: "10.1.2.0/24")] }
    // X's packet enters the switch of front by the router's port.
    #expect(try fabric.trace(from: "X", to: "A").disposition == .deniedOut)
  }

  @Test func `two rows of one priority that disagree are reported`() throws {
    let fabric = try fabric { lab in
      lab.ovn.acls = [acl("to-lport", 10, "drop"), acl("to-lport", 10, "allow")]
    }
    #expect(fabric.warnings.map(\.rule) == [.notInModel])
    #expect(fabric.warnings.first?.value == "10")
  }

  @Test func `a section that names nothing known is refused, all at once`() {
    let diagnostics = #expect(throws: Diagnostics.self) {
      try fabric { lab in
        var row = acl("to-port", 40000, "permit")
        row.machine = Written("X", at: place)
        lab.ovn.acls = [row]
      }
    }
    #expect(diagnostics?.all.map(\.value).sorted() == ["40000", "X", "permit", "to-port"])
  }

  @Test func `the tunnel carries the logical ports, and the TTL runs out at the router`()
    throws
  {
    let fabric = try fabric()
    var keys: [GeneveHeader.LogicalPorts?] = []
    let simulation = Simulation(fabric.network, keepingSteps: false)
    simulation.world.tap = { frameInTransit in
      if case .geneve(let header, _) = frameInTransit.frame.packet?.transport,
        frameInTransit.sender == .host(0)
      {
        keys.append(header.logicalPorts)
      }
    }
    let number = simulation.send(
      try Question(from: "A", to: "B").testPacket(in: fabric.network.intent))
    simulation.run()
    #expect(simulation.journal.journeys[number].ending?.disposition == .accepted)
    // A is the first port of front, B the third: C is declared between them.
    #expect(keys == [GeneveHeader.LogicalPorts(ingress: 1, egress: 3)])
    let lost = try fabric.trace(Question(from: "A", to: "X", timeToLive: 1))
    #expect(lost.disposition == .timeToLiveExceeded)
    #expect(lost.replies.first?.packet.source == .v4(IPv4Address(10, 0, 1, 1)))
  }
}
