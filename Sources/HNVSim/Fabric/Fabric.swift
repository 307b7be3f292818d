public import HNVCore

/// A network that runs: a lab, checked, compiled and wired up.
///
/// A value: asking it changes nothing, and every question starts from the lab's initial state.
///
/// ```swift
/// let fabric = try Fabric(lab)
/// let answer = try fabric.reach(from: "B", to: "X")
/// #expect(answer.isReachable)
/// ```
public struct Fabric: Sendable {
  /// The lab that was wired up.
  public let lab: Lab

  /// What is wrong with the network though it runs: what to look at first.
  public let warnings: [Diagnostic]

  /// The name of the forwarding model that it was wired up under.
  public let model: String

  /// What packets can rely on under that model, as the lab sets it.
  public var claims: Claims { network.claims }

  let network: any ModelNetwork

  /// What the lab says is to happen, and what should be true.
  let timeline: Timeline

  /// Checks, compiles and wires up a lab, under the model that it is about.
  ///
  /// - Throws: every error of the lab; warnings do not keep it from running.
  public init(_ lab: Lab) throws(Diagnostics) {
    try self.init(lab, under: ForwardingModels.model(of: lab))
  }

  /// Checks, compiles and wires up a lab under a forwarding model.
  ///
  /// - Throws: every error of the lab under this model; warnings do not keep it from running.
  public init(_ lab: Lab, under model: any ForwardingModel) throws(Diagnostics) {
    self.model = model.name
    let (network, timeline, diagnostics) = Self.prepare(lab, model)
    let report = Diagnostics(diagnostics)
    guard report.errors.isEmpty else { throw Diagnostics(report.errors) }
    self.lab = lab
    self.network = network
    self.timeline = timeline
    warnings = report.warnings
  }

  /// Everything that is wrong with a lab: errors, and findings where there are none.
  ///
  /// What follows from an error is not worth reporting before it is fixed.
  public static func check(_ lab: Lab) -> [Diagnostic] {
    check(lab, under: ForwardingModels.model(of: lab))
  }

  /// Everything that is wrong with a lab under a forwarding model: errors, and findings where there
  /// are none.
  public static func check(_ lab: Lab, under model: any ForwardingModel) -> [Diagnostic] {
    let report = Diagnostics(prepare(lab, model).diagnostics)
    return report.errors.isEmpty ? report.warnings : report.errors
  }

  /// What a lab says is to happen and should be true, as far as it can be read.
  static func timeline(of lab: Lab, under model: any ForwardingModel) -> Timeline {
    prepare(lab, model).timeline
  }

  private static func prepare(
    _ lab: Lab, _ model: any ForwardingModel
  ) -> (network: any ModelNetwork, timeline: Timeline, diagnostics: [Diagnostic]) {
    let (intent, readingDiagnostics) = IntentReader.read(lab)
    let network = model.makeNetwork(from: intent, of: lab)
    let (timeline, timelineDiagnostics) = TimelineReader.read(
      lab, in: network, under: model.name)
    let modelDiagnostics = ForwardingModels.diagnostic(of: lab).map { [$0] } ?? []
    let ownDiagnostics =
      (readingDiagnostics + OutsideWire.diagnostics(in: network.intent) + timelineDiagnostics
      + modelDiagnostics).map {
        network.adjustingSeverity(of: $0)
      }
    // What the lab's own check has said of a place, the policy's need not repeat.
    let said = Set(ownDiagnostics.map { Site(rule: $0.rule, place: $0.place) })
    let further = network.diagnostics.filter {
      !said.contains(Site(rule: $0.rule, place: $0.place))
    }
    var seen: Set<Diagnostic> = []
    let all = (ownDiagnostics + further).filter {
      seen.insert($0.attributed(to: .network)).inserted
    }
    return (network, timeline, all)
  }

  private struct Site: Hashable {
    let rule: DiagnosticRule
    let place: Place?
  }

  /// The names of what can send: machines, then outside networks, in declared order.
  public var senders: [String] {
    network.intent.machines.map(\.name) + network.intent.outsides.map(\.name)
  }

  /// Sends a packet into the network's initial state and follows it and its answer.
  ///
  /// - Throws: everything that is wrong with the question, such as an unknown name.
  public func trace(_ question: Question) throws(Diagnostics) -> Trace {
    let probe = try question.probe(in: network.intent)
    let simulation = Simulation(network, keepingSteps: true)
    let number = simulation.send(probe)
    simulation.run()
    return Trace(number, of: simulation.journal, in: network.intent)
  }

  /// Sends an ICMP echo request into the network's initial state and follows it and its answer.
  ///
  /// - Throws: everything that is wrong with the names.
  public func trace(from: String, to: String) throws(Diagnostics) -> Trace {
    try trace(Question(from: from, to: to))
  }
}

extension Simulation {
  /// Has a station send a probe now; gives the number of its journey.
  func send(_ probe: Probe) -> Int {
    let number = journal.journeys.count
    let context = Context(self, probe.sender)
    guard wiring.isRunning(probe.sender) else {
      let name = network.intent.name(probe.sender)
      let summary = PacketSummary(
        source: probe.source ?? probe.destination, destination: probe.destination,
        text: probe.text)
      context.begin(.request, of: summary).drop(
        .elementDown, "\(name) is stopped, or its host is", fix: "start it")
      return number
    }
    (box(probe.sender) as? Station)?.send(probe, in: context)
    return number
  }
}
