public import HNVCore

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
  /// The frames that notes are about.
  private var frames: [EthernetFrame] = []
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
    /// The frame it is about, and the one that it was before; -1 for none.
    let frame: Int32
    let before: Int32
  }

  /// Where a note is.
  struct Place: Sendable {
    let journey: Int
    let hop: Int
    let note: Int
  }

  init(keepsSteps: Bool) { self.keepsSteps = keepsSteps }

  /// A frame that a note is about; `nil` for -1.
  func frame(_ number: Int32) -> EthernetFrame? { number < 0 ? nil : frames[Int(number)] }

  mutating func begin(
    _ purpose: PacketPurpose, of packet: PacketSummary, cause: Int?, at element: ElementID,
    _ time: VirtualTime, isBackground: Bool
  ) -> Int {
    var journey = Journey(
      purpose: purpose, packet: packet, cause: cause, begun: time, hop: hops.count)
    journey.isBackground = isBackground
    // An answer is meant for whoever asked.
    if let cause, purpose == .reply || purpose == .error || purpose == .redirect {
      journey.meantFor = sender(of: original(of: cause))
    }
    return append(journey, at: element, time)
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
    if let cause = journey.cause { journeys[cause].effects.append(journeys.count) }
    if !journey.isBackground { openCount += 1 }
    journeys.append(journey)
    hops.append(Hop(element: element, time: time))
    return journeys.count - 1
  }

  /// Begins a copy or a part of a packet, at the element where the packet is.
  mutating func branch(
    _ purpose: PacketPurpose, of journey: Int, at element: ElementID, _ time: VirtualTime
  ) -> Int {
    var copy = Journey(
      purpose: purpose, packet: journeys[journey].packet, cause: journey, begun: time,
      hop: hops.count)
    copy.passed = journeys[journey].passed
    copy.meantFor = journeys[journey].meantFor
    copy.isBackground = journeys[journey].isBackground
    return append(copy, at: element, time)
  }

  /// Notes which element a packet is meant for, where that is known beside its address.
  mutating func mean(_ element: ElementID?, journey: Int) { journeys[journey].meantFor = element }

  /// The latest question that a packet asked for a neighbor; `nil` when it asked none.
  func question(of journey: Int, for address: IPAddress) -> Int? {
    journeys[journey].effects.last {
      journeys[$0].purpose == .resolution && journeys[$0].packet.destination == address
    }
  }

  /// Notes that a packet waits for the answer to a question that another one asked.
  mutating func wait(_ journey: Int, for question: Int) {
    journeys[journey].waitedFor.append(question)
  }

  /// Has a packet reach the element where its parts were put together, by the way that they took.
  mutating func join(_ parts: [Int], into whole: Int, at element: ElementID, _ time: VirtualTime) {
    if let first = parts.first, first != whole {
      journeys[whole].passed = journeys[first].passed
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
    _ fact: any Fact, _ frame: EthernetFrame?, before: EthernetFrame?, journey: Int
  ) {
    let hop = journeys[journey].lastHop
    let number = Int32(notes.count)
    let last = hops[hop].lastNote
    if last < 0 { hops[hop].firstNote = number } else { notes[Int(last)].next = number }
    hops[hop].lastNote = number
    notes.append(Note(fact: fact, frame: add(frame), before: add(before)))
  }

  private mutating func add(_ frame: EthernetFrame?) -> Int32 {
    guard let frame else { return -1 }
    frames.append(frame)
    return Int32(frames.count - 1)
  }

  mutating func sent(_ frame: EthernetFrame, by element: ElementID, journey: Int) {
    guard journeys[journey].sent == nil else { return }
    journeys[journey].sent = Journey.End(element: element, frame: frame)
  }

  mutating func delivered(_ frame: EthernetFrame, to element: ElementID, journey: Int) {
    journeys[journey].delivered = Journey.End(element: element, frame: frame)
  }

  mutating func passes(_ machine: Int, journey: Int) { journeys[journey].passed.append(machine) }

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
    return journeys[journey].passed.first { !seen.insert($0).inserted }
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
    let frame: EthernetFrame
  }

  struct Ending: Sendable {
    let disposition: Disposition
    let element: ElementID
  }

  let purpose: PacketPurpose
  let packet: PacketSummary
  let cause: Int?
  let begun: VirtualTime
  let firstHop: Int
  fileprivate(set) var lastHop: Int
  fileprivate(set) var hopCount = 1
  /// Whether it is one of those that never end, or was caused by one.
  fileprivate(set) var isBackground = false
  /// The packets that this one caused, in the order in which they began.
  fileprivate(set) var effects: [Int] = []
  fileprivate(set) var sent: End?
  fileprivate(set) var delivered: End?
  fileprivate(set) var passed: [Int] = []
  /// The element that should take the packet; `nil` for whoever has the address.
  fileprivate(set) var meantFor: ElementID?
  /// Questions that other packets asked, and for whose answers this one waited.
  fileprivate(set) var waitedFor: [Int] = []
  fileprivate(set) var ending: Ending?

  init(purpose: PacketPurpose, packet: PacketSummary, cause: Int?, begun: VirtualTime, hop: Int) {
    self.purpose = purpose
    self.packet = packet
    self.cause = cause
    self.begun = begun
    firstHop = hop
    lastHop = hop
  }

  /// Whether this is a copy or a part of the packet that caused it.
  var isBranch: Bool { purpose == .copy || purpose == .fragment }
}

/// Why the packet was sent.
public enum PacketPurpose: Hashable, Sendable {
  /// Somebody asked for it.
  case request
  /// It answers the packet that caused it.
  case reply
  /// It tells that the packet that caused it was lost.
  case error
  /// It tells of a better way for the packet that caused it, which goes on all the same.
  case redirect
  /// It finds a neighbour's MAC address for the packet that caused it.
  case resolution
  /// It is one of several copies of the packet that caused it.
  case copy
  /// It is a part of the packet that caused it, which arrives when all parts have.
  case fragment
  /// It tells others of its sender, and nobody asked for it.
  case announcement
}

/// A packet as its sender meant it, before any frame exists.
public struct PacketSummary: Hashable, Sendable {
  /// The address it comes from.
  public let source: IPAddress
  /// The address it goes to.
  public let destination: IPAddress
  /// What it is, in a few words: `ICMP echo request`, `TCP SYN 49152 -> 80`.
  public let text: String

  /// Describes a packet.
  public init(source: IPAddress, destination: IPAddress, text: String) {
    self.source = source
    self.destination = destination
    self.text = text
  }
}
