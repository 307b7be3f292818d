import HNVCore
import HNVSim
import Testing

/// The third experiment: an external gateway in a subnet with other machines.
@Suite struct GatewayPlaceTests {
  @Test func `2012 R2 refuses it, and names rule, place and fix`() throws {
    let diagnostics = Fabric.check(try LabFiles.lab("gateway-in-vm-subnet"))
    #expect(Set(diagnostics.map(\.rule.identifier)) == ["gateway-in-vm-subnet"])
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostic.rule.severity == .error)
    #expect(!diagnostic.fix.isEmpty)
    #expect(try #require(diagnostic.place).file.hasSuffix("gateway-in-vm-subnet.json5"))
  }

  @Test func `the fabric is refused as a whole`() throws {
    let lab = try LabFiles.lab("gateway-in-vm-subnet")
    #expect(throws: Diagnostics.self) { try Fabric(lab) }
    let run = LabRun(lab)
    #expect(run.isRefused)
    #expect(run.isAsExpected)
    #expect(run.unexpectedErrors.isEmpty)
    #expect(run.events.isEmpty)
  }

  @Test(arguments: ["A", "B", "X"])
  func `2012 allows it, and it works`(from: String) throws {
    let fabric = try LabFiles.fabric("gateway-in-vm-subnet-2012")
    let trace = try fabric.trace(from: from, to: "internet")
    #expect(trace.isAnswered)
    #expect(trace.through == ["GW"])
    // Within the gateway's subnet only the gateway counts; from another the router does as well.
    #expect(trace.delivered?.timeToLive == (from == "X" ? 126 : 127))
  }

  @Test(arguments: [("2012", true), ("2012R2", false), ("2016", false)])
  func `the release alone decides`(release: String, isAllowed: Bool) throws {
    var lab = try LabFiles.lab("gateway-in-vm-subnet")
    // Releases differ in the guests' MTU as well, for which there is room.
    lab.underlay.mtu = 1600
    lab.hnv.release = Written(release, at: Place(file: "test", line: 1))
    #expect(Fabric.check(lab).isEmpty == isAllowed)
  }
}
