/// What a frame says about neighbours' addresses, by ARP or neighbour discovery.
package struct NeighborMessage: Sendable {
  /// The address that is asked for, or to which an answer goes.
  package let target: IPAddress

  /// The address that the message speaks for; it may be unspecified.
  package let sender: IPAddress

  /// Whether the frame asks; otherwise it answers.
  let isAsked: Bool

  /// Whether a machine announces its own address to everyone (RFC 5227, section 2.3; RFC 4861,
  /// section 7.2.6).
  let isGratuitous: Bool

  /// The address that the message says the frame's own source MAC address has; `nil` when it speaks
  /// of another or of none.
  let announced: IPAddress?

  /// `nil` for a frame that is not part of address resolution.
  init?(_ key: FlowKey) {
    isAsked = key.has(.asks)
    isGratuitous = key.has(.isGratuitous)
    switch key.kind {
    case .arp: (target, sender) = (key.destination, key.source)
    case .neighborDiscovery:
      let named = key.neighborBits.address(.v6)
      (target, sender) =
        isAsked ? (named, key.source) : (isGratuitous ? named : key.destination, named)
    case .plain, .routerAdvertisement, .other: return nil
    }
    announced = key.has(.namesOwnMAC) && sender.isOneMachine ? sender : nil
  }

  /// `nil` for a frame that is not part of address resolution.
  package init?(_ packet: Packet) { self.init(packet.key) }
}

extension EthernetFrame {
  /// The MAC address that a neighbour message gives for its sender; `nil` where it gives none.
  var neighborMAC: MACAddress? {
    switch payload {
    case .arp(let message): message.senderMAC
    case .ip(let packet):
      switch packet.transport {
      case .icmpv6(.neighborSolicitation(_, let mac)): mac
      case .icmpv6(.neighborAdvertisement(_, let mac, _)): mac
      default: nil
      }
    case .other: nil
    }
  }
}

extension IPPacket {
  /// Whether the packet is part of address resolution, which access rules on IP do not see.
  var isNeighborDiscovery: Bool {
    switch transport {
    case .icmpv6(.neighborSolicitation), .icmpv6(.neighborAdvertisement): true
    default: false
    }
  }
}
