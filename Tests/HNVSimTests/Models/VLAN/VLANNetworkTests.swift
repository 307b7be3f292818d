import HNVCore
import Testing

@testable import HNVSim

/// Networks as a whole: kept apart, of both families, and the same in every run.
@Suite struct VLANNetworkTests {
  /// Red has the prefix of blue's front, and R the address of B, on B's host.
  private func twins(_ change: (inout Lab) -> Void = { _ in }) throws -> Fabric {
    try TraditionalLab.fabric { lab in
      lab.network("red") { $0.subnet("scarlet", "10.0.1.0/24") }
      lab.machine("R", on: "hv2", in: "scarlet", "10.0.1.12")
      lab.machine("S", on: "hv1", in: "scarlet", "10.0.1.14")
      change(&lab)
    }
  }

  @Test func `networks with the same addresses do not meet`() throws {
    let fabric = try twins()
    #expect(try fabric.trace(from: "A", to: "B").delivered?.machine == "B")
    #expect(try fabric.trace(from: "S", to: "R").delivered?.machine == "R")
    // By its address S finds R, its neighbour; what blue alone has it does not find at all.
    #expect(try fabric.trace(from: "S", to: "10.0.1.12").delivered?.machine == "R")
    #expect(try fabric.trace(from: "S", to: "10.0.1.11").disposition == .neighborUnreachable)
    let lost = try fabric.trace(from: "S", to: "10.1.2.11")
    #expect(lost.disposition == .noRoute)
    #expect(lost.decision?.step.lookup?.table == "routes of switch in VRF red")
  }

  @Test func `a broadcast stays in its VLAN`() throws {
    let trace = try twins().trace(from: "S", to: "10.0.1.255")
    #expect(trace.family.compactMap(\.delivered?.machine).sorted() == ["R", "switch"])
  }

  @Test(arguments: Stack.allCases)
  func `both families are bridged and routed alike`(stack: Stack) throws {
    let fabric = try Fabric(SmallLab.lab(stack.families), under: VLANModel())
    for (to, left) in [("B", 64), ("X", 63)] as [(String, UInt8)] {
      let trace = try fabric.trace(TraditionalLab.question("A", to))
      #expect(trace.isAnswered && trace.delivered?.timeToLive == left)
    }
  }

  @Test func `a redirect is sent over IPv6 as well, FreeBSD's by a default route too`() throws {
    for variant in ["rfc1812", "linux", "freebsd"] {
      let lab = SmallLab.lab([.v6]) { lab in
        lab.networks[0].route(to: "::/0", via: "fd00:1::12")
        lab.change("B") { $0.forwards = true }
        lab.vlan.redirects = SmallLab.written(variant)
      }
      let trace = try Fabric(lab, under: VLANModel()).trace(from: "A", to: "2001:db8::1")
      #expect(trace.redirects.first?.delivered?.machine == "A")
    }
  }

  @Test func `a TTL of 1 ends at the router, which says so from the sender's SVI`() throws {
    let fabric = try TraditionalLab.fabric()
    let trace = try fabric.trace(Question(from: "X", to: "A", timeToLive: 1))
    #expect(trace.disposition == .timeToLiveExceeded && trace.decision?.element == "switch")
    #expect(trace.reply?.packet.source == (try IPAddress(parsing: "10.1.2.1")))
    #expect(trace.reply?.delivered?.machine == "X")
    // Within a subnet nobody spends it.
    #expect(try fabric.reach(Question(from: "A", to: "B", timeToLive: 1)).isReachable)
    let hops = try fabric.traceroute(from: "X", to: "internet").hops
    #expect(
      hops.compactMap { $0.answer.map { "\($0.address)" } }
        == ["10.1.2.1", "10.0.1.250", "198.51.100.10"])
  }

  @Test func `the claims are those of a traditional network`() throws {
    let claims = try TraditionalLab.fabric().claims
    #expect(claims.withinSubnet.value == .init(.kept, decrementsTimeToLive: false))
    #expect(claims.betweenSubnets.value == .init(.bothRewritten, decrementsTimeToLive: true))
    #expect(claims.sameSubnetNextHop.value == .hairpin && claims.guestGateway.value == .works)
    #expect(claims.encapsulation.value.overhead == 0)
  }

  @Test(arguments: LabFiles.names)
  func `every lab runs, ends every packet, and does so twice alike`(name: String) throws {
    let lab = try LabFiles.lab(name)
    guard let fabric = try? Fabric(lab, under: VLANModel()) else {
      let diagnostics = Fabric.check(lab, under: VLANModel())
      #expect(diagnostics.contains { $0.severity == .error })
      return
    }
    for question in try fabric.pairs().prefix(16) {
      let trace = try fabric.trace(question)
      #expect(trace.family.allSatisfy { $0.disposition.class != .analysis })
      #expect(try fabric.trace(question) == trace)
      #expect(try fabric.reach(question).isReachable == trace.isAnswered)
    }
  }
}
