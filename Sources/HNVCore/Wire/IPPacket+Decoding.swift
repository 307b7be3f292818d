extension IPPacket {
  /// Reads a packet as it stands on the wire, as captures without a link layer hold it.
  ///
  /// What stands behind the length of its header is dropped; what it carries is read as
  /// `EthernetFrame.init(decoding:)` says.
  ///
  /// - Throws: A diagnostic of `DiagnosticRule.packetBytes` for what does not begin with a sound header.
  public init(decoding bytes: ArraySlice<UInt8>) throws(Diagnostic) {
    let levels = EthernetFrame.deepestNesting
    let version = (bytes.first ?? 0) >> 4
    let packet: IPPacket? =
      switch version {
      case 4: IPv4Packet(bytes, unwrapping: levels).map { .v4($0) }
      case 6: IPv6Packet(bytes, unwrapping: levels).map { .v6($0) }
      default: nil
      }
    guard let packet else {
      throw Diagnostic(
        .packetBytes, value: "\(bytes.count) bytes",
        bytes.isEmpty
          ? "there are no bytes"
          : version == 4
            ? "a length or the checksum of the IPv4 header is wrong"
            : version == 6
              ? "a length of the IPv6 header is wrong"
              : "the packet's version is \(version), neither 4 nor 6")
    }
    self = packet
  }

  /// Reads a packet as it stands on the wire: as of a slice.
  public init(decoding bytes: [UInt8]) throws(Diagnostic) { try self.init(decoding: bytes[...]) }
}

extension IPv4Packet {
  /// `nil` for a header whose version, lengths or checksum are wrong, or whose reserved bit is set
  /// (RFC 791, section 3.1).
  init?(_ bytes: ArraySlice<UInt8>, unwrapping levels: Int) {
    var reader = ByteReader(bytes)
    guard let versionAndLength = reader.take(UInt8.self), versionAndLength >> 4 == 4,
      let services = reader.take(UInt8.self), let totalByteCount = reader.take(UInt16.self),
      let identification = reader.take(UInt16.self),
      let flags = reader.take(UInt16.self), flags & 0x8000 == 0,
      let timeToLive = reader.take(UInt8.self), let number = reader.take(UInt8.self),
      reader.take(UInt16.self) != nil,
      let source = reader.take(IPv4Address.self),
      let destination = reader.take(IPv4Address.self)
    else { return nil }
    let headerByteCount = Int(versionAndLength & 0xf) * 4
    guard let options = reader.take(headerByteCount - Self.headerByteCount),
      let data = reader.take(Int(totalByteCount) - headerByteCount),
      InternetChecksum.isRight(over: bytes.prefix(headerByteCount))
    else { return nil }
    let ipProtocol = IPProtocol(number: number)
    self.init(
      source: source, destination: destination, timeToLive: timeToLive,
      dontFragment: flags & 0x4000 != 0, differentiatedServices: services,
      identification: identification, options: Array(options),
      transport: .other(ipProtocol, data: []))
    fragmentOffset = flags & 0x1fff
    moreFragments = flags & 0x2000 != 0
    transport =
      fragment == nil
      ? Transport(
        ipProtocol, data, from: .v4(source), to: .v4(destination), unwrapping: levels)
      : .other(ipProtocol, data: Array(data))
  }
}

extension IPv6Packet {
  /// `nil` for a header whose version or length is wrong (RFC 8200, section 3).
  init?(_ bytes: ArraySlice<UInt8>, unwrapping levels: Int) {
    var reader = ByteReader(bytes)
    guard let word = reader.take(UInt32.self), word >> 28 == 6,
      let byteCount = reader.take(UInt16.self), let number = reader.take(UInt8.self),
      let hopLimit = reader.take(UInt8.self),
      let source = reader.take(IPv6Address.self),
      let destination = reader.take(IPv6Address.self),
      let body = reader.take(Int(byteCount))
    else { return nil }
    var inside = ByteReader(body)
    var ipProtocol = IPProtocol(number: number)
    let headers = IPv6ExtensionHeader.all(in: &inside, &ipProtocol)
    self.init(
      source: source, destination: destination, hopLimit: hopLimit,
      trafficClass: UInt8(truncatingIfNeeded: word >> 20), flowLabel: word,
      extensionHeaders: headers, transport: .other(ipProtocol, data: []))
    transport =
      fragment == nil
      ? Transport(
        ipProtocol, inside.rest, from: .v6(source), to: .v6(destination), unwrapping: levels)
      : .other(ipProtocol, data: Array(inside.rest))
  }
}
