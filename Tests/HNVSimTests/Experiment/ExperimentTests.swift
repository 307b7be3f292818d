import HNVCore
import HNVSim
import Testing

/// What changes over time, each change with what it does and what it leaves alone.
@Suite struct ExperimentTests {
  private static let pairs = [
    ("A", "B"), ("B", "A"), ("A", "X"), ("X", "A"), ("B", "X"), ("X", "B"),
  ]

  /// The pairs that are not reachable after some changes.
  private func broken(
    after change: (inout Experiment) throws -> Void, on fabric: Fabric? = nil
  ) throws -> Set<String> {
    var experiment = Experiment(try fabric ?? SmallLab.fabric())
    try change(&experiment)
    for (from, to) in Self.pairs {
      try experiment.send(Question(from: from, to: to), at: .seconds(100))
    }
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.count == Self.pairs.count)
    var broken: Set<String> = []
    for (pair, trace) in zip(Self.pairs, traces) where !trace.isAnswered {
      broken.insert("\(pair.0)\(pair.1)")
    }
    return broken
  }

  @Test func `without a change all pairs talk`() throws {
    #expect(try broken { _ in } == [])
  }

  @Test func `withholding a record harms who needs it there, and delivering it fixes that`() throws
  {
    // hv1 sends to X by it; hv2, which has X itself, is not touched.
    #expect(
      try broken { try $0.withhold(record: "10.1.2.11", from: ["hv1"], at: .seconds(1)) }
        == ["AX", "XA"])
    #expect(
      try broken {
        try $0.withhold(record: "10.1.2.11", from: ["hv1"], at: .seconds(1))
        try $0.deliver(record: "10.1.2.11", to: ["hv1"], at: .seconds(2))
      } == [])
    #expect(
      try broken { try $0.withhold(record: "10.1.2.11", at: .seconds(1)) }
        == ["AX", "XA", "BX", "XB"])
  }

  @Test func `withholding a route from a host harms only what depends on it`() throws {
    // Records are host routes: the route to the subnet is needed only to know the subnet at all.
    #expect(
      try broken { try $0.withhold(route: "10.1.2.0/24", from: ["hv2"], at: .seconds(1)) }
        == ["AX", "XA", "BX", "XB"])
    #expect(
      try broken {
        try $0.withhold(route: "10.1.2.0/24", at: .seconds(1))
        try $0.deliver(route: "10.1.2.0/24", at: .seconds(2))
      } == [])
  }

  @Test func `a stopped machine is silent until it is started`() throws {
    #expect(try broken { try $0.stop("X", at: .seconds(1)) } == ["AX", "XA", "BX", "XB"])
    #expect(
      try broken {
        try $0.stop("X", at: .seconds(1))
        try $0.start("X", at: .seconds(2))
      } == [])
  }

  @Test func `a stopped host takes its machines along`() throws {
    #expect(
      try broken { try $0.stop("hv2", at: .seconds(1)) }
        == ["AB", "BA", "AX", "XA", "BX", "XB"])
    #expect(try broken { try $0.stop("hv3", at: .seconds(1)) } == [])
    #expect(
      try broken {
        try $0.stop("hv2", at: .seconds(1))
        try $0.start("hv2", at: .seconds(2))
        // What it was told went with it.
        try $0.deliverEverything(to: ["hv2"], at: .seconds(2))
      } == [])
  }

  @Test func `a cut uplink leaves the machines of its host to one another`() throws {
    #expect(
      try broken { try $0.cut("hv2", from: "underlay", at: .seconds(1)) }
        == ["AB", "BA", "AX", "XA"])
    #expect(
      try broken {
        try $0.cut("underlay", from: "hv2", at: .seconds(1))
        try $0.restore("hv2", to: "underlay", at: .seconds(2))
      } == [])
  }

  @Test func `a cut adapter isolates its machine alone`() throws {
    #expect(
      try broken { try $0.cut("X", from: "hv2", at: .seconds(1)) } == ["AX", "XA", "BX", "XB"])
  }

  @Test func `a change counts from its time on`() throws {
    var experiment = Experiment(try SmallLab.fabric())
    try experiment.stop("B", at: .seconds(5))
    try experiment.start("B", at: .seconds(9))
    for second in [4, 6, 10] as [UInt64] {
      try experiment.send(Question(from: "A", to: "B"), at: .seconds(second))
    }
    let events = experiment.run()
    #expect(events.map(\.time) == [4, 5, 6, 9, 10].map { .seconds($0) })
    #expect(
      events.map { $0.trace?.disposition }
        == [.accepted, nil, .elementDown, nil, .accepted])
    #expect("\(events[1])" == "5 s stop B")
    #expect("\(events[2])" == "6 s A to B: ELEMENT_DOWN")
    #expect("\(events[4])" == "10 s A to B: ACCEPTED")
  }

  @Test func `a link is cut where the machine is by then`() throws {
    var experiment = Experiment(try SmallLab.fabric())
    try experiment.cut("A", from: "hv2", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(2))
    try experiment.move("A", to: "hv2", at: .seconds(3))
    try experiment.deliver(record: "10.0.1.11", at: .seconds(3))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(4))
    try experiment.cut("A", from: "hv2", at: .seconds(5))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(6))
    let endings = experiment.run().compactMap { $0.trace?.disposition }
    #expect(endings == [.accepted, .accepted, .linkDown])
  }

  @Test func `running twice gives the same, and a copy goes its own way`() throws {
    var experiment = Experiment(timelineOf: try LabFiles.fabric("late-record"))
    try experiment.send(Question(from: "B", to: "X"), at: .seconds(1))
    var copy = experiment
    let first = experiment.run()
    #expect(experiment.run() == first)
    try copy.send(Question(from: "B", to: "X"), at: .seconds(6))
    #expect(copy.run().count == first.count + 1)
    #expect(experiment.run() == first)
  }

  @Test func `what cannot be is refused, and plans nothing`() throws {
    var experiment = Experiment(try SmallLab.fabric())
    let refused: [(inout Experiment) throws -> Void] = [
      { try $0.send(Question(from: "A", to: "Q")) },
      { try $0.send(Question(from: "A", to: "B", size: -1)) },
      { try $0.send(Question(from: "A", to: "B", sourcePort: 1)) },
      { try $0.stop("hv9", at: .zero) },
      { try $0.move("hv1", to: "hv2", at: .zero) },
      { try $0.move("A", to: "B", at: .zero) },
      { try $0.cut("A", from: "B", at: .zero) },
      { try $0.cut("hv1", from: "hv2", at: .zero) },
      { try $0.deliver(record: "10.0.1.99", at: .zero) },
      { try $0.deliver(record: "10.0.1.11", to: ["A"], at: .zero) },
      { try $0.deliver(route: "10.0.1.1/24", at: .zero) },
      { try $0.withhold(route: "10.7.0.0/16", at: .zero) },
    ]
    for change in refused {
      #expect(throws: Diagnostics.self) { try change(&experiment) }
    }
    #expect(experiment.run().isEmpty)
  }
}
