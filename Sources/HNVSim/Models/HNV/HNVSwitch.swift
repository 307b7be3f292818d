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
    case inbound(TunnelPacket)
  }

  /// A tunnel packet that came to this host.
  struct TunnelPacket {
    let virtualSubnetID: VirtualSubnetID
    let packet: IPPacket
    let outer: EthernetFrame
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    guard let snapshot = snapshot(in: context) else { return }
    guard case .adapter(let machine, let index) = cable else {
      return take(frame, snapshot, in: context)
    }
    let name = context.intent.machines[machine].name
    // The guest's stack says by which mapping of a shared adapter the frame comes.
    let own = snapshot.network.adapter(of: machine, index)
    guard let port = own.flatMap({ snapshot.routers[host].index(of: $0, named: name) }) else {
      context.drop(.elementDown, HNVSwitchFact(.moved(machine: machine), snapshot), frame)
      return
    }
    decide(frame, .outbound(port: port, cable), snapshot, in: context)
  }

  /// What the hosts hold, with what has come due on this one.
  private func snapshot(in context: Context) -> HNVSnapshot? {
    guard let state = context.state as? HNVState else { return nil }
    guard state.hasDue(on: host, at: context.now) else { return state.snapshot }
    var snapshot = state.snapshot
    context.update { (state: inout HNVState) in
      state.advance(host, to: context.now, context.wiring)
      snapshot = state.snapshot
    }
    return snapshot
  }

  /// Makes a decision and carries it out.
  func decide(
    _ frame: EthernetFrame, _ question: Question, _ snapshot: HNVSnapshot, in context: Context
  ) {
    let router = snapshot.routers[host]
    let outcome = ask(router, question, frame, in: context)
    if context.keepsSteps {
      let notes = GroundsNotes(
        outcome: outcome, frame: frame, snapshot: snapshot, context: context)
      switch question {
      case .outbound(let port, _):
        notes.noteSending(from: port, in: router.ports[port].virtualSubnetID)
      case .inbound(let tunnel): notes.noteReceiving(in: tunnel.virtualSubnetID)
      }
    }
    keep(outcome.changes, in: context)
    carry(out: outcome, frame, question, snapshot, in: context)
    if let notice = outcome.changes.notice, case .inbound(let tunnel) = question {
      send(notice, about: tunnel, snapshot, in: context)
    }
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
    out outcome: Outcome, _ frame: EthernetFrame, _ question: Question, _ snapshot: HNVSnapshot,
    in context: Context
  ) {
    switch outcome.decision {
    case .deliver(let port, let rewrite):
      let frame = change(frame, rewrite, in: context)
      deliver(frame, to: port, snapshot, in: context)
    case .encapsulate(let tunnel, let rewrite):
      send(change(frame, rewrite, in: context), through: tunnel, snapshot, in: context)
    case .translate(let translation, let rewrite):
      send(change(frame, rewrite, in: context), by: translation, snapshot, in: context)
    case .replicate:
      if let copies = outcome.copies { copy(frame, to: copies, snapshot, in: context) }
    case .answer(let answer):
      guard case .outbound(_, let cable) = question else { return }
      self.answer(answer, frame, by: cable, snapshot, in: context)
    case .answerEcho(let gateway):
      guard case .outbound(_, let cable) = question else { return }
      answerEcho(frame, from: gateway, by: cable, snapshot, in: context)
    case .absorb: context.finish(.absorbed, HNVSwitchFact(.absorbed, snapshot), frame)
    case .bypass:
      guard case .outbound(let port, _) = question else { return }
      bypass(frame, from: port, snapshot, in: context)
    case .refuse(let refusal):
      drop(frame, refusal, snapshot, in: context)
      guard case .outbound(let port, let cable) = question,
        let error = snapshot.routers[host].report(refusal, about: frame, from: port)
      else { return }
      originate(error, .error, by: cable, in: context)
    }
  }

  func drop(
    _ frame: EthernetFrame, _ refusal: Refusal, _ snapshot: HNVSnapshot, in context: Context
  ) {
    context.drop(
      refusal.disposition, HNVRefusalFact(refusal: refusal, snapshot: snapshot), frame)
  }

  /// Sends a copy to every receiver; a single one gets the frame itself.
  private func copy(
    _ frame: EthernetFrame, to replication: Replication, _ snapshot: HNVSnapshot,
    in context: Context
  ) {
    let (ports, tunnels) = (replication.ports, replication.tunnels)
    let count = ports.count + tunnels.count
    func next() -> Context { count == 1 ? context : context.copy() }
    if count > 1 {
      context.finish(
        .replicated,
        HNVSwitchFact(
          .replicated(
            ports: Int32(truncatingIfNeeded: ports.count),
            hosts: Int32(truncatingIfNeeded: tunnels.count)), snapshot), frame)
    }
    for port in ports {
      let context = next()
      switch hand(frame, to: port, snapshot, in: context) {
      case .deliver: deliver(frame, to: port, snapshot, in: context)
      case .refuse(let refusal): drop(frame, refusal, snapshot, in: context)
      default: break
      }
    }
    for tunnel in tunnels { send(frame, through: tunnel, snapshot, in: next()) }
  }

  /// Applies the access rules of one copy's port.
  private func hand(
    _ frame: EthernetFrame, to port: Int, _ snapshot: HNVSnapshot, in context: Context
  ) -> Decision {
    let outcome = snapshot.routers[host].hand(
      frame, to: port, state: memory, at: context.now.nanoseconds)
    if context.keepsSteps {
      GroundsNotes(outcome: outcome, frame: frame, snapshot: snapshot, context: context)
        .noteDelivery()
    }
    keep(outcome.changes, in: context)
    return outcome.decision
  }

  private func change(
    _ frame: EthernetFrame, _ rewrite: Rewrite, in context: Context
  ) -> EthernetFrame {
    let changed = rewrite.applied(to: frame)
    context.noteChange(from: frame, to: changed)
    return changed
  }

  func deliver(
    _ frame: EthernetFrame, to port: Int, _ snapshot: HNVSnapshot, in context: Context
  ) {
    let receiver = snapshot.routers[host].ports[port]
    guard let cable = cable(to: receiver, snapshot.network, in: context) else { return }
    context.note(HNVSwitchFact(.delivered(port: port), snapshot), frame)
    context.emit(frame, on: cable)
  }

  private func answer(
    _ answer: NeighborAnswer, _ question: EthernetFrame, by cable: Cable,
    _ snapshot: HNVSnapshot, in context: Context
  ) {
    guard let reply = answer.frame(answering: question) else { return }
    context.note(HNVSwitchFact(.answered(answer.macAddress), snapshot), question)
    context.accept(question, .answered)
    let answering = context.begin(
      .resolution,
      of: PacketSummary(source: answer.target, destination: answer.target, text: "reply"))
    answering.sent(reply)
    answering.emit(reply, on: cable)
  }

  /// Answers a ping in the name of a gateway address.
  private func answerEcho(
    _ request: EthernetFrame, from gateway: MACAddress, by cable: Cable,
    _ snapshot: HNVSnapshot, in context: Context
  ) {
    guard let answer = request.echoAnswer(from: gateway) else { return }
    context.note(HNVSwitchFact(.answeredEcho, snapshot), request)
    context.accept(request, .answered)
    originate(answer, .reply, by: cable, in: context)
  }

  /// Sends a machine of this host a packet that the host itself makes.
  private func originate(
    _ frame: EthernetFrame, _ purpose: PacketPurpose, by cable: Cable, in context: Context
  ) {
    guard let packet = frame.packet else { return }
    let own = context.begin(purpose, of: PacketSummary(packet))
    own.note(CommonFact.originated, frame)
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
