import HNVCore
import HNVSim
import Testing

/// A forwarding model of another package: a lab runs under it as under those of the library.
@Suite struct AddingAModelTests {
  private static let lab = Lab("two subnets") { lab in
    lab.host("hv1")
    lab.host("hv2")
    lab.network("blue") { network in
      network.subnet("front", "10.0.1.0/24")
      network.subnet("back", "10.0.2.0/24")
    }
    lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
    lab.machine("B", on: "hv2", in: "front", "10.0.1.12")
    lab.machine("X", on: "hv2", in: "back", "10.0.2.11")
  }

  private func fabric() throws -> Fabric { try Fabric(Self.lab, under: WireModel()) }

  @Test func `a packet arrives by the elements of the model`() throws {
    let trace = try fabric().trace(from: "A", to: "B")
    #expect(trace.isAnswered)
    #expect(trace.resolution.map(\.answeredBy) == ["B"])
    let comparison = try Comparison(Self.lab, under: [WireModel()], from: "A", to: "B")
    let arrival = try #require(comparison.rows.first?.cells.first??.arrival)
    #expect(arrival.spent == 0 && arrival.macAddresses == .kept)
  }

  @Test func `what the model lacks is said, and lost packets say where`() throws {
    let fabric = try fabric()
    #expect(fabric.warnings.map(\.rule) == [.notInModel])
    let trace = try fabric.trace(from: "A", to: "X")
    #expect(trace.disposition == .neighborUnreachable)
  }

  @Test func `the model stands beside those of the library`() throws {
    let comparison = try Comparison(Self.lab, under: [HNVModel(), WireModel()])
    #expect(comparison.columns.map(\.model) == ["hnv", "wire"])
    let outcomes = comparison.differences.filter { $0.aspect == .outcome }
    // HNV routes between the subnets, and nothing here does.
    #expect(
      Set(outcomes.flatMap { $0.pairs.map(\.description) })
        == ["A -> X", "X -> A", "B -> X", "X -> B"])
  }
}
