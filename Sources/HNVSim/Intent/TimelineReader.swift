import HNVCore

/// Reads a lab's timeline and expectations, once its elements are known.
struct TimelineReader: TextReading {
  let lab: Lab
  let intent: Intent
  /// The name of the model that the lab is run under.
  let model: String
  /// Whether hosts can be told something under it.
  let tellsHosts: Bool
  /// Who exchanges packets where the lab names nobody.
  let everyone: [Written]
  var timeline = Timeline()
  var diagnostics: [Diagnostic] = []

  /// Reads what happens, and what is expected, under a model.
  static func read(
    _ lab: Lab, in network: any ModelNetwork, under model: String
  ) -> (Timeline, [Diagnostic]) {
    var reader = TimelineReader(
      lab: lab, intent: network.intent, model: model, tellsHosts: network.tellsHosts,
      everyone: everyone(in: lab))
    for event in lab.timeline where reader.concerns(event.models, default: model) {
      reader.read(event)
    }
    let own = ForwardingModels.name(of: lab)
    for expectation in lab.expectations where reader.concerns(expectation.models, default: own) {
      reader.read(expectation)
    }
    return (reader.timeline, reader.diagnostics)
  }

  /// Whether something that is for some models, or else for one, is for the one at hand.
  private mutating func concerns(_ models: [Written], default own: String) -> Bool {
    let known = ForwardingModels.names + [model]
    for written in models where !known.contains(written.text) {
      refuse(written, "no model named \(written.text)", among: ForwardingModels.names)
    }
    return models.isEmpty ? own == model : models.contains { $0.text == model }
  }

  private mutating func read(_ event: Lab.Event) {
    let time = readTime(event.at)
    let actions =
      if case .sendAll(let names) = event.action {
        exchanges(among: names)
      } else {
        read(event.action, at: event.at.place).map { [$0] } ?? []
      }
    guard !actions.isEmpty, let time else { return }
    guard let repetition = event.repetition else {
      for (action, text) in actions {
        timeline.events.append(Timeline.Event(time: time, action: action, text: text))
      }
      return
    }
    let times = number(
      repetition.times, upTo: Self.longestStream / UInt64(actions.count), "number of packets",
      event.at.place)
    guard let every = readTime(repetition.every), let times else { return }
    for (action, text) in actions {
      let stream = timeline.events.count
      var moment = time
      for _ in 0..<times {
        timeline.events.append(
          Timeline.Event(time: moment, action: action, text: text, stream: stream))
        moment = moment + every
      }
    }
  }

  /// The machines that do not forward, and the outside networks.
  private static func everyone(in lab: Lab) -> [Written] {
    lab.machines.filter { !$0.forwards }.map(\.name) + lab.outside.map(\.name)
  }

  /// A packet between every two; those without an address family in common have nothing to say.
  private mutating func exchanges(among names: [Written]) -> [(Timeline.Action, String)] {
    let named = names.filter { element($0, "machine or outside network") != nil }
    let ends = names.isEmpty ? everyone : named
    var exchanges: [(Timeline.Action, String)] = []
    for (number, from) in ends.enumerated() {
      for to in ends.dropFirst(number + 1) {
        let question = Question(from: from.text, to: to.text)
        guard let testPacket = try? question.testPacket(in: intent) else { continue }
        exchanges.append((.send(testPacket), question.words))
      }
    }
    return exchanges
  }

  /// The most packets that one event sends.
  static let longestStream: UInt64 = 10_000

  private mutating func read(
    _ action: Lab.Event.Action, at place: Place
  ) -> (Timeline.Action, String)? {
    switch action {
    case .send(let packet):
      guard let (question, testPacket) = read(packet) else { return nil }
      return (.send(testPacket), question.words)
    case .sendAll: return nil
    case .deliver(let delivery):
      guard let (item, hosts, text) = read(delivery, at: place) else { return nil }
      return (.deliver(item, hosts: hosts), "deliver \(text.what) to \(text.whom)")
    case .withhold(let delivery):
      guard let (item, hosts, text) = read(delivery, at: place) else { return nil }
      return (.withhold(item, hosts: hosts), "withhold \(text.what) from \(text.whom)")
    case .move(let machine, let host):
      let (from, to) = (self.machine(machine), self.host(host))
      guard let from, let to else { return nil }
      return (.move(machine: from, host: to), "move \(machine.text) to \(host.text)")
    case .stop(let name):
      return element(name, "element").map { (.stop($0), "stop \(name.text)") }
    case .start(let name):
      return element(name, "element").map { (.start($0), "start \(name.text)") }
    case .cut(let one, let other):
      return link(one, other).map { (.cut($0, $1), "cut \(one.text) from \(other.text)") }
    case .restore(let one, let other):
      return link(one, other).map { (.restore($0, $1), "restore \(one.text) to \(other.text)") }
    }
  }

