/// What the simulation has yet to do, in the order of its virtual times.
///
/// A binary heap; events of one time leave in the order in which they came, so that a run depends
/// on nothing but its input. Events in the background go on for ever, and are counted apart.
///
/// The heap holds times alone; events, which are large, stay where they were put until they leave.
struct EventQueue<Event> {
  private struct Entry {
    let time: VirtualTime
    let sequence: UInt64
    /// Where the event is.
    let place: Int32
    let isBackground: Bool

    func precedes(_ other: Entry) -> Bool {
      (time, sequence) < (other.time, other.sequence)
    }
  }

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
    heap.append(
      Entry(time: time, sequence: sequence, place: keep(event), isBackground: isBackground))
    sequence += 1
    if !isBackground { foregroundCount += 1 }
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
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
    guard let first = heap.first, let event = events[Int(first.place)] else { return nil }
    events[Int(first.place)] = nil
    freePlaces.append(first.place)
    if !first.isBackground { foregroundCount -= 1 }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.time, event)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
