extension IPPacket {
  /// The packet as it stands on the wire, checksums included.
  ///
  /// Fields may hold what no wire can. Options and extension headers are cut to what their header
  /// has room for, and padded with zeros to whole words; what is beyond the 65535 bytes that a
  /// length field can tell is cut.
  ///
  /// - Complexity: O(*n*) for *n* bytes; each frame inside another is written once more.
  public var wireBytes: [UInt8] {
    switch self {
    case .v4(let packet): packet.wireBytes
    case .v6(let packet): packet.wireBytes
    }
  }
}

extension IPv4Packet {
  /// The packet as it stands on the wire (RFC 791, section 3.1).
  var wireBytes: [UInt8] {
    var writer = ByteWriter(capacity: byteCount)
    let optionByteCount = HeaderOptions.byteCount(options)
    let headerByteCount = Self.headerByteCount + optionByteCount
    writer.append(UInt8(truncatingIfNeeded: 0x40 | headerByteCount / 4))
    writer.append(differentiatedServices)
    writer.append(UInt16(0))
    writer.append(identification)
    writer.append(
      (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0) | fragmentOffset & 0x1fff)
    writer.append(timeToLive)
    writer.append(transport.ipProtocol.number)
    writer.append(UInt16(0))
    writer.append(source)
    writer.append(destination)
    writer.append(options, filling: optionByteCount)
    transport.write(to: &writer, from: .v4(source), to: .v4(destination))
    writer.cut(to: Int(UInt16.max))
    writer.patch(UInt16(truncatingIfNeeded: writer.bytes.count), at: 2)
    var checksum = InternetChecksum()
    checksum.add(writer.bytes[..<headerByteCount])
    writer.patch(checksum.value, at: 10)
    return writer.bytes
  }
}

extension IPv6Packet {
  /// The packet as it stands on the wire (RFC 8200, section 3).
  var wireBytes: [UInt8] {
    var writer = ByteWriter(capacity: byteCount)
    writer.append(6 << 28 | UInt32(trafficClass) << 20 | flowLabel & 0xf_ffff)
    writer.append(UInt16(0))
    writer.append(extensionHeaders.first?.ipProtocol.number ?? transport.ipProtocol.number)
    writer.append(hopLimit)
    writer.append(source)
    writer.append(destination)
    for (index, header) in extensionHeaders.enumerated() {
      let next =
        index + 1 < extensionHeaders.count
        ? extensionHeaders[index + 1].ipProtocol : transport.ipProtocol
      header.write(to: &writer, before: next)
    }
    transport.write(to: &writer, from: .v6(source), to: .v6(destination))
    writer.cut(to: Self.headerByteCount + Int(UInt16.max))
    writer.patch(UInt16(truncatingIfNeeded: writer.bytes.count - Self.headerByteCount), at: 4)
    return writer.bytes
  }
}

extension IPv6ExtensionHeader {
  func write(to writer: inout ByteWriter, before next: IPProtocol) {
    writer.append(next.number)
    switch self {
    case .options(_, let body):
      writer.append(UInt8(truncatingIfNeeded: byteCount / 8 - 1))
      writer.append(body, filling: byteCount - 2)
    case .fragment(let fragment):
      writer.append(UInt8(0))
      writer.append(fragment.offset << 3 | (fragment.moreFollow ? 1 : 0))
      writer.append(fragment.identification)
    }
  }
}
