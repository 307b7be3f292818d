import Testing

@testable import BenchKit

@Suite("Calls that are counted", .enabled(if: CallCounts.objection == nil))
struct CallCountsTests {
  private final class Box {
    var count = 0
  }

  /// How many more calls the larger of two pieces of work makes.
  private func difference(
    _ kind: CallCounts.Kind, _ work: (_ times: Int) -> UInt64
  ) throws -> Int {
    let few = try #require(CallCounts { work(100) })
    let many = try #require(CallCounts { work(300) })
    return many[kind] - few[kind]
  }

  @Test("each object is an allocation, each further reference a retain, each access a check")
  func kinds() throws {
    let box = Box()
    var boxes: [Box] = []
    boxes.reserveCapacity(300)
    func fill(_ times: Int, _ make: () -> Box) -> UInt64 {
      boxes.removeAll(keepingCapacity: true)
      for _ in 0..<times { boxes.append(make()) }
      return UInt64(boxes.count)
    }
    #expect(try difference(.allocations) { fill($0) { Box() } } == 200)
    #expect(try difference(.allocations) { fill($0) { box } } == 0)
    #expect(try difference(.retains) { fill($0) { box } } >= 200)
    let checks = try difference(.exclusivityChecks) { times in
      for _ in 0..<times { boxes[0].count += 1 }
      return 0
    }
    #expect(checks >= 200)
  }

  @Test("the end of a run shows them beside the time of the same row")
  func summary() {
    var report = Report()
    let row = Figure.Row("suite", "setting", "operation")
    report.add(Figure(row, Spread([5_000])))
    #expect(Summary.calls(report).isEmpty)
    for (kind, count) in zip(CallCounts.Kind.allCases, [17.0, 59, 0]) {
      report.add(Figure(row.calls(kind), Spread([count]), .count))
    }
    let lines = Summary.calls(report)
    #expect(lines.count == 4)
    #expect(lines[3].split(separator: " ").suffix(5) == ["5.00", "µs", "17.0", "59.0", "0.00"])
  }
}
