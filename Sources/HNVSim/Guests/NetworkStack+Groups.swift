import HNVCore

/// Sending and receiving multicast and broadcast.
extension NetworkStack {
  /// Whether an address is a multicast or broadcast address on one of a compartment's links.
  func isGroup(_ address: IPAddress, in compartment: Int) -> Bool {
    address.isMulticast || address.isLimitedBroadcast
      || configuration.isBroadcast(address, in: compartment)
  }

  /// Whether the stack listens to a group: all machines, what its owner had it join, and the
  /// group of each of its IPv6 addresses (RFC 1112, section 7.2; RFC 4291, section 2.8).
  func listens(to group: IPAddress, in compartment: Int) -> Bool {
    if group.isLimitedBroadcast || configuration.isBroadcast(group, in: compartment)
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

  /// Sends a packet to a group on the link with a route to it.
  mutating func sendToGroup(_ packet: PacketID, from compartment: Int, in world: inout World) {
    let row = world.packets[packet]
    guard let link = link(towards: row.destination, from: compartment) else {
      world.drop(
        .noRoute, NoSourceAddress(stack: configuration, destination: row.destination))
      return
    }
    if case .tunnel(let end) = links[link].medium {
      return wrap(packet, in: end, on: link, in: &world)
    }
    guard row.byteCount <= links[link].mtu else {
      guard row.dontFragment else {
        return world.drop(.notModelled, GroupFact.divisionNotSimulated, packet)
      }
      return world.drop(.exceedsMTU, GroupFact.tooLarge(link: link, of: configuration), packet)
    }
    let mac: MACAddress = row.destination.isMulticast ? .group(row.destination) : .broadcast
    world.note(GroupFact.resolved(mac), packet)
    transmit(packet, to: mac, on: link, in: &world)
  }

  /// The link with a route to a group, or else the first with an address of its family.
  private func link(towards group: IPAddress, from compartment: Int) -> Int? {
    tables[compartment].entry(for: group)?.link
      ?? configuration.addresses.first {
        $0.compartment == compartment && $0.address.family == group.family
      }?.link
  }

  /// Accepts or ignores a packet to a group; there is no reply (RFC 1122, section 3.2.2.6).
  mutating func hear(_ packet: PacketID, in compartment: Int, _ world: inout World) {
    guard listens(to: world.packets[packet].destination, in: compartment) else {
      world.finish(.ignored, GroupFact.notJoined(by: configuration), packet)
      return
    }
    world.note(GroupFact.accepted(by: configuration), packet)
    world.accept(packet, .accepted)
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
