import HNVCore
import Testing

@testable import HNVSim

/// The sections of a lab on VXLAN and NSX: as they are read, and what is wrong with them.
@Suite struct OverlaySectionTests {
  private func lab(_ section: String) throws -> Lab {
    try Lab.read(
      Array(
        """
        { name: "sections", \(section),
          hosts: [{ name: "hv1" }, { name: "hv2" }], underlay: { mtu: 1600 },
          networks: [{ name: "blue", subnets: [
            { name: "front", prefixes: ["10.0.1.0/24"] },
            { name: "back", prefixes: ["10.1.2.0/24"] }] }],
          machines: [
            { name: "A", host: "hv1", interfaces: [{ subnet: "front", addresses: ["10.0.1.11"] }] },
            { name: "B", host: "hv2", interfaces: [{ subnet: "front", addresses: ["10.0.1.12"] }] },
            { name: "X", host: "hv2", interfaces: [{ subnet: "back", addresses: ["10.1.2.11"] }] }]
        }
        """.utf8), named: "l.json5")
  }

  @Test(arguments: ["vxlan", "nsx"])
  func `a subnet has the VNI that the lab gives it, and others follow`(model: String) throws {
    let fabric = try Fabric(lab("model: \"\(model)\", \(model): { vnis: { back: 5001 } }"))
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "B"))
    let vnis = Set(
      tap.log.packets.compactMap { packet -> UInt32? in
        if case .vxlan(let header, _) = packet.transport {
          header.virtualSubnetID.number
        } else {
          nil
        }
      })
    #expect(vnis == [5002])
  }

  @Test func `a group of the underlay is what the lab says, or follows from the VNI`() throws {
    for (groups, expected) in [
      ("", "239.0.19.137"), (", groups: { front: \"239.1.1.1\" }", "239.1.1.1"),
    ] {
      let section = "model: \"vxlan\", vxlan: { replication: \"multicast\"\(groups) }"
      let tap = Wiretap(try Fabric(lab(section)))
      try tap.run(Question(from: "A", to: "B"))
      #expect(tap.log.packets.first.map { "\($0.destination)" } == expected)
    }
  }

  @Test(arguments: [
    ("vxlan: { vnis: { frnt: 5001 } }", DiagnosticRule.unknownName, "frnt", "front"),
    ("vxlan: { vnis: { front: 5001, back: 5001 } }", .duplicateVNI, "5001", "another"),
    ("nsx: { vnis: { front: 5001, back: 5001 } }", .duplicateVNI, "5001", "another"),
    ("vxlan: { groups: { front: \"10.0.0.1\" } }", .groupAddress, "10.0.0.1", "multicast"),
    ("vxlan: { groups: { front: \"ff05::1\" } }", .groupAddress, "ff05::1", "family"),
    ("vxlan: { macAgeing: \"long\" }", .timeSyntax, "long", "10ms"),
    ("vxlan: { routers: [{ network: \"blu\", host: \"hv1\" }] }", .unknownName, "blu", "blue"),
    ("vxlan: { routers: [{ network: \"blue\", host: \"hv7\" }] }", .unknownName, "hv7", "hv1"),
    (
      "vxlan: { routers: [{ network: \"blue\", host: \"hv1\" }, { network: \"blue\", host: \"hv2\" }] }",
      .duplicateName, "blue", "once"
    ),
  ])
  func `a mistake in a section is an error with its value`(
    section: String, rule: DiagnosticRule, value: String, fix: String
  ) throws {
    let model = section.hasPrefix("nsx") ? "nsx" : "vxlan"
    let diagnostics = Fabric.check(try lab("model: \"\(model)\", \(section)"))
    let diagnostic = try #require(diagnostics.first)
    #expect(
      diagnostics.count == 1 && diagnostic.rule == rule && diagnostic.value == value,
      "\(diagnostics)")
    #expect(diagnostic.fix.contains(fix) && diagnostic.place?.file == "l.json5")
    // Under another model the section means nothing.
    #expect(Fabric.check(try lab(section)).allSatisfy { $0.severity == .warning })
  }

  @Test func `values that are written in Swift are checked as well`() {
    let wrong = Lab.Named(SmallLab.written("front"), SmallLab.written("7"))
    let range = SmallLab.lab { $0.vxlan.vnis = [wrong] }
    #expect(Fabric.check(range, under: VXLANModel()).map(\.rule) == [.numberOutOfRange])
    let moves = SmallLab.lab { $0.vxlan.moves = SmallLab.written("later") }
    #expect(Fabric.check(moves, under: VXLANModel()).map(\.rule) == [.notAChoice])
    let choice = SmallLab.lab { $0.nsx.replication = SmallLab.written("unicats") }
    let diagnostics = Fabric.check(choice, under: NSXModel())
    #expect(diagnostics.map(\.rule) == [.notAChoice])
    #expect(diagnostics.first?.fix.contains("unicast") == true)
  }

  @Test(arguments: OverlayLab.models.indices)
  func `what a model cannot honour is said`(index: Int) {
    let model = OverlayLab.models[index]
    let lab = SmallLab.lab { lab in
      lab.underlay.mtu = 1600
      lab.networks[0].route(to: "192.168.0.0/16", via: "10.9.9.9")
      lab.change("A") { $0.rule(.allow, .outbound, stateful: true, idleTimeout: .seconds(10)) }
    }
    let diagnostics = Fabric.check(lab, under: model)
    #expect(Set(diagnostics.map(\.rule)) == [.gatewayOffLink, .notInModel])
    #expect(diagnostics.map(\.value).sorted() == ["10.9.9.9", "10s"])
    #expect(throws: Never.self) { try Fabric(lab, under: model) }
  }
}
