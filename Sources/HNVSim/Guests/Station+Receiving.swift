import HNVCore

extension Station {
  func receive(
    _ packet: IPPacket, _ frame: EthernetFrame, on link: Int, in context: Context
  ) {
    if case .v6(let inner) = packet {
      switch inner.transport {
      case .icmpv6(.neighborSolicitation(let target, _)):
        return answer(.v6(target), to: frame, on: link, in: context)
      case .icmpv6(.neighborAdvertisement(let target, let mac, _)):
        return learn(.v6(target), mac, on: link, frame, in: context)
      default: break
      }
    }
    if isGroup(packet.destination) {
      hear(packet, frame, in: context)
    } else if owns(packet.destination) {
      take(packet, frame, on: link, in: context)
    } else if forwards {
      forward(packet, from: link, in: context)
    } else if case .outside = element {
      context.drop(
        .noRoute, "\(name) does not reach \(packet.destination)",
        mend: "let \(name) reach a prefix with \(packet.destination), or send elsewhere")
    } else {
      context.drop(
        .notForwarding,
        "\(name) does not have \(packet.destination) and does not forward for others",
        mend: "let \(name) forward, or send to \(packet.destination) by another way")
    }
  }

  private func take(
    _ packet: IPPacket, _ frame: EthernetFrame, on link: Int, in context: Context
  ) {
    let isOutside = if case .outside = element { true } else { false }
    guard isOpen(packet) else {
      let port = packet.transport.ports?.destination ?? 0
      context.note(Step(.received, "the packet is for \(name) itself"))
      context.accept(frame, .portClosed)
      context.note(
        Step(
          .dropped, "nothing listens at \(packet.transport.ipProtocol)/\(port) of \(name)",
          mend: "open \(packet.transport.ipProtocol)/\(port) on \(name)"))
      if let refusal = refusal(of: packet) { originate(refusal, .error, in: context) }
      return
    }
    context.note(
      Step(
        .accepted, "\(packet.destination) is \(isOutside ? "reached by" : "an address of") \(name)")
    )
    context.accept(frame, isOutside ? .exitsNetwork : .accepted)
    if let reply = reply(to: packet) { originate(reply, .reply, in: context) }
  }

  private func forward(_ packet: IPPacket, from link: Int, in context: Context) {
    guard packet.timeToLive > 1 else {
      let looping = isOnUnderlay ? name : context.loopingMachine
      context.drop(
        .timeToLiveExceeded, "the packet's time to live is used up at \(name)",
        mend: looping.map { "the packet circles by way of \($0): give it a route that leads out" }
          ?? "send with a higher time to live")
      report(timeExceeded: packet, from: link, in: context)
      return
    }
    if case .machine(let index) = element { context.passes(index) }
    var forwarded = packet
    forwarded.timeToLive -= 1
    context.note(
      Step(
        .forwarded, "\(name) forwards for others",
        changes: [
          Step.Change("time to live", "\(packet.timeToLive)", "\(forwarded.timeToLive)")
        ].compactMap { $0 }))
    output(forwarded, in: context)
  }

  /// Whether something listens where the packet goes; answers to own packets are always taken.
  private func isOpen(_ packet: IPPacket) -> Bool {
    guard let open, let ports = packet.transport.ports, !isAwaited(packet) else { return true }
    return open.contains(
      Intent.OpenPort(ipProtocol: packet.transport.ipProtocol, port: ports.destination))
  }

  /// Whether the packet belongs to an exchange that the station began.
  func isAwaited(_ packet: IPPacket) -> Bool {
    guard let ports = packet.transport.ports else { return false }
    return conversations.contains(
      Conversation(
        ipProtocol: packet.transport.ipProtocol, peer: packet.source,
        localPort: ports.destination, peerPort: ports.source))
  }
}
