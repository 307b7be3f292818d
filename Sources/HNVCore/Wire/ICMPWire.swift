extension ICMPMessage {
  /// Reads a message whose checksum has been found right; `nil` for less than its first word.
  ///
  /// A message is typed only if writing it gives the same bytes back, which spares a test for each
  /// reserved field.
  init?(_ data: ArraySlice<UInt8>) {
    var reader = ByteReader(data)
    guard let type = reader.take(UInt8.self), let code = reader.take(UInt8.self),
      reader.take(UInt16.self) != nil
    else { return nil }
    let body = Array(reader.rest)
    let typed = Self.typed(type, code, &reader).flatMap { message in
      ByteWriter.agrees(with: data, message.write) ? message : nil
    }
    self = typed ?? .other(type: type, code: code, body: body)
  }

  private static func typed(
    _ type: UInt8, _ code: UInt8, _ reader: inout ByteReader
  ) -> ICMPMessage? {
    guard let word = reader.take(UInt32.self) else { return nil }
    let upper = UInt16(truncatingIfNeeded: word >> 16)
    let lower = UInt16(truncatingIfNeeded: word)
    let rest = reader.rest
    switch (type, code) {
    case (8, 0): return .echoRequest(identifier: upper, sequence: lower, data: Array(rest))
    case (0, 0): return .echoReply(identifier: upper, sequence: lower, data: Array(rest))
    case (3, 4):
      return QuotedPacket(quoting: rest).map { .fragmentationNeeded(mtu: lower, quoting: $0) }
    case (3, _):
      guard let code = Unreachable(rawValue: code) else { return nil }
      return QuotedPacket(quoting: rest).map { .destinationUnreachable(code, quoting: $0) }
    case (5, _):
      guard let code = Redirect(rawValue: code) else { return nil }
      let gateway = IPv4Address(bits: word)
      return QuotedPacket(quoting: rest).map { .redirect(code, gateway: gateway, quoting: $0) }
    case (11, 0): return QuotedPacket(quoting: rest).map { .timeExceeded(quoting: $0) }
    default: return nil
    }
  }
}

extension ICMPv6Message {
  /// Reads a message likewise.
  init?(_ data: ArraySlice<UInt8>) {
    var reader = ByteReader(data)
    guard let type = reader.take(UInt8.self), let code = reader.take(UInt8.self),
      reader.take(UInt16.self) != nil
    else { return nil }
    let body = Array(reader.rest)
    let typed = Self.typed(type, code, &reader).flatMap { message in
      ByteWriter.agrees(with: data, message.write) ? message : nil
    }
    self = typed ?? .other(type: type, code: code, body: body)
  }

  private static func typed(
    _ type: UInt8, _ code: UInt8, _ reader: inout ByteReader
  ) -> ICMPv6Message? {
    if type == 134 { return .routerAdvertisement(body: Array(reader.rest)) }
    guard let word = reader.take(UInt32.self) else { return nil }
    let rest = reader.rest
    switch (type, code) {
    case (128, 0), (129, 0):
      let identifier = UInt16(truncatingIfNeeded: word >> 16)
      let sequence = UInt16(truncatingIfNeeded: word)
      return type == 128
        ? .echoRequest(identifier: identifier, sequence: sequence, data: Array(rest))
        : .echoReply(identifier: identifier, sequence: sequence, data: Array(rest))
    case (1, _):
      guard let code = Unreachable(rawValue: code) else { return nil }
      return QuotedPacket(quoting: rest).map { .destinationUnreachable(code, quoting: $0) }
    case (2, 0): return QuotedPacket(quoting: rest).map { .packetTooBig(mtu: word, quoting: $0) }
    case (3, 0): return QuotedPacket(quoting: rest).map { .timeExceeded(quoting: $0) }
    case (135...137, _): return discovery(type, code, word, &reader)
    default: return nil
    }
  }

  /// Messages of neighbour discovery that begin with a target (RFC 4861, sections 4.3 to 4.5).
  private static func discovery(
    _ type: UInt8, _ code: UInt8, _ word: UInt32, _ reader: inout ByteReader
  ) -> ICMPv6Message? {
    guard let target = reader.take(IPv6Address.self) else { return nil }
    if type == 137 {
      // The option's type and length, and six reserved bytes.
      guard let code = Redirect(rawValue: code),
        let destination = reader.take(IPv6Address.self), reader.take(8) != nil,
        let quoted = QuotedPacket(unpadding: reader.rest)
      else { return nil }
      return .redirect(code, target: target, destination: destination, quoting: quoted)
    }
    // The option's type and length.
    let hasOption = reader.take(2) != nil
    let mac = reader.take(MACAddress.self)
    guard type == 136 else {
      return hasOption && mac == nil ? nil : .neighborSolicitation(target: target, sender: mac)
    }
    let solicited = word & 0x4000_0000 != 0
    return mac.map { .neighborAdvertisement(target: target, targetMAC: $0, solicited: solicited) }
  }
}

