import HNVCore

/// The virtual switch of one hypervisor with HNV: asks the router, and applies its decision.
final class HNVSwitch: Box {
  let host: Int
  let provider: UnderlayStack

  /// State that packets created; lost when the host stops.
  var memory = HostState()

  init(_ host: Int, _ provider: UnderlayStack) {
    self.host = host
    self.provider = provider
  }

  func halt(in context: Context) {
    memory = HostState()
    provider.halt(in: context)
  }

  /// What the router is asked about a frame.
  enum Question {
    case outbound(port: Int, Cable)
    case inbound(Arrival)
  }

  /// A tunnel packet that came to this host.
  struct Arrival {
    let virtualSubnetID: VirtualSubnetID
    let packet: IPPacket
    let outer: EthernetFrame
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    guard var state = context.state as? HNVState else { return }
    if state.hasDue(on: host, at: context.now) {
      context.update { (state: inout HNVState) in
        state.advance(host, to: context.now, context.wiring)
      }
      state = context.state as? HNVState ?? state
    }
    let router = state.routers[host]
    switch cable {
    case .uplink, .line, .port, .wire: take(frame, router, state, in: context)
    case .adapter(let machine, let index):
      let name = context.intent.machines[machine].name
      // The guest's stack says by which mapping of a shared adapter the frame comes.
      let own = state.network.adapter(of: machine, index)
      guard let port = own.flatMap({ router.index(of: $0, named: name) }) else {
        context.drop(
          .elementDown, "\(name) is no longer on \(router.name)",
          fix: "send again from the host where \(name) is now")
        return
      }
      decide(frame, .outbound(port: port, cable), router, state, in: context)
    }
  }

  /// Makes a decision and carries it out.
  func decide(
    _ frame: EthernetFrame, _ question: Question, _ router: HostRouter, _ state: HNVState,
    in context: Context
  ) {
    var sender: VirtualSubnetID?
    if case .outbound(let port, _) = question { sender = router.ports[port].virtualSubnetID }
    let words = HNVWords(
      router: router, state: state, frame: frame, sender: sender)
    let outcome = ask(router, question, frame, in: context)
    switch question {
    case .outbound(let port, _): note(outcome, .port(port), words, in: context)
    case .inbound(let tunnel):
      note(outcome, .tunnel(tunnel.virtualSubnetID), words, in: context)
    }
    keep(outcome.changes, in: context)
    carry(out: outcome, frame, question, words, in: context)
    if let notice = outcome.changes.notice, case .inbound(let tunnel) = question {
      send(notice, about: tunnel, words, in: context)
    }
  }

  /// Notes the grounds of a decision.
  func note(
    _ outcome: Outcome, _ arrival: HNVWords.Arrival, _ words: HNVWords, in context: Context
  ) {
    guard context.keepsSteps else { return }
    for step in words.steps(outcome, arrival) { context.note(step) }
  }

  private func ask(
    _ router: HostRouter, _ question: Question, _ frame: EthernetFrame, in context: Context
  ) -> Outcome {
    let now = context.now.nanoseconds
    switch question {
    case .outbound(let port, _):
      return router.decide(frame, from: port, state: memory, at: now)
    case .inbound(let tunnel):
      return router.receive(
        frame, in: tunnel.virtualSubnetID, from: tunnel.packet.source,
        at: tunnel.packet.destination, state: memory, at: now)
    }
  }

  /// Applies the state changes of a packet at its host.
  func keep(_ changes: StateChanges, in context: Context) {
    memory.apply(changes, at: context.now.nanoseconds)
    guard let learned = changes.learned else { return }
    context.update { (state: inout HNVState) in state.learn(learned, on: host, at: context.now) }
  }

  private func carry(
    out outcome: Outcome, _ frame: EthernetFrame, _ question: Question, _ words: HNVWords,
    in context: Context
  ) {
    switch outcome.decision {
    case .deliver(let port, let rewrite):
      let frame = change(frame, rewrite, words, in: context)
      deliver(frame, to: words.router.ports[port], words, in: context)
    case .encapsulate(let tunnel, let rewrite):
      send(change(frame, rewrite, words, in: context), through: tunnel, words, in: context)
    case .translate(let translation, let rewrite):
      send(change(frame, rewrite, words, in: context), by: translation, words, in: context)
    case .replicate:
      if let copies = outcome.copies { copy(frame, to: copies, words, in: context) }
    case .answer(let answer):
      guard case .outbound(_, let cable) = question else { return }
      self.answer(answer, frame, by: cable, words, in: context)
    case .answerEcho(let gateway):
      guard case .outbound(_, let cable) = question else { return }
      answerEcho(frame, from: gateway, by: cable, words, in: context)
    case .absorb: context.finish(.absorbed, words.absorbed())
    case .bypass:
      guard case .outbound(let port, _) = question else { return }
      bypass(frame, from: port, words, in: context)
    case .refuse(let refusal):
      var words = words
      words.loopingMachine = context.loopingMachine
      context.drop(words.disposition(of: refusal), words.step(for: refusal))
      guard case .outbound(let port, let cable) = question,
        let error = words.router.report(refusal, about: frame, from: port)
      else { return }
      originate(error, .error, by: cable, in: context)
    }
  }

