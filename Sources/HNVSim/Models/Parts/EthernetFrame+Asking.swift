import HNVCore

extension EthernetFrame {
  /// The address whose MAC address the frame asks for; `nil` for an answer, for a machine that
  /// announces or probes an address of its own, and for any other frame.
  var askedAddress: IPAddress? {
    switch payload {
    case .arp(let message):
      guard message.operation == .request, message.senderAddress != message.targetAddress,
        message.senderAddress != IPv4Address(0, 0, 0, 0)
      else { return nil }
      return .v4(message.targetAddress)
    case .ip(.v6(let packet)):
      // RFC 4861, section 7.2.3: a machine that checks its own address asks from ::.
      guard case .icmpv6(.neighborSolicitation(let target, _)) = packet.transport,
        packet.source.bits != 0
      else { return nil }
      return .v6(target)
    default: return nil
    }
  }
}
