import HNVCore

extension NetworkStack {
  /// Takes an IP packet that arrives on a link.
  mutating func receiveIP(_ packet: PacketID, on link: Int, in world: inout World) {
    let row = world.packets[packet]
    guard !row.isNeighborDiscovery else { return hearNeighbor(packet, on: link, in: &world) }
    let compartment = links[link].compartment
    if collects(row, on: link) {
      guard let whole = assemble(packet, in: compartment, &world) else { return }
      return receiveIP(whole, on: link, in: &world)
    }
    if hears(packet, on: link, in: &world) { return }
    if isGroup(row.destination, in: compartment) {
      hear(packet, in: compartment, &world)
    } else if let end = tunnel(of: row, from: compartment) {
      unwrap(packet, from: end, in: &world)
    } else if row.mayQuote, isAboutTunnel(packet, in: &world) {
      world.mean(element)
      take(packet, arrivedAs: packet, in: compartment, &world)
    } else if isForTable(packet, on: link, in: &world) {
      receiveTranslated(packet, on: link, in: &world)
    } else if let router = declines(row.destination, on: link) {
      drop(packet, declinedBy: router, in: &world)
    } else if owns(row.destination, in: compartment) {
      take(packet, arrivedAs: packet, in: compartment, &world)
    } else if forwards || carries(row.destination, from: link) {
      forward(packet, from: link, in: &world)
    } else if case .outside = element {
      world.drop(.noRoute, DeliveryFact.notReached(through: configuration), packet)
      report(.network, about: packet, from: compartment, in: &world)
    } else {
      world.drop(.notForwarding, DeliveryFact.notForwarding(configuration), packet)
    }
  }

  /// Takes a packet for the stack itself, which translation may have changed since it arrived.
  mutating func take(
    _ packet: PacketID, arrivedAs frame: PacketID, in compartment: Int, _ world: inout World
  ) {
    let row = world.packets[packet]
    let isOutside = if case .outside = element { true } else { false }
    guard isOpen(row, in: compartment) else {
      world.note(DeliveryFact.received(by: configuration), packet)
      world.accept(frame, .portClosed)
      world.note(DeliveryFact.portClosed(on: configuration), packet)
      refuse(packet, in: compartment, &world)
      return
    }
    guard isOutside || row.isUnderstood else {
      world.note(DeliveryFact.received(by: configuration), packet)
      world.accept(frame, .protocolUnreachable)
      world.note(DeliveryFact.protocolUnknown(to: configuration), packet)
      report(.ipProtocol, about: packet, from: compartment, as: row.destination, in: &world)
      return
    }
    if row.mayQuote {
      learnPathMTU(from: packet, in: compartment, &world)
      learnRoute(from: packet, in: compartment, &world)
    }
    world.note(
      isOutside ? DeliveryFact.left(through: configuration) : .accepted(by: configuration),
      packet)
    world.accept(frame, isOutside ? .exitsNetwork : .accepted)
    if let reply = reply(to: packet, in: compartment, &world) {
      originate(
        reply, .reply, mayFragment: row.allowsDividedAnswers, from: compartment, in: &world)
    }
  }

  /// Passes a packet on within the compartment of its link, or in another to which translation has
  /// brought it; its sender knows it as the original.
  mutating func forward(
    _ packet: PacketID, from link: Int, to compartment: Int? = nil,
    translatedFrom original: PacketID? = nil, in world: inout World
  ) {
    let origin = PacketSource.neighbor(onLink: link, sent: original ?? packet)
    guard world.packets[packet].timeToLive > 1 else {
      world.drop(
        .timeToLiveExceeded,
        ForwardingFact.expired(at: configuration, isOnUnderlay: isOnUnderlay), packet)
      report(.timeToLive, to: origin, in: &world)
      return
    }
    if case .machine(let index) = element { world.passes(index) }
    let compartment = compartment ?? links[link].compartment
    let forwarded = world.packets.changing(packet) { $0.timeToLive -= 1 }
    world.note(
      ForwardingFact.forwarded(in: compartment, of: configuration), forwarded, before: packet)
    output(forwarded, for: origin, from: compartment, in: &world)
  }

  /// Whether something listens where the packet goes; answers to own packets are always taken.
  private func isOpen(_ packet: Packet, in compartment: Int) -> Bool {
    guard let open, let ports = packet.ports, !isAwaited(packet, in: compartment)
    else { return true }
    return open.contains(
      Intent.OpenPort(ipProtocol: packet.ipProtocol, port: ports.destination))
  }

  /// Whether the packet belongs to an exchange that the stack began.
  func isAwaited(_ packet: Packet, in compartment: Int) -> Bool {
    guard let ports = packet.ports else { return false }
    return conversations.contains(
      Session(
        compartment: compartment, ipProtocol: packet.ipProtocol, peer: packet.source,
        localPort: ports.destination, peerPort: ports.source))
  }
}
