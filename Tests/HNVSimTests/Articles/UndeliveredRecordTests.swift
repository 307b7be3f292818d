import HNVCore
import HNVSim
import Testing

/// The fifth experiment: policy that one host never received, or received late.
@Suite struct UndeliveredRecordTests {
  @Test func `the packet dies on the host that lacks the record, which the trace names`() throws {
    let trace = try LabFiles.fabric("undelivered-record").trace(from: "B", to: "X")
    #expect(trace.disposition == .noRecord)
    let decision = try #require(trace.decision)
    #expect(decision.element == "hv2")
    #expect(decision.step.detail.contains("no lookup record for 10.1.2.11"))
    let nearest = try #require(decision.step.lookup).nearest
    #expect(nearest.contains { $0.contains("10.1.2.0/24") })
    let fix = try #require(decision.step.fix)
    #expect(fix.contains("deliver the record of 10.1.2.11 to hv2"))
  }

  @Test func `nobody else is harmed, and the warning says who would be`() throws {
    let fabric = try LabFiles.fabric("undelivered-record")
    #expect(try fabric.reach(from: "A", to: "X").isReachable)
    #expect(try fabric.reach(from: "B", to: "A").isReachable)
    #expect(try fabric.reach(from: "B", to: "internet").isReachable)
    // X's request arrives; the answer is lost on hv2.
    let back = try fabric.trace(from: "X", to: "B")
    #expect(back.disposition == .accepted)
    #expect(back.reply?.disposition == .noRecord)
    #expect(back.reply?.decision?.element == "hv2")
    let warning = try #require(fabric.warnings.first)
    #expect(fabric.warnings.count == 1)
    #expect(warning.rule == .undeliveredRecord)
    #expect(warning.description.contains("10.1.2.11"))
  }

  @Test func `after the delivery the packet passes`() throws {
    let fabric = try LabFiles.fabric("late-record")
    var experiment = Experiment(timelineOf: fabric)
    for time in [0, 4, 5, 60] as [UInt64] {
      try experiment.send(Question(from: "B", to: "X"), at: .seconds(time))
    }
    let traces = experiment.run().compactMap(\.trace)
    // What is planned first happens first: the delivery at 5 s precedes the packet at 5 s.
    #expect(traces.map(\.disposition) == [.noRecord, .noRecord, .accepted, .accepted])
    #expect(traces.map(\.isAnswered) == [false, false, true, true])
  }

  @Test func `a delivery in Swift does what the lab file's does`() throws {
    let question = Question(from: "B", to: "X")
    var fromFile = Experiment(timelineOf: try LabFiles.fabric("late-record"))
    try fromFile.send(question, at: .seconds(6))
    var inSwift = Experiment(try LabFiles.fabric("undelivered-record"))
    try inSwift.deliver(record: "10.1.2.11", to: ["hv2"], at: .seconds(5))
    try inSwift.send(question, at: .seconds(6))
    // The labs are two files, so that their entries are at other places.
    #expect(words(fromFile.run()) == words(inSwift.run()))
  }

  private func words(_ events: [ExperimentEvent]) -> [String] {
    events.map { "\($0)\n\($0.trace?.rendered(.everything) ?? "")" }
  }
}
