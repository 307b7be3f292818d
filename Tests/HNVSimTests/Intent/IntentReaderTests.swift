import HNVCore
import Testing

@testable import HNVSim

/// What the reading of a lab fills in, and what it makes of a lab written in Swift.
struct IntentReaderTests {
  @Test func `a derived MAC address is none that the lab gives itself`() {
    let text = BadLab.good.replacing("00-15-5D-0A-00-0A", with: "00-15-5D-00-00-02")
    #expect(BadLab.diagnostics(of: text) == [])
  }

  @Test func `hosts take the free addresses of the underlay in order`() {
    let lab = Lab("hosts") { lab in
      lab.host("hv1")
      lab.host("hv2", "172.16.0.2")
      lab.host("hv3")
    }
    let (intent, diagnostics) = IntentReader.read(lab)
    #expect(diagnostics == [])
    // The first address is left to a router, the second is hv2's.
    #expect(intent.hosts.map { "\($0.address)" } == ["172.16.0.3", "172.16.0.2", "172.16.0.4"])
  }

  @Test func `the diagnostics of a lab in Swift have the line that wrote them`() {
    var lines: [UInt32] = []
    let lab = Lab("bad") { lab in
      lab.host("hv1")
      lab.network("blue") { $0.subnet("front", "10.0.1.0/24") }
      lines.append(#line + 1)
      lab.machine("A", on: "hv1", in: "front", "10.0.1.1")
      lines.append(#line + 1)
      lab.machine("B", on: "hv2", in: "front", "10.0.1.12")
      lines.append(#line + 1)
      lab.expect("A", reaches: "C")
    }
    let diagnostics = Fabric.check(lab)
    #expect(diagnostics.map(\.rule) == [.reservedAddress, .unknownName, .unknownName])
    #expect(diagnostics.map { $0.place?.line } == lines)
    #expect(diagnostics.allSatisfy { $0.place?.file == #fileID })
  }

  @Test func `what depends on something unread is not wrong as well`() {
    let lab = Lab("cascade") { lab in
      lab.network("blue") { $0.subnet("front", "10.0.1.0/33") }
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11", gateways: ["10.0.1.1"])
      lab.machine("B", on: "hv1", in: "front", "10.0.1.12")
      lab.expect("A", reaches: "B", through: "A")
    }
    let rules = Fabric.check(lab).map(\.rule)
    // The prefix, and the host of either machine.
    #expect(rules == [.prefixLength, .unknownName, .unknownName])
  }
}
