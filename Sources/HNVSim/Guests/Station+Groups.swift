import HNVCore

/// Multicast and broadcast, as a machine sends and hears them.
extension Station {
  /// Whether an address means several machines on one of a compartment's links.
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

  /// Sends a packet to a group, out of the link that leads to it.
  func sendToGroup(_ packet: IPPacket, from compartment: Int, in context: Context) {
    let family = packet.destination.family
    let link =
      tables[compartment].entry(for: packet.destination)?.link
      ?? links.firstIndex { link in
        link.compartment == compartment
          && link.addresses.contains { $0.address.family == family }
      }
    guard let link else {
      context.drop(
        .noRoute, "\(name) has no link of the family of \(packet.destination)",
        fix: "give \(name) an address of that family")
      return
    }
    if case .tunnel(let end) = links[link].medium {
      return wrap(packet, in: end, on: link, in: context)
    }
    guard packet.byteCount <= links[link].mtu else {
      guard !packet.allowsDivision else {
        context.drop(
          .notModelled, "packets to groups are not divided here", fix: "send fewer bytes")
        return
      }
      context.drop(
        .exceedsMTU,
        "\(packet.byteCount) bytes do not fit the \(links[link].mtu) of \(name)'s link",
        fix: "send fewer bytes")
      return
    }
    let mac: MACAddress =
      packet.destination.isMulticast ? .group(packet.destination) : .broadcast
    context.note(Step(.resolved, "\(packet.destination) is a group, \(mac)"))
    transmit(packet, to: mac, on: link, in: context)
  }

  /// Takes or ignores what was sent to a group; nobody answers it (RFC 1122, section 3.2.2.6).
  func hear(
    _ packet: IPPacket, _ frame: EthernetFrame, in compartment: Int, _ context: Context
  ) {
    guard listens(to: packet.destination, in: compartment) else {
      context.finish(
        .ignored, Step(.accepted, "\(name) has not joined the group \(packet.destination)"))
      return
    }
    context.note(Step(.accepted, "\(name) listens to \(packet.destination)"))
    context.accept(frame, .accepted)
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
