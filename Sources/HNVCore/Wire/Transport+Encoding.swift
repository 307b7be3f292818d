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
    case .esp(let header, let packet): header.write(to: &writer, around: packet)
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

extension NVGREHeader {
  func write(to writer: inout ByteWriter) {
    // RFC 7637, section 3.2: a key and nothing else; transparent Ethernet bridging.
    writer.append(UInt16(0x2000))
    writer.append(UInt16(0x6558))
    writer.append(virtualSubnetID.number << 8 | UInt32(flowID))
  }
}

extension VXLANHeader {
  func write(to writer: inout ByteWriter, frameByteCount: Int) {
    writer.append(sourcePort)
    writer.append(Self.destinationPort)
    writer.append(UInt16(truncatingIfNeeded: Self.byteCountWithUDP + frameByteCount))
    writer.append(UInt16(0))
    // RFC 7348, section 5: the I flag says that the identifier counts.
    writer.append(UInt32(0x0800_0000))
    writer.append(virtualSubnetID.number << 8)
  }
}

extension ESPHeader {
  func write(to writer: inout ByteWriter, around packet: IPPacket) {
    writer.append(securityParametersIndex)
    writer.append(sequence)
    writer.append(packet.wireBytes)
    // RFC 4303, section 2.4: the bytes of padding count from 1.
    let padding = Self.paddingByteCount(around: packet.byteCount)
    for count in 0..<padding { writer.append(UInt8(truncatingIfNeeded: count + 1)) }
    writer.append(UInt8(truncatingIfNeeded: padding))
    // Next header: IPv4 in a tunnel is 4, IPv6 is 41 (RFC 4303, section 2.6).
    writer.append(packet.source.family == .v4 ? UInt8(4) : UInt8(41))
  }
}
