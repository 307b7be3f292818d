import HNVCore
import Testing

@testable import HNVSim

/// Records of the rule Nat, end to end: Windows Server 2012's alternative to NVGRE.
struct AddressRewritingTests {
  /// A and B with a provider address of their own each.
  private func fabric(_ families: [IPFamily]) throws -> Fabric {
    try SmallLab.fabric(families) { lab in
      for (machine, provider) in [("A", "172.16.1.1"), ("B", "172.16.1.2")] {
        lab.hnv.recordsOf.append(
          HNVSection.RecordForm(
            machine: SmallLab.written(machine), rule: SmallLab.written("Nat"),
            providerAddress: SmallLab.written(provider)))
      }
    }
  }

  @Test(arguments: [[IPFamily.v4], [.v4, .v6]])
  func `customer addresses become provider addresses, and back`(families: [IPFamily]) throws {
    let trace = try fabric(families).trace(from: "A", to: "B")
    #expect(trace.isAnswered)
    let end = try #require(trace.delivered)
    #expect("\(end.source) \(end.destination)" == "10.0.1.11 10.0.1.12")
    let changes = trace.hops.flatMap(\.steps).filter { $0.action == .translated }.flatMap(\.changes)
    #expect(
      changes.map { "\($0.before) \($0.after)" } == [
        "10.0.1.11 172.16.1.1", "10.0.1.12 172.16.1.2",
      ])
    // Nothing is wrapped: on the wire is the customer's packet, no byte longer.
    #expect(!trace.hops.flatMap(\.steps).contains { $0.action == .encapsulated })
  }

  @Test func `an address of the other family cannot become one`() throws {
    let trace = try fabric([.v4, .v6]).trace(from: "A", to: "fd00:1::12")
    #expect(trace.disposition == .notCarried)
  }
}
