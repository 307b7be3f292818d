import HNVCore
import Testing

@testable import HNVSim

/// One lab under several models, side by side.
@Suite struct ComparisonTests {
  private func models(_ names: String...) -> [any ForwardingModel] {
    names.compactMap { ForwardingModels.named($0) }
  }

  @Test func `each pair has a cell for each model, in the order asked for`() throws {
    let comparison = try Comparison(ArticleLab.lab, under: models("ovn", "hnv"))
    #expect(comparison.columns.map(\.model) == ["ovn", "hnv"])
    // Five machines to one another, and to one outside network.
    #expect(comparison.rows.count == 5 * 4 + 5)
    #expect(comparison.rows.allSatisfy { $0.cells.count == 2 })
    #expect(comparison.differences.allSatisfy { $0.model == "hnv" && $0.baseline == "ovn" })
  }

  @Test func `a loss has the step that shows it, and what would fix it`() throws {
    let comparison = try Comparison(ArticleLab.lab, under: models("hnv", "vpc"), from: "A")
    let loss = try #require(comparison.differences.first { $0.aspect == .outcome })
    #expect(loss.pairs == [Comparison.Pair(from: "A", to: "internet")])
    #expect(loss.step?.step.fix?.contains("nat: true") == true)
    #expect(comparison.rendered().contains("no public address"))
  }

  @Test func `what shows another way is a step that the baseline does not take`() throws {
    let comparison = try Comparison(
      ArticleLab.lab, under: models("hnv", "vlan"), from: "X", to: "internet")
    let way = try #require(comparison.differences.first { $0.aspect == .way })
    #expect(way.summary.contains("through GW; under hnv"))
    #expect(way.step != nil && way.baselineStep != nil && way.step != way.baselineStep)
    #expect(way.step?.element != "GW" && way.baselineStep?.element != "GW")
  }

  @Test func `TTL and bytes differ as the models' sources say`() throws {
    let comparison = try Comparison(
      ArticleLab.lab, under: models("hnv", "vlan", "azure"), from: "B", to: "X")
    let cells = try #require(comparison.rows.first?.cells)
    #expect(cells.map { $0?.arrival?.spent } == [1, 1, 0])
    // NVGRE's 42; frames as they are; unpublished.
    #expect(cells.map { $0?.overhead } == [42, 0, nil])
    #expect(cells.map { $0?.crossings } == [1, 1, 1])
  }

  @Test func `a model that refuses the lab says why, and the others go on`() throws {
    let comparison = try Comparison(
      ContractLab.sameSubnetNextHop, under: models("vlan", "hnv"), from: "X")
    #expect(comparison.columns.map(\.isRefused) == [false, true])
    #expect(comparison.rows.allSatisfy { $0.cells[0] != nil && $0.cells[1] == nil })
    let text = comparison.rendered()
    #expect(text.contains("refused"))
    #expect(comparison.columns[1].diagnostics.contains { $0.rule == .externalGatewaySubnet })
  }

  @Test func `a lab that all refuse, and ends without a family in common, are refused`() throws {
    #expect(throws: Diagnostics.self) {
      try Comparison(ContractLab.sameSubnetNextHop, under: models("hnv"))
    }
    #expect(throws: Diagnostics.self) { try Comparison(ArticleLab.lab, to: "fd00::1") }
    #expect(throws: Diagnostics.self) { try Comparison(ArticleLab.lab, from: "nobody") }
  }

  @Test func `alone a model differs from nothing`() throws {
    let comparison = try Comparison(ArticleLab.lab, under: models("nsx"))
    #expect(comparison.isUniform && comparison.differences.isEmpty)
  }

  @Test func `pairs are named in few words`() {
    func lines(_ text: String) -> [String] {
      PairNames.lines(
        text.split(separator: " ").map { word in
          let ends = word.split(separator: ">").map(String.init)
          return Comparison.Pair(from: ends[0], to: ends[1])
        })
    }
    #expect(lines("A>B") == ["A -> B"])
    #expect(lines("A>X B>X") == ["A, B -> X"])
    #expect(lines("A>B A>C B>A B>C C>A C>B") == ["among A, B, C"])
    #expect(lines("A>X B>X X>A X>B") == ["between A, B | X"])
    #expect(lines("A>B B>A A>O B>O") == ["A -> B, O", "B -> A, O"])
  }

  @Test func `rounds are found where a packet circles, and nowhere else`() {
    let loop = Rounds(in: ["A", "hv1", "GW", "hv3", "GW", "hv3", "GW", "hv3", "GW"])
    #expect(loop?.start == 2 && loop?.length == 2 && loop?.count == 3)
    #expect(Rounds(in: ["A", "hv1", "underlay", "hv2", "B"]) == nil)
    #expect(Rounds(in: ["A", "hv1", "underlay", "hv2", "underlay", "hv2", "X"]) == nil)
    #expect(Rounds(in: [String]()) == nil)
  }
}
