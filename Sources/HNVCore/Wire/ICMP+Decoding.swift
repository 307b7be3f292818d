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
