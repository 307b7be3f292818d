import HNVCore
import HNVSim
import Testing

/// What a stream tells of the times in which nothing arrived.
struct OutageTests {
  /// A sends to B every second from 0 to 19 s; B is stopped and started again at these times.
  private static func report(_ stops: [(stop: UInt64, start: UInt64?)]) throws -> StreamReport {
    var experiment = Experiment(try SmallLab.fabric())
    try experiment.send(Question(from: "A", to: "B"), every: .seconds(1), times: 20)
    for (stop, start) in stops {
      try experiment.stop("B", at: VirtualTime(nanoseconds: stop * 1_000_000_000 - 1))
      if let start {
        try experiment.start("B", at: VirtualTime(nanoseconds: start * 1_000_000_000 - 1))
      }
    }
    return try #require(StreamReport.reports(on: experiment.run()).first)
  }

  @Test func `without a loss there is no outage`() throws {
    #expect(try Self.report([]).outages.isEmpty)
  }

  @Test(
    arguments: [[(3, 7)], [(1, 2), (4, 9), (12, 19)], [(5, nil)], [(2, 4), (19, nil)]]
      as [[(
        UInt64, UInt64?
      )]])
  func `an outage lasts from the first lost packet to the next that arrives`(
    stops: [(UInt64, UInt64?)]
  ) throws {
    let report = try Self.report(stops.map { (stop: $0.0, start: $0.1) })
    #expect(report.outages.map(\.first) == stops.map { .seconds($0.0) })
    #expect(report.outages.map(\.last) == stops.map { .seconds(($0.1 ?? 20) - 1) })
    #expect(report.outages.map(\.count) == stops.map { Int(($0.1 ?? 20) - $0.0) })
    #expect(report.outages.map(\.end) == stops.map { $0.1.map { .seconds($0) } })
    #expect(
      report.outages.map(\.duration)
        == stops.map { stop in
          stop.1.map { .seconds($0 - stop.0) }
        })
    #expect(report.outages.reduce(0) { $0 + $1.count } == report.lost)
  }

  private static func run(_ timeline: String) throws -> LabRun {
    let text = """
      {
        name: "all", hosts: [{ name: "hv1" }, { name: "hv2" }],
        networks: [{ name: "blue", subnets: [{ name: "front", prefixes: ["10.0.1.0/24"] }] }],
        machines: [
          { name: "A", host: "hv1", interfaces: [{ subnet: "front", addresses: ["10.0.1.11"] }] },
          { name: "B", host: "hv1", interfaces: [{ subnet: "front", addresses: ["10.0.1.12"] }] },
          { name: "C", host: "hv2", interfaces: [{ subnet: "front", addresses: ["10.0.1.13"] }] },
          { name: "R", host: "hv2", forwards: true,
            interfaces: [{ subnet: "front", addresses: ["10.0.1.14"] }] },
        ],
        timeline: [\(timeline)],
      }
      """
    return LabRun(try Lab.read(Array(text.utf8), named: "all.json5"))
  }

  @Test func `all exchange packets with all, and who loses what is told of each two`() throws {
    let run = try Self.run(
      "{ at: \"0s\", sendAll: [], every: \"1s\", times: 10 }, { at: \"5s\", stop: \"hv2\" }")
    #expect(run.diagnostics.allSatisfy { $0.severity == .warning })
    #expect(run.streams.map(\.text) == ["A -> B", "A -> C", "B -> C"])
    #expect(run.streams.map(\.lost) == [0, 5, 5])
  }

  @Test func `some of them, once`() throws {
    let run = try Self.run("{ at: \"0s\", sendAll: [\"A\", \"R\"] }")
    #expect(run.streams.isEmpty)
    #expect(run.events.map(\.text) == ["A -> R"])
  }

  @Test func `a name that there is not, and too many packets, are refused`() throws {
    let unknown = try Self.run("{ at: \"0s\", sendAll: [\"A\", \"Q\"] }")
    #expect(unknown.diagnostics.map(\.rule) == [.unknownName])
    // Three streams of 3,334 packets are more than 10,000.
    let many = try Self.run("{ at: \"0s\", sendAll: [], every: \"1s\", times: 3334 }")
    #expect(many.diagnostics.map(\.rule) == [.numberOutOfRange])
  }

  @Test func `the run's JSON has every outage`() throws {
    let run = try Self.run(
      "{ at: \"0s\", sendAll: [\"A\", \"C\"], every: \"1s\", times: 4 },"
        + " { at: \"2s\", stop: \"C\" }")
    #expect(run.json.contains("\"outages\" : [\n"))
    #expect(run.json.contains("\"first\" : 2000000000"))
  }
}
