/// What the simulation has yet to do, in the order of its virtual times.
///
/// A heap of four branches (d-ary: Johnson, "Priority Queues with Update and Finding Minimum
/// Spanning Trees", 1975), half as deep as one of two. Events of one time leave in the order in
/// which they came, so that a run depends on nothing but its input. Events in the background go on
/// for ever, and are counted apart.
///
/// The heap holds times alone; events, which are large, stay where they were put until they leave.
/// What happens at once, as every hop without latency does, waits in a line of its own.
struct EventQueue<Event> {
  private struct Entry {
    let time: VirtualTime
    /// How many events came before it.
    let sequence: UInt64
    /// Where the event is.
    let place: Int32
    let isBackground: Bool

    func precedes(_ other: Entry) -> Bool {
      time < other.time || (time == other.time && sequence < other.sequence)
    }
  }

  private static var arity: Int { 4 }

  private var heap: [Entry] = []
  private var events: [Event?] = []
  private var freePlaces: [Int32] = []
  private var sequence: UInt64 = 0
  /// What happens now, from `first` on.
  private var line: [(event: Event?, isBackground: Bool)] = []
  private var first = 0

  /// The time of the event that was taken last.
  private(set) var now = VirtualTime.zero

  /// How many events there are that are not in the background.
  private(set) var foregroundCount = 0

  /// Adds an event; of a time that has passed, for now.
  ///
  /// - Complexity: O(1) for now, O(log *n*) else.
  mutating func push(_ event: Event, at time: VirtualTime, isBackground: Bool = false) {
    if !isBackground { foregroundCount += 1 }
    guard time > now else {
      line.append((event, isBackground))
      return
    }
    let entry = Entry(
      time: time, sequence: sequence, place: keep(event), isBackground: isBackground)
    sequence += 1
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
  mutating func pop() -> Event? {
    // What is in the heap for this time came before it, and so before what is in the line.
    if first < line.count, heap.first.map({ $0.time > now }) ?? true { return popLine() }
    guard let top = heap.first, let event = events[Int(top.place)].take() else { return nil }
    now = top.time
    freePlaces.append(top.place)
    if !top.isBackground { foregroundCount -= 1 }
    let last = heap.removeLast()
    if !heap.isEmpty { sink(last) }
    return event
  }

  private mutating func popLine() -> Event? {
    let event = line[first].event.take()
    if !line[first].isBackground { foregroundCount -= 1 }
    first += 1
    if first == line.count {
      line.removeAll(keepingCapacity: true)
      first = 0
    }
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