  /// The record or route of a delivery; it must be one that the intent leads to.
  private mutating func read(
    _ delivery: Lab.Event.Delivery, at place: Place
  ) -> (PolicyItem, [Int], (what: String, whom: String))? {
    if !tellsHosts {
      diagnostics.append(
        Diagnostic(
          .notInModel, value: model, "\(model) has no per-host policy to deliver",
          fix: "write models: [\"hnv\"]", at: place))
    }
    let hosts =
      delivery.hosts.isEmpty
      ? Array(intent.hosts.indices) : delivery.hosts.compactMap { host($0) }
    let names = delivery.hosts.map(\.text).joined(separator: ", ")
    let whom = names.isEmpty ? "all hosts" : names
    if let written = delivery.record {
      guard let address = readAddress(written) else { return nil }
      let isGateway = intent.subnets.contains { $0.prefixes.gatewayAddresses.contains(address) }
      guard isGateway || intent.owner(of: address) != nil || intent.isShared(address) else {
        refuse(
          written, "no machine has the address \(address)",
          fix: "name the address of a machine in a subnet")
        return nil
      }
      return (.record(address), hosts, ("the record of \(address)", whom))
    }
    guard let written = delivery.route else {
      return (.everything, hosts, ("everything", whom))
    }
    guard let prefix = readPrefix(written) else { return nil }
    let isKnown =
      intent.subnets.contains { $0.prefixes.contains(prefix) }
      || intent.networks.contains { $0.routes.contains { $0.prefix == prefix } }
    guard isKnown else {
      let known =
        intent.subnets.flatMap(\.prefixes) + intent.networks.flatMap { $0.routes.map(\.prefix) }
      refuse(
        written, "no network has a route to \(prefix)",
        among: Set(known).sorted().map { "\($0)" })
      return nil
    }
    return (.route(prefix), hosts, ("the route to \(prefix)", whom))
  }

  private mutating func read(_ expectation: Lab.Expectation) {
    switch expectation.claim {
    case .fault(let written):
      guard let rule = DiagnosticRule.all.first(where: { $0.identifier == written.text }) else {
        refuse(
          written, "no rule named \(written.text)", among: DiagnosticRule.all.map(\.identifier))
        return
      }
      timeline.expectations.append(
        Timeline.Expectation(
          claim: .fault(rule), place: expectation.place,
          text: "the check reports \(rule.identifier)"))
    case .packet(let packet, let at, let outcome, let through):
      let time = at.flatMap { written in
        readTime(written)
      }
      let expected = readOutcome(outcome)
      for name in through ?? [] { _ = machine(name) }
      guard let (question, _) = read(packet), let expected else { return }
      let names = through?.map(\.text)
      let way =
        names.map { names in
          names.isEmpty
            ? ", no gateway in the path" : " through \(names.joined(separator: ", "))"
        } ?? ""
      let moment = time.map { " at \($0.text(decimals: 9))" } ?? ""
      let advice = expectation.isRedirected.map { $0 ? ", redirected" : ", not redirected" } ?? ""
      timeline.expectations.append(
        Timeline.Expectation(
          claim: .packet(question, at: time, expected, through: names),
          place: expectation.place,
          text: "\(question.words)\(moment): \(expected)\(way)\(advice)",
          isRedirected: expectation.isRedirected))
    }
  }

  private mutating func readOutcome(_ written: Written?) -> ExpectedOutcome? {
    guard let written else { return .reachable }
    if let outcome = ExpectedOutcome(named: written.text) { return outcome }
    refuse(written, "\(written.text) is not an outcome", among: LabShape.outcomes)
    return nil
  }

  /// A packet as a question; what is wrong with it is blamed on its sender or its receiver.
  private mutating func read(_ packet: Lab.Packet) -> (Question, TestPacket)? {
    var question = Question(from: packet.from.text, to: packet.to.text)
    let count = diagnostics.count
    if let written = packet.ipProtocol {
      if let known = IPProtocol(named: written.text) {
        question.ipProtocol = known
      } else {
        diagnostics.append(
          Diagnostic(
            .protocolSyntax, value: written.text, "\(written.text) is not a protocol",
            at: written.place))
      }
    }
    let place = packet.from.place
    question.sourcePort = number(packet.sourcePort, upTo: 65535, "port", place).map { UInt16($0) }
    question.destinationPort = number(packet.destinationPort, upTo: 65535, "port", place).map {
      UInt16($0)
    }
    question.timeToLive = number(packet.timeToLive, upTo: 255, "TTL", place).map {
      UInt8($0)
    }
    question.size = number(packet.size, upTo: UInt64(Question.largestSize), "size", place).map {
      Int($0)
    }
    question.dontFragment = packet.dontFragment ?? true
    do throws(Diagnostics) {
      let testPacket = try question.testPacket(in: intent)
      return diagnostics.count == count ? (question, testPacket) : nil
    } catch {
      for diagnostic in error.all where !follows(diagnostic, from: packet) {
        let isReceiver = diagnostic.subject == .named("destination")
        diagnostics.append(
          diagnostic.attributed(to: .text, at: isReceiver ? packet.to.place : place))
      }
      return nil
    }
  }

