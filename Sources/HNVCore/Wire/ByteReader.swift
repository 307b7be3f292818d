/// Takes fields off the wire, most significant byte first.
///
/// What asks for more than is left, or for less than nothing, as a length field from outside may,
/// gets `nil` and takes nothing.
struct ByteReader {
  /// What has not been taken yet.
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
