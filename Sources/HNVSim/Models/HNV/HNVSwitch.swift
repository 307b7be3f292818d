import HNVCore

/// The virtual switch of one hypervisor with HNV: asks the router, and applies its decision.
struct HNVSwitch: Element {
  let host: Int
  var provider: UnderlayStack
  let state: HNVState

  /// State that packets created; lost when the host stops.
  var memory = HostState()

  init(_ host: Int, _ provider: UnderlayStack, _ state: HNVState) {
    self.host = host
    self.provider = provider
    self.state = state
  }

  mutating func halt(in world: inout World) {
    memory = HostState()
    provider.halt(in: &world)
  }

  /// What the router is asked about a frame.
  enum Question {
    case outbound(port: Int, Cable)
    case inbound(TunnelPacket)
  }

  /// A tunnel packet that came to this host.
  struct TunnelPacket {
    let virtualSubnetID: VirtualSubnetID
    let outer: PacketID
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    let snapshot = snapshot(in: &world)
    guard case .adapter(let machine, let index) = cable else {
      return take(packet, snapshot, in: &world)
    }
    let name = world.intent.machines[machine].name
    // The guest's stack says by which mapping of a shared adapter the frame comes.
    let own = snapshot.network.adapter(of: machine, index)
    guard let port = own.flatMap({ snapshot.routers[host].index(of: $0, named: name) }) else {
      world.drop(.elementDown, HNVSwitchFact(.moved(machine: machine), snapshot), packet)
      return
    }
    decide(packet, .outbound(port: port, cable), snapshot, in: &world)
  }

  /// What the hosts hold, with what has come due on this one.
  private func snapshot(in world: inout World) -> HNVSnapshot {
    if state.hasDue(on: host, at: world.now) {
      state.advance(host, to: world.now, world.wiring)
    }
    return state.snapshot
  }

  /// Makes a decision and carries it out.
  mutating func decide(
    _ packet: PacketID, _ question: Question, _ snapshot: HNVSnapshot, in world: inout World
  ) {
    let router = snapshot.routers[host]
    let outcome = ask(router, question, world.packets[packet].key, in: &world)
    if world.keepsSteps {
      let notes = GroundsNotes(outcome: outcome, packet: packet, snapshot: snapshot)
      switch question {
      case .outbound(let port, _):
        notes.noteSending(from: port, in: router.ports[port].virtualSubnetID, &world)
      case .inbound(let tunnel): notes.noteReceiving(in: tunnel.virtualSubnetID, &world)
      }
    }
    keep(outcome.changes, in: &world)
    carry(out: outcome, packet, question, snapshot, in: &world)
    if let notice = outcome.changes.notice, case .inbound(let tunnel) = question {
      send(notice, about: tunnel, snapshot, in: &world)
    }
  }

  private func ask(
    _ router: HostRouter, _ question: Question, _ key: FlowKey, in world: inout World
  ) -> Outcome {
    let now = world.now.nanoseconds
    switch question {
    case .outbound(let port, _):
      return router.decide(key, from: port, state: memory, at: now)
    case .inbound(let tunnel):
      let outer = world.packets[tunnel.outer]
      return router.receive(
        key, in: tunnel.virtualSubnetID, from: outer.source, at: outer.destination,
        state: memory, at: now)
    }
  }

  /// Applies the state changes of a packet at its host.
  mutating func keep(_ changes: StateChanges, in world: inout World) {
    memory.apply(changes, at: world.now.nanoseconds)
    if let learned = changes.learned { state.learn(learned, on: host, at: world.now) }
  }

