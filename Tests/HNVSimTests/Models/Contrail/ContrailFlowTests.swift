import HNVCore
import Testing

@testable import HNVSim

/// What a flow is asked before it is bridged or routed.
struct ContrailFlowTests {
  /// X's network has no static route: A's and B's own gateway is GW, in their subnet.
  private func guestGateway(rpf: String?) throws -> Fabric {
    try ContrailLab.inside { lab in
      lab.networks[0].routes = []
      lab.change("A") { $0.gateways = [SmallLab.written("10.0.1.250")] }
      lab.contrail.rpf = rpf.map { SmallLab.written($0) }
    }
  }

  @Test func `what returns by a gateway that only guests know fails the reverse path check`() throws
  {
    let trace = try guestGateway(rpf: nil).ping("A", "internet")
    #expect(trace.disposition == .exitsNetwork && trace.sent?.destinationMAC != ContrailLab.vRouter)
    let reply = try #require(trace.reply)
    #expect(reply.disposition == .invalidSource)
    let decision = try #require(reply.decision)
    #expect(decision.element == "hv3" && decision.step.setting == "rpf=on")
    #expect(decision.step.fix?.contains("turn off rpf") == true)
  }

  @Test func `without the check it returns, in all networks or in one`() throws {
    #expect(try guestGateway(rpf: "off").ping("A", "internet").isAnswered)
    let own = ContrailSection.Network(
      network: SmallLab.written("blue"), rpf: SmallLab.written("off"))
    let fabric = try ContrailLab.inside { lab in
      lab.networks[0].routes = []
      lab.change("A") { $0.gateways = [SmallLab.written("10.0.1.250")] }
      lab.contrail.networks = [own]
    }
    #expect(try fabric.ping("A", "internet").isAnswered)
  }

  @Test func `a machine may send from what a static route leads to it for`() throws {
    let reply = try #require(try ContrailLab.inside().ping("A", "internet").reply)
    #expect(reply.disposition == .accepted)
    let checks = reply.hops.filter { $0.element == "hv3" }.flatMap(\.steps).filter {
      $0.action == .checked
    }
    #expect(checks.first?.lookup?.match?.hasPrefix("0.0.0.0/0 via 10.0.1.250") == true)
  }

  @Test(arguments: ["l2_l3", "l3"], ["B", "C"])
  func `rules hold within a subnet, on one host and between two`(
    mode: String, receiver: String
  ) throws {
    func trace(_ direction: AccessRule.Direction, of machine: String) throws -> Trace {
      try ContrailLab.article { lab in
        lab.contrail.set("2014-11", mode)
        lab.change(machine) { $0.rule(.deny, direction) }
      }.ping("A", receiver)
    }
    let out = try trace(.outbound, of: "A")
    #expect(out.disposition == .deniedOut && out.decision?.element == "hv1")
    let into = try trace(.inbound, of: receiver)
    #expect(into.disposition == .deniedIn)
    #expect(into.decision?.element == (receiver == "B" ? "hv2" : "hv1"))
  }

  @Test func `an answer passes whatever the rules say of its direction`() throws {
    let fabric = try ContrailLab.article { lab in
      lab.change("A") { $0.rule(.deny, .inbound) }
      lab.change("B") { $0.rule(.deny, .outbound) }
    }
    #expect(try fabric.ping("A", "B").isAnswered)
    #expect(try fabric.ping("B", "A").disposition == .deniedOut)
    #expect(try fabric.ping("X", "A").disposition == .deniedIn)
  }
}
