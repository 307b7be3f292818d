extension Transport {
  /// Reads what an IP packet carries; what its type cannot hold to the bit, and what has a wrong
  /// checksum, stays bytes.
  init(
    _ number: IPProtocol, _ data: ArraySlice<UInt8>, from source: IPAddress,
    to destination: IPAddress, unwrapping levels: Int
  ) {
    // A routing header's last address would enter the checksum (RFC 8200, section 8.1); a packet
    // that is still on such a way, which RFC 5095 deprecates, stays bytes.
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

extension Transport {
  /// Appends what an IP packet carries, with the checksum that its addresses enter.
  func write(to writer: inout ByteWriter, from source: IPAddress, to destination: IPAddress) {
    let start = writer.bytes.count
    switch self {
    case .icmp(let message):
      message.write(to: &writer)
      seal(&writer, from: start, at: 2)
    case .icmpv6(let message):
      message.write(to: &writer)
      seal(&writer, from: start, at: 2, source, destination)
    case .udp(let datagram):
      datagram.write(to: &writer)
      seal(&writer, from: start, at: 6, source, destination)
    case .tcp(let segment):
      segment.write(to: &writer)
      seal(&writer, from: start, at: 16, source, destination)
    case .nvgre(let header, let frame):
      header.write(to: &writer)
      writer.append(frame.wireBytes)
    case .vxlan(let header, let frame):
      header.write(to: &writer, frameByteCount: frame.byteCount)
      writer.append(frame.wireBytes)
      // RFC 7348, section 5: zero over IPv4. Not every receiver takes that over IPv6 (RFC 6935).
      if destination.family == .v6 { seal(&writer, from: start, at: 6, source, destination) }
    case .geneve(let header, let frame):
      header.write(to: &writer, frameByteCount: frame.byteCount)
      writer.append(frame.wireBytes)
      // RFC 8926, section 3.3, asks for it over either family.
      seal(&writer, from: start, at: 6, source, destination)
    case .mpls(let header, let payload):
      header.write(to: &writer, payloadByteCount: payload.byteCount)
      writer.append(payload.wireBytes)
      // RFC 7510, section 3: zero over IPv4. GRE is without one (RFC 4023, section 4).
      if case .udp = header.tunnel, destination.family == .v6 {
        seal(&writer, from: start, at: 6, source, destination)
      }
    case .esp(let header, let packet): header.write(to: &writer, around: packet)
    case .vrrp(let advertisement):
      advertisement.write(to: &writer)
      seal(&writer, from: start, at: 6, source, destination)
    case .other(_, let data): writer.append(data)
    }
  }

  /// Writes the checksum of ICMP, which covers the message alone.
  private func seal(_ writer: inout ByteWriter, from start: Int, at offset: Int) {
    var checksum = InternetChecksum()
    checksum.add(writer.bytes[start...])
    writer.patch(checksum.value, at: start + offset)
  }

  /// Writes a checksum that covers the addresses as well.
  private func seal(
    _ writer: inout ByteWriter, from start: Int, at offset: Int, _ source: IPAddress,
    _ destination: IPAddress
  ) {
    var checksum = InternetChecksum()
    checksum.addPseudoHeader(
      source, destination, ipProtocol, byteCount: writer.bytes.count - start)
    checksum.add(writer.bytes[start...])
    // Zero means "none" in UDP, and is written as its equal (RFC 768).
    let value = ipProtocol == .udp && checksum.value == 0 ? .max : checksum.value
    writer.patch(value, at: start + offset)
  }
}

extension UDPDatagram {
  func write(to writer: inout ByteWriter) {
    writer.append(sourcePort)
    writer.append(destinationPort)
    writer.append(UInt16(truncatingIfNeeded: Self.headerByteCount + data.count))
    writer.append(UInt16(0))
    writer.append(data)
  }
}

extension TCPSegment {
  func write(to writer: inout ByteWriter) {
    writer.append(sourcePort)
    writer.append(destinationPort)
    writer.append(sequence)
    writer.append(acknowledgment)
    let optionByteCount = HeaderOptions.byteCount(options)
    // Words of four bytes, in the upper half.
    writer.append(UInt8(truncatingIfNeeded: (Self.headerByteCount + optionByteCount) / 4 * 16))
    writer.append(flags.rawValue)
    writer.append(window)
    writer.append(UInt16(0))
    writer.append(urgentPointer)
    writer.append(options, filling: optionByteCount)
    writer.append(data)
  }
}

extension VRRPAdvertisement {
  func write(to writer: inout ByteWriter) {
    // RFC 5798, section 5.1: version 3, type 1.
    writer.append(UInt8(0x31))
    writer.append(virtualRouterID)
    writer.append(priority)
    writer.append(UInt8(truncatingIfNeeded: addressesOnWire.count))
    writer.append(maxAdvertisementInterval)
    writer.append(UInt16(0))
    for address in addressesOnWire { writer.append(address) }
  }
}