  private mutating func carry(
    out outcome: Outcome, _ packet: PacketID, _ question: Question, _ snapshot: HNVSnapshot,
    in world: inout World
  ) {
    switch outcome.decision {
    case .deliver(let port, let rewrite):
      deliver(change(packet, rewrite, in: &world), to: port, snapshot, in: &world)
    case .encapsulate(let tunnel, let rewrite):
      send(change(packet, rewrite, in: &world), through: tunnel, snapshot, in: &world)
    case .translate(let translation, let rewrite):
      send(change(packet, rewrite, in: &world), by: translation, snapshot, in: &world)
    case .replicate:
      if let copies = outcome.copies { copy(packet, to: copies, snapshot, in: &world) }
    case .answer(let answer):
      guard case .outbound(_, let cable) = question else { return }
      world.answer(answer, to: packet, by: cable, HNVSwitchFact(.answered, snapshot))
    case .answerEcho(let gateway):
      guard case .outbound(_, let cable) = question else { return }
      world.answerEcho(
        packet, from: gateway, by: cable, HNVSwitchFact(.answeredEcho, snapshot))
    case .absorb: world.finish(.absorbed, HNVSwitchFact(.absorbed, snapshot), packet)
    case .bypass:
      guard case .outbound(let port, _) = question else { return }
      bypass(packet, from: port, snapshot, in: &world)
    case .refuse(let refusal):
      drop(packet, refusal, snapshot, in: &world)
      guard case .outbound(let port, let cable) = question,
        let error = snapshot.routers[host].report(
          refusal, about: world.packets.frame(packet), from: port)
      else { return }
      let telling = world.packets.add(error)
      world.originate(telling, .error, by: cable)
    }
  }

  func drop(
    _ packet: PacketID, _ refusal: Refusal, _ snapshot: HNVSnapshot, in world: inout World
  ) {
    world.drop(
      refusal.disposition, HNVRefusalFact(refusal: refusal, snapshot: snapshot), packet)
  }

  /// Sends a copy to every receiver; a single one gets the frame itself.
  private mutating func copy(
    _ packet: PacketID, to replication: Replication, _ snapshot: HNVSnapshot,
    in world: inout World
  ) {
    let (ports, tunnels) = (replication.ports, replication.tunnels)
    let count = ports.count + tunnels.count
    if count > 1 {
      world.finish(
        .replicated,
        HNVSwitchFact(
          .replicated(
            ports: Int32(truncatingIfNeeded: ports.count),
            hosts: Int32(truncatingIfNeeded: tunnels.count)), snapshot), packet)
    }
    for port in ports {
      world.following(world.copy(oneOf: count)) { world in
        switch decideDelivery(of: packet, to: port, snapshot, in: &world) {
        case .deliver: deliver(packet, to: port, snapshot, in: &world)
        case .refuse(let refusal): drop(packet, refusal, snapshot, in: &world)
        default: break
        }
      }
    }
    for tunnel in tunnels {
      world.following(world.copy(oneOf: count)) {
        send(packet, through: tunnel, snapshot, in: &$0)
      }
    }
  }

  /// Applies the access rules of one copy's port.
  private mutating func decideDelivery(
    of packet: PacketID, to port: Int, _ snapshot: HNVSnapshot, in world: inout World
  ) -> Decision {
    let outcome = snapshot.routers[host].deliver(
      world.packets[packet].key, to: port, state: memory, at: world.now.nanoseconds)
    if world.keepsSteps {
      GroundsNotes(outcome: outcome, packet: packet, snapshot: snapshot).noteDelivery(in: &world)
    }
    keep(outcome.changes, in: &world)
    return outcome.decision
  }

  private func change(
    _ packet: PacketID, _ rewrite: Rewrite, in world: inout World
  ) -> PacketID {
    guard rewrite.changes(world.packets[packet].key) else { return packet }
    let changed = world.packets.changing(packet) { $0.apply(rewrite) }
    world.noteChange(from: packet, to: changed)
    return changed
  }

  func deliver(
    _ packet: PacketID, to port: Int, _ snapshot: HNVSnapshot, in world: inout World
  ) {
    guard let own = snapshot.network.adapter(of: snapshot.routers[host].ports[port])
    else { return }
    world.note(HNVSwitchFact(.delivered(port: port), snapshot), packet)
    world.emit(packet, on: .adapter(machine: own.machine, index: own.index))
  }

  mutating func timeout(_ timer: Timer, in world: inout World) {
    provider.timeout(timer, in: &world)
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
