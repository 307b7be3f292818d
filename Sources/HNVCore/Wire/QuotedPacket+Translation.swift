/// What address translation changes in the packet that an error quotes (RFC 5508, section 4.2): the
/// error's receiver knows its packet only as it sent it.
extension QuotedPacket {
  /// Which end of the quoted packet is rewritten.
  package enum End: Hashable, Sendable {
    /// Its sender.
    case source
    /// Its receiver.
    case destination
  }

  /// The identifier of a quoted echo; `nil` for any other packet, or where it is not quoted.
  package var echoIdentifier: UInt16? {
    guard ipProtocol == .icmp || ipProtocol == .icmpv6, let start = transportOffset,
      start + 6 <= bytes.count
    else { return nil }
    return UInt16(bytes[start + 4]) << 8 | UInt16(bytes[start + 5])
  }

  /// The quote with another address at one end, and another port there.
  ///
  /// An echo has its identifier for a port. Checksums that are quoted are brought up to date.
  ///
  /// - Returns: `nil` for an address of another family, and where no ports are quoted.
  package func replacing(_ end: End, by address: IPAddress, port: UInt16) -> QuotedPacket? {
    guard address.family == source.family, let start = transportOffset,
      let checksumOffset = checksumOffset(behind: start)
    else { return nil }
    let isEcho = ipProtocol == .icmp || ipProtocol == .icmpv6
    let portOffset = isEcho ? start + 4 : end == .source ? start : start + 2
    guard portOffset + 2 <= bytes.count else { return nil }
    let addressOffset =
      switch (address, end) {
      case (.v4, .source): 12
      case (.v4, .destination): 16
      case (.v6, .source): 8
      case (.v6, .destination): 24
      }
    var patch = Patch(bytes: bytes)
    let addressChange = patch.write(address.words, at: addressOffset)
    let portChange = patch.write([port], at: portOffset)
    if source.family == .v4 { patch.update(checksumAt: 10, by: addressChange) }
    // ICMP over IPv4 is the one checksum that the addresses do not enter.
    let change = ipProtocol == .icmp ? portChange : addressChange + portChange
    patch.update(checksumAt: checksumOffset, by: change, isOptional: ipProtocol == .udp)
    return QuotedPacket(
      patch.bytes, source: end == .source ? address : source,
      destination: end == .destination ? address : destination)
  }

  /// Where the transport's header begins; `nil` in later fragments, and where it is cut off.
  private var transportOffset: Int? {
    Self.carried(by: bytes[...], source.family).1.map { bytes.count - $0.rest.count }
  }

  /// Where the transport's checksum stands; `nil` for a protocol without ports or identifiers.
  private func checksumOffset(behind start: Int) -> Int? {
    switch ipProtocol {
    case .tcp: start + 16
    case .udp: start + 6
    case .icmp, .icmpv6: start + 2
    default: nil
    }
  }
}

/// Bytes that are changed together with the checksums over them.
private struct Patch {
  var bytes: [UInt8]

  /// Writes words over others; gives the sum of what changed, in one's complement (RFC 1624,
  /// section 3, equation 3).
  mutating func write(_ words: [UInt16], at start: Int) -> UInt64 {
    var change: UInt64 = 0
    for (index, word) in words.enumerated() {
      let offset = start + 2 * index
      guard offset + 2 <= bytes.count else { break }
      change += UInt64(~read(offset)) + UInt64(word)
      write(word, offset)
    }
    return change
  }

  /// Enters a change into a checksum, where that is quoted; an optional one may be absent as zero.
  mutating func update(checksumAt offset: Int, by change: UInt64, isOptional: Bool = false) {
    guard offset + 2 <= bytes.count else { return }
    let old = read(offset)
    guard !isOptional || old != 0 else { return }
    var sum = UInt64(~old) + change
    while sum >> 16 > 0 { sum = sum & 0xffff + sum >> 16 }
    let new = ~UInt16(truncatingIfNeeded: sum)
    write(isOptional && new == 0 ? .max : new, offset)
  }

  private func read(_ offset: Int) -> UInt16 {
    UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
  }

  private mutating func write(_ word: UInt16, _ offset: Int) {
    bytes[offset] = UInt8(truncatingIfNeeded: word >> 8)
    bytes[offset + 1] = UInt8(truncatingIfNeeded: word)
  }
}

extension IPAddress {
  /// The address in words of 16 bits, the most significant first.
  fileprivate var words: [UInt16] {
    switch self {
    case .v4(let address):
      [UInt16(truncatingIfNeeded: address.bits >> 16), UInt16(truncatingIfNeeded: address.bits)]
    case .v6(let address):
      (0..<8).map { UInt16(truncatingIfNeeded: address.bits >> (112 - 16 * $0)) }
    }
  }
}
