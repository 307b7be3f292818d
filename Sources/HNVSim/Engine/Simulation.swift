import HNVCore

/// One run: boxes, made when a frame first touches them, and a queue of what happens next.
///
/// What routers tell one another for ever happens in the background: a run ends when nothing else
/// is left.
final class Simulation {
  /// How many events one run may take before the analysis gives up.
  var eventLimit = 1_000_000

  /// How many boxes one packet may pass before the analysis gives up; a packet that pays one of
  /// its 255 at every router ends long before.
  static let hopLimit = 4_096

  /// How long a run goes on for packets that wait for what happens in the background, such as the
  /// answer to a question that an advertisement has asked.
  static let patience = VirtualTime.seconds(10)

  enum Event {
    case arrival(EthernetFrame, journey: Int, at: ElementID, Cable)
    case timeout(Timer, at: ElementID)
    case action(Int)
  }

  let network: any ModelNetwork
  /// The lab with what the model added, which packets ask for at every turn.
  let intent: Intent
  var wiring: Wiring
  var state: any ModelState
  var journal: Journal
  /// Sees every frame that is put on a cable, before it arrives.
  var tap: ((Passage) -> Void)?
  /// What happened by itself and is worth telling, in the order of time.
  var headlines: [Headline] = []
  /// When something was last left to do that is not in the background.
  private var latest = VirtualTime.zero
  private var queue = EventQueue<Event>()
  private var boxes = Boxes()

  /// Wires up a network in its initial state; nothing is made before a frame touches it.
  init(_ network: any ModelNetwork, keepingSteps: Bool) {
    self.network = network
    intent = network.intent
    wiring = Wiring(intent)
    state = network.initialState()
    journal = Journal(keepsSteps: keepingSteps)
    for machine in intent.machinesInVirtualRouters {
      box(.machine(machine)).start(in: Context(self, .machine(machine)))
    }
  }

  func schedule(
    _ event: Event, after delay: VirtualTime = .zero, isBackground: Bool = false
  ) {
    queue.push(event, at: now + delay, isBackground: isBackground)
  }

  /// What has happened until now, to read.
  var log: RunLog { RunLog(journal, of: intent) }

  func schedule(_ event: Event, at time: VirtualTime) { queue.push(event, at: time) }

  /// The time by now.
  var now: VirtualTime { queue.now }

  /// Whether a packet still waits for what goes on for ever.
  private var hasPatience: Bool { journal.openCount > 0 && now <= latest + Self.patience }

  /// Runs until nothing is left to do; actions are handed to `act`.
  ///
  /// - Returns: the number of events.
  @discardableResult
  func run(_ act: (Int) -> Void = { _ in }) -> Int {
    var count = 0
    while true {
      let isAwaited = queue.foregroundCount > 0
      guard isAwaited || hasPatience, let event = queue.pop() else { return count }
      if isAwaited { latest = now }
      count += 1
      guard count <= eventLimit else {
        journal.giveUp(EngineFact.events(limit: eventLimit))
        return count
      }
      switch event {
      case .action(let number): act(number)
      case .timeout(let timer, let element):
        guard wiring.isRunning(element) else { continue }
        box(element).timeout(timer, in: Context(self, element, isBackground: timer.isEndless))
      case .arrival(let frame, let journey, let element, let cable):
        arrive(frame, journey: journey, at: element, by: cable)
      }
    }
  }

  private func arrive(
    _ frame: EthernetFrame, journey: Int, at element: ElementID, by cable: Cable
  ) {
    let context = Context(self, element, journey: journey)
    guard journal.enter(element, at: now, journey: journey) < Self.hopLimit else {
      context.drop(.gaveUp, EngineFact.hops(limit: Self.hopLimit), frame)
      return
    }
    guard wiring.isRunning(element) else {
      context.drop(.elementDown, EngineFact.stopped, frame)
      return
    }
    box(element).receive(frame, from: cable, in: context)
  }

