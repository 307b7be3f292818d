/// What an ARP message or a neighbour discovery packet is about.
package struct NeighborMessage: Sendable {
  /// The address that is asked for, or to which an answer goes.
  package let target: IPAddress

  /// The address that the message speaks for; `nil` where it names none.
  package let sender: IPAddress?

  /// Whether the frame asks; otherwise it answers.
  let isAsked: Bool

  /// Whether a machine announces its own address to everyone (RFC 5227, section 2.3; RFC 4861,
  /// section 7.2.6).
  let isGratuitous: Bool

  /// The MAC address that the message gives for its sender; `nil` where it gives none.
  private let senderMAC: MACAddress?

  /// `nil` for a frame that is not part of address resolution.
  package init?(_ frame: EthernetFrame) {
    switch frame.payload {
    case .arp(let message):
      target = .v4(message.targetAddress)
      sender = .v4(message.senderAddress)
      senderMAC = message.senderMAC
      isAsked = message.operation == .request
      isGratuitous =
        message.senderAddress == message.targetAddress && frame.destination.isMulticast
    case .ip(let packet):
      switch packet.transport {
      case .icmpv6(.neighborSolicitation(let target, let mac)):
        self.target = .v6(target)
        sender = packet.source
        senderMAC = mac
        isAsked = true
        isGratuitous = false
      case .icmpv6(.neighborAdvertisement(let announced, let mac, _)):
        isGratuitous = packet.destination.isMulticast
        target = isGratuitous ? .v6(announced) : packet.destination
        sender = .v6(announced)
        senderMAC = mac
        isAsked = false
      default: return nil
      }
    case .other: return nil
    }
  }

  /// The address that the message says a MAC address has; `nil` when it speaks of another or of
  /// none.
  func announced(by mac: MACAddress) -> IPAddress? {
    guard senderMAC == mac, let sender, sender.isOneMachine else { return nil }
    return sender
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
