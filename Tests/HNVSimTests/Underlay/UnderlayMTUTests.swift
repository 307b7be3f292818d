import HNVCore
import HNVSim
import Testing

/// How large a packet may be between hosts, and what becomes of a larger one.
@Suite struct UnderlayMTUTests {
  /// The bytes around a customer packet: outer IP, GRE (RFC 7637) or UDP and VXLAN (RFC 7348), and
  /// the inner Ethernet header.
  private func overhead(_ family: IPFamily, isVXLAN: Bool = false) -> Int {
    (family == .v4 ? 20 : 40) + (isVXLAN ? 8 + 8 : 8) + 14
  }

  /// An echo request's payload within an IPv4 packet of a size.
  private func payload(of packet: Int) -> Int { packet - 20 - 8 }

  private func disposition(_ fabric: Fabric, _ to: String, packet: Int) throws -> Disposition {
    try fabric.trace(Question(from: "A", to: to, size: payload(of: packet))).disposition
  }

  @Test(arguments: IPFamily.allCases)
  func `jumbo underlays leave guests their 1500 bytes, and more if they are told`(
    family: IPFamily
  ) throws {
    let racks = RackLab(family: family, rackMTU: 9100, spineMTU: 9100)
    let plain = try racks.fabric()
    #expect(try disposition(plain, "C", packet: 1500) == .accepted)
    #expect(try disposition(plain, "C", packet: 1501) == .exceedsMTU)
    let largest = 9100 - overhead(family)
    let jumbo = try racks.fabric { lab in
      for name in ["A", "C"] { lab.change(name) { $0.mtu = UInt64(largest) } }
    }
    #expect(jumbo.warnings.isEmpty)
    #expect(try disposition(jumbo, "C", packet: largest) == .accepted)
    let larger = try racks.fabric { $0.change("A") { $0.mtu = UInt64(largest + 1) } }
    #expect(try disposition(larger, "C", packet: largest + 1) == .underlayMTU)
  }

  @Test(arguments: IPFamily.allCases)
  func `a switch in the middle that carries less drops in silence`(family: IPFamily) throws {
    // The racks suffice for 1500 bytes, and the routers believe that the spine does.
    let racks = RackLab(family: family, rackMTU: 1600, spineMTU: 1500, routerMTU: 1600)
    let fabric = try racks.fabric()
    let fits = 1500 - overhead(family)
    #expect(try disposition(fabric, "B", packet: 1500) == .accepted)
    #expect(try disposition(fabric, "C", packet: fits) == .accepted)
    let trace = try fabric.trace(Question(from: "A", to: "C", size: payload(of: fits + 1)))
    #expect(trace.disposition == .underlayMTU)
    #expect(trace.replies.isEmpty)
    let decision = try #require(trace.decision)
    #expect(decision.element == "underlay")
    #expect(decision.step.detail.contains("network spine"))
    #expect(try #require(decision.step.fix).contains("1501"))
    // Known without a packet: 1500 and the encapsulation less what the spine carries.
    let warning = try #require(fabric.warnings.first)
    #expect(fabric.warnings.map(\.rule) == [.underlayMTU])
    #expect(warning.explanation.contains("network spine"))
    // A and C send alike; of these the one declared first is named, on every run.
    #expect(warning.explanation.contains("a packet of A "))
    #expect(warning.explanation.contains("by \(overhead(family)) bytes"))
  }

  @Test func `a router that knows of the smaller link drops by itself`() throws {
    let fabric = try RackLab(rackMTU: 1600, spineMTU: 1500).fabric()
    let trace = try fabric.trace(Question(from: "A", to: "C", size: payload(of: 1500)))
    #expect(trace.disposition == .fragmentationNeeded)
    let decision = try #require(trace.decision)
    #expect(decision.element == "tor1")
    #expect(try #require(decision.step.fix).contains("\(payload(of: 1500 - overhead(.v4))) bytes"))
    #expect(fabric.warnings.map(\.rule) == [.underlayMTU])
  }

  /// "NVGRE MTU reduction", TechNet: a guest leaves room on its own host's network.
  @Test(arguments: IPFamily.allCases)
  func `guests follow the network of their host, not what lies behind it`(family: IPFamily) throws {
    let racks = RackLab(family: family, rackMTU: 1500, spineMTU: 1500)
    let fabric = try racks.fabric()
    #expect(fabric.warnings.isEmpty)
    let fits = 1500 - overhead(family)
    #expect(try disposition(fabric, "C", packet: fits) == .accepted)
    let larger = try fabric.trace(Question(from: "A", to: "C", size: payload(of: fits + 1)))
    #expect(larger.disposition == .exceedsMTU)
    #expect(larger.decision?.element == "A")
  }

  @Test(arguments: [(1500, 0), (1499, 1)])
  func `VXLAN needs eight bytes more, and the check knows`(spine: UInt64, missing: Int) throws {
    let room = UInt64(overhead(.v4, isVXLAN: true))
    let racks = RackLab(rackMTU: 1500 + room, spineMTU: spine + room, routerMTU: 1500 + room)
    let fabric = try racks.fabric { $0.hnv.release = RackLab.written("2016") }
    #expect(fabric.warnings.map(\.rule) == (missing == 0 ? [] : [.underlayMTU]))
    let warning = fabric.warnings.first?.explanation ?? "by \(missing) bytes of VXLAN"
    #expect(warning.contains("by \(missing) bytes") && warning.contains("VXLAN"))
    #expect(
      try disposition(fabric, "C", packet: 1500) == (missing == 0 ? .accepted : .underlayMTU))
  }

  @Test func `a network that no machine's packets cross may be as small as it likes`() throws {
    let fabric = try RackLab().fabric { lab in
      lab.underlay.network("storage", "172.16.5.0/24", mtu: 1280)
      lab.underlay.router("other", "172.16.1.9", "172.16.5.1")
      lab.host("hv4", "172.16.5.14")
    }
    #expect(fabric.warnings.isEmpty)
    // With a machine on it, it matters.
    let used = try RackLab().fabric { lab in
      lab.underlay.network("storage", "172.16.5.0/24", mtu: 1280)
      lab.underlay.router("other", "172.16.1.9", "172.16.5.1")
      lab.host("hv4", "172.16.5.14")
      lab.machine("D", on: "hv4", in: "front", "10.0.1.14")
    }
    #expect(used.warnings.map(\.rule) == [.underlayMTU])
    #expect(used.warnings.first?.explanation.contains("network storage") == true)
  }
}
