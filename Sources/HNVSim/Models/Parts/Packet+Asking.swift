import HNVCore

extension Packet {
  /// The address whose MAC address the frame asks for; `nil` for an answer, for a machine that
  /// announces or test packets an address of its own, and for any other frame.
  var askedAddress: IPAddress? {
    // RFC 5227, section 1.1, and RFC 4861, section 7.2.3: a machine that checks its own address
    // asks from none.
    guard isARP || isNeighborDiscovery, isQuestion, !source.isUnspecified else { return nil }
    let target = subjects.destination
    return isARP && target == source ? nil : target
  }
}
