import Testing

@testable import HNVSim

@Suite struct EventQueueTests {
  /// The slow twin: sorted by time, and within a time in the order of arrival.
  struct SortedArray {
    var entries: [(time: VirtualTime, event: Int)] = []

    mutating func push(_ event: Int, at time: VirtualTime) {
      let index = entries.firstIndex { $0.time > time } ?? entries.count
      entries.insert((time, event), at: index)
    }

    mutating func pop() -> (time: VirtualTime, event: Int)? {
      entries.isEmpty ? nil : entries.removeFirst()
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
        let time = VirtualTime(nanoseconds: UInt64.random(in: 0..<16, using: &generator))
        queue.push(event, at: time)
        oracle.push(event, at: time)
      } else {
        let (popped, expected) = (queue.pop(), oracle.pop())
        #expect(popped?.time == expected?.time)
        #expect(popped?.event == expected?.event)
      }
    }
    while let expected = oracle.pop() {
      #expect(queue.pop()?.event == expected.event)
    }
    #expect(queue.pop() == nil)
  }

  @Test func `an empty queue has nothing, and can be filled again`() {
    var queue = EventQueue<String>()
    #expect(queue.pop() == nil)
    queue.push("later", at: .seconds(2))
    queue.push("sooner", at: .seconds(1))
    #expect(queue.pop()?.event == "sooner")
    #expect(queue.pop()?.time == .seconds(2))
    #expect(queue.pop() == nil)
  }
}
