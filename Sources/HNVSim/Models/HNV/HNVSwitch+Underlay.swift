import HNVCore

/// The side of the switch that faces the underlay.
extension HNVSwitch {
  /// Sends a frame to another host in a tunnel.
  func send(
    _ frame: EthernetFrame, through tunnel: Tunnel, _ words: HNVWords, in context: Context
  ) {
    context.note(words.encapsulated(tunnel))
    // The outer TTL is the host's own, never the customer's (ipSpace, October 2013).
    guard
      let packet = IPPacket(
        from: tunnel.source, to: tunnel.destination, timeToLive: Station.timeToLive,
        transport: tunnel.transport(carrying: frame))
    else {
      context.drop(
        .notModelled, "the provider addresses are of different address families",
        fix: "use provider addresses of one family on all hosts")
      return
    }
    provider.send(
      packet.marked(tunnel.differentiatedServices, dontFragment: tunnel.dontFragment), in: context)
  }

  /// Sends a packet to another host without a tunnel.
  func send(
    _ frame: EthernetFrame, by translation: Translation, _ words: HNVWords, in context: Context
  ) {
    guard let packet = frame.packet else { return }
    let outer = translation.applied(to: packet)
    context.note(words.translated(packet, outer, translation))
    provider.send(outer, towards: translation.nextHop, in: context)
  }

  /// Takes a frame from the underlay: for the host's own addresses there, or else for a port that
  /// HNV leaves to the switch.
  func take(
    _ frame: EthernetFrame, _ router: HostRouter, _ state: HNVState, in context: Context
  ) {
    let words = HNVWords(router: router, state: state, frame: frame)
    if !provider.isMeant(frame), takePlain(frame, words, in: context) { return }
    guard provider.receive(frame, in: context) else { return }
    unwrap(frame, router, state, in: context)
  }

  /// Takes what came from the underlay: a tunnel packet, a message of another host, or a packet
  /// whose addresses a record translates.
  func unwrap(
    _ outer: EthernetFrame, _ router: HostRouter, _ state: HNVState, in context: Context
  ) {
    guard let packet = outer.packet else { return }
    let (subnet, inner): (VirtualSubnetID, EthernetFrame)
    switch packet.transport {
    case .nvgre(let header, let frame): (subnet, inner) = (header.virtualSubnetID, frame)
    case .vxlan(let header, let frame): (subnet, inner) = (header.virtualSubnetID, frame)
    default: return takeTranslated(outer, packet, router, state, in: context)
    }
    context.note(
      Step(
        .decapsulated,
        "VSID \(subnet), from \(packet.source); inner frame to \(inner.destination)"))
    if let message = ControlMessage(inner, in: packet) { return obey(message, in: context) }
    decide(
      inner, .inbound(Arrival(virtualSubnetID: subnet, packet: packet, outer: outer)), router,
      state, in: context)
  }

  private func takeTranslated(
    _ outer: EthernetFrame, _ packet: IPPacket, _ router: HostRouter, _ state: HNVState,
    in context: Context
  ) {
    let words = HNVWords(router: router, state: state, frame: outer)
    let now = context.now.nanoseconds
    let answer = router.receiveTranslated(outer, packet, state: memory, at: now)
    note(answer.outcome, .translated, words, in: context)
    keep(answer.outcome.changes, in: context)
    switch answer.outcome.decision {
    case .deliver(let port, _):
      if let step = Step.rewritten(outer, answer.frame) { context.note(step) }
      deliver(answer.frame, to: router.ports[port], words, in: context)
    case .refuse(let refusal):
      context.drop(words.disposition(of: refusal), words.step(for: refusal))
    default: break
    }
  }
}

/// Messages between hosts ([MS-NVGREE]).
extension HNVSwitch {
  /// Reports to the sending host why its packet was dropped.
  func send(
    _ notice: ControlNotice, about arrival: Arrival, _ words: HNVWords, in context: Context
  ) {
    guard let message = ControlMessage.frame(notice, about: arrival.packet, in: arrival.outer)
    else { return }
    let own = context.begin(
      .error,
      of: PacketSummary(
        source: arrival.packet.destination, destination: arrival.packet.source,
        text: notice.words))
    own.mean(.host(words.network.providerOwners[arrival.packet.source] ?? host))
    own.note(words.originated(notice, to: arrival.packet.source))
    let tunnel = words.router.tunnel(
      for: message, in: arrival.virtualSubnetID, from: arrival.packet.destination,
      to: arrival.packet.source)
    own.sent(message)
    send(message, through: tunnel, words, in: own)
  }

  /// Applies another host's message: follows a machine that moved, or requests policy again.
  private func obey(_ message: ControlMessage, in context: Context) {
    var done = ""
    context.update { (state: inout HNVState) in
      done = state.obey(message, on: host, at: context.now)
    }
    context.finish(.absorbed, Step(.accepted, done))
  }
}

extension ControlNotice {
  var words: String {
    switch self {
    case .redirect(let target): "NVGRE REDIRECT to \(target)"
    case .unreachable: "NVGRE UNREACHABLE"
    }
  }
}

extension IPPacket {
  /// The packet with an outer header's service class and fragmentation bit.
  func marked(_ service: UInt8, dontFragment: Bool) -> IPPacket {
    switch self {
    case .v4(var packet):
      packet.differentiatedServices = service
      packet.dontFragment = dontFragment
      return .v4(packet)
    case .v6(var packet):
      packet.trafficClass = service
      return .v6(packet)
    }
  }
}
