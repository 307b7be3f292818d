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
  public let findings: [Fault]

  /// The name of the forwarding model that it was wired up under.
  public let model: String

  /// What packets can rely on under that model, as the lab sets it.
  public var claims: Claims { plan.claims }

  let plan: any ModelPlan

  /// What the lab says is to happen, and what should be true.
  let timeline: Timeline

  /// Checks, compiles and wires up a lab, under the model that it is about.
  ///
  /// - Throws: every error of the lab; findings do not keep it from running.
  public init(_ lab: Lab) throws(Faults) {
    try self.init(lab, under: ForwardingModels.model(of: lab))
  }

  /// Checks, compiles and wires up a lab under a forwarding model.
  ///
  /// - Throws: every error of the lab under this model; findings do not keep it from running.
  public init(_ lab: Lab, under model: any ForwardingModel) throws(Faults) {
    self.model = model.name
    let (plan, timeline, faults) = Self.plan(lab, model)
    let report = Faults(faults)
    guard report.errors.isEmpty else { throw Faults(report.errors) }
    self.lab = lab
    self.plan = plan
    self.timeline = timeline
    findings = report.findings
  }

  /// Everything that is wrong with a lab: errors, and findings where there are none.
  ///
  /// What follows from an error is not worth reporting before it is mended.
  public static func check(_ lab: Lab) -> [Fault] {
    check(lab, under: ForwardingModels.model(of: lab))
  }

  /// Everything that is wrong with a lab under a forwarding model: errors, and findings where there
  /// are none.
  public static func check(_ lab: Lab, under model: any ForwardingModel) -> [Fault] {
    let report = Faults(plan(lab, model).faults)
    return report.errors.isEmpty ? report.findings : report.errors
  }

  /// What a lab says is to happen and should be true, as far as it can be read.
  static func timeline(of lab: Lab, under model: any ForwardingModel) -> Timeline {
    plan(lab, model).timeline
  }

  private static func plan(
    _ lab: Lab, _ model: any ForwardingModel
  ) -> (plan: any ModelPlan, timeline: Timeline, faults: [Fault]) {
    let (intent, readingFaults) = IntentReader.read(lab)
    let plan = model.plan(intent, of: lab)
    let (timeline, timelineFaults) = TimelineReader.read(
      lab, in: plan, under: model.name)
    let modelFaults = ForwardingModels.fault(of: lab).map { [$0] } ?? []
    let ownFaults =
      (readingFaults + OutsideWire.faults(in: plan.intent) + timelineFaults + modelFaults).map {
        plan.judge($0)
      }
    // What the lab's own check has said of a place, the policy's need not repeat.
    let said = Set(ownFaults.map { Site(rule: $0.rule, place: $0.place) })
    let further = plan.faults.filter { !said.contains(Site(rule: $0.rule, place: $0.place)) }
    var seen: Set<Fault> = []
    let all = (ownFaults + further).filter { seen.insert($0.blaming(.network)).inserted }
    return (plan, timeline, all)
  }

  private struct Site: Hashable {
    let rule: Rule
    let place: Place?
  }

  /// The names of what can send: machines, then outside networks, in declared order.
  public var senders: [String] {
    plan.intent.machines.map(\.name) + plan.intent.outsides.map(\.name)
  }

  /// Sends a packet into the network's initial state and follows it and its answer.
  ///
  /// - Throws: everything that is wrong with the question, such as an unknown name.
  public func trace(_ question: Question) throws(Faults) -> Trace {
    let probe = try question.probe(in: plan.intent)
    let simulation = Simulation(plan, keepingSteps: true)
    let number = simulation.send(probe)
    simulation.run()
    return Trace(number, of: simulation.journal, in: plan.intent)
  }

  /// Sends an ICMP echo request into the network's initial state and follows it and its answer.
  ///
  /// - Throws: everything that is wrong with the names.
  public func trace(from: String, to: String) throws(Faults) -> Trace {
    try trace(Question(from: from, to: to))
  }
}

extension Simulation {
  /// Has a station send a probe now; gives the number of its journey.
  func send(_ probe: Probe) -> Int {
    let number = journal.journeys.count
    let context = Context(self, probe.sender)
    guard wiring.isRunning(probe.sender) else {
      let name = plan.intent.name(probe.sender)
      let summary = PacketSummary(
        source: probe.source ?? probe.destination, destination: probe.destination,
        text: probe.text)
      context.begin(.request, of: summary).drop(
        .elementDown, "\(name) is stopped, or its host is", mend: "start it")
      return number
    }
    (box(probe.sender) as? Station)?.send(probe, in: context)
    return number
  }
}
