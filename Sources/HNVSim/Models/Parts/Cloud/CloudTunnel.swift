import HNVCore

/// The tunnels between the hosts of a cloud.
///
/// What Amazon and Microsoft put around frames is unpublished. Here it is the number of the subnet
/// in which the frame is to arrive.
enum CloudTunnel {
  /// The bytes around a machine's packet on the underlay.
  static let overhead =
    IPv4Packet.headerByteCount + ExperimentalHeader.byteCount + EthernetFrame.headerByteCount

  /// The header before a frame to a subnet.
  static func header(into subnet: Int) -> Packet.TunnelHeader {
    .experimental(ExperimentalHeader(networkIdentifier: UInt32(truncatingIfNeeded: subnet)))
  }

  /// A frame in a tunnel, and the subnet that it is to; `nil` for anything else.
  static func open(
    _ packet: PacketID, in packets: inout PacketTable
  ) -> (frame: PacketID, subnet: Int)? {
    let row = packets[packet]
    guard case .experimental(let header) = row.tunnelHeader, let inner = row.inner
    else { return described(packet, in: &packets) }
    return (inner, Int(header.networkIdentifier))
  }

  /// What was put together from parts, or comes from a capture, is bytes.
  private static func described(
    _ packet: PacketID, in packets: inout PacketTable
  ) -> (frame: PacketID, subnet: Int)? {
    guard case .other(ExperimentalHeader.ipProtocol, let data) = packets.transport(of: packet),
      data.count > ExperimentalHeader.byteCount,
      let frame = try? EthernetFrame(decoding: data[ExperimentalHeader.byteCount...])
    else { return nil }
    let subnet = data[..<ExperimentalHeader.byteCount].reduce(0) { $0 << 8 | Int($1) }
    return (packets.add(frame), subnet)
  }
}

extension Intent {
  /// Lets the underlay carry what machines send, whatever is put around it: its size is the
  /// platform's own affair.
  mutating func fitUnderlay(to bytes: Int) {
    let needed = bytes + CloudTunnel.overhead + IPv6Packet.headerByteCount
    underlay.mtu = max(underlay.mtu, needed)
    for (index, network) in underlay.networks.enumerated() where network.mtu < needed {
      underlay.networks[index] = Underlay.Network(
        name: network.name, prefix: network.prefix, vlan: network.vlan, mtu: needed,
        place: network.place)
    }
    for index in underlay.routers.indices {
      underlay.routers[index].mtu = underlay.routers[index].mtu.map { max($0, needed) }
    }
  }
}
