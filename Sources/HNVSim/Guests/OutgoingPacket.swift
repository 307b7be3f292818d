import HNVCore

/// Who wants a packet sent.
enum PacketSource {
  /// The stack itself, and whether it may send the packet in parts.
  case itself(mayFragment: Bool)
  /// A neighbour on a link, for which the stack forwards; the packet as the neighbour knows it.
  case neighbor(onLink: Int, sent: PacketID)

  /// Who wants the packet whose parts were put together.
  func of(_ whole: PacketID) -> PacketSource {
    if case .neighbor(let link, _) = self { .neighbor(onLink: link, sent: whole) } else { self }
  }
}

/// How a packet is about to leave.
struct OutgoingPacket {
  let origin: PacketSource
  let compartment: Int
  let link: Int
  let nextHop: IPAddress
}

extension NetworkStack {
  /// Sends a packet that fits on its link.
  mutating func transmit(_ packet: PacketID, by departure: OutgoingPacket, in world: inout World) {
    let (link, nextHop) = (departure.link, departure.nextHop)
    switch links[link].medium {
    case .wire: resolve(nextHop, for: packet, on: link, from: departure.origin, in: &world)
    case .line: transmit(packet, alongLine: link, in: &world)
    case .tunnel(let end): wrap(packet, in: end, on: link, in: &world)
    }
  }
}
