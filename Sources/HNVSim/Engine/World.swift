public import HNVCore

/// A packet of a run, by its number.
public typealias JourneyID = Int

/// All that elements see and change beside themselves: where things are, what is noted of packets,
/// and what is to happen.
///
/// An element is handed the world for one event, with the packet at hand; of a packet that waits it
/// keeps the number, and goes on with it by `following(_:_:)`.
public struct World {
  /// Where machines are by now, and what runs.
  public internal(set) var wiring: Wiring
  /// The model's state, such as what each host has been told by now.
  public let state: any ModelState
  var journal: Journal
  var queue = EventQueue<Event>()
  /// Sees every frame that is put on a cable, before it arrives.
  var tap: ((FrameInTransit) -> Void)?
  /// What happened by itself and is worth telling, in the order of time.
  var loggedEvents: [LoggedEvent] = []
  /// The element that acts.
  var element = ElementID.underlay
  /// The packet at hand; negative for what happens without one.
  public var journey: JourneyID = -1
  /// Whether what happens without a packet goes on by itself for ever, so that no run waits for
  /// its end.
  var isEndless = false

  /// What happens at an element.
  enum Event: BitwiseCopyable {
    case arrival(PacketID, journey: JourneyID, at: ElementID, Cable)
    case timeout(Timer, at: ElementID)
    case action(Int)
  }

  /// The initial state of a lab, and that of its model.
  init(_ intent: Intent, _ state: any ModelState, keepingSteps: Bool) {
    wiring = Wiring(intent)
    self.state = state
    journal = Journal(keepsSteps: keepingSteps)
  }

  /// The lab that runs, with what its model added.
  public var intent: Intent { _read { yield wiring.intent } }

  /// The packets of the run.
  public var packets: PacketTable {
    _read { yield journal.packets }
    _modify { yield &journal.packets }
  }

  /// The time by now.
  public var now: VirtualTime { queue.now }

  /// Whether facts are kept; without, none is made.
  public var keepsSteps: Bool { journal.keepsSteps }

  /// Goes on with another packet for a while.
  public mutating func following<Result>(
    _ journey: JourneyID, _ body: (inout World) -> Result
  ) -> Result {
    let before = self.journey
    self.journey = journey
    defer { self.journey = before }
    return body(&self)
  }

  private var isBackground: Bool {
    journey < 0 ? isEndless : journal.journeys[journey].isBackground
  }
}

/// What becomes of packets.
extension World {
  /// Notes what was done with the packet at hand; not evaluated where facts are not kept.
  public mutating func note(
    _ fact: @autoclosure () -> any Fact, _ packet: PacketID? = nil, before: PacketID? = nil
  ) {
    guard keepsSteps, journey >= 0 else { return }
    journal.note(fact(), packet, before: before, journey: journey)
  }

  /// The packet at hand has come to its end here without being lost.
  public mutating func finish(
    _ disposition: Disposition, _ fact: @autoclosure () -> any Fact, _ packet: PacketID? = nil
  ) {
    note(fact(), packet)
    journal.end(journey, disposition, at: element)
  }

  /// The packet at hand is lost here, or the analysis is at its end; the fact says why, and what
  /// would let the packet pass.
  public mutating func drop(
    _ disposition: Disposition, _ fact: @autoclosure () -> any Fact, _ packet: PacketID? = nil
  ) {
    note(fact(), packet)
    journal.end(journey, disposition, at: element)
  }

  /// The packet at hand has arrived.
  public mutating func accept(_ packet: PacketID, _ disposition: Disposition) {
    guard let meant = journal.journeys[journey].meantFor, meant != element else {
      journal.delivered(packet, to: element, journey: journey)
      journal.end(journey, disposition, at: element)
      return
    }
    drop(.wrongMachine, EngineFact.wrongMachine(meant: meant), packet)
  }

  /// The packet at hand leaves its sender; the first frame counts.
  public mutating func sent(_ packet: PacketID) {
    journal.sent(packet, by: element, journey: journey)
  }

  /// The packet at hand passes a machine that forwards it.
  public mutating func passes(_ machine: Int) { journal.passes(machine, journey: journey) }

  /// Notes which element the packet at hand is meant for.
  public mutating func mean(_ element: ElementID?) { journal.mean(element, journey: journey) }
}

/// What is known of the packet at hand.
extension World {
  /// Whether the packet at hand, or what it is a copy or a part of, answers another.
  public var isAnswer: Bool {
    journal.journeys[journal.original(of: journey)].purpose == .reply
  }

  /// Whether the packet at hand is one of several copies of another.
  public var isCopy: Bool { journal.journeys[journey].purpose == .copy }

