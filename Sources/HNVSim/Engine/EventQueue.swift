/// What the simulation has yet to do, in the order of its virtual times.
///
/// A heap of four branches (d-ary: Johnson, "Priority Queues with Update and Finding Minimum
/// Spanning Trees", 1975), half as deep as one of two. Events of one time leave in the order in
/// which they came, so that a run depends on nothing but its input. Events in the background go on
/// for ever, and are counted apart.
///
/// The heap holds times alone; events, which are large, stay where they were put until they leave.
/// Two kinds of events need no heap and wait in a line each: what happens at once, as every hop
/// without latency does, and what comes in the order of time, as what is planned does.
struct EventQueue<Event: BitwiseCopyable> {
  /// When an event happens, and how many came before it.
  private struct Turn {
    let time: VirtualTime
    let sequence: UInt64

    func precedes(_ other: Turn) -> Bool {
      time < other.time || (time == other.time && sequence < other.sequence)
    }
  }

  private struct Entry {
    let turn: Turn
    /// Where the event is.
    let place: Int32
    let isBackground: Bool
  }

  /// Events that leave in the order in which they came.
  private struct Line {
    /// Behind the end there may be places of events that have left.
    private var events: [(turn: Turn, event: Event, isBackground: Bool)] = []
    private var front = 0
    private var end = 0

    var first: (turn: Turn, event: Event, isBackground: Bool)? {
      front < end ? events[front] : nil
    }

    var last: Turn? { end > 0 ? events[end - 1].turn : nil }

    mutating func append(_ event: Event, _ turn: Turn, _ isBackground: Bool) {
      if end < events.count {
        events[end] = (turn, event, isBackground)
      } else {
        events.append((turn, event, isBackground))
      }
      end += 1
    }

    mutating func removeFirst() {
      front += 1
      if front == end {
        (front, end) = (0, 0)
      } else if front > 64, front * 2 > end {
        // What has left takes at most as much room as what waits.
        events.removeFirst(front)
        (front, end) = (0, end - front)
      }
    }
  }

  private static var arity: Int { 4 }

  private var heap: [Entry] = []
  private var events: [Event] = []
  private var freePlaces: [Int32] = []
  private var sequence: UInt64 = 0
  /// What happens now.
  private var present = Line()
  /// What came in the order of time, and happens later.
  private var future = Line()

  /// The time of the event that was taken last.
  private(set) var now = VirtualTime.zero

  /// How many events there are that are not in the background.
  private(set) var foregroundCount = 0

  /// Adds an event; of a time that has passed, for now.
  ///
  /// - Complexity: O(1) for now and for what is later than all that came, O(log *n*) else.
  mutating func push(_ event: Event, at time: VirtualTime, isBackground: Bool = false) {
    if !isBackground { foregroundCount += 1 }
    let turn = Turn(time: max(time, now), sequence: sequence)
    sequence += 1
    if time <= now { return present.append(event, turn, isBackground) }
    if future.last.map({ $0.time <= time }) ?? true {
      return future.append(event, turn, isBackground)
    }
    let entry = Entry(turn: turn, place: keep(event), isBackground: isBackground)
    heap.append(entry)
    var place = heap.count - 1
    while place > 0 {
      let parent = (place - 1) / Self.arity
      guard turn.precedes(heap[parent].turn) else { break }
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
  /// - Complexity: O(1) for what waited in a line, O(log *n*) else.
  mutating func pop() -> Event? {
    let (present, future) = (present.first, future.first)
    if let present, isFirst(present.turn, beside: future?.turn) {
      self.present.removeFirst()
      return leave(present.event, present.turn, present.isBackground)
    }
    if let future, isFirst(future.turn, beside: nil) {
      self.future.removeFirst()
      return leave(future.event, future.turn, future.isBackground)
    }
    guard let top = heap.first else { return nil }
    freePlaces.append(top.place)
    let last = heap.removeLast()
    if !heap.isEmpty { sink(last) }
    return leave(events[Int(top.place)], top.turn, top.isBackground)
  }

  /// Whether a turn comes before another, and before all in the heap.
  private func isFirst(_ turn: Turn, beside other: Turn?) -> Bool {
    if let other, other.precedes(turn) { return false }
    return heap.isEmpty || turn.precedes(heap[0].turn)
  }

  private mutating func leave(_ event: Event, _ turn: Turn, _ isBackground: Bool) -> Event {
    now = turn.time
    if !isBackground { foregroundCount -= 1 }
    return event
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
      where heap[child].turn.precedes(heap[least].turn) {
        least = child
      }
      guard heap[least].turn.precedes(entry.turn) else { break }
      heap[place] = heap[least]
      place = least
    }
    heap[place] = entry
  }
}
