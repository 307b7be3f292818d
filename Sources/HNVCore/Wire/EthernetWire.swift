extension EthernetFrame {
  /// Reads an encoded frame without its frame check sequence.
  ///
  /// Whatever has room for a header is a frame, so that a capture can be sent again as it is: what
  /// does not read as its EtherType promises stays bytes, `Payload.other`, and so does a transport
  /// with a wrong checksum, or with a field that its type cannot hold (`Transport.other`). What
  /// stands behind the length that an IP header gives is padding, and dropped. Of frames in frames
  /// four are read; what is inside the innermost stays bytes.
  ///
  /// - Throws: A diagnostic of the rule `frame-bytes`, only for fewer than 14 bytes.
  /// - Complexity: O(*n*) for *n* bytes; those of a quoted or a tunnelled packet are read once more
  ///   for each header around it.
  public init(decoding bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    guard let frame = EthernetFrame(bytes, unwrapping: Self.deepestNesting) else {
      throw Diagnostic(
        .frameBytes, value: "\(bytes.count) bytes",
        "\(bytes.count) bytes are fewer than the 14 of an Ethernet header")
    }
    self = frame
  }

  /// Reads an encoded frame from a slice.
  public init(decoding bytes: [UInt8]) throws(Diagnostic) { try self.init(decoding: bytes[...]) }

  /// How many frames within frames are read: a bound for the recursion, which no real network
  /// comes near.
  static let deepestNesting = 4

  /// `nil` for what is too short for a header.
  init?(_ bytes: ArraySlice<UInt8>, unwrapping levels: Int) {
    var reader = ByteReader(bytes)
    guard let destination = reader.take(MACAddress.self), let source = reader.take(MACAddress.self),
      let etherType = reader.take(UInt16.self)
    else { return nil }
    var inside = reader
    if etherType == 0x8100, let control = inside.take(UInt16.self),
      let tagged = inside.take(UInt16.self)
    {
      self.init(
        destination: destination, source: source, tag: VLANTag(control),
        payload: Payload(tagged, inside.rest, unwrapping: levels))
    } else {
      self.init(
        destination: destination, source: source,
        payload: Payload(etherType, reader.rest, unwrapping: levels))
    }
  }
}

extension VLANTag {
  /// Reads the tag control information: priority, drop eligibility, identifier.
  fileprivate init(_ control: UInt16) {
    self.init(
      identifier: control, priority: UInt8(truncatingIfNeeded: control >> 13),
      isDropEligible: control & 0x1000 != 0)
  }
}

extension EthernetFrame.Payload {
  fileprivate init(_ etherType: UInt16, _ data: ArraySlice<UInt8>, unwrapping levels: Int) {
    let typed: Self? =
      switch etherType {
      case 0x0806: ARPMessage(data).map { .arp($0) }
      case 0x0800: IPv4Packet(data, unwrapping: levels).map { .ip(.v4($0)) }
      case 0x86DD: IPv6Packet(data, unwrapping: levels).map { .ip(.v6($0)) }
      default: nil
      }
    self = typed ?? .other(etherType: etherType, data: Array(data))
  }
}

extension ARPMessage {
  /// `nil` for other than a request or reply for IPv4 over Ethernet.
  fileprivate init?(_ data: ArraySlice<UInt8>) {
    var reader = ByteReader(data)
    guard let spaces = reader.take(UInt32.self), spaces == 0x0001_0800,
      let lengths = reader.take(UInt16.self), lengths == 0x0604,
      let operation = reader.take(UInt16.self).flatMap({ Operation(rawValue: $0) }),
      let senderMAC = reader.take(MACAddress.self),
      let senderAddress = reader.take(IPv4Address.self),
      let targetMAC = reader.take(MACAddress.self),
      let targetAddress = reader.take(IPv4Address.self)
    else { return nil }
    self.init(
      operation: operation, senderMAC: senderMAC, senderAddress: senderAddress,
      targetMAC: targetMAC, targetAddress: targetAddress)
  }
}

extension EthernetFrame {
  /// The encoded frame, without padding and frame check sequence.
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
