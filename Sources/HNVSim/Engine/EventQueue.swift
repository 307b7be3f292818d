/// What the simulation has yet to do, in the order of its virtual times.
///
/// A heap of four branches (d-ary: Johnson, "Priority Queues with Update and Finding Minimum
/// Spanning Trees", 1975), half as deep as one of two. Events of one time leave in the order in
/// which they came, so that a run depends on nothing but its input. Events in the background go on
/// for ever, and are counted apart.
///
/// The heap holds times alone; events, which are large, stay where they were put until they leave.
struct EventQueue<Event> {
  private struct Entry {
    /// The time, and below it the number of the event: one comparison for both.
    private let rank: UInt128
    /// Where the event is.
    let place: Int32
    let isBackground: Bool

    init(_ time: VirtualTime, _ sequence: UInt64, place: Int32, isBackground: Bool) {
      rank = UInt128(time.nanoseconds) << 64 | UInt128(sequence)
      self.place = place
      self.isBackground = isBackground
    }

    var time: VirtualTime { VirtualTime(nanoseconds: UInt64(truncatingIfNeeded: rank >> 64)) }

    func precedes(_ other: Entry) -> Bool { rank < other.rank }
  }

  private static var arity: Int { 4 }

  private var heap: [Entry] = []
  private var events: [Event?] = []
  private var freePlaces: [Int32] = []
  private var sequence: UInt64 = 0

  /// How many events there are that are not in the background.
  private(set) var foregroundCount = 0

  /// Adds an event.
  ///
  /// - Complexity: O(log *n*).
  mutating func push(_ event: Event, at time: VirtualTime, isBackground: Bool = false) {
    let entry = Entry(time, sequence, place: keep(event), isBackground: isBackground)
    sequence += 1
    if !isBackground { foregroundCount += 1 }
    heap.append(entry)
    var place = heap.count - 1
    while place > 0 {
      let parent = (place - 1) / Self.arity
      guard entry.precedes(heap[parent]) else { break }
      heap[place] = heap[parent]
      place = parent
    }
    heap[place] = entry
  }

  private mutating func keep(_ event: Event) -> Int32 {
    guard let place = freePlaces.popLast() else {
      events.append(event)
      return Int32(events.count - 1)
    }
    events[Int(place)] = event
    return place
  }

  /// Takes the earliest event; `nil` when there is none.
  ///
  /// - Complexity: O(log *n*).
  mutating func pop() -> (time: VirtualTime, event: Event)? {
    guard let first = heap.first, let event = events[Int(first.place)].take() else { return nil }
    freePlaces.append(first.place)
    if !first.isBackground { foregroundCount -= 1 }
    let last = heap.removeLast()
    if !heap.isEmpty { sink(last) }
    return (first.time, event)
  }

  /// Puts an entry in the place of the first, and lets it sink to its own: of those below it the
  /// earliest moves up until none is earlier.
  private mutating func sink(_ entry: Entry) {
    var place = 0
    while true {
      let children = Self.arity * place + 1
      guard children < heap.count else { break }
      var least = children
      for child in children + 1..<max(children + 1, min(children + Self.arity, heap.count))
      where heap[child].precedes(heap[least]) {
        least = child
      }
      guard heap[least].precedes(entry) else { break }
      heap[place] = heap[least]
      place = least
    }
    heap[place] = entry
  }
}
