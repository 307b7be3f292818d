import HNVCore

/// One run: elements, made when a frame first touches them, and the world that they act in.
///
/// What routers tell one another for ever happens in the background: a run ends when nothing else
/// is left.
final class Simulation {
  /// How many events one run may take before the analysis gives up.
  var eventLimit = 1_000_000

  /// How many elements one packet may pass before the analysis gives up; a packet that pays one of
  /// its 255 at every router ends long before.
  static let hopLimit = 4_096

  /// How long a run goes on for packets that wait for what happens in the background, such as the
  /// answer to a question that an advertisement has asked.
  static let patience = VirtualTime.seconds(10)

  let network: any ModelNetwork
  var world: World
  private var progress = Progress()
  private var cells: Cells

  /// Wires up a network in its initial state; nothing is made before a frame touches it.
  ///
  /// `intent` is the network's, where somebody has it at hand.
  init(
    _ network: any ModelNetwork, of intent: Intent? = nil, keepingSteps: Bool,
    sharing machines: Cache<StackConfiguration> = Cache()
  ) {
    self.network = network
    let factory = network.newRun()
    cells = Cells(factory, sharing: machines)
    world = World(intent ?? network.intent, factory.modelState, keepingSteps: keepingSteps)
    for machine in world.intent.machinesInVirtualRouters {
      act(.machine(machine)) { $0.start(in: &$1) }
    }
  }

  var intent: Intent { _read { yield world.wiring.intent } }
  var wiring: Wiring { world.wiring }
  var journal: Journal { _read { yield world.journal } }

  /// What has happened until now, to read.
  var log: RunLog { RunLog(world.journal, of: world.intent) }

  /// Plans an action by its number; of a time that has passed, for now.
  func schedule(_ action: Int, at time: VirtualTime) {
    world.queue.push(.action(action), at: time)
  }

  /// How far a run has come.
  private struct Progress {
    /// When something was last left to do that is not in the background.
    var latest = VirtualTime.zero
    /// How many events there were since the run began, or went on.
    var eventCount = 0
  }

  /// Runs until nothing is left to do; actions are handed to `act`.
  ///
  /// - Returns: the number of events.
  @discardableResult
  func run(_ act: (Int) -> Void = { _ in }) -> Int {
    progress.eventCount = 0
    while let action = Self.advance(&world, &cells, &progress, limit: eventLimit) { act(action) }
    return progress.eventCount
  }

  /// Runs until an action is due, which it gives; `nil` when nothing is left to do.
  ///
  /// The world is borrowed once for all events until then.
  private static func advance(
    _ world: inout World, _ cells: inout Cells, _ progress: inout Progress, limit: Int
  ) -> Int? {
    while true {
      let isAwaited = world.queue.foregroundCount > 0
      let isPatient = world.journal.openCount > 0 && world.now <= progress.latest + patience
      guard isAwaited || isPatient, let event = world.queue.pop() else { return nil }
      if isAwaited { progress.latest = world.now }
      progress.eventCount += 1
      guard progress.eventCount <= limit else {
        world.journal.giveUp(EngineFact.events(limit: limit))
        return nil
      }
      switch event {
      case .action(let number): return number
      case .timeout(let timer, let element):
        guard world.wiring.isRunning(element) else { continue }
        world.acting(element, isEndless: timer.isEndless) { cells[element].timeout(timer, in: &$0) }
      case .arrival(let packet, let journey, let element, let cable):
        guard world.arrive(packet, journey, at: element) else { continue }
        cells[element].receive(packet, from: cable, in: &world)
      }
    }
  }

  /// Has an element act by itself, without a packet.
  func act(_ element: ElementID, _ body: (any Cell, inout World) -> Void) {
    let cell = cell(element)
    world.acting(element) { body(cell, &$0) }
  }

  /// Has an element act by itself, if a frame has touched it before.
  private func actIfMade(_ element: ElementID, _ body: (any Cell, inout World) -> Void) {
    if cells.contains(element) { act(element, body) }
  }

  /// Tells the model which elements a change stops or starts.
  private func change(_ element: ElementID, _ change: (inout Wiring) -> Void) {
    var elements = [element]
    if case .host(let host) = element { elements += machines(on: host) }
    let before = elements.map { world.wiring.isRunning($0) }
    change(&world.wiring)
    for (element, ran) in zip(elements, before) where world.wiring.isRunning(element) != ran {
      world.state.note(element, isRunning: !ran, at: world.now)
    }
  }

  private func machines(on host: Int) -> [ElementID] {
    intent.machines.indices.filter { wiring.host(of: $0) == host }.map { .machine($0) }
  }

  /// Stops an element, and with a host the machines on it.
  func stop(_ element: ElementID) {
    change(element) { $0.stop(element) }
    actIfMade(element) { $0.halt(in: &$1) }
    guard case .host(let host) = element else { return }
    world.state.stop(host)
    for machine in machines(on: host) { actIfMade(machine) { $0.halt(in: &$1) } }
  }

  /// Starts an element that was stopped, and with a host the machines on it.
  func start(_ element: ElementID) {
    guard wiring.stopped.contains(element) else { return }
    change(element) { $0.start(element) }
    if wiring.isRunning(element) { actIfMade(element) { $0.start(in: &$1) } }
    guard case .host(let host) = element else { return }
    for machine in machines(on: host) where wiring.isRunning(machine) {
      actIfMade(machine) { $0.start(in: &$1) }
    }
  }

  /// The cell of an element, made when it is first needed.
  func cell(_ element: ElementID) -> any Cell { cells[element] }
}

extension World {
  /// Enters a packet at an element; tells whether that can take it.
  fileprivate mutating func arrive(
    _ packet: PacketID, _ journey: JourneyID, at element: ElementID
  ) -> Bool {
    let count = journal.enter(element, at: now, journey: journey)
    self.element = element
    self.journey = journey
    guard count < Simulation.hopLimit else {
      drop(.gaveUp, EngineFact.hops(limit: Simulation.hopLimit), packet)
      return false
    }
    guard wiring.isRunning(element) else {
      drop(.elementDown, EngineFact.stopped, packet)
      return false
    }
    return true
  }

  /// Has an element act by itself, without a packet.
  fileprivate mutating func acting(
    _ element: ElementID, isEndless: Bool = false, _ body: (inout World) -> Void
  ) {
    self.element = element
    journey = -1
    self.isEndless = isEndless
    body(&self)
    self.isEndless = false
  }
}

extension Simulation {
  /// Begins a packet at an element now, and does something with it; returns its number.
  func begin(
    _ purpose: PacketPurpose, of packet: PacketSummary, at element: ElementID,
    _ body: (inout World) -> Void
  ) -> JourneyID {
    world.element = element
    world.journey = -1
    let number = world.begin(purpose, of: packet)
    world.following(number, body)
    return number
  }

  /// Sends a packet from a stack now; returns its number.
  func send(_ testPacket: TestPacket) -> JourneyID {
    guard wiring.isRunning(testPacket.sender) else {
      let summary = PacketSummary(
        source: testPacket.source ?? testPacket.destination, destination: testPacket.destination,
        text: testPacket.text)
      return begin(.request, of: summary, at: testPacket.sender) {
        $0.drop(.elementDown, EngineFact.senderStopped)
      }
    }
    let number = world.journal.journeys.count
    act(testPacket.sender) { ($0 as? ElementCell<NetworkStack>)?.content.send(testPacket, in: &$1) }
    return number
  }
}
