/// Packets around others.
extension Transport {
  /// Reads what UDP carries to a tunnel's port; `nil` for any other port.
  static func inTunnel(
    to port: UInt16, _ data: ArraySlice<UInt8>, from source: UInt16, unwrapping levels: Int
  ) -> Transport? {
    switch port {
    case VXLANHeader.destinationPort: inVXLAN(data, from: source, unwrapping: levels)
    case GeneveHeader.destinationPort: inGeneve(data, from: source, unwrapping: levels)
    case MPLSHeader.destinationPort:
      inMPLS(data, .udp(sourcePort: source), unwrapping: levels)
    default: nil
    }
  }

  /// Reads what GRE carries; `nil` for other flags and types than those of NVGRE and of MPLS.
  static func inGRE(_ data: ArraySlice<UInt8>, unwrapping levels: Int) -> Transport? {
    var reader = ByteReader(data)
    return switch reader.take(UInt32.self) {
    case 0x2000_6558: inNVGRE(reader.rest, unwrapping: levels)
    case 0x0000_8847: inMPLS(reader.rest, .gre, unwrapping: levels)
    default: nil
    }
  }

  /// RFC 7348, section 5: the I flag, an identifier, and nothing else.
  private static func inVXLAN(
    _ data: ArraySlice<UInt8>, from source: UInt16, unwrapping levels: Int
  ) -> Transport? {
    var reader = ByteReader(data)
    guard levels > 0, let flags = reader.take(UInt32.self), flags == 0x0800_0000,
      let identifier = reader.take(UInt32.self), identifier & 0xff == 0,
      let subnet = try? VirtualSubnetID(UInt64(identifier >> 8)),
      let frame = EthernetFrame(reader.rest, unwrapping: levels - 1)
    else { return nil }
    return .vxlan(VXLANHeader(virtualSubnetID: subnet, sourcePort: source), frame)
  }

  /// RFC 7637, section 3.2: a key, transparent Ethernet bridging, and nothing else.
  private static func inNVGRE(_ data: ArraySlice<UInt8>, unwrapping levels: Int) -> Transport? {
    var reader = ByteReader(data)
    guard levels > 0, let key = reader.take(UInt32.self),
      let subnet = try? VirtualSubnetID(UInt64(key >> 8)),
      let frame = EthernetFrame(reader.rest, unwrapping: levels - 1)
    else { return nil }
    let flow = UInt8(truncatingIfNeeded: key)
    return .nvgre(NVGREHeader(virtualSubnetID: subnet, flowID: flow), frame)
  }

  /// RFC 8926, sections 3.4 and 3.5: an identifier, a whole Ethernet frame, and no option but that
  /// of OVN, which is critical.
  private static func inGeneve(
    _ data: ArraySlice<UInt8>, from source: UInt16, unwrapping levels: Int
  ) -> Transport? {
    var reader = ByteReader(data)
    guard levels > 0, let flagsAndType = reader.take(UInt32.self),
      let identifier = reader.take(UInt32.self), identifier & 0xff == 0
    else { return nil }
    var header = GeneveHeader(networkIdentifier: identifier >> 8, sourcePort: source)
    switch flagsAndType {
    case 0x0000_6558: break
    case 0x0240_6558:
      guard let ports = GeneveHeader.LogicalPorts(&reader) else { return nil }
      header.logicalPorts = ports
    default: return nil
    }
    return EthernetFrame(reader.rest, unwrapping: levels - 1).map { .geneve(header, $0) }
  }

  /// RFC 3032, section 2.1: the bottom of the stack, and what it holds.
  private static func inMPLS(
    _ data: ArraySlice<UInt8>, _ tunnel: MPLSHeader.Tunnel, unwrapping levels: Int
  ) -> Transport? {
    var reader = ByteReader(data)
    guard levels > 0, let entry = reader.take(UInt32.self), entry & 0x100 != 0,
      let payload = MPLSPayload(reader.rest, unwrapping: levels - 1)
    else { return nil }
    let header = MPLSHeader(
      label: entry >> 12, trafficClass: UInt8(truncatingIfNeeded: entry >> 9),
      timeToLive: UInt8(truncatingIfNeeded: entry), in: tunnel)
    return .mpls(header, payload)
  }

  /// RFC 4303, section 2, in tunnel mode, with the least padding and nothing encrypted: bytes that
  /// only seem so to whoever cannot read them are no IP packet of just that length.
  static func inESP(_ data: ArraySlice<UInt8>, unwrapping levels: Int) -> Transport? {
    var reader = ByteReader(data)
    guard levels > 0, data.count.isMultiple(of: 4), let index = reader.take(UInt32.self),
      let sequence = reader.take(UInt32.self), let protocolInside = data.last
    else { return nil }
    var trailer = ByteReader(data.suffix(ESPHeader.trailerByteCount))
    guard let padding = trailer.take(UInt8.self),
      let inside = reader.take(
        reader.rest.count - ESPHeader.trailerByteCount - Int(padding)),
      let pad = reader.take(Int(padding)), padding < 4,
      pad.elementsEqual((0..<padding).map { $0 + 1 })
    else { return nil }
    let packet: IPPacket? =
      switch protocolInside {
      case 4: IPv4Packet(inside, unwrapping: levels - 1).map { .v4($0) }
      case 41: IPv6Packet(inside, unwrapping: levels - 1).map { .v6($0) }
      default: nil
      }
    guard let packet, packet.byteCount == inside.count else { return nil }
    return .esp(ESPHeader(securityParametersIndex: index, sequence: sequence), packet)
  }
}

extension GeneveHeader.LogicalPorts {
  /// `nil` for an option of another class, type or length, or with its reserved bit set.
  fileprivate init?(_ reader: inout ByteReader) {
    guard let header = reader.take(UInt32.self), header == 0x0102_8001,
      let ingress = reader.take(UInt16.self), ingress & 0x8000 == 0,
      let egress = reader.take(UInt16.self)
    else { return nil }
    self.init(ingress: ingress, egress: egress)
  }
}

extension MPLSPayload {
  /// `nil` for what begins as a packet of IP and is none of just that length, and for what is too
  /// short for a frame.
  fileprivate init?(_ data: ArraySlice<UInt8>, unwrapping levels: Int) {
    let packet: IPPacket?
    switch data.first.map({ $0 >> 4 }) {
    case 4: packet = IPv4Packet(data, unwrapping: levels).map { .v4($0) }
    case 6: packet = IPv6Packet(data, unwrapping: levels).map { .v6($0) }
    default:
      guard let frame = EthernetFrame(data, unwrapping: levels) else { return nil }
      self = .frame(frame)
      return
    }
    guard let packet, packet.byteCount == data.count else { return nil }
    self = .packet(packet)
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

extension ExperimentalHeader {
  func wireBytes(around frame: EthernetFrame) -> [UInt8] {
    var writer = ByteWriter(capacity: Self.byteCount + frame.byteCount)
    writer.append(networkIdentifier)
    writer.append(frame.wireBytes)
    return writer.bytes
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
