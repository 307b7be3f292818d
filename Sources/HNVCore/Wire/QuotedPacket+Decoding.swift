extension QuotedPacket {
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
