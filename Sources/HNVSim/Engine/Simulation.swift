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
  /// When something was last left to do that is not in the background.
  private var latest = VirtualTime.zero
  private var cells = Cells()
  private let machines: Cache<StationConfiguration>

  /// Wires up a network in its initial state; nothing is made before a frame touches it.
  init(
    _ network: any ModelNetwork, keepingSteps: Bool,
    sharing machines: Cache<StationConfiguration> = Cache()
  ) {
    self.network = network
    self.machines = machines
    world = World(network, keepingSteps: keepingSteps)
    for machine in world.intent.machinesInVirtualRouters {
      act(.machine(machine)) { $0.start(in: &$1) }
    }
  }

  var intent: Intent { world.intent }
  var wiring: Wiring { world.wiring }
  var journal: Journal { world.journal }

  /// What has happened until now, to read.
  var log: RunLog { RunLog(world.journal, of: world.intent) }

  /// Plans an action by its number; of a time that has passed, for now.
  func schedule(_ action: Int, at time: VirtualTime) {
    world.queue.push(.action(action), at: time)
  }

  /// Whether a packet still waits for what goes on for ever.
  private var hasPatience: Bool {
    world.journal.openCount > 0 && world.now <= latest + Self.patience
  }

  /// Runs until nothing is left to do; actions are handed to `act`.
  ///
  /// - Returns: the number of events.
  @discardableResult
  func run(_ act: (Int) -> Void = { _ in }) -> Int {
    var count = 0
    while true {
      let isAwaited = world.queue.foregroundCount > 0
      guard isAwaited || hasPatience, let event = world.queue.pop() else { return count }
      if isAwaited { latest = world.now }
      count += 1
      guard count <= eventLimit else {
        world.journal.giveUp(EngineFact.events(limit: eventLimit))
        return count
      }
      switch event {
      case .action(let number): act(number)
      case .timeout(let timer, let element):
        guard world.wiring.isRunning(element) else { continue }
        self.act(element, isEndless: timer.isEndless) { $0.timeout(timer, in: &$1) }
      case .arrival(let packet, let journey, let element, let cable):
        arrive(packet, journey, at: element, by: cable)
      }
    }
  }

  private func arrive(
    _ packet: PacketID, _ journey: JourneyID, at element: ElementID, by cable: Cable
  ) {
    let count = world.journal.enter(element, at: world.now, journey: journey)
    world.element = element
    world.journey = journey
    guard count < Self.hopLimit else {
      world.drop(.gaveUp, EngineFact.hops(limit: Self.hopLimit), packet)
      return
    }
    guard world.wiring.isRunning(element) else {
      world.drop(.elementDown, EngineFact.stopped, packet)
      return
    }
    cell(element).receive(packet, from: cable, in: &world)
  }

  /// Has an element act by itself, without a packet.
  func act(
    _ element: ElementID, isEndless: Bool = false, _ body: (any Cell, inout World) -> Void
  ) {
    let cell = cell(element)
    world.element = element
    world.journey = -1
    world.isEndless = isEndless
    body(cell, &world)
    world.isEndless = false
  }

  /// Has an element act by itself, if a frame has touched it before.
  private func actIfMade(_ element: ElementID, _ body: (any Cell, inout World) -> Void) {
    if cells[element] != nil { act(element, body) }
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

  /// The cell of an element, made from the network when it is first needed.
  func cell(_ element: ElementID) -> any Cell {
    if let cell = cells[element] { return cell }
    let content: any Element =
      switch element {
      case .machine(let index):
        Station(
          machines.value(index) {
            StationConfiguration(machine: index, in: intent, mtu: network.mtu(of: index))
          })
      case .outside(let index): Station(StationConfiguration(outside: index, in: intent))
      case .router(let index): Station(StationConfiguration(router: index, in: intent))
      case .host, .underlay, .device: network.element(for: element)
      }
    let cell = content.inCell()
    cells.add(cell, for: element)
    return cell
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

  /// Sends a packet from a station now; returns its number.
  func send(_ probe: Probe) -> JourneyID {
    guard wiring.isRunning(probe.sender) else {
      let summary = PacketSummary(
        source: probe.source ?? probe.destination, destination: probe.destination,
        text: probe.text)
      return begin(.request, of: summary, at: probe.sender) {
        $0.drop(.elementDown, EngineFact.senderStopped)
      }
    }
    let number = world.journal.journeys.count
    act(probe.sender) { ($0 as? ElementCell<Station>)?.content.send(probe, in: &$1) }
    return number
  }
}
