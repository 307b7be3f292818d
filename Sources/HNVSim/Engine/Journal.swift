import HNVCore

/// What became of every packet of a run: the raw material of traces.
///
/// Packets, the elements that they passed and what was noted there are rows that name one another
/// by number. Endings, forwarding machines and end points are always kept, notes only when asked
/// for; a verdict is a trace that nobody reads.
struct Journal: Sendable {
  let keepsSteps: Bool
  private(set) var journeys: [Journey] = []
  private(set) var hops: [Hop] = []
  private(set) var notes: [Note] = []
  /// The packets that passed, each a row for every change.
  var packets = PacketTable()
  /// Packets of which something is told and that there are not, or that are called otherwise.
  private var summaries: [PacketSummary] = []
  /// Which machines packets have passed, and for which questions of others they waited: lists that
  /// grow at the front and that copies share.
  private var passages = Chain()
  private var waits = Chain()
  /// How many packets are under way that are not in the background.
  private(set) var openCount = 0

  /// An element that a packet passed.
  struct Hop: Sendable {
    let element: ElementID
    let time: VirtualTime
    /// The packet's next hop, and the first and last note here; -1 for none.
    fileprivate(set) var next: Int32 = -1
    fileprivate(set) var firstNote: Int32 = -1
    fileprivate(set) var lastNote: Int32 = -1
  }

  /// What an element did with a packet.
  struct Note: Sendable {
    let fact: any Fact
    /// The next note of the same hop; -1 for none.
    fileprivate(set) var next: Int32 = -1
    /// The packet it is about, and what that was before; `nil` for none.
    let packet: PacketID?
    let before: PacketID?
  }

  /// Where a note is.
  struct Place: Sendable {
    let journey: Int
    let hop: Int
    let note: Int
  }

  init(keepsSteps: Bool) {
    self.keepsSteps = keepsSteps
    // Room for a question and its answer, which most runs are.
    journeys.reserveCapacity(16)
    hops.reserveCapacity(48)
    if keepsSteps { notes.reserveCapacity(96) }
  }

  /// Makes room for questions that are to come, each with its answer: rows that grow are copied.
  mutating func makeRoom(for questions: Int) {
    // More grow as they come: room that nobody needs should not be missing elsewhere.
    let count = min(questions, 1 << 16)
    journeys.reserveCapacity(journeys.count + 2 * count)
    hops.reserveCapacity(hops.count + 10 * count)
    packets.makeRoom(for: 8 * count)
    if keepsSteps { notes.reserveCapacity(notes.count + 32 * count) }
  }

  mutating func begin(
    _ purpose: PacketPurpose, of subject: Journey.Subject, cause: Int?, at element: ElementID,
    _ time: VirtualTime, isBackground: Bool
  ) -> Int {
    var journey = Journey(
      purpose: purpose, subject: subject, cause: cause, begun: time, hop: hops.count)
    journey.isBackground = isBackground
    // An answer is meant for whoever asked.
    if let cause, purpose == .reply || purpose == .error || purpose == .redirect {
      journey.meantFor = sender(of: original(of: cause))
    }
    return append(journey, at: element, time)
  }

  /// Keeps what is told of a packet that there is not, or that is called otherwise.
  mutating func keep(_ summary: PacketSummary) -> Journey.Subject {
    summaries.append(summary)
    return .described(Int32(truncatingIfNeeded: summaries.count - 1))
  }

  /// A packet as its sender meant it.
  func summary(of journey: Int) -> PacketSummary {
    switch journeys[journey].subject {
    case .packet(let packet): PacketSummary(packet, in: packets)
    case .described(let number): summaries[Int(number)]
    }
  }

  /// The addresses between which a packet goes; of a question for a neighbor, the asker's and the
  /// one that is asked for, and of its answer that one twice.
  func addresses(of journey: Int) -> (source: IPAddress, destination: IPAddress) {
    switch journeys[journey].subject {
    case .packet(let packet): return packets[packet].subjects
    case .described(let number):
      let summary = summaries[Int(number)]
      return (summary.source, summary.destination)
    }
  }

  /// The packet that a copy or a part was made of, however often it was divided; itself for any
  /// other.
  func original(of journey: Int) -> Int {
    var number = journey
    while journeys[number].isBranch, let cause = journeys[number].cause { number = cause }
    return number
  }

  /// The packet that the parts at hand belong to: the one that the outermost of them, or of what
  /// they are copies of, was made of; itself for what is part of none.
  func whole(of journey: Int) -> Int {
    var (number, whole) = (journey, journey)
    while journeys[number].isBranch, let cause = journeys[number].cause {
      if journeys[number].purpose == .fragment { whole = cause }
      number = cause
    }
    return whole
  }

