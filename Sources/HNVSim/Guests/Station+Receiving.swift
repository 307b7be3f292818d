import HNVCore

extension Station {
  func receive(
    _ packet: IPPacket, _ frame: EthernetFrame, on link: Int, in world: inout World
  ) {
    if case .v6(let inner) = packet {
      switch inner.transport {
      case .icmpv6(.neighborSolicitation(let target, _)):
        return answer(.v6(target), to: frame, on: link, in: &world)
      case .icmpv6(.neighborAdvertisement(let target, let mac, _)):
        return learn(.v6(target), mac, on: link, frame, in: &world)
      default: break
      }
    }
    let compartment = links[link].compartment
    if collects(packet, on: link) {
      guard let whole = assemble(packet, in: compartment, &world) else { return }
      let frame = EthernetFrame(
        destination: frame.destination, source: frame.source, payload: .ip(whole))
      return receive(whole, frame, on: link, in: &world)
    }
    if hears(packet, frame, on: link, in: &world) { return }
    if isGroup(packet.destination, in: compartment) {
      hear(packet, frame, in: compartment, &world)
    } else if case .esp(let header, let inner) = packet.transport,
      let end = tunnel(of: header, around: packet, from: compartment)
    {
      unwrap(inner, from: end, header, frame, in: &world)
    } else if isAboutTunnel(packet) {
      world.mean(element)
      take(packet, frame, in: compartment, &world)
    } else if isForTable(packet, on: link, in: &world) {
      receive(translated: packet, frame, on: link, in: &world)
    } else if let router = declines(packet, on: link) {
      drop(packet, declinedBy: router, in: &world)
    } else if owns(packet.destination, in: compartment) {
      take(packet, frame, in: compartment, &world)
    } else if forwards || carries(packet, from: link) {
      forward(packet, from: link, in: &world)
    } else if case .outside = element {
      world.drop(.noRoute, DeliveryFact.notReached(through: configuration), packet: packet)
      report(.network, about: packet, from: compartment, in: &world)
    } else {
      world.drop(.notForwarding, DeliveryFact.notForwarding(configuration), packet: packet)
    }
  }

  func take(
    _ packet: IPPacket, _ frame: EthernetFrame, in compartment: Int, _ world: inout World
  ) {
    let isOutside = if case .outside = element { true } else { false }
    guard isOpen(packet, in: compartment) else {
      world.note(DeliveryFact.received(by: configuration), packet: packet)
      world.accept(frame, .portClosed)
      world.note(DeliveryFact.portClosed(on: configuration), packet: packet)
      refuse(packet, in: compartment, &world)
      return
    }
    guard isOutside || packet.transport.isUnderstood else {
      world.note(DeliveryFact.received(by: configuration), packet: packet)
      world.accept(frame, .protocolUnreachable)
      world.note(DeliveryFact.protocolUnknown(to: configuration), packet: packet)
      report(
        .ipProtocol, about: packet, from: compartment, as: packet.destination, in: &world)
      return
    }
    learnPathMTU(from: packet, in: compartment, &world)
    learnRoute(from: packet, in: compartment, &world)
    world.note(
      isOutside ? DeliveryFact.left(through: configuration) : .accepted(by: configuration),
      packet: packet)
    world.accept(frame, isOutside ? .exitsNetwork : .accepted)
    if let reply = reply(to: packet, in: compartment, isAnswer: world.isAnswer) {
      originate(
        reply, .reply, mayFragment: packet.allowsDividedAnswers, from: compartment, in: &world)
    }
  }

  /// Passes a packet on within the compartment of its link, or in another to which translation has
  /// brought it; its sender knows it as the original.
  func forward(
    _ packet: IPPacket, from link: Int, to compartment: Int? = nil,
    translatedFrom original: IPPacket? = nil, in world: inout World
  ) {
    let origin = Origin.neighbor(onLink: link, sent: original ?? packet)
    guard packet.timeToLive > 1 else {
      world.drop(
        .timeToLiveExceeded,
        ForwardingFact.expired(at: configuration, isOnUnderlay: isOnUnderlay), packet: packet)
      report(.timeToLive, to: origin, in: &world)
      return
    }
    if case .machine(let index) = element { world.passes(index) }
    let compartment = compartment ?? links[link].compartment
    var forwarded = packet
    forwarded.timeToLive -= 1
    world.note(
      ForwardingFact.forwarded(in: compartment, of: configuration), packet: forwarded,
      before: packet)
    output(forwarded, for: origin, from: compartment, in: &world)
  }

  /// Whether something listens where the packet goes; answers to own packets are always taken.
  private func isOpen(_ packet: IPPacket, in compartment: Int) -> Bool {
    guard let open, let ports = packet.transport.ports, !isAwaited(packet, in: compartment)
    else { return true }
    return open.contains(
      Intent.OpenPort(ipProtocol: packet.transport.ipProtocol, port: ports.destination))
  }

  /// Whether the packet belongs to an exchange that the station began.
  func isAwaited(_ packet: IPPacket, in compartment: Int) -> Bool {
    guard let ports = packet.transport.ports else { return false }
    return conversations.contains(
      Conversation(
        compartment: compartment, ipProtocol: packet.transport.ipProtocol, peer: packet.source,
        localPort: ports.destination, peerPort: ports.source))
  }
}
