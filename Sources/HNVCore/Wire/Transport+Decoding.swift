extension Transport {
  /// Reads what an IP packet carries; what its type cannot hold to the bit, and what has a wrong
  /// checksum, stays bytes.
  init(
    _ number: IPProtocol, _ data: ArraySlice<UInt8>, from source: IPAddress,
    to destination: IPAddress, unwrapping levels: Int
  ) {
    // A routing header's last address would enter the checksum (RFC 8200, section 8.1); a packet that
    // is still on such a way, which RFC 5095 deprecates, stays bytes.
    func isSound() -> Bool {
      number == .icmp
        ? InternetChecksum.isRight(over: data)
        : InternetChecksum.isRight(over: data, number, from: source, to: destination)
    }
    let typed: Transport? =
      switch (number, source.family) {
      case (.icmp, .v4): isSound() ? ICMPMessage(data).map { .icmp($0) } : nil
      case (.icmpv6, .v6): isSound() ? ICMPv6Message(data).map { .icmpv6($0) } : nil
      case (.tcp, _): isSound() ? TCPSegment(data).map { .tcp($0) } : nil
      case (.udp, let family):
        Self.inUDP(data, isSound: isSound(), family: family, unwrapping: levels)
      case (.gre, _): Self.inGRE(data, unwrapping: levels)
      case (.vrrp, .v4): isSound() ? VRRPAdvertisement(data).map { .vrrp($0) } : nil
      case (.esp, _): Self.inESP(data, unwrapping: levels)
      default: nil
      }
    self = typed ?? .other(number, data: Array(data))
  }

  private static func inUDP(
    _ data: ArraySlice<UInt8>, isSound: Bool, family: IPFamily, unwrapping levels: Int
  ) -> Transport? {
    var reader = ByteReader(data)
    guard let source = reader.take(UInt16.self), let destination = reader.take(UInt16.self),
      let length = reader.take(UInt16.self), Int(length) == data.count,
      let checksum = reader.take(UInt16.self)
    else { return nil }
    // Zero is "not computed" (RFC 768): over IPv6 only for tunnels (RFC 6935, section 5).
    let isUnchecked = checksum == 0
    if isUnchecked || isSound,
      let tunnel = inTunnel(to: destination, reader.rest, from: source, unwrapping: levels)
    {
      return tunnel
    }
    guard isUnchecked ? family == .v4 : isSound else { return nil }
    return .udp(
      UDPDatagram(
        sourcePort: source, destinationPort: destination, data: Array(reader.rest)))
  }
}

extension TCPSegment {
  /// `nil` for a wrong data offset, or where a reserved bit is set (RFC 9293, section 3.1).
  fileprivate init?(_ data: ArraySlice<UInt8>) {
    var reader = ByteReader(data)
    guard let source = reader.take(UInt16.self), let destination = reader.take(UInt16.self),
      let sequence = reader.take(UInt32.self), let acknowledgment = reader.take(UInt32.self),
      let offset = reader.take(UInt8.self), offset & 0xf == 0,
      let flags = reader.take(UInt8.self), let window = reader.take(UInt16.self),
      reader.take(UInt16.self) != nil, let urgentPointer = reader.take(UInt16.self),
      let options = reader.take(Int(offset >> 4) * 4 - Self.headerByteCount)
    else { return nil }
    self.init(
      sourcePort: source, destinationPort: destination, sequence: sequence,
      acknowledgment: acknowledgment, flags: Flags(rawValue: flags), window: window,
      urgentPointer: urgentPointer, options: Array(options), data: Array(reader.rest))
  }
}

extension VRRPAdvertisement {
  /// `nil` for another version or type, for a count that does not fit, or where a reserved bit is
  /// set (RFC 5798, section 5.1).
  fileprivate init?(_ data: ArraySlice<UInt8>) {
    var reader = ByteReader(data)
    guard let versionAndType = reader.take(UInt8.self), versionAndType == 0x31,
      let virtualRouterID = reader.take(UInt8.self), let priority = reader.take(UInt8.self),
      let count = reader.take(UInt8.self), let interval = reader.take(UInt16.self),
      interval & 0xf000 == 0, reader.take(UInt16.self) != nil
    else { return nil }
    var addresses: [IPv4Address] = []
    for _ in 0..<count {
      guard let address = reader.take(IPv4Address.self) else { return nil }
      addresses.append(address)
    }
    guard reader.rest.isEmpty else { return nil }
    self.init(
      virtualRouterID: virtualRouterID, priority: priority, maxAdvertisementInterval: interval,
      addresses: addresses)
  }
}
