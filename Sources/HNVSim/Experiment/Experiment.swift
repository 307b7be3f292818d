public import HNVCore

/// Packets, changes and failures, planned on a virtual clock.
///
/// `run()` starts from the lab's initial state each time.
///
/// ```swift
/// var experiment = Experiment(fabric)
/// try experiment.send(Question(from: "B", to: "X"))
/// try experiment.deliver(record: "10.1.2.11", to: ["hv2"], at: .seconds(5))
/// try experiment.send(Question(from: "B", to: "X"), at: .seconds(6))
/// for event in experiment.run() { print(event) }
/// ```
public struct Experiment: Sendable {
  private let fabric: Fabric
  private var events: [Timeline.Event] = []

  /// Plans nothing yet.
  public init(_ fabric: Fabric) { self.fabric = fabric }

  /// Plans the timeline of the fabric's lab.
  public init(timelineOf fabric: Fabric) {
    self.fabric = fabric
    events = fabric.timeline.events
  }

  /// The number of planned events.
  var count: Int { events.count }

  /// Plans a packet.
  ///
  /// - Throws: everything that is wrong with the question.
  public mutating func send(_ question: Question, at time: VirtualTime = .zero) throws(Diagnostics)
  {
    let testPacket = try question.testPacket(in: fabric.network.intent)
    events.append(Timeline.Event(time: time, action: .send(testPacket), text: question.words))
  }

  /// Plans a stream of 1 to 10,000 equal packets.
  ///
  /// - Throws: everything that is wrong with the question, or a number of packets out of range.
  public mutating func send(
    _ question: Question, at time: VirtualTime = .zero, every: VirtualTime, times: Int
  ) throws(Diagnostics) {
    guard (1...Int(TimelineReader.longestStream)).contains(times) else {
      throw Diagnostics([
        Diagnostic(
          .numberOutOfRange, value: "\(times)",
          "a stream has 1 to \(TimelineReader.longestStream) packets")
      ])
    }
    let testPacket = try question.testPacket(in: fabric.network.intent)
    let stream = events.count
    var moment = time
    for _ in 0..<times {
      events.append(
        Timeline.Event(
          time: moment, action: .send(testPacket), text: question.words, stream: stream))
      moment = moment + every
    }
  }

  /// Plans the delivery of an address's record, as it is correct then, to hosts; none means all.
  public mutating func deliver(
    record address: String, to hosts: [String] = [], at time: VirtualTime
  ) throws(Diagnostics) {
    try append(.deliver(delivery(record: address, hosts)), at: time)
  }

  /// Plans the delivery of the route to a prefix to hosts; none means all.
  public mutating func deliver(
    route prefix: String, to hosts: [String] = [], at time: VirtualTime
  ) throws(Diagnostics) {
    try append(.deliver(delivery(route: prefix, hosts)), at: time)
  }

  /// Plans the delivery of a host's whole policy, as after a restart; no hosts means all.
  public mutating func deliverEverything(
    to hosts: [String] = [], at time: VirtualTime
  ) throws(Diagnostics) {
    try append(.deliver(delivery(hosts)), at: time)
  }

  /// Plans the removal of an address's record from hosts; none means all.
  public mutating func withhold(
    record address: String, from hosts: [String] = [], at time: VirtualTime
  ) throws(Diagnostics) {
    try append(.withhold(delivery(record: address, hosts)), at: time)
  }

  /// Plans the removal of the route to a prefix from hosts; none means all.
  public mutating func withhold(
    route prefix: String, from hosts: [String] = [], at time: VirtualTime
  ) throws(Diagnostics) {
    try append(.withhold(delivery(route: prefix, hosts)), at: time)
  }

  /// Plans the move of a machine to another host; no host's policy changes by it.
  public mutating func move(
    _ machine: String, to host: String, at time: VirtualTime
  ) throws(Diagnostics) {
    try append(.move(machine: here(machine), to: here(host)), at: time)
  }

  /// Plans the stop of a machine, a host or an outside network.
  public mutating func stop(_ element: String, at time: VirtualTime) throws(Diagnostics) {
    try append(.stop(here(element)), at: time)
  }

  /// Plans the start of a stopped element.
  public mutating func start(_ element: String, at time: VirtualTime) throws(Diagnostics) {
    try append(.start(here(element)), at: time)
  }

  /// Plans a cut of the link between two elements.
  public mutating func cut(
    _ one: String, from other: String, at time: VirtualTime
  ) throws(Diagnostics) {
    try append(.cut(here(one), here(other)), at: time)
  }

  /// Plans the repair of the link between two elements.
  public mutating func restore(
    _ one: String, to other: String, at time: VirtualTime
  ) throws(Diagnostics) {
    try append(.restore(here(one), here(other)), at: time)
  }

