public import HNVCore

/// A lab after its timeline has run, with the result of every expectation.
public struct LabRun: Sendable {
  /// The lab's name.
  public let name: String
  /// The name of the forwarding model that it was run under.
  public let model: String
  /// The runs under the other models that the lab has expectations for.
  public private(set) var others: [LabRun] = []
  /// What is wrong with the lab; nothing ran where an error is among it.
  public let diagnostics: [Diagnostic]
  /// What happened, in order of time.
  public let events: [ExperimentEvent]
  /// What became of each stream of packets.
  public var streams: [StreamReport] { StreamReport.reports(on: events) }
  /// The result of each expectation, in declared order.
  public let results: [ExpectationResult]

  /// Whether the lab's errors kept it from running.
  public var isRefused: Bool { diagnostics.contains { $0.severity == .error } }

  /// Whether every expectation passed, under the other models too, and every error was expected.
  public var isAsExpected: Bool {
    results.allSatisfy(\.passed) && (!isRefused || unexpectedErrors.isEmpty)
      && others.allSatisfy(\.isAsExpected)
  }

  /// The errors that the lab does not expect.
  public let unexpectedErrors: [Diagnostic]

  /// The result of an expectation.
  public struct ExpectationResult: Sendable {
    /// The expectation in words.
    public let text: String
    /// Where it is written.
    public let place: Place
    /// Whether it passed.
    public let passed: Bool
    /// What happened, in words.
    public let actual: String
    /// The packet's trace; `nil` for an expectation of a diagnostic, or when the lab was refused.
    public let trace: Trace?
  }

  /// Checks a lab and, unless it is refused, runs its timeline and checks its expectations: under
  /// its own model, and under each other model that it has expectations for.
  public init(_ lab: Lab) {
    let own = ForwardingModels.model(of: lab)
    self.init(lab, under: own)
    let named = Set(lab.expectations.flatMap { $0.models.map(\.text) })
    others = ForwardingModels.all.filter { $0.name != own.name && named.contains($0.name) }.map {
      LabRun(lab, under: $0)
    }
  }

  /// Checks and runs a lab under one forwarding model.
  public init(_ lab: Lab, under model: any ForwardingModel) {
    name = lab.name
    self.model = model.name
    let checked = CheckedLab(lab, under: model)
    let expectations = checked.timeline.expectations
    do throws(Diagnostics) {
      let fabric = try Fabric(checked)
      diagnostics = fabric.warnings
      unexpectedErrors = []
      (events, results) = Self.run(expectations, on: fabric)
    } catch {
      diagnostics = error.all
      events = []
      results = expectations.map { Self.result($0, refused: error.all) }
      let expected = Set(
        expectations.compactMap { if case .fault(let rule) = $0.claim { rule } else { nil } })
      unexpectedErrors = error.all.filter { !expected.contains($0.rule) }
    }
  }

  private static func result(
    _ expectation: Timeline.Expectation, refused diagnostics: [Diagnostic]
  ) -> ExpectationResult {
    guard case .fault(let rule) = expectation.claim else {
      return ExpectationResult(
        text: expectation.text, place: expectation.place, passed: false,
        actual: "the lab was refused", trace: nil)
    }
    let found = diagnostics.first { $0.rule == rule }
    return ExpectationResult(
      text: expectation.text, place: expectation.place, passed: found != nil,
      actual: found?.explanation ?? "no such diagnostic", trace: nil)
  }

  /// Expectations with a time are packets of the timeline; others are sent into the initial state.
  private static func run(
    _ expectations: [Timeline.Expectation], on fabric: Fabric
  ) -> ([ExperimentEvent], [ExpectationResult]) {
    var experiment = Experiment(timelineOf: fabric)
    var timed: [Int: Int] = [:]
    for (number, expectation) in expectations.enumerated() {
      guard case .packet(let question, let time?, _, _) = expectation.claim,
        (try? experiment.send(question, at: time)) != nil
      else { continue }
      timed[number] = experiment.count - 1
    }
    let run = experiment.outcome()
    let results = expectations.enumerated().map { number, expectation in
      switch expectation.claim {
      case .fault: return result(expectation, refused: fabric.warnings)
      case .packet(let question, _, let outcome, let through):
        let trace = timed[number].flatMap { run.traces[$0] } ?? (try? fabric.trace(question))
        return result(expectation, trace, outcome, through)
      }
    }
    return (experiment.events(of: run), results)
  }

  private static func result(
    _ expectation: Timeline.Expectation, _ trace: Trace?, _ outcome: ExpectedOutcome,
    _ through: [String]?
  ) -> ExpectationResult {
    guard let trace else {
      return ExpectationResult(
        text: expectation.text, place: expectation.place, passed: false, actual: "not sent",
        trace: nil)
    }
    let ended = outcome.holds(
      for: trace.arriving.disposition, failure: trace.loss?.disposition)
    var actual = trace.disposition.rawValue
    if let loss = trace.loss, loss.subject != .packet {
      actual += ", \(loss.subject.rawValue) \(loss.disposition)"
    }
    let way = trace.arriving
    let isOnWay = through.map { $0 == way.through } ?? true
    if !isOnWay {
      actual += way.through.isEmpty ? ", no gateway in the path" : ", through \(way.way)"
    }
    let isRedirectedSo = expectation.isRedirected.map { $0 == !way.redirects.isEmpty } ?? true
    if !isRedirectedSo { actual += way.redirects.isEmpty ? ", not redirected" : ", redirected" }
    return ExpectationResult(
      text: expectation.text, place: expectation.place,
      passed: ended && isOnWay && isRedirectedSo, actual: actual, trace: trace)
  }
}
