extension IPPacket {
  /// Reads an encoded packet, as captures without a link layer hold it.
  ///
  /// What stands behind the length of its header is dropped; what it carries is read as
  /// `EthernetFrame.init(decoding:)` says.
  ///
  /// - Throws: A diagnostic of the rule `packet-bytes` for what does not begin with a sound header.
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

  /// Reads an encoded packet from a slice.
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

extension IPv6ExtensionHeader {
  /// Takes all headers up to what the packet carries, whose number is then in `next`.
  ///
  /// What is cut off, or has a reserved bit set, counts as what the packet carries; so does all
  /// that stands behind the header of a fragment, for only the parts together have headers there.
  static func all(in reader: inout ByteReader, _ next: inout IPProtocol) -> [IPv6ExtensionHeader] {
    var headers: [IPv6ExtensionHeader] = []
    while let (header, following) = take(from: &reader, next) {
      headers.append(header)
      next = following
      if case .fragment(let fragment) = header, !fragment.isWhole { break }
    }
    return headers
  }

  /// Takes the header that the one before announces; `nil`, and nothing taken, for no such header.
  private static func take(
    from reader: inout ByteReader, _ number: IPProtocol
  ) -> (IPv6ExtensionHeader, following: IPProtocol)? {
    var ahead = reader
    guard let following = ahead.take(UInt8.self), let length = ahead.take(UInt8.self)
    else { return nil }
    let header: IPv6ExtensionHeader
    switch number.number {
    case 0, 43, 60:
      guard let body = ahead.take(6 + 8 * Int(length)) else { return nil }
      header = .options(number, Array(body))
    case 44:
      guard length == 0, let offset = ahead.take(UInt16.self), offset & 6 == 0,
        let identification = ahead.take(UInt32.self)
      else { return nil }
      header = .fragment(
        Fragment(
          identification: identification, offset: offset >> 3, moreFollow: offset & 1 == 1))
    default: return nil
    }
    reader = ahead
    return (header, IPProtocol(number: following))
  }
}

extension IPPacket {
  /// The encoded packet, checksums included.
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
  /// The encoded packet (RFC 791, section 3.1).
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
  /// The encoded packet (RFC 8200, section 3).
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
