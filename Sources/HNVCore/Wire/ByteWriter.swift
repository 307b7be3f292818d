/// Puts fields on the wire, most significant byte first.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func append(_ value: UInt8) { bytes.append(value) }

  mutating func append(_ value: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    bytes.append(UInt8(truncatingIfNeeded: value))
  }

  mutating func append(_ value: UInt32) {
    append(UInt16(truncatingIfNeeded: value >> 16))
    append(UInt16(truncatingIfNeeded: value))
  }

  mutating func append(_ value: UInt64) {
    append(UInt32(truncatingIfNeeded: value >> 32))
    append(UInt32(truncatingIfNeeded: value))
  }

  mutating func append(_ address: MACAddress) {
    append(UInt16(truncatingIfNeeded: address.bits >> 32))
    append(UInt32(truncatingIfNeeded: address.bits))
  }

  mutating func append(_ address: IPv4Address) { append(address.bits) }

  mutating func append(_ address: IPv6Address) {
    append(UInt64(truncatingIfNeeded: address.bits >> 64))
    append(UInt64(truncatingIfNeeded: address.bits))
  }

  mutating func append(_ more: [UInt8]) { bytes += more }

  /// Fills a field with bytes: too many are cut, too few followed by zeros.
  mutating func append(_ more: [UInt8], filling count: Int) {
    bytes += more.prefix(count)
    bytes += repeatElement(0, count: max(0, count - more.count))
  }

  /// Drops what is beyond a number of bytes.
  mutating func cut(to count: Int) { bytes.removeLast(max(0, bytes.count - count)) }

  /// Writes a length or a checksum over a field that was left zero.
  mutating func patch(_ value: UInt16, at offset: Int) {
    bytes[offset] = UInt8(truncatingIfNeeded: value >> 8)
    bytes[offset + 1] = UInt8(truncatingIfNeeded: value)
  }
}
