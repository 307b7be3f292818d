import HNVCore
import HNVSim
import Testing

/// How large guests' packets are: "NVGRE MTU reduction" of the TechNet wiki, for 2012 R2.
@Suite struct GuestMTUTests {
  private func lab(
    _ release: String = "2012R2", underlay: UInt64? = nil, _ settings: [String: String] = [:],
    _ guest: HNVSection.Guest? = nil, _ change: (inout Lab) -> Void = { _ in }
  ) -> Lab {
    SmallLab.lab { lab in
      lab.hnv.release = SmallLab.written(release)
      lab.underlay.mtu = underlay
      lab.hnv.settings = settings.sorted { $0.key < $1.key }.map {
        HNVSection.Named(SmallLab.written($0.key), SmallLab.written($0.value))
      }
      lab.hnv.guests = guest.map { [$0] } ?? []
      change(&lab)
    }
  }

  /// The largest echo that A puts on the wire, its headers included.
  private func largest(_ lab: Lab) throws -> Int {
    let fabric = try Fabric(lab)
    var most = 0
    for bytes in [1430, 1438, 1450, 1458, 1500] {
      let trace = try fabric.trace(Question(from: "A", to: "B", size: bytes - 28))
      if trace.sent != nil { most = bytes }
    }
    return most
  }

  @Test func `2012 R2 leaves room for what its encapsulation adds`() throws {
    #expect(try largest(lab()) == 1458)
    #expect(try largest(lab("2012R2", ["encapsulation": "vxlan"])) == 1450)
    let overIPv6 = lab { lab in
      for index in lab.hosts.indices {
        lab.hosts[index].address = SmallLab.written("2001:db8::\(index + 1)")
      }
    }
    #expect(try largest(overIPv6) == 1438)
  }

  @Test func `2012 and 2016 leave guests as they are`() throws {
    #expect(try largest(lab("2012", underlay: 1600)) == 1500)
    #expect(try largest(lab("2016", underlay: 1600)) == 1500)
    // The setting decides, and the release only presets it.
    #expect(try largest(lab("2012", ["guestMTU": "automatic"])) == 1458)
    #expect(try largest(lab("2012R2", underlay: 1600, ["guestMTU": "unchanged"])) == 1500)
  }

  @Test(arguments: [
    ("linux", "synthetic", "beforeBoot"), ("windows", "legacy", "beforeBoot"),
    ("windows", "synthetic", "afterBoot"),
  ])
  func `each condition that fails leaves the guest at 1500`(
    system: String, adapter: String, moment: String
  ) throws {
    let guest = HNVSection.Guest(
      machine: SmallLab.written("A"), system: SmallLab.written(system),
      adapter: SmallLab.written(adapter), virtualSubnetSet: SmallLab.written(moment))
    let lab = lab("2012R2", [:], guest)
    #expect(try largest(lab) == 1500)
    let trace = try Fabric(lab).trace(Question(from: "A", to: "B", size: 1472))
    #expect(!trace.disposition.isSuccess)
    #expect(trace.decision?.element == "underlay")
    // The sender's own step says why it sent as much.
    let step = try #require(trace.hops[0].steps.first { $0.action == .checked })
    #expect(step.setting == "guestMTU=automatic")
    #expect(step.detail.contains("1458 plus encapsulation"))
    #expect(Fabric.check(lab).map(\.rule) == [.underlayMTU])
  }

  @Test func `the conditions, when said, are what they are by default`() throws {
    let guest = HNVSection.Guest(
      machine: SmallLab.written("A"), system: SmallLab.written("windows"),
      adapter: SmallLab.written("synthetic"), virtualSubnetSet: SmallLab.written("beforeBoot"))
    #expect(try largest(lab("2012R2", [:], guest)) == 1458)
  }

  @Test func `with jumbo frames on the underlay guests keep 1500`() throws {
    #expect(try largest(lab("2012R2", underlay: 9000)) == 1500)
    #expect(Fabric.check(lab("2012R2", underlay: 9000)).isEmpty)
  }

  @Test func `the lab's own word counts, and is checked`() throws {
    let own = lab { $0.change("A") { $0.mtu = 1438 } }
    #expect(try largest(own) == 1438)
    #expect(Fabric.check(own).isEmpty)
    let wide = lab { $0.change("A") { $0.mtu = 1459 } }
    #expect(Fabric.check(wide).map(\.rule) == [.underlayMTU])
  }

  @Test func `the warning names who sends most, and says how much is missing`() throws {
    let diagnostics = Fabric.check(lab("2016"))
    #expect(diagnostics.map(\.rule) == [.underlayMTU])
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostic.explanation.contains("a packet of A"))
    #expect(diagnostic.fix.contains("raise the MTU of the underlay to 1550"))
    #expect(diagnostic.fix.contains("1450"))
    // On one host nothing is encapsulated.
    let alone = Lab("alone") { lab in
      lab.host("hv1")
      lab.network("blue") { $0.subnet("front", "10.0.1.0/24") }
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
      lab.hnv.release = SmallLab.written("2016")
    }
    #expect(Fabric.check(alone).isEmpty)
  }

  @Test func `the wire of an outside network carries Ethernet's 1500`() throws {
    let fabric = try GatewayLab.fabric(.v4)
    let out = try fabric.trace(Question(from: "GW", to: "internet", size: 1472))
    #expect(out.isAnswered)
    let into = try fabric.trace(Question(from: "GW", to: "X", size: 1472))
    #expect(into.disposition == .exceedsMTU)
  }
}
