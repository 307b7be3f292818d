extension IPPacket {
  /// The ports of UDP and TCP, as a switch finds them behind the IP header.
  ///
  /// They stand in a whole packet, and in the first fragment of one. A later fragment has none
  /// (RFC 791, section 3.2): what names ports does not match it; `nil`, as for other protocols.
  public var ports: (source: UInt16, destination: UInt16)? { transport.ports(in: fragment) }
}

extension Transport {
  /// The ports of UDP and TCP in a whole packet (`nil`) or in a fragment.
  func ports(in fragment: Fragment?) -> (source: UInt16, destination: UInt16)? {
    guard let fragment else { return ports }
    guard fragment.offset == 0 else { return nil }
    guard case .other(let number, let data) = self, number == .tcp || number == .udp,
      data.count >= 4
    else { return ports }
    return (
      UInt16(data[0]) << 8 | UInt16(data[1]), UInt16(data[2]) << 8 | UInt16(data[3])
    )
  }
}