  /// A packet that another caused begins after it, and is noted with it.
  private mutating func append(
    _ journey: Journey, at element: ElementID, _ time: VirtualTime
  ) -> Int {
    if let cause = journey.cause { follow(cause, by: Int32(truncatingIfNeeded: journeys.count)) }
    if !journey.isBackground { openCount += 1 }
    journeys.append(journey)
    hops.append(Hop(element: element, time: time))
    return journeys.count - 1
  }

  private mutating func follow(_ cause: Int, by effect: Int32) {
    let last = journeys[cause].lastEffect
    if last < 0 {
      journeys[cause].firstEffect = effect
    } else {
      journeys[Int(last)].nextEffect = effect
    }
    journeys[cause].lastEffect = effect
  }

  /// The packets that a packet caused, in the order in which they began.
  func effects(of journey: Int) -> Effects {
    Effects(journeys: journeys, first: journeys[journey].firstEffect)
  }

  /// Packets that one packet caused.
  struct Effects: Sequence, IteratorProtocol {
    fileprivate let journeys: [Journey]
    fileprivate var first: Int32

    mutating func next() -> Int? {
      guard first >= 0 else { return nil }
      defer { first = journeys[Int(first)].nextEffect }
      return Int(first)
    }
  }

  /// Begins a copy or a part of a packet, at the element where the packet is.
  mutating func branch(
    _ purpose: PacketPurpose, of journey: Int, at element: ElementID, _ time: VirtualTime
  ) -> Int {
    var copy = Journey(
      purpose: purpose, subject: journeys[journey].subject, cause: journey, begun: time,
      hop: hops.count)
    copy.lastPassage = journeys[journey].lastPassage
    copy.meantFor = journeys[journey].meantFor
    copy.isBackground = journeys[journey].isBackground
    return append(copy, at: element, time)
  }

  /// Notes which element a packet is meant for, where that is known beside its address.
  mutating func mean(_ element: ElementID?, journey: Int) { journeys[journey].meantFor = element }

  /// The latest question that a packet asked for a neighbor; `nil` when it asked none.
  func question(of journey: Int, for address: IPAddress) -> Int? {
    var latest: Int?
    for effect in effects(of: journey)
    where journeys[effect].purpose == .resolution && addresses(of: effect).destination == address {
      latest = effect
    }
    return latest
  }

  /// Notes that a packet waits for the answer to a question that another one asked.
  mutating func wait(_ journey: Int, for question: Int) {
    journeys[journey].lastWait = waits.add(question, before: journeys[journey].lastWait)
  }

  /// The questions that other packets asked, and for whose answers a packet waited, in order.
  func waitedFor(by journey: Int) -> [Int] { waits.list(from: journeys[journey].lastWait) }

  /// Has a packet reach the element where its parts were put together, by the way that they took.
  mutating func join(_ parts: [Int], into whole: Int, at element: ElementID, _ time: VirtualTime) {
    if let first = parts.first, first != whole {
      journeys[whole].lastPassage = journeys[first].lastPassage
      _ = enter(element, at: time, journey: whole)
    }
    for part in parts {
      var number = part
      while number != whole {
        end(number, .reassembled, at: element)
        guard journeys[number].isBranch, let cause = journeys[number].cause else { break }
        number = cause
      }
    }
  }

  /// Notes that a packet reached an element; tells how many it has passed.
  mutating func enter(_ element: ElementID, at time: VirtualTime, journey: Int) -> Int {
    hops[journeys[journey].lastHop].next = Int32(hops.count)
    journeys[journey].lastHop = hops.count
    journeys[journey].hopCount += 1
    hops.append(Hop(element: element, time: time))
    return journeys[journey].hopCount
  }

  /// Notes what was done with a packet where it is.
  mutating func note(
    _ fact: any Fact, _ packet: PacketID?, before: PacketID?, journey: Int
  ) {
    let hop = journeys[journey].lastHop
    let number = Int32(notes.count)
    let last = hops[hop].lastNote
    if last < 0 { hops[hop].firstNote = number } else { notes[Int(last)].next = number }
    hops[hop].lastNote = number
    notes.append(Note(fact: fact, packet: packet, before: before))
  }

  mutating func sent(_ packet: PacketID, by element: ElementID, journey: Int) {
    guard journeys[journey].sent == nil else { return }
    journeys[journey].sent = Journey.End(element: element, packet: packet)
  }

  mutating func delivered(_ packet: PacketID, to element: ElementID, journey: Int) {
    journeys[journey].delivered = Journey.End(element: element, packet: packet)
  }

  mutating func passes(_ machine: Int, journey: Int) {
    journeys[journey].lastPassage = passages.add(machine, before: journeys[journey].lastPassage)
  }

  /// The machines that forwarded a packet, in order.
  func machines(passedBy journey: Int) -> [Int] {
    passages.list(from: journeys[journey].lastPassage)
  }

