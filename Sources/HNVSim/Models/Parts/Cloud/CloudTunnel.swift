import HNVCore

/// A machine's frame on its way between the hosts of a cloud.
///
/// What Amazon and Microsoft put around frames is unpublished. This is the number of the subnet in
/// which the frame is to arrive, and the frame, in the protocol that is set apart for experiments
/// (RFC 3692, section 2.1).
struct CloudTunnel: Hashable {
  /// The subnet, by its position in the intent.
  let subnet: Int
  let frame: EthernetFrame

  static let ipProtocol = IPProtocol(number: 253)

  /// The bytes around a machine's packet on the underlay.
  static let overhead =
    IPv4Packet.headerByteCount + prefixByteCount + EthernetFrame.headerByteCount

  private static let prefixByteCount = 4

  init(_ frame: EthernetFrame, into subnet: Int) {
    self.subnet = subnet
    self.frame = frame
  }

  /// `nil` for anything else, and for a frame that cannot be read.
  init?(_ transport: Transport) {
    guard case .other(Self.ipProtocol, let data) = transport, data.count > Self.prefixByteCount,
      let frame = try? EthernetFrame(decoding: data[Self.prefixByteCount...])
    else { return nil }
    subnet = data[..<Self.prefixByteCount].reduce(0) { $0 << 8 | Int($1) }
    self.frame = frame
  }

  /// The tunnel as the host's stack sends it.
  var transport: Transport {
    let number = UInt32(truncatingIfNeeded: subnet)
    let prefix = (0..<Self.prefixByteCount).map {
      UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0)))
    }
    return .other(Self.ipProtocol, data: prefix + frame.wireBytes)
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
