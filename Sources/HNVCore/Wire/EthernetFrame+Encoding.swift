extension EthernetFrame {
  /// The frame as it stands on the wire, without padding and frame check sequence.
  ///
  /// What a packet cannot tell on the wire is cut or padded, as `IPPacket.wireBytes` says.
  ///
  /// - Complexity: O(*n*) for *n* bytes; each frame inside another is written once more.
  public var wireBytes: [UInt8] {
    var writer = ByteWriter(capacity: byteCount)
    writer.append(destination)
    writer.append(source)
    if let tag {
      writer.append(UInt16(0x8100))
      writer.append(
        UInt16(tag.priority) << 13 | (tag.isDropEligible ? 0x1000 : 0) | tag.identifier)
    }
    writer.append(etherType)
    switch payload {
    case .arp(let message): message.write(to: &writer)
    case .ip(let packet): writer.append(packet.wireBytes)
    case .other(_, let data): writer.append(data)
    }
    return writer.bytes
  }
}

extension ARPMessage {
  func write(to writer: inout ByteWriter) {
    // Ethernet and IPv4, with addresses of 6 and 4 bytes.
    writer.append(UInt16(1))
    writer.append(UInt16(0x0800))
    writer.append(UInt8(6))
    writer.append(UInt8(4))
    writer.append(operation.rawValue)
    writer.append(senderMAC)
    writer.append(senderAddress)
    writer.append(targetMAC)
    writer.append(targetAddress)
  }
}
