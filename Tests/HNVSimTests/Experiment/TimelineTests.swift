import HNVCore
import HNVSim
import Testing

/// A timeline in a lab file and the same in Swift.
@Suite struct TimelineTests {
  private static let network = """
      name: "timeline",
      hosts: [{ name: "hv1" }, { name: "hv2" }, { name: "hv3" }],
      networks: [{ name: "blue", subnets: [
        { name: "front", prefixes: ["10.0.1.0/24"] }, { name: "back", prefixes: ["10.1.2.0/24"] },
      ] }],
      machines: [
        { name: "A", host: "hv1", interfaces: [{ subnet: "front", addresses: ["10.0.1.11"] }] },
        { name: "X", host: "hv2", interfaces: [{ subnet: "back", addresses: ["10.1.2.11"] }] },
      ],
    """

  private func fabric(_ rest: String) throws(Diagnostics) -> Fabric {
    try Fabric(try Lab.read(Array("{\(Self.network)\(rest)}".utf8), named: "timeline.json5"))
  }

  @Test func `every event can be written either way`() throws {
    let question = Question(
      from: "A", to: "X", ipProtocol: .udp, sourcePort: 1000, destinationPort: 53,
      timeToLive: 9, size: 5)
    let fromFile = Experiment(
      timelineOf: try fabric(
        """
        timeline: [
          { at: "1s", withhold: { record: "10.1.2.11", hosts: ["hv1"] } },
          { at: "2s", send: { from: "A", to: "X", protocol: "udp", sourcePort: 1000,
            destinationPort: 53, ttl: 9, size: 5 } },
          { at: "3s", deliver: { record: "10.1.2.11" } },
          { at: "4s", withhold: { route: "10.1.2.0/24" } },
          { at: "5s", deliver: { route: "10.1.2.0/24", hosts: ["hv1", "hv2"] } },
          { at: "6s", move: { machine: "X", to: "hv3" } },
          { at: "7s", stop: "A" },
          { at: "8s", start: "A" },
          { at: "9s", cut: ["hv1", "underlay"] },
          { at: "10s", restore: ["hv1", "underlay"] },
          { at: "11s", send: { from: "A", to: "X" } },
        ],
        """))
    var inSwift = Experiment(try fabric(""))
    try inSwift.withhold(record: "10.1.2.11", from: ["hv1"], at: .seconds(1))
    try inSwift.send(question, at: .seconds(2))
    try inSwift.deliver(record: "10.1.2.11", at: .seconds(3))
    try inSwift.withhold(route: "10.1.2.0/24", at: .seconds(4))
    try inSwift.deliver(route: "10.1.2.0/24", to: ["hv1", "hv2"], at: .seconds(5))
    try inSwift.move("X", to: "hv3", at: .seconds(6))
    try inSwift.stop("A", at: .seconds(7))
    try inSwift.start("A", at: .seconds(8))
    try inSwift.cut("hv1", from: "underlay", at: .seconds(9))
    try inSwift.restore("hv1", to: "underlay", at: .seconds(10))
    try inSwift.send(Question(from: "A", to: "X"), at: .seconds(11))
    let events = fromFile.run()
    #expect(events == inSwift.run())
    #expect(events.count == 11)
    #expect(events[1].trace?.disposition == .noRecord)
    #expect(events[10].trace?.disposition == .noPort)
  }

  @Test func `events happen in the order of their times, however they are written`() throws {
    let experiment = Experiment(
      timelineOf: try fabric(
        """
        timeline: [
          { at: "3s", send: { from: "A", to: "X" } },
          { at: "1s", stop: "X" },
          { at: "2000ms", start: "X" },
        ],
        """))
    let events = experiment.run()
    #expect(events.map(\.text) == ["stop X", "start X", "A -> X"])
    #expect(events.last?.trace?.isAnswered == true)
  }

  @Test func `an expectation with a time joins the timeline, one without meets the start`() throws {
    let lab = try fabric(
      """
      timeline: [{ at: "5s", stop: "X" }],
      expect: [
        { from: "A", to: "X" },
        { at: "4s", from: "A", to: "X" },
        { at: "6s", from: "A", to: "X", outcome: "ELEMENT_DOWN" },
        { at: "6s", from: "A", to: "X" },
      ],
      """
    ).lab
    let run = LabRun(lab)
    #expect(run.results.map(\.passed) == [true, true, true, false])
    #expect(!run.isAsExpected)
    #expect(run.results[3].actual == "ELEMENT_DOWN")
    #expect(run.events.map(\.time) == [4, 5, 6, 6].map { .seconds($0) })
  }

  /// The setting lets the address of E pass.
  @Test func `nobody sends a packet to itself, whatever a setting lets pass`() throws {
    var lab = try LabFiles.lab("invalid-configuration-lenient")
    let place = Place(file: "test", line: 1)
    lab.expectations[lab.expectations.count - 2].claim = .packet(
      Lab.Packet(from: Written("E", at: place), to: Written("E", at: place)), at: nil,
      outcome: nil, through: nil)
    let run = LabRun(lab)
    #expect(run.isRefused)
    let errors = run.diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.rule) == [.packetForm])
    #expect(errors.first?.value == "E")
  }
}
