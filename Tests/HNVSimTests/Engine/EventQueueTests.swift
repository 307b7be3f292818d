import Testing

@testable import HNVSim

@Suite struct EventQueueTests {
  /// The slow twin: sorted by time, and within a time in the order of arrival.
  struct SortedArray {
    var entries: [(time: VirtualTime, event: Int)] = []
    var now = VirtualTime.zero

    /// What should have happened by now happens now.
    mutating func push(_ event: Int, at planned: VirtualTime) {
      let time = max(planned, now)
      let index = entries.firstIndex { $0.time > time } ?? entries.count
      entries.insert((time, event), at: index)
    }

    mutating func pop() -> Int? {
      guard !entries.isEmpty else { return nil }
      let (time, event) = entries.removeFirst()
      now = time
      return event
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `events leave in the order of a sorted array`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var queue = EventQueue<Int>()
    var oracle = SortedArray()
    for event in 0..<400 {
      if Int.random(in: 0..<3, using: &generator) > 0 {
        // Few times, so that many events share one.
        let later = VirtualTime(nanoseconds: UInt64.random(in: 0..<4, using: &generator))
        let time = Bool.random(using: &generator) ? oracle.now + later : later
        queue.push(event, at: time)
        oracle.push(event, at: time)
      } else {
        #expect(queue.pop() == oracle.pop())
        #expect(queue.now == oracle.now)
      }
    }
    while let expected = oracle.pop() {
      #expect(queue.pop() == expected)
      #expect(queue.now == oracle.now)
    }
    #expect(queue.pop() == nil)
  }

  @Test func `an empty queue has nothing, and can be filled again`() {
    var queue = EventQueue<Int>()
    #expect(queue.pop() == nil)
    queue.push(2, at: .seconds(2))
    queue.push(1, at: .seconds(1))
    #expect(queue.pop() == 1)
    #expect(queue.now == .seconds(1))
    #expect(queue.pop() == 2)
    #expect(queue.now == .seconds(2))
    #expect(queue.pop() == nil)
  }
}
