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

extension GeneveHeader {
  func write(to writer: inout ByteWriter, frameByteCount: Int) {
    writer.append(sourcePort)
    writer.append(Self.destinationPort)
    writer.append(UInt16(truncatingIfNeeded: byteCountWithUDP + frameByteCount))
    writer.append(UInt16(0))
    // RFC 8926, section 3.4: two words of options, and the C flag for one that is critical.
    writer.append(UInt16(logicalPorts == nil ? 0 : 0x0240))
    writer.append(UInt16(0x6558))
    writer.append(networkIdentifier << 8)
    guard let logicalPorts else { return }
    // RFC 8926, section 3.5: class, type, and the words of data.
    writer.append(UInt32(0x0102_8001))
    writer.append(logicalPorts.ingress)
    writer.append(logicalPorts.egress)
  }
}

extension MPLSHeader {
  func write(to writer: inout ByteWriter, payloadByteCount: Int) {
    switch tunnel {
    case .gre: writer.append(UInt32(0x8847))
    case .udp(let sourcePort):
      writer.append(sourcePort)
      writer.append(Self.destinationPort)
      writer.append(UInt16(truncatingIfNeeded: byteCountWithTunnel + payloadByteCount))
      writer.append(UInt16(0))
    }
    // RFC 3032, section 2.1: the S bit marks the bottom of the stack.
    writer.append(label << 12 | UInt32(trafficClass) << 9 | 0x100 | UInt32(timeToLive))
  }
}

extension MPLSPayload {
  var wireBytes: [UInt8] {
    switch self {
    case .packet(let packet): packet.wireBytes
    case .frame(let frame): frame.wireBytes
    }
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
