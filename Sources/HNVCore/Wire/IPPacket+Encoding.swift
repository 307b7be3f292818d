extension IPPacket {
  /// The packet as it stands on the wire, checksums included.
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
    let headerByteCount = Self.headerByteCount + options.count
    writer.append(UInt8(truncatingIfNeeded: 0x40 | headerByteCount / 4))
    writer.append(differentiatedServices)
    writer.append(UInt16(truncatingIfNeeded: byteCount))
    writer.append(identification)
    writer.append(
      (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0) | fragmentOffset & 0x1fff)
    writer.append(timeToLive)
    writer.append(transport.ipProtocol.number)
    writer.append(UInt16(0))
    writer.append(source)
    writer.append(destination)
    writer.append(options)
    var checksum = InternetChecksum()
    checksum.add(writer.bytes)
    writer.patch(checksum.value, at: 10)
    transport.write(to: &writer, from: .v4(source), to: .v4(destination))
    return writer.bytes
  }
}

extension IPv6Packet {
  /// The packet as it stands on the wire (RFC 8200, section 3).
  var wireBytes: [UInt8] {
    var writer = ByteWriter(capacity: byteCount)
    writer.append(6 << 28 | UInt32(trafficClass) << 20 | flowLabel & 0xf_ffff)
    writer.append(UInt16(truncatingIfNeeded: byteCount - Self.headerByteCount))
    writer.append(extensionHeaders.first?.ipProtocol.number ?? transport.ipProtocol.number)
    writer.append(hopLimit)
    writer.append(source)
    writer.append(destination)
    for (index, header) in extensionHeaders.enumerated() {
      let next =
        index + 1 < extensionHeaders.count
        ? extensionHeaders[index + 1].ipProtocol : transport.ipProtocol
      writer.append(next.number)
      switch header {
      case .options(_, let body):
        writer.append(UInt8(truncatingIfNeeded: body.count / 8))
        writer.append(body)
      case .fragment(let fragment):
        writer.append(UInt8(0))
        writer.append(fragment.offset << 3 | (fragment.moreFollow ? 1 : 0))
        writer.append(fragment.identification)
      }
    }
    transport.write(to: &writer, from: .v6(source), to: .v6(destination))
    return writer.bytes
  }
}
