public import HNVCore

/// What a box may do while it handles a frame or a timer: note, send, drop, wait.
///
/// It belongs to one run and to one packet in it. A box must not keep it: it owns the run, and the
/// run owns the box. Of a packet that waits, a box keeps the number, `journey`, and goes on with it
/// by `resuming(_:)`.
public struct Context {
  private let simulation: Simulation
  private let element: ElementID

  /// The packet at hand.
  public let journey: Int

  /// Whether what happens here goes on by itself for ever, so that no run waits for its end.
  private let isBackground: Bool

  /// What a packet does, or what happens without one.
  init(
    _ simulation: Simulation, _ element: ElementID, journey: Int = -1, isBackground: Bool = false
  ) {
    self.simulation = simulation
    self.element = element
    self.journey = journey
    self.isBackground =
      journey < 0 ? isBackground : simulation.journal.journeys[journey].isBackground
  }

  /// The same context, for another packet.
  public func resuming(_ journey: Int) -> Context {
    Context(simulation, element, journey: journey)
  }

  /// The same context, for what happens without a packet.
  var withoutPacket: Context { resuming(-1) }

  /// The lab that runs, with what its model added.
  public var intent: Intent { simulation.intent }

  /// Where machines are by now, and what runs.
  public var wiring: Wiring { simulation.wiring }

  /// The time by now.
  public var now: VirtualTime { simulation.now }

  /// The model's state, such as what each host has been told by now.
  public var state: any ModelState { simulation.state }

  /// Changes the model's state; does nothing where it is another model's.
  public func update<State: ModelState>(_ change: (inout State) -> Void) {
    guard var state = simulation.state as? State else { return }
    change(&state)
    simulation.state = state
  }

  /// Whether facts are kept; without, none is made.
  public var keepsSteps: Bool { simulation.journal.keepsSteps }

  /// Notes what was done with the packet at hand; not evaluated where facts are not kept.
  public func note(
    _ fact: @autoclosure () -> any Fact, _ frame: @autoclosure () -> EthernetFrame? = nil,
    before: @autoclosure () -> EthernetFrame? = nil
  ) {
    guard keepsSteps, journey >= 0 else { return }
    simulation.journal.note(fact(), frame(), before: before(), journey: journey)
  }

  /// Notes what was done with a packet that has no frame here.
  public func note(
    _ fact: @autoclosure () -> any Fact, packet: @autoclosure () -> IPPacket,
    before: @autoclosure () -> IPPacket? = nil
  ) {
    note(fact(), EthernetFrame(bare: packet()), before: before().map { EthernetFrame(bare: $0) })
  }


  /// Whether the packet at hand, or what it is a copy or a part of, answers another.
  public var isAnswer: Bool { original.purpose == .reply }

  /// Whether the packet at hand is one of several copies of another.
  public var isCopy: Bool { simulation.journal.journeys[journey].purpose == .copy }

  private var original: Journey {
    simulation.journal.journeys[simulation.journal.original(of: journey)]
  }

  /// Puts a frame of the packet at hand on a cable.
  public func emit(_ frame: EthernetFrame, on cable: Cable) {
    simulation.emit(frame, on: cable, from: element, journey: journey)
  }

  /// Begins a packet that the packet at hand gives rise to; `nil` begins one by itself.
  public func begin(_ purpose: PacketPurpose, of packet: PacketSummary) -> Context {
    let cause = journey >= 0 ? journey : nil
    let number = simulation.journal.begin(
      purpose, of: packet, cause: cause, at: element, simulation.now,
      isBackground: isBackground)
    return resuming(number)
  }

  /// Begins a copy of the packet at hand, which goes its own way from here.
  public func copy() -> Context { branch(.copy) }

  /// Begins a part of the packet at hand; the packet is lost when the part is, and arrives when
  /// whoever puts the parts together resumes it.
  public func fragment() -> Context { branch(.fragment) }

  private func branch(_ purpose: PacketPurpose) -> Context {
    resuming(simulation.journal.branch(purpose, of: journey, at: element, simulation.now))
  }

  /// The packet that the part at hand belongs to, however often it was divided; itself for any
  /// other.
  public var whole: Context { resuming(simulation.journal.whole(of: journey)) }

