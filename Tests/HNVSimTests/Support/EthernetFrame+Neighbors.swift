import HNVCore

extension EthernetFrame {
  /// The address that ARP or neighbour discovery is about; `nil` for any other frame.
  var neighborAddress: IPAddress? {
    switch payload {
    case .arp(let message): return .v4(message.targetAddress)
    case .ip(.v6(let packet)):
      guard case .icmpv6(.neighborSolicitation(let target, _)) = packet.transport else {
        return nil
      }
      return .v6(target)
    default: return nil
    }
  }
}

extension IPPacket {
  /// Whether the packet takes part in neighbour discovery.
  var isNeighborDiscovery: Bool {
    switch transport {
    case .icmpv6(.neighborSolicitation), .icmpv6(.neighborAdvertisement): true
    default: false
    }
  }
}