  /// Runs from the lab's initial state until nothing is left to do.
  ///
  /// - Returns: what happened, in order of time; packets with their traces.
  public func run() -> [ExperimentEvent] { events(of: outcome()) }

  /// Runs without recording steps, and counts frames that arrived, timers that ended, and planned
  /// events.
  public func eventCount() -> Int {
    run(fabric.run(keepingSteps: false)) { _, _ in }
  }

  /// Runs what is planned, calls `note` with the journey of each packet, and returns the number of
  /// events.
  @discardableResult
  private func run(_ simulation: Simulation, _ note: (_ event: Int, _ journey: Int) -> Void) -> Int
  {
    // In the order of time, so that they wait in line.
    let order = events.indices.sorted { (events[$0].time, $0) < (events[$1].time, $1) }
    for number in order { simulation.schedule(number, at: events[number].time) }
    simulation.world.journal.makeRoom(for: order.count)
    return simulation.run { number in
      if case .send(let testPacket) = events[number].action {
        note(number, simulation.send(testPacket))
      } else {
        simulation.perform(events[number].action)
      }
    }
  }

  /// The result of a run.
  struct Outcome {
    /// The trace of each packet, by the number of its event.
    let traces: [Int: Trace]
    /// What happened without being planned, in order of time.
    let loggedEvents: [ExperimentEvent]
  }

  func outcome() -> Outcome {
    let simulation = fabric.run(keepingSteps: true)
    var journeys: [Int: Int] = [:]
    run(simulation) { journeys[$0] = $1 }
    let log = simulation.log
    return Outcome(
      traces: journeys.mapValues { Trace($0, of: log) },
      loggedEvents: simulation.world.loggedEvents.map { loggedEvent in
        ExperimentEvent(
          time: loggedEvent.time, text: loggedEvent.text,
          trace: loggedEvent.journey.map { Trace($0, of: log) },
          stream: nil)
      })
  }

  /// What happened, in order of time; planned events come first at equal times.
  func events(of outcome: Outcome) -> [ExperimentEvent] {
    let planned = events.indices.map { number in
      ExperimentEvent(
        time: events[number].time, text: events[number].text, trace: outcome.traces[number],
        stream: events[number].stream)
    }
    let all = planned + outcome.loggedEvents
    return all.indices.sorted { (all[$0].time, $0) < (all[$1].time, $1) }.map { all[$0] }
  }

  // Read like a lab file's timeline, so that both get the same checks.
  private mutating func append(_ action: Lab.Event.Action, at time: VirtualTime) throws(Diagnostics)
  {
    var lab = Lab(name: fabric.lab.name)
    lab.timeline = [Lab.Event(at: here(time.labText), action)]
    let (timeline, diagnostics) = TimelineReader.read(
      lab, in: fabric.network, under: fabric.model)
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    events += timeline.events
  }

  private func here(_ text: String) -> Written {
    Written(text, at: Place(file: "experiment", line: UInt32(events.count + 1)))
  }

  private func delivery(
    record: String? = nil, route: String? = nil, _ hosts: [String]
  ) -> Lab.Event.Delivery {
    Lab.Event.Delivery(
      record: record.map(here), route: route.map(here), hosts: hosts.map(here))
  }
}

/// Something that happened in an experiment.
public struct ExperimentEvent: Hashable, Sendable, CustomStringConvertible {
  /// When.
  public let time: VirtualTime
  /// What, in words.
  public let text: String
  /// The packet's trace; `nil` for an event without a packet.
  public let trace: Trace?
  /// A number that the packets of one stream share; `nil` for an event that happens once.
  public let stream: Int?

  /// Time and text and, for a packet, how it ended.
  public var description: String {
    guard let trace else { return "\(time)  \(text)" }
    let isUnanswered = trace.disposition.isSuccess && !trace.isAnswered
    return "\(time)  \(text): \(trace.disposition)\(isUnanswered ? ", no reply" : "")"
  }
}

extension Simulation {
  /// Applies a planned change to the network.
  func perform(_ action: Timeline.Action) {
    switch action {
    case .send: break
    case .deliver(let item, let hosts): world.state.deliver(item, to: hosts, wiring)
    case .withhold(let item, let hosts): world.state.withhold(item, from: hosts)
    case .move(let machine, let host):
      let old = wiring.host(of: machine)
      world.wiring.move(machine, to: host)
      world.state.move(machine, from: old, to: host)
      if wiring.isRunning(.host(host)) {
        act(.host(host)) { $0.welcome(machine, in: &$1) }
      }
    case .stop(let element): stop(element)
    case .start(let element): start(element)
    case .cut(let one, let other):
      for cable in wiring.cables(between: one, and: other) { world.wiring.cut(cable) }
    case .restore(let one, let other):
      for cable in wiring.cables(between: one, and: other) { world.wiring.restore(cable) }
    }
  }
}
