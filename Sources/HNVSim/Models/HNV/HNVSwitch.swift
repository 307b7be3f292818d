import HNVCore

/// The virtual switch of one hypervisor with HNV in it: asks the router, and does what it says.
final class HNVSwitch: Box {
  private let host: Int
  /// What packets have left behind; gone when the host stops.
  private var memory = HostState()

  init(_ host: Int) { self.host = host }

  func halt(in context: Context) { memory = HostState() }

  /// What the router is asked about a frame.
  private enum Question {
    case outbound(port: Int, Cable)
    case inbound(VirtualSubnetID, at: IPAddress)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    guard let state = context.state as? HNVState else { return }
    let router = state.routers[host]
    switch cable {
    case .uplink: unwrap(frame, router, state, in: context)
    case .adapter(let machine, let index):
      let typed = context.intent.machines[machine]
      let mac = typed.interfaces[index].macAddress
      let port = router.ports.firstIndex { $0.vmName == typed.name && $0.macAddress == mac }
      guard let port else {
        context.drop(
          .elementDown, "\(typed.name) has left \(router.name)",
          mend: "send again from where \(typed.name) is now")
        return
      }
      decide(frame, .outbound(port: port, cable), router, state, in: context)
    }
  }

  /// Takes a decision, with its reasons only where somebody reads them, and carries it out.
  private func decide(
    _ frame: EthernetFrame, _ question: Question, _ router: HostRouter, _ state: HNVState,
    in context: Context
  ) {
    var sender: VirtualSubnetID?
    if case .outbound(let port, _) = question { sender = router.ports[port].virtualSubnetID }
    let words = HNVWords(
      router: router, state: state, frame: frame, sender: sender,
      loopingMachine: context.loopingMachine)
    guard context.keepsSteps else {
      var nothing = NoReasons()
      let decision = ask(router, question, frame, in: context, recording: &nothing)
      carry(out: decision, frame, question, words, in: context)
      return
    }
    var reasons = Reasons()
    let decision = ask(router, question, frame, in: context, recording: &reasons)
    for reason in reasons.all { context.note(words.step(for: reason)) }
    carry(out: decision, frame, question, words, in: context)
  }

  /// Asks the router, and keeps what the frame leaves behind.
  private func ask<Recorder: DecisionRecorder>(
    _ router: HostRouter, _ question: Question, _ frame: EthernetFrame, in context: Context,
    recording reasons: inout Recorder
  ) -> Decision {
    let now = context.now.nanoseconds
    let outcome =
      switch question {
      case .outbound(let port, _):
        router.decide(frame, from: port, state: memory, at: now, recording: &reasons)
      case .inbound(let subnet, let provider):
        router.receive(
          frame, in: subnet, at: provider, state: memory, at: now, recording: &reasons)
      }
    memory.apply(outcome.remains, at: now)
    return outcome.decision
  }

  private func carry(
    out decision: Decision, _ frame: EthernetFrame, _ question: Question, _ words: HNVWords,
    in context: Context
  ) {
    switch decision {
    case .deliver(let port, let rewrite):
      let frame = change(frame, rewrite, words, in: context)
      deliver(frame, to: words.router.ports[port], words, in: context)
    case .encapsulate(let tunnel, let rewrite):
      let frame = change(frame, rewrite, words, in: context)
      context.note(words.encapsulated(tunnel))
      guard let outer = wrap(frame, tunnel) else {
        context.drop(
          .notModelled, "the provider addresses are of two families",
          mend: "give all hosts provider addresses of one family")
        return
      }
      context.emit(outer, on: .uplink(host: host))
    case .answer(let answer):
      guard case .outbound(_, let cable) = question else { return }
      self.answer(answer, frame, by: cable, words, in: context)
    case .bypass:
      context.drop(
        .notModelled, "the port has no virtual subnet; HNV leaves its frames to the switch",
        mend: "give the port a virtual subnet")
    case .refuse(let refusal):
      context.drop(words.disposition(of: refusal), words.step(for: refusal))
    }
  }

  private func change(
    _ frame: EthernetFrame, _ rewrite: Rewrite, _ words: HNVWords, in context: Context
  ) -> EthernetFrame {
    let changed = rewrite.applied(to: frame)
    if changed != frame { context.note(words.rewritten(frame, changed)) }
    return changed
  }

  private func deliver(
    _ frame: EthernetFrame, to port: VMPort, _ words: HNVWords, in context: Context
  ) {
    guard let cable = cable(to: port, in: context) else { return }
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
      of: PacketSummary(source: answer.target, destination: answer.target, text: "answer"))
    answering.sent(reply)
    answering.emit(reply, on: cable)
  }

  /// Unwraps what came from the underlay, and asks the router for the port.
  private func unwrap(
    _ outer: EthernetFrame, _ router: HostRouter, _ state: HNVState, in context: Context
  ) {
    guard let packet = outer.packet else { return }
    let (subnet, inner): (VirtualSubnetID, EthernetFrame)
    switch packet.transport {
    case .nvgre(let header, let frame): (subnet, inner) = (header.virtualSubnetID, frame)
    case .vxlan(let header, let frame): (subnet, inner) = (header.virtualSubnetID, frame)
    default:
      context.drop(
        .notCarried, "the packet carries no customer frame", mend: "send it to a machine")
      return
    }
    context.note(
      Step(
        .decapsulated,
        "virtual subnet \(subnet), from \(packet.source); the frame inside is to"
          + " \(inner.destination)"))
    decide(inner, .inbound(subnet, at: packet.destination), router, state, in: context)
  }

  private func wrap(_ frame: EthernetFrame, _ tunnel: Tunnel) -> EthernetFrame? {
    let transport: Transport =
      switch tunnel.encapsulation {
      case .nvgre: .nvgre(NVGREHeader(virtualSubnetID: tunnel.virtualSubnetID), frame)
      case .vxlan: .vxlan(VXLANHeader(virtualSubnetID: tunnel.virtualSubnetID), frame)
      }
    // The outer time to live is the host's own, never the customer's (ipSpace, October 2013).
    return IPPacket(
      from: tunnel.source, to: tunnel.destination, timeToLive: 128, transport: transport
    ).map {
      // The underlay is taken to deliver by provider address; its own MAC addresses are zero.
      EthernetFrame(
        destination: MACAddress(bits: 0), source: MACAddress(bits: 0), payload: .ip($0))
    }
  }

  private func cable(to port: VMPort, in context: Context) -> Cable? {
    guard case .machine(let machine) = context.intent.elements[port.vmName],
      let index = context.intent.machines[machine].interfaces.firstIndex(where: {
        $0.macAddress == port.macAddress
      })
    else { return nil }
    return .adapter(machine: machine, index: index)
  }
}