  /// The packet that the part at hand belongs to, however often it was divided; itself for any
  /// other.
  public var whole: JourneyID { journal.whole(of: journey) }

  /// Whether the element has told the sender of a packet of a better way before: one that circles
  /// comes by again.
  func hasRedirected(_ journey: JourneyID) -> Bool {
    journal.branches(of: journey, .redirect).contains { journal.sender(of: $0) == element }
  }

  /// The element that the packet at hand is meant for; `nil` for whoever has the address.
  public var meant: ElementID? { journal.journeys[journey].meantFor }

  /// The element that sent the packet at hand.
  public var sender: ElementID { journal.sender(of: journal.original(of: journey)) }
}

/// Packets that others give rise to.
extension World {
  /// Begins a packet that the packet at hand gives rise to; without one, a packet by itself.
  public mutating func begin(_ purpose: PacketPurpose, of packet: PacketID) -> JourneyID {
    begin(purpose, of: .packet(packet))
  }

  /// Begins a packet that is called by a description of its own, or of which no more will be.
  public mutating func begin(_ purpose: PacketPurpose, of packet: PacketSummary) -> JourneyID {
    begin(purpose, of: journal.keep(packet))
  }

  private mutating func begin(_ purpose: PacketPurpose, of subject: Journey.Subject) -> JourneyID {
    journal.begin(
      purpose, of: subject, cause: journey >= 0 ? journey : nil, at: element, now,
      isBackground: isBackground)
  }

  /// Begins a copy of the packet at hand, which goes its own way from here.
  public mutating func copy() -> JourneyID {
    journal.branch(.copy, of: journey, at: element, now)
  }

  /// Begins one of several copies of the packet at hand; the only one is the packet itself.
  public mutating func copy(oneOf count: Int) -> JourneyID { count == 1 ? journey : copy() }

  /// Begins a part of the packet at hand; the packet is lost when the part is, and arrives when
  /// whoever puts the parts together goes on with it.
  public mutating func fragment() -> JourneyID {
    journal.branch(.fragment, of: journey, at: element, now)
  }

  /// Puts the parts that have come here together, of which the one at hand is the last; gives the
  /// packet that goes on from here.
  public mutating func join(_ parts: [JourneyID]) -> JourneyID {
    let whole = whole
    journal.join(parts, into: whole, at: element, now)
    return whole
  }

  /// The packet at hand waits for the answer to the question that another packet asked.
  public mutating func wait(for address: IPAddress, askedBy other: JourneyID) {
    guard let question = journal.question(of: other, for: address) else { return }
    journal.wait(journey, for: question)
  }
}

/// What is to happen.
extension World {
  /// Puts the packet at hand on a cable, as it is by now.
  public mutating func emit(_ packet: PacketID, on cable: Cable) {
    let peer = wiring.otherEnd(of: cable, from: element)
    guard !wiring.cut.contains(cable) else {
      return drop(.linkDown, EngineFact.cutLink(to: peer), packet)
    }
    let arrival = now + wiring.latency(of: cable)
    tap?(
      FrameInTransit(
        frame: packets.frame(packet), journey: journey, cable: cable, sender: element, sent: now,
        arrives: arrival, cause: journal.cause(of: journey)))
    queue.push(
      .arrival(packet, journey: journey, at: peer, cable), at: arrival,
      isBackground: journal.journeys[journey].isBackground)
  }

  /// Puts a copy of the packet at hand on a cable.
  public mutating func emitCopy(of packet: PacketID, on cable: Cable) {
    following(copy()) { $0.emit(packet, on: cable) }
  }

  /// Wakes the element when a time has passed.
  public mutating func wake(after delay: VirtualTime, _ timer: Timer) {
    queue.push(
      .timeout(timer, at: element), at: now + delay,
      isBackground: isBackground || timer.isEndless)
  }

  /// Tells of something that happens by itself, which the packet at hand shows if there is one.
  mutating func tell(_ text: String) {
    loggedEvents.append(LoggedEvent(time: now, text: text, journey: journey < 0 ? nil : journey))
  }
}

/// A world belongs to its run.
@available(*, unavailable)
extension World: Sendable {}

/// Something that happened by itself, and the packet that shows it, if one does.
struct LoggedEvent {
  let time: VirtualTime
  let text: String
  let journey: JourneyID?
}

/// A frame on its way over a cable.
struct FrameInTransit {
  let frame: EthernetFrame
  let journey: JourneyID
  let cable: Cable
  /// The element that put it there.
  let sender: ElementID
  let sent: VirtualTime
  /// When it is at the cable's other end.
  let arrives: VirtualTime
  /// Where the fact is noted that sent it; `nil` where none is.
  let cause: Journal.Place?
}
