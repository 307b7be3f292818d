/// Reads encoded fields, most significant byte first.
///
/// Reads beyond the end, and of a negative count, return `nil` and take nothing.
struct ByteReader {
  /// The bytes that are left.
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest.count else { return nil }
    let taken = rest.prefix(count)
    rest = rest.dropFirst(count)
    return taken
  }

  mutating func take<Field: FixedWidthInteger & UnsignedInteger>(_: Field.Type) -> Field? {
    guard let bytes = take(Field.bitWidth / 8) else { return nil }
    var value: Field = 0
    for byte in bytes { value = value << 8 | Field(byte) }
    return value
  }

  mutating func take(_: MACAddress.Type) -> MACAddress? {
    guard let bytes = take(6) else { return nil }
    var bits: UInt64 = 0
    for byte in bytes { bits = bits << 8 | UInt64(byte) }
    return MACAddress(bits: bits)
  }

  mutating func take(_: IPv4Address.Type) -> IPv4Address? {
    take(UInt32.self).map { IPv4Address(bits: $0) }
  }

  mutating func take(_: IPv6Address.Type) -> IPv6Address? {
    take(UInt128.self).map { IPv6Address(bits: $0) }
  }
}

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