  /// Puts the parts that have come here together, of which the one at hand is the last; gives the
  /// packet that goes on from here.
  public func join(_ parts: [Context]) -> Context {
    let whole = whole
    simulation.journal.join(
      parts.map(\.journey), into: whole.journey, at: element, simulation.now)
    return whole
  }

  /// The packet at hand has come to its end here without being lost.
  public func finish(
    _ disposition: Disposition, _ fact: @autoclosure () -> any Fact,
    _ frame: @autoclosure () -> EthernetFrame? = nil
  ) {
    note(fact(), frame())
    simulation.journal.end(journey, disposition, at: element)
  }

  /// The packet at hand leaves its sender; the first frame counts.
  public func sent(_ frame: EthernetFrame) {
    simulation.journal.sent(frame, by: element, journey: journey)
  }

  /// The packet at hand passes a machine that forwards it.
  public func passes(_ machine: Int) {
    simulation.journal.passes(machine, journey: journey)
  }

  /// The forwarding machine to which the packet at hand keeps coming back; `nil` for none.
  public var loopingMachine: String? {
    simulation.journal.repeatedMachine(of: journey).map { intent.machines[$0].name }
  }

  /// Whether the element has told the sender of the packet at hand of a better way before: one that
  /// circles comes by again.
  var hasRedirected: Bool {
    simulation.journal.branches(of: journey, [.redirect]).contains {
      simulation.journal.sender(of: $0) == element
    }
  }

  /// The packet at hand has arrived.
  public func accept(_ frame: EthernetFrame, _ disposition: Disposition) {
    guard let meant = simulation.journal.journeys[journey].meantFor, meant != element else {
      simulation.journal.delivered(frame, to: element, journey: journey)
      simulation.journal.end(journey, disposition, at: element)
      return
    }
    drop(.wrongMachine, EngineFact.wrongMachine(meant: meant), frame)
  }

  /// Notes which element the packet at hand is meant for.
  public func mean(_ element: ElementID?) {
    simulation.journal.mean(element, journey: journey)
  }

  /// The element that the packet at hand is meant for; `nil` for whoever has the address.
  public var meant: ElementID? { simulation.journal.journeys[journey].meantFor }

  /// The element that sent the packet at hand.
  public var sender: ElementID {
    simulation.journal.sender(of: simulation.journal.original(of: journey))
  }

  /// The packet at hand waits for the answer to the question that another packet asked.
  public func wait(for address: IPAddress, askedBy other: Context) {
    guard let question = simulation.journal.question(of: other.journey, for: address)
    else { return }
    simulation.journal.wait(journey, for: question)
  }

  /// The packet at hand is lost here, or the analysis is at its end; the fact says why, and what
  /// would let the packet pass.
  public func drop(
    _ disposition: Disposition, _ fact: @autoclosure () -> any Fact,
    _ frame: @autoclosure () -> EthernetFrame? = nil
  ) {
    note(fact(), frame())
    simulation.journal.end(journey, disposition, at: element)
  }

  /// A packet that has no frame here is lost.
  public func drop(
    _ disposition: Disposition, _ fact: @autoclosure () -> any Fact,
    packet: @autoclosure () -> IPPacket
  ) {
    drop(disposition, fact(), EthernetFrame(bare: packet()))
  }

  /// Tells of something that happens by itself, which the packet at hand shows if there is one.
  func tell(_ text: String) {
    simulation.headlines.append(
      Headline(time: now, text: text, journey: journey < 0 ? nil : journey))
  }

  /// Wakes the box when a time has passed.
  public func wake(after delay: VirtualTime, _ timer: Timer) {
    simulation.schedule(
      .timeout(timer, at: element), after: delay, isBackground: isBackground || timer.isEndless)
  }
}

/// Words that are made already.
struct Worded: Fact {
  let step: Step

  func step(in scene: Scene) -> Step { step }
}

extension EthernetFrame {
  /// A packet for which there is no frame yet.
  fileprivate init(bare packet: IPPacket) {
    self.init(
      destination: MACAddress(bits: 0), source: MACAddress(bits: 0), payload: .ip(packet))
  }
}

/// A context belongs to its run.
@available(*, unavailable)
extension Context: Sendable {}