  /// Whether a packet may only seem to be wrong, because one of its ends could not be read.
  private func follows(_ diagnostic: Diagnostic, from packet: Lab.Packet) -> Bool {
    switch diagnostic.rule {
    case .unknownName: intent.damaged.contains(diagnostic.value)
    case .packetForm:
      // Nobody sends a packet to itself, whatever its address.
      packet.from.text != packet.to.text && diagnostic.subject != .named("packet")
        && [packet.from, packet.to].contains { intent.damaged.contains($0.text) }
    default: false
    }
  }

  private mutating func number(
    _ number: UInt64?, upTo limit: UInt64, _ what: String, _ place: Place
  ) -> UInt64? {
    guard let number else { return nil }
    guard number <= limit else {
      diagnostics.append(
        Diagnostic(
          .numberOutOfRange, value: "\(number)", "the \(what) \(number) is above \(limit)",
          at: place))
      return nil
    }
    return number
  }

  /// Two elements that a link joins, or may join once a machine has moved.
  private mutating func link(_ one: Written, _ other: Written) -> (ElementID, ElementID)? {
    let (first, second) = (element(one, "element"), element(other, "element"))
    guard let first, let second else { return nil }
    guard canBeJoined(first, second) || canBeJoined(second, first) else {
      refuse(
        other, "no link joins \(one.text) and \(other.text)",
        fix: "name a machine and its host or outside network, or a host or router and the underlay"
      )
      return nil
    }
    return (first, second)
  }

  private func canBeJoined(_ one: ElementID, _ other: ElementID) -> Bool {
    switch (one, other) {
    case (.host, .underlay), (.router, .underlay): true
    case (.outside(let site), .outside(let carrier)):
      intent.outsides[site].tunnel?.carrier == carrier
    case (.machine(let index), .host):
      intent.machines[index].interfaces.contains { intent.subnet(of: $0) != nil }
    case (.machine(let index), .outside(let outside)):
      intent.machines[index].interfaces.contains { $0.attachment == .outside(outside) }
    default: false
    }
  }

  private mutating func host(_ written: Written) -> Int? {
    let names = intent.hosts.map(\.name)
    switch element(written, "host", among: names) {
    case .host(let index): return index
    case .none: return nil
    case .machine, .outside, .underlay, .router, .device:
      refuse(written, "\(written.text) is not a host", among: names)
      return nil
    }
  }

  private mutating func machine(_ written: Written) -> Int? {
    let names = intent.machines.map(\.name)
    switch element(written, "machine", among: names) {
    case .machine(let index): return index
    case .none: return nil
    case .host, .outside, .underlay, .router, .device:
      refuse(written, "\(written.text) is not a machine", among: names)
      return nil
    }
  }

  private mutating func element(
    _ written: Written, _ kind: String, among names: [String]? = nil
  ) -> ElementID? {
    if written.text == "underlay" { return .underlay }
    if let element = intent.elements[written.text] { return element }
    guard !intent.damaged.contains(written.text) else { return nil }
    let others = models(having: written.text)
    refuse(
      written, "no \(kind) named \(written.text)\(others.isEmpty ? "" : " under \(model)")",
      among: names ?? intent.elements.keys.sorted() + ["underlay"],
      fix: others.isEmpty
        ? nil : "write models: [\(others.map { "\"\($0)\"" }.joined(separator: ", "))]")
    return nil
  }

  /// The other models that add an element of a name to the lab.
  private func models(having name: String) -> [String] {
    let (plain, _) = IntentReader.read(lab)
    return ForwardingModels.all.filter { other in
      other.name != model && other.makeNetwork(from: plain, of: lab).intent.elements[name] != nil
        && plain.elements[name] == nil
    }.map(\.name)
  }

  private mutating func refuse(
    _ written: Written, _ what: String, among names: [String] = [], fix: String? = nil
  ) {
    guard let fix else {
      diagnostics.append(.unknownName(written, what, among: names))
      return
    }
    diagnostics.append(
      Diagnostic(.unknownName, value: written.text, what, fix: fix, at: written.place))
  }
}
