import HNVCore

/// Tunnels between gateways, and the lines that lead to a site's.
extension NetworkStack {
  /// Wraps a packet for the gateway at the tunnel's other end, and sends that on its way.
  mutating func wrap(_ packet: PacketID, in end: TunnelEnd, on link: Int, in world: inout World) {
    if let cable = links[link].cables.first?.cable, world.wiring.cut.contains(cable) {
      return world.drop(.linkDown, TunnelFact.down(to: end.peer), packet)
    }
    guard world.packets[packet].espHeader == nil else {
      return world.drop(.noRoute, TunnelFact.nested, packet)
    }
    let sequence = sequences[link, default: 0] &+ 1
    sequences[link] = sequence
    let header = ESPHeader(
      securityParametersIndex: end.securityParametersIndex, sequence: sequence)
    guard
      let outer = world.packets.encapsulate(
        packet, in: header, from: end.local, to: end.remote, timeToLive: Self.timeToLive)
    else { return }
    world.note(TunnelFact.wrapped(to: end.peer, end.securityParametersIndex), outer)
    output(outer, for: .itself(mayFragment: false), from: end.carrier, in: &world)
  }

  /// The link of the tunnel that a packet came through; `nil` for a packet of no tunnel of ours.
  func tunnel(of packet: Packet, from compartment: Int) -> Int? {
    guard let header = packet.espHeader else { return nil }
    return links.firstIndex { link in
      guard case .tunnel(let end) = link.medium else { return false }
      return end.carrier == compartment && end.local == packet.destination
        && end.remote == packet.source
        && end.securityParametersIndex == header.securityParametersIndex
    }
  }

  /// Whether an error tells of a packet that left by one of the stack's tunnels: it is for the
  /// tunnel's end, whoever sent the packet inside (RFC 4301, section 8.2).
  mutating func isAboutTunnel(_ packet: PacketID, in world: inout World) -> Bool {
    guard let quoted = world.packets.quoted(in: packet), quoted.ipProtocol == .esp
    else { return false }
    let destination = world.packets[packet].destination
    return links.contains { link in
      guard case .tunnel(let end) = link.medium else { return false }
      return end.local == destination && end.local == quoted.source
        && end.remote == quoted.destination
    }
  }

  /// Takes a packet out of its tunnel; it goes on as one that came by the tunnel's link.
  mutating func unwrap(_ outer: PacketID, from link: Int, in world: inout World) {
    let row = world.packets[outer]
    guard let inner = row.inner, let header = row.espHeader else { return }
    // Inside a tunnel there are no MAC addresses; those of the frame around it stand for them.
    let packet = world.packets.changing(inner) {
      $0.readdress(from: row.sourceMAC, to: row.destinationMAC)
      $0.tag = nil
    }
    world.note(TunnelFact.unwrapped(header.securityParametersIndex), packet, before: outer)
    receiveIP(packet, on: link, in: &world)
  }

  /// Puts a packet on a line, at whose other end there is one stack.
  mutating func transmit(_ packet: PacketID, alongLine link: Int, in world: inout World) {
    let peer = links[link].cables.first?.macAddress
    transmit(packet, to: peer ?? links[link].macAddress, on: link, in: &world)
  }

  /// Whether an outside network passes packets to an address between its wire and a line to a
  /// site's gateway.
  func carries(_ destination: IPAddress, from link: Int) -> Bool {
    guard case .outside = element, links[link].compartment == 0,
      let entry = tables[0].entry(for: destination), entry.link != link
    else { return false }
    switch (links[link].medium, links[entry.link].medium) {
    case (.line, .wire), (.wire, .line), (.line, .line): return true
    default: return false
    }
  }
}
