import HNVCore

/// What limits the packets that leave by a link.
struct SizeLimit {
  let bytes: Int
  /// The router on the path that said so; `nil` for the MTU of the link itself.
  let teller: IPAddress?
  let configuration: StackConfiguration
  let link: Int
}

/// Packets that are larger than a link.
extension NetworkStack {
  /// Marks a packet of the stack's own that may be divided: it has a number for its parts to
  /// bear; what may not needs none (RFC 6864, section 4.1).
  mutating func numbered(_ packet: PacketID, in world: inout World) -> PacketID {
    identification &+= 1
    guard case .v4(var inner) = world.packets.ipPacket(packet) else { return packet }
    inner.dontFragment = false
    inner.identification = UInt16(truncatingIfNeeded: identification)
    return world.packets.add(IPPacket.v4(inner))
  }

  /// Whether a packet can leave, whole or in parts; one that cannot is lost here.
  mutating func fits(_ packet: PacketID, by departure: OutgoingPacket, in world: inout World)
    -> Bool
  {
    let row = world.packets[packet]
    let limit = limit(for: row, by: departure, in: &world)
    guard row.byteCount > limit.bytes, !mayDivide(row, for: departure.origin)
    else { return true }
    refuse(packet, limit, by: departure, in: &world)
    return false
  }

  /// Sends a packet towards its next hop, in parts where it does not fit.
  mutating func send(_ packet: PacketID, by departure: OutgoingPacket, in world: inout World) {
    let row = world.packets[packet]
    let limit = limit(for: row, by: departure, in: &world)
    guard row.byteCount > limit.bytes else {
      noteTightness(of: packet, row.byteCount, on: departure.link, in: &world)
      transmit(packet, by: departure, in: &world)
      return
    }
    guard let parts = parts(of: packet, fitting: limit.bytes, in: &world) else {
      refuse(packet, limit, by: departure, in: &world)
      return
    }
    world.note(FragmentationFact.divided(parts: parts.count, limit), packet)
    for part in parts {
      let part = world.packets.add(part)
      world.following(world.fragment()) { transmit(part, by: departure, in: &$0) }
    }
  }

  /// IPv4's senders and forwarders divide what does not forbid it (RFC 791, section 3.2); of IPv6
  /// only the sender does (RFC 8200, section 5).
  private func mayDivide(_ packet: Packet, for origin: PacketSource) -> Bool {
    if case .itself(let mayFragment) = origin, packet.family == .v6 { return mayFragment }
    return !packet.dontFragment
  }

  private mutating func parts(
    of packet: PacketID, fitting mtu: Int, in world: inout World
  ) -> [IPPacket]? {
    switch world.packets.ipPacket(packet) {
    case .v4(let packet): packet.fragments(fitting: mtu)?.map { .v4($0) }
    case .v6(let packet):
      packet.fragments(fitting: mtu, identification: identification)?.map { .v6($0) }
    case nil: nil
    }
  }

  /// A learned path MTU applies to the sender only (RFC 1191, section 3).
  private mutating func limit(
    for packet: Packet, by departure: OutgoingPacket, in world: inout World
  ) -> SizeLimit {
    let link = departure.link
    let mtu = links[link].mtu
    let destination = DestinationKey(
      compartment: departure.compartment, address: packet.destination)
    if case .itself = departure.origin, let path = pathMTU(to: destination, in: &world),
      path.bytes < mtu
    {
      return SizeLimit(
        bytes: path.bytes, teller: path.teller, configuration: configuration, link: link)
    }
    return SizeLimit(bytes: mtu, teller: nil, configuration: configuration, link: link)
  }

  private mutating func refuse(
    _ packet: PacketID, _ limit: SizeLimit, by departure: OutgoingPacket, in world: inout World
  ) {
    let isForwarded = if case .neighbor = departure.origin { true } else { false }
    world.drop(
      isForwarded ? .fragmentationNeeded : .exceedsMTU,
      FragmentationFact.tooLarge(limit, isForwarded: isForwarded), packet)
    report(.tooBig(mtu: limit.bytes), to: departure.origin, in: &world)
  }

  /// Notes a packet that fits the link but not the underlay once it is encapsulated.
  private mutating func noteTightness(
    of packet: PacketID, _ byteCount: Int, on link: Int, in world: inout World
  ) {
    guard let guest = links[link].guestMTU, byteCount > guest.room else { return }
    world.note(FragmentationFact.tight(guest, mtu: links[link].mtu, configuration), packet)
  }
}