  /// Puts a frame on a cable.
  func emit(_ frame: EthernetFrame, on cable: Cable, from element: ElementID, journey: Int) {
    let peer = wiring.otherEnd(of: cable, from: element)
    guard !wiring.cut.contains(cable) else {
      Context(self, element, journey: journey).drop(
        .linkDown, EngineFact.cutLink(to: peer), frame)
      return
    }
    let latency = wiring.latency(of: cable)
    tap?(
      Passage(
        frame: frame, journey: journey, cable: cable, sender: element, sent: now,
        arrives: now + latency, cause: journal.cause(of: journey)))
    schedule(
      .arrival(frame, journey: journey, at: peer, cable), after: latency,
      isBackground: journal.journeys[journey].isBackground)
  }

  /// Tells the model which elements a change stops or starts.
  private func change(_ element: ElementID, _ change: () -> Void) {
    var elements = [element]
    if case .host(let host) = element {
      elements += intent.machines.indices.filter { wiring.host(of: $0) == host }
        .map { .machine($0) }
    }
    let before = elements.map { wiring.isRunning($0) }
    change()
    for (element, ran) in zip(elements, before) where wiring.isRunning(element) != ran {
      state.note(element, isRunning: !ran, at: now)
    }
  }

  /// Stops an element, and with a host the machines on it.
  func stop(_ element: ElementID) {
    change(element) { wiring.stop(element) }
    boxes[element]?.halt(in: Context(self, element))
    guard case .host(let host) = element else { return }
    state.stop(host)
    for machine in intent.machines.indices where wiring.host(of: machine) == host {
      boxes[.machine(machine)]?.halt(in: Context(self, .machine(machine)))
    }
  }

  /// Starts an element that was stopped, and with a host the machines on it.
  func start(_ element: ElementID) {
    guard wiring.stopped.contains(element) else { return }
    change(element) { wiring.start(element) }
    if wiring.isRunning(element) { boxes[element]?.start(in: Context(self, element)) }
    guard case .host(let host) = element else { return }
    for machine in intent.machines.indices where wiring.host(of: machine) == host {
      guard wiring.isRunning(.machine(machine)) else { continue }
      boxes[.machine(machine)]?.start(in: Context(self, .machine(machine)))
    }
  }

  /// The box of an element, made from the network when it is first needed.
  func box(_ element: ElementID) -> any Box {
    if let box = boxes[element] { return box }
    let box: any Box =
      switch element {
      case .machine(let index):
        Station(machine: index, in: intent, mtu: network.mtu(of: index))
      case .outside(let index): Station(outside: index, in: intent)
      case .router(let index): Station(router: index, in: intent)
      case .host, .underlay, .device: network.box(for: element)
      }
    boxes.add(box, for: element)
    return box
  }
}

extension Simulation {
  /// Sends a packet from a station now; returns the number of its journey.
  func send(_ probe: Probe) -> Int {
    let number = journal.journeys.count
    let context = Context(self, probe.sender)
    guard wiring.isRunning(probe.sender) else {
      let summary = PacketSummary(
        source: probe.source ?? probe.destination, destination: probe.destination,
        text: probe.text)
      context.begin(.request, of: summary).drop(.elementDown, EngineFact.senderStopped)
      return number
    }
    (box(probe.sender) as? Station)?.send(probe, in: context)
    return number
  }
}

/// Something that happened by itself, and the packet that shows it, if one does.
struct Headline {
  let time: VirtualTime
  let text: String
  let journey: Int?
}

/// A frame on its way over a cable.
struct Passage {
  let frame: EthernetFrame
  let journey: Int
  let cable: Cable
  /// The element that put it there.
  let sender: ElementID
  let sent: VirtualTime
  /// When it is at the cable's other end.
  let arrives: VirtualTime
  /// Where the fact is noted that sent it; `nil` where none is.
  let cause: Journal.Place?
}
