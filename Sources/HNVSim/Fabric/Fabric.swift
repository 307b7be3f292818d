public import HNVCore

/// A network that runs: a lab, checked, compiled and wired up.
///
/// A value: asking it changes nothing. Every question starts from the lab's initial state.
///
/// ```swift
/// let fabric = try Fabric(lab)
/// let answer = try fabric.reach(from: "B", to: "X")
/// #expect(answer.isReachable)
/// ```
public struct Fabric: Sendable {
  let checked: CheckedLab

  /// The lab that was wired up.
  public var lab: Lab { checked.lab }

  /// What is wrong with the network though it runs.
  public var warnings: [Diagnostic] { checked.report.warnings }

  /// The name of the forwarding model.
  public var model: String { checked.model }

  /// What packets can rely on under that model, as the lab sets it.
  public var claims: Claims { network.claims }

  /// What the model made of the lab; cast it for what one model alone has, as
  /// `(fabric.network as? HNVNetwork)?.router(of: "hv1")`.
  public var network: any ModelNetwork { checked.network }

  /// What the lab says is to happen, and what should be true.
  var timeline: Timeline { checked.timeline }

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
    try self.init(CheckedLab(lab, under: model))
  }

  /// Runs a lab that was checked.
  init(_ checked: CheckedLab) throws(Diagnostics) {
    guard checked.report.errors.isEmpty else { throw Diagnostics(checked.report.errors) }
    self.checked = checked
  }

  /// Everything that is wrong with a lab: its errors, or else its warnings.
  ///
  /// Warnings are left out beside errors, since they may follow from them.
  public static func check(_ lab: Lab) -> [Diagnostic] {
    check(lab, under: ForwardingModels.model(of: lab))
  }

  /// Everything that is wrong with a lab under a forwarding model: its errors, or else its
  /// warnings.
  public static func check(_ lab: Lab, under model: any ForwardingModel) -> [Diagnostic] {
    let report = CheckedLab(lab, under: model).report
    return report.errors.isEmpty ? report.warnings : report.errors
  }

  /// The names of the hosts, in declared order.
  public var hosts: [String] { network.intent.hosts.map(\.name) }

  /// The names of whatever can send, machines before outside networks, in declared order.
  public var senders: [String] {
    network.intent.machines.map(\.name) + network.intent.outsides.map(\.name)
  }

  /// Sends a packet into the network's initial state and follows it and its answer.
  ///
  /// - Throws: everything that is wrong with the question, such as an unknown name.
  public func trace(_ question: Question) throws(Diagnostics) -> Trace {
    let testPacket = try question.testPacket(in: checked.intent)
    let simulation = run(keepingSteps: true)
    let number = simulation.send(testPacket)
    simulation.run()
    return Trace(number, of: simulation.log)
  }

  /// A run of the network, from its initial state.
  func run(keepingSteps: Bool) -> Simulation {
    Simulation(
      network, of: checked.intent, keepingSteps: keepingSteps, sharing: checked.machines)
  }

  /// Sends an ICMP echo request into the network's initial state and follows it and its answer.
  ///
  /// - Throws: everything that is wrong with the names.
  public func trace(from: String, to: String) throws(Diagnostics) -> Trace {
    try trace(Question(from: from, to: to))
  }
}

/// A lab read, planned and compiled under one model, once, with all that is wrong with it.
///
/// A class, so that a fabric, and whatever holds one, is a reference to copy.
final class CheckedLab: Sendable {
  let lab: Lab
  /// The name of the model.
  let model: String
  let network: any ModelNetwork
  /// That of the network, which would copy it for everyone who asks.
  let intent: Intent
  let timeline: Timeline
  let report: Diagnostics
  /// What the machines' stacks were given, as far as a packet has touched them.
  let machines = Cache<StackConfiguration>()

  init(_ lab: Lab, under model: any ForwardingModel) {
    self.lab = lab
    self.model = model.name
    let (intent, readingDiagnostics) = IntentReader.read(lab)
    let network = model.makeNetwork(from: intent, of: lab)
    self.network = network
    self.intent = network.intent
    let (timeline, timelineDiagnostics) = TimelineReader.read(
      lab, in: network, under: model.name)
    self.timeline = timeline
    let modelDiagnostics = ForwardingModels.diagnostic(of: lab).map { [$0] } ?? []
    let ownDiagnostics =
      (readingDiagnostics + OutsideWire.diagnostics(in: network.intent) + timelineDiagnostics
      + modelDiagnostics).map { network.adjustingSeverity(of: $0) }
    // The model's check need not repeat what the lab's own has reported of a place.
    let reported = Set(ownDiagnostics.map { Site(rule: $0.rule, place: $0.place) })
    let further = network.diagnostics.filter {
      !reported.contains(Site(rule: $0.rule, place: $0.place))
    }
    var seen: Set<Diagnostic> = []
    report = Diagnostics(
      (ownDiagnostics + further).filter { seen.insert($0.attributed(to: .network)).inserted })
  }

  private struct Site: Hashable {
    let rule: DiagnosticRule
    let place: Place?
  }
}
