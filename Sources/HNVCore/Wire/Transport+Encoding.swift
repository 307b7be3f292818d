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