extension ByteWriter {
  /// Whether a message is written as it was read, its checksum aside.
  fileprivate static func agrees(
    with data: ArraySlice<UInt8>, _ write: (inout ByteWriter) -> Void
  ) -> Bool {
    var writer = ByteWriter(capacity: data.count)
    write(&writer)
    return writer.bytes.prefix(2) == data.prefix(2)
      && writer.bytes.dropFirst(4) == data.dropFirst(4)
  }
}

extension ICMPMessage {
  func write(to writer: inout ByteWriter) {
    switch self {
    case .echoRequest(let identifier, let sequence, let data):
      writer.append(type: 8, code: 0, UInt32(identifier) << 16 | UInt32(sequence), data)
    case .echoReply(let identifier, let sequence, let data):
      writer.append(type: 0, code: 0, UInt32(identifier) << 16 | UInt32(sequence), data)
    case .destinationUnreachable(let code, let quoted):
      writer.append(type: 3, code: code.rawValue, 0, quoted.bytes)
    case .fragmentationNeeded(let mtu, let quoted):
      writer.append(type: 3, code: 4, UInt32(mtu), quoted.bytes)
    case .redirect(let code, let gateway, let quoted):
      writer.append(type: 5, code: code.rawValue, gateway.bits, quoted.bytes)
    case .timeExceeded(let quoted): writer.append(type: 11, code: 0, 0, quoted.bytes)
    case .other(let type, let code, let body): writer.append(type: type, code: code, body)
    }
  }
}

extension ICMPv6Message {
  func write(to writer: inout ByteWriter) {
    switch self {
    case .echoRequest(let identifier, let sequence, let data):
      writer.append(type: 128, code: 0, UInt32(identifier) << 16 | UInt32(sequence), data)
    case .echoReply(let identifier, let sequence, let data):
      writer.append(type: 129, code: 0, UInt32(identifier) << 16 | UInt32(sequence), data)
    case .destinationUnreachable(let code, let quoted):
      writer.append(type: 1, code: code.rawValue, 0, quoted.bytes)
    case .packetTooBig(let mtu, let quoted): writer.append(type: 2, code: 0, mtu, quoted.bytes)
    case .timeExceeded(let quoted): writer.append(type: 3, code: 0, 0, quoted.bytes)
    case .routerAdvertisement(let body): writer.append(type: 134, code: 0, body)
    case .neighborSolicitation(let target, let sender):
      writer.append(type: 135, code: 0, 0, [])
      writer.append(target)
      if let sender { writer.append(option: 1, sender) }
    case .neighborAdvertisement(let target, let targetMAC, let solicited):
      // RFC 4861, section 4.4: solicited or not, it overrides what was known.
      writer.append(type: 136, code: 0, solicited ? 0x6000_0000 : 0x2000_0000, [])
      writer.append(target)
      writer.append(option: 2, targetMAC)
    case .redirect(let code, let target, let destination, let quoted):
      writer.append(type: 137, code: code.rawValue, 0, [])
      writer.append(target)
      writer.append(destination)
      let option = quoted.bytesInOption
      writer.append(UInt8(4))
      writer.append(UInt8(truncatingIfNeeded: option.count / 8 + 1))
      writer.append([0, 0, 0, 0, 0, 0])
      writer.append(option)
    case .other(let type, let code, let body): writer.append(type: type, code: code, body)
    }
  }
}

extension ByteWriter {
  /// A message with its checksum left zero, four bytes of its own, and what follows.
  fileprivate mutating func append(
    type: UInt8, code: UInt8, _ rest: UInt32, _ data: [UInt8]
  ) {
    append(type: type, code: code, [])
    append(rest)
    append(data)
  }

  fileprivate mutating func append(type: UInt8, code: UInt8, _ body: [UInt8]) {
    append(type)
    append(code)
    append(UInt16(0))
    append(body)
  }

  /// A link-layer address option (RFC 4861, section 4.6.1).
  fileprivate mutating func append(option: UInt8, _ address: MACAddress) {
    append(option)
    append(UInt8(1))
    append(address)
  }
}

