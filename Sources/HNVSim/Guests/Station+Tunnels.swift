import HNVCore

/// Tunnels between gateways, and the lines that lead to a site's.
extension Station {
  /// Wraps a packet for the gateway at the tunnel's other end, and sends that on its way.
  func wrap(_ packet: IPPacket, in end: TunnelEnd, on link: Int, in world: inout World) {
    if let cable = links[link].cables.first?.cable, world.wiring.cut.contains(cable) {
      world.drop(.linkDown, TunnelFact.down(to: end.peer), packet: packet)
      return
    }
    if case .esp = packet.transport {
      world.drop(.noRoute, TunnelFact.nested, packet: packet)
      return
    }
    let sequence = (sequences[link] ?? 0) &+ 1
    sequences[link] = sequence
    let header = ESPHeader(
      securityParametersIndex: end.securityParametersIndex, sequence: sequence)
    guard
      let outer = IPPacket(
        from: end.local, to: end.remote, timeToLive: Self.timeToLive,
        transport: .esp(header, packet))
    else { return }
    world.note(
      TunnelFact.wrapped(to: end.peer, end.securityParametersIndex), packet: outer)
    output(outer, for: .itself(mayFragment: false), from: end.carrier, in: &world)
  }

  /// The link of the tunnel that a packet came through; `nil` for a packet of no tunnel of ours.
  func tunnel(of header: ESPHeader, around packet: IPPacket, from compartment: Int) -> Int? {
    links.firstIndex { link in
      guard case .tunnel(let end) = link.medium else { return false }
      return end.carrier == compartment && end.local == packet.destination
        && end.remote == packet.source
        && end.securityParametersIndex == header.securityParametersIndex
    }
  }

  /// Whether an error tells of a packet that left by one of the station's tunnels: it is for the
  /// tunnel's end, whoever sent the packet inside (RFC 4301, section 8.2).
  func isAboutTunnel(_ packet: IPPacket) -> Bool {
    guard let quoted = packet.transport.quoted, quoted.ipProtocol == .esp else { return false }
    return links.contains { link in
      guard case .tunnel(let end) = link.medium else { return false }
      return end.local == packet.destination && end.local == quoted.source
        && end.remote == quoted.destination
    }
  }

  /// Takes a packet out of its tunnel; it goes on as one that came by the tunnel's link.
  func unwrap(
    _ packet: IPPacket, from link: Int, _ header: ESPHeader, _ outer: EthernetFrame,
    in world: inout World
  ) {
    // Inside a tunnel there are no MAC addresses; those of the frame around it stand for them.
    let frame = EthernetFrame(
      destination: outer.destination, source: outer.source, payload: .ip(packet))
    world.note(
      TunnelFact.unwrapped(header.securityParametersIndex), frame, before: outer)
    receive(packet, frame, on: link, in: &world)
  }

  /// Puts a packet on a line, at whose other end there is one station.
  func transmit(_ packet: IPPacket, alongLine link: Int, in world: inout World) {
    let peer = links[link].cables.first?.macAddress
    transmit(packet, to: peer ?? links[link].macAddress, on: link, in: &world)
  }

  /// Whether an outside network passes a packet between its wire and a line to a site's gateway.
  func carries(_ packet: IPPacket, from link: Int) -> Bool {
    guard case .outside = element, links[link].compartment == 0,
      let entry = tables[0].entry(for: packet.destination), entry.link != link
    else { return false }
    switch (links[link].medium, links[entry.link].medium) {
    case (.line, .wire), (.wire, .line), (.line, .line): return true
    default: return false
    }
  }
}
