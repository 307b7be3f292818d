import HNVCore

/// Sending and receiving multicast and broadcast.
extension Station {
  /// Whether an address is a multicast or broadcast address on one of a compartment's links.
  func isGroup(_ address: IPAddress, in compartment: Int) -> Bool {
    address.isMulticast || address.isLimitedBroadcast
      || isBroadcast(address, in: compartment)
  }

  /// Whether the station listens to a group: all machines, what its owner had it join, and the
  /// group of each of its IPv6 addresses (RFC 1112, section 7.2; RFC 4291, section 2.8).
  func listens(to group: IPAddress, in compartment: Int) -> Bool {
    if group.isLimitedBroadcast || isBroadcast(group, in: compartment)
      || joined.contains(group)
    {
      return true
    }
    switch group {
    case .v4(let address): return address == IPv4Address(224, 0, 0, 1)
    case .v6(let address):
      return address.bits == 0xff02 << 112 | 1
        || links.contains { link in
          link.compartment == compartment
            && link.addresses.contains {
              if case .v6(let own) = $0.address {
                own.solicitedNodeMulticast == address
              } else {
                false
              }
            }
        }
    }
  }

  private func isBroadcast(_ address: IPAddress, in compartment: Int) -> Bool {
    links.contains { link in
      link.compartment == compartment
        && link.addresses.contains { $0.onLink.broadcast == address }
    }
  }

  /// Sends a packet to a group on the link with a route to it.
  func sendToGroup(_ packet: IPPacket, from compartment: Int, in world: inout World) {
    let family = packet.destination.family
    let link =
      tables[compartment].entry(for: packet.destination)?.link
      ?? links.firstIndex { link in
        link.compartment == compartment
          && link.addresses.contains { $0.address.family == family }
      }
    guard let link else {
      world.drop(
        .noRoute, NoSourceAddress(station: configuration, destination: packet.destination))
      return
    }
    if case .tunnel(let end) = links[link].medium {
      return wrap(packet, in: end, on: link, in: &world)
    }
    guard packet.byteCount <= links[link].mtu else {
      guard !packet.allowsDivision else {
        world.drop(.notModelled, GroupFact.divisionNotSimulated, packet: packet)
        return
      }
      world.drop(
        .exceedsMTU, GroupFact.tooLarge(link: link, of: configuration), packet: packet)
      return
    }
    let mac: MACAddress =
      packet.destination.isMulticast ? .group(packet.destination) : .broadcast
    world.note(GroupFact.resolved(mac), packet: packet)
    transmit(packet, to: mac, on: link, in: &world)
  }

  /// Accepts or ignores a packet to a group; there is no reply (RFC 1122, section 3.2.2.6).
  func hear(
    _ packet: IPPacket, _ frame: EthernetFrame, in compartment: Int, _ world: inout World
  ) {
    guard listens(to: packet.destination, in: compartment) else {
      world.finish(.ignored, GroupFact.notJoined(by: configuration), frame)
      return
    }
    world.note(GroupFact.accepted(by: configuration), frame)
    world.accept(frame, .accepted)
  }
}

extension MACAddress {
  /// The address to which packets for a multicast group go (RFC 1112, section 6.4; RFC 2464).
  static func group(_ address: IPAddress) -> MACAddress {
    switch address {
    case .v4(let address): MACAddress(bits: 0x0100_5E00_0000 | UInt64(address.bits & 0x7f_ffff))
    case .v6(let address): .multicast(for: address)
    }
  }
}