extension QuotedPacket {
  /// Quotes a packet: as much of it as lets the error stay within 576 bytes over IPv4 (RFC 1812,
  /// section 4.3.2.3) or 1280 over IPv6 (RFC 4443, section 2.4).
  ///
  /// An ICMPv6 redirect has room for less: `init(redirecting:)`.
  public init(_ packet: IPPacket) {
    let limit =
      switch packet {
      case .v4: 576 - IPv4Packet.headerByteCount - 8
      case .v6: 1280 - IPv6Packet.headerByteCount - 8
      }
    self.init(packet, upTo: limit)
  }

  /// Quotes a packet as an ICMPv6 redirect can: within the option "redirected header", behind two
  /// addresses, and within 1280 bytes (RFC 4861, section 4.6.3).
  public init(redirecting packet: IPPacket) { self.init(packet, upTo: Self.optionLimit) }

  private init(_ packet: IPPacket, upTo limit: Int) {
    self.init(
      Array(packet.wireBytes.prefix(limit)), source: packet.source,
      destination: packet.destination)
  }

  /// Everything else is read off the bytes, so that a quotation is what its receiver reads.
  init(_ bytes: [UInt8], source: IPAddress, destination: IPAddress) {
    self.bytes = bytes
    self.source = source
    self.destination = destination
    var (ipProtocol, reader) = Self.carried(by: bytes[...], source.family)
    let hasPorts = ipProtocol == .udp || ipProtocol == .tcp
    self.ipProtocol = ipProtocol
    sourcePort = hasPorts ? reader?.take(UInt16.self) : nil
    destinationPort = hasPorts ? reader?.take(UInt16.self) : nil
  }

  /// Reads what an ICMP error quotes, all of it, however much that is.
  ///
  /// - Returns: `nil` where the bytes do not begin with the fixed header of an IP packet. A wrong
  ///   checksum in there says nothing: routers on the way may have changed the header.
  public init?(quoting bytes: ArraySlice<UInt8>) {
    var reader = ByteReader(bytes)
    guard let version = bytes.first else { return nil }
    switch version >> 4 {
    case 4:
      guard version & 0xf >= 5, reader.take(12) != nil, let source = reader.take(IPv4Address.self),
        let destination = reader.take(IPv4Address.self)
      else { return nil }
      self.init(Array(bytes), source: .v4(source), destination: .v4(destination))
    case 6:
      guard reader.take(8) != nil, let source = reader.take(IPv6Address.self),
        let destination = reader.take(IPv6Address.self)
      else { return nil }
      self.init(Array(bytes), source: .v6(source), destination: .v6(destination))
    default: return nil
    }
  }

  /// Reads what an ICMP error quotes: as of a slice.
  public init?(quoting bytes: [UInt8]) { self.init(quoting: bytes[...]) }

  /// Reads what the option "redirected header" holds, without what pads it.
  init?(unpadding bytes: ArraySlice<UInt8>) {
    var reader = ByteReader(bytes)
    guard let word = reader.take(UInt32.self), let second = reader.take(UInt32.self)
    else { return nil }
    // IPv4 has its total length here, IPv6 that of all behind its fixed header.
    let byteCount =
      word >> 28 == 4
      ? Int(word & 0xffff) : IPv6Packet.headerByteCount + Int(second >> 16)
    self.init(quoting: bytes.prefix(byteCount))
  }

  /// What a quoted packet carried, and where its ports would be; no place in a later fragment.
  static func carried(by bytes: ArraySlice<UInt8>, _ family: IPFamily) -> (IPProtocol, ByteReader?)
  {
    var reader = ByteReader(bytes)
    switch family {
    case .v4:
      guard let lengths = reader.take(UInt32.self), let parts = reader.take(UInt32.self),
        let rest = reader.take(UInt32.self)
      else { return (IPProtocol(number: 0), nil) }
      let ipProtocol = IPProtocol(number: UInt8(truncatingIfNeeded: rest >> 16))
      let headerByteCount = Int(lengths >> 24 & 0xf) * 4
      let isFirst = parts & 0x1fff == 0
      // Of the header three words have been taken.
      return (ipProtocol, isFirst && reader.take(headerByteCount - 12) != nil ? reader : nil)
    case .v6:
      guard let first = reader.take(UInt64.self), reader.take(32) != nil
      else { return (IPProtocol(number: 0), nil) }
      var ipProtocol = IPProtocol(number: UInt8(truncatingIfNeeded: first >> 8))
      let headers = IPv6ExtensionHeader.all(in: &reader, &ipProtocol)
      if case .fragment(let fragment) = headers.last, fragment.offset > 0 {
        return (ipProtocol, nil)
      }
      return (ipProtocol, reader)
    }
  }
}