  /// Sends a copy to every receiver; a single one gets the frame itself.
  private func copy(
    _ frame: EthernetFrame, to replication: Replication, _ words: HNVWords, in context: Context
  ) {
    let count = replication.ports.count + replication.tunnels.count
    func next() -> Context { count == 1 ? context : context.copy() }
    if count > 1 { context.finish(.replicated, words.replicated(replication)) }
    for port in replication.ports {
      let context = next()
      let outcome = hand(frame, to: port, words, in: context)
      switch outcome.decision {
      case .deliver: deliver(frame, to: words.router.ports[port], words, in: context)
      case .refuse(let refusal):
        context.drop(words.disposition(of: refusal), words.step(for: refusal))
      default: break
      }
    }
    for tunnel in replication.tunnels { send(frame, through: tunnel, words, in: next()) }
  }

  /// Applies the access rules of one copy's port.
  private func hand(
    _ frame: EthernetFrame, to port: Int, _ words: HNVWords, in context: Context
  ) -> Outcome {
    let now = context.now.nanoseconds
    let outcome = words.router.hand(frame, to: port, state: memory, at: now)
    if context.keepsSteps, let step = words.taken(outcome) { context.note(step) }
    keep(outcome.changes, in: context)
    return outcome
  }

  private func change(
    _ frame: EthernetFrame, _ rewrite: Rewrite, _ words: HNVWords, in context: Context
  ) -> EthernetFrame {
    let changed = rewrite.applied(to: frame)
    if context.keepsSteps, let step = Step.rewritten(frame, changed) { context.note(step) }
    return changed
  }

  func deliver(
    _ frame: EthernetFrame, to port: VMPort, _ words: HNVWords, in context: Context
  ) {
    guard let cable = cable(to: port, words.network, in: context) else { return }
    context.note(words.delivered(to: port))
    context.emit(frame, on: cable)
  }

  private func answer(
    _ answer: NeighborAnswer, _ question: EthernetFrame, by cable: Cable, _ words: HNVWords,
    in context: Context
  ) {
    guard let reply = answer.frame(answering: question) else { return }
    context.note(words.answered(answer))
    context.accept(question, .answered)
    let answering = context.begin(
      .resolution,
      of: PacketSummary(source: answer.target, destination: answer.target, text: "reply"))
    answering.sent(reply)
    answering.emit(reply, on: cable)
  }

  /// Answers a ping in the name of a gateway address.
  private func answerEcho(
    _ request: EthernetFrame, from gateway: MACAddress, by cable: Cable, _ words: HNVWords,
    in context: Context
  ) {
    guard let answer = request.echoAnswer(from: gateway) else { return }
    context.note(words.answeredEcho())
    context.accept(request, .answered)
    originate(answer, .reply, by: cable, in: context)
  }

  /// Sends a machine of this host a packet that the host itself makes.
  private func originate(
    _ frame: EthernetFrame, _ purpose: PacketPurpose, by cable: Cable, in context: Context
  ) {
    guard let packet = frame.packet else { return }
    let own = context.begin(purpose, of: PacketSummary(packet))
    own.note(
      Step(
        .originated, "\(packet.source) -> \(packet.destination), \(packet.transport.words)",
        setting: nil))
    own.sent(frame)
    own.emit(frame, on: cable)
  }

  func timeout(_ timer: Timer, in context: Context) { provider.timeout(timer, in: context) }

  private func cable(to port: VMPort, _ network: HNVNetwork, in context: Context) -> Cable? {
    guard case .machine(let machine) = context.intent.elements[port.vmName],
      let index = context.intent.machines[machine].interfaces.indices.first(where: {
        network.adapter(of: machine, $0)?.isThat(of: port) ?? false
      })
    else { return nil }
    return .adapter(machine: machine, index: index)
  }
}

extension HostRouter {
  /// The port of a machine's adapter; `nil` when it is not here.
  fileprivate func index(of adapter: HNVAdapter, named name: String) -> Int? {
    if let subnet = adapter.virtualSubnetID,
      let index = self.port(for: adapter.macAddress, in: subnet), ports[index].vmName == name
    {
      return index
    }
    // Without a virtual subnet, or beside another adapter of the same address.
    return ports.firstIndex { $0.vmName == name && adapter.isThat(of: $0) }
  }
}
