import Testing

@testable import BenchKit

@Suite("What a run has patience for")
struct PatienceTests {
  @Test("time is expected to grow by the power by which it grew")
  func growth() {
    var patience = Patience()
    patience.limit = .seconds(20)
    #expect(patience.objection(to: 1_000_000) == nil)
    patience.note(1_000, Patience.Cost(nanoseconds: 1e6))
    #expect(patience.objection(to: 1_000_000) == nil)
    // Ten times the size took a hundred times as long.
    patience.note(10_000, Patience.Cost(nanoseconds: 1e8))
    #expect(patience.objection(to: 100_000) == nil)
    #expect(patience.objection(to: 1_000_000) != nil)
  }

  @Test("what would fill the memory is not tried")
  func memory() {
    var patience = Patience()
    patience.note(10, Patience.Cost(nanoseconds: 1, bytes: 1 << 40))
    #expect(patience.objection(to: 100) != nil)
  }
}