  /// Ends a packet's journey, once; a packet has one disposition.
  mutating func end(_ journey: Int, _ disposition: Disposition, at element: ElementID) {
    guard journeys[journey].ending == nil else { return }
    if !journeys[journey].isBackground { openCount -= 1 }
    let isLoop = disposition == .timeToLiveExceeded && repeatedMachine(of: journey) != nil
    let disposition = isLoop ? .loop : disposition
    journeys[journey].ending = Journey.Ending(disposition: disposition, element: element)
    // A packet is lost with the first of its parts.
    if journeys[journey].purpose == .fragment, !disposition.isSuccess,
      let whole = journeys[journey].cause
    {
      end(whole, disposition, at: element)
    }
  }

  /// The forwarding machine that a packet has passed more than once; `nil` for none.
  func repeatedMachine(of journey: Int) -> Int? {
    var seen: Set<Int> = []
    return machines(passedBy: journey).first { !seen.insert($0).inserted }
  }

  /// Ends what is still under way because of a limit of ours.
  mutating func giveUp(_ fact: any Fact) {
    for index in journeys.indices where journeys[index].ending == nil {
      if keepsSteps { note(fact, nil, before: nil, journey: index) }
      end(index, .gaveUp, at: hops[journeys[index].lastHop].element)
    }
  }

  /// What was noted last of a packet where it is; without a note, of the packet that caused it.
  func cause(of journey: Int) -> Place? {
    var number: Int? = journey
    while let index = number, journeys.indices.contains(index) {
      let hop = journeys[index].lastHop
      if hops[hop].lastNote >= 0 {
        return Place(journey: index, hop: hop, note: Int(hops[hop].lastNote))
      }
      number = journeys[index].cause
    }
    return nil
  }

  /// The element that sent a packet.
  func sender(of journey: Int) -> ElementID { hops[journeys[journey].firstHop].element }

  /// The numbers of a packet's hops, in order.
  func hops(of journey: Int) -> [Int] {
    var numbers: [Int] = []
    numbers.reserveCapacity(journeys[journey].hopCount)
    var hop = Int32(journeys[journey].firstHop)
    while hop >= 0 {
      numbers.append(Int(hop))
      hop = hops[Int(hop)].next
    }
    return numbers
  }
}

/// One packet from its sender to its end.
struct Journey: Sendable {
  struct End: Sendable {
    let element: ElementID
    let packet: PacketID
  }

  struct Ending: Sendable {
    let disposition: Disposition
    let element: ElementID
  }

  /// What a packet was, as its sender meant it.
  enum Subject: Sendable {
    case packet(PacketID)
    /// What is told of it instead, by its number.
    case described(Int32)
  }

  let purpose: PacketPurpose
  let subject: Subject
  let cause: Int?
  let begun: VirtualTime
  let firstHop: Int
  fileprivate(set) var lastHop: Int
  fileprivate(set) var hopCount = 1
  /// Whether it is one of those that never end, or was caused by one.
  fileprivate(set) var isBackground = false
  /// The first and last packet that this one caused, and the next that its cause did; -1 for none.
  fileprivate var firstEffect: Int32 = -1
  fileprivate var lastEffect: Int32 = -1
  fileprivate var nextEffect: Int32 = -1
  fileprivate(set) var sent: End?
  fileprivate(set) var delivered: End?
  fileprivate var lastPassage = Chain.end
  /// The element that should take the packet; `nil` for whoever has the address.
  fileprivate(set) var meantFor: ElementID?
  fileprivate var lastWait = Chain.end
  fileprivate(set) var ending: Ending?

  init(purpose: PacketPurpose, subject: Subject, cause: Int?, begun: VirtualTime, hop: Int) {
    self.purpose = purpose
    self.subject = subject
    self.cause = cause
    self.begun = begun
    firstHop = hop
    lastHop = hop
  }

  /// Whether this answers the packet that caused it, or tells that it was lost.
  var isAnswer: Bool { purpose == .reply || purpose == .error }

  /// Whether this is a copy or a part of the packet that caused it.
  var isBranch: Bool { purpose == .copy || purpose == .fragment }
}

/// Lists that grow at the front, each the number of its first link; those that begin alike share
/// the rest.
private struct Chain {
  private var links: [(value: Int32, rest: Int32)] = []

  /// The empty list.
  static let end: Int32 = -1

  /// Puts a value before a list.
  mutating func add(_ value: Int, before rest: Int32) -> Int32 {
    links.append((Int32(truncatingIfNeeded: value), rest))
    return Int32(truncatingIfNeeded: links.count - 1)
  }

  /// The values of a list, the one that was added first in front.
  func list(from first: Int32) -> [Int] {
    var values: [Int] = []
    var link = first
    while link >= 0 {
      values.append(Int(links[Int(link)].value))
      link = links[Int(link)].rest
    }
    return values.reversed()
  }
}
