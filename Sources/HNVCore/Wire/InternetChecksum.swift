/// The Internet checksum (RFC 1071): the complement of the one's complement sum of 16-bit words.
struct InternetChecksum {
  private var sum: UInt64 = 0

  /// Adds bytes; an odd last one stands for its word's upper half, so only the last call may end
  /// oddly.
  mutating func add(_ bytes: some Collection<UInt8>) {
    var isUpper = true
    for byte in bytes {
      sum += isUpper ? UInt64(byte) << 8 : UInt64(byte)
      isUpper.toggle()
    }
  }

  /// Adds what stands before a transport's header for its checksum alone (RFC 9293, section 3.1;
  /// RFC 8200, section 8.1).
  mutating func addPseudoHeader(
    _ source: IPAddress, _ destination: IPAddress, _ number: IPProtocol, byteCount: Int
  ) {
    for address in [source, destination] {
      var bits =
        switch address {
        case .v4(let address): UInt128(address.bits)
        case .v6(let address): address.bits
        }
      while bits > 0 {
        sum += UInt64(truncatingIfNeeded: bits & 0xffff)
        bits >>= 16
      }
    }
    sum += UInt64(number.number) + UInt64(byteCount)
  }

  /// The sum folded into 16 bits and complemented; zero over data that holds its own checksum.
  var value: UInt16 {
    var folded = sum
    while folded >> 16 > 0 { folded = folded & 0xffff + folded >> 16 }
    return ~UInt16(truncatingIfNeeded: folded)
  }

  /// Whether bytes that hold their own checksum are as it says.
  static func isRight(over bytes: ArraySlice<UInt8>) -> Bool {
    var checksum = InternetChecksum()
    checksum.add(bytes)
    return checksum.value == 0
  }

  /// Whether the bytes of a transport whose checksum covers the addresses are as it says.
  static func isRight(
    over bytes: ArraySlice<UInt8>, _ number: IPProtocol, from source: IPAddress,
    to destination: IPAddress
  ) -> Bool {
    var checksum = InternetChecksum()
    checksum.addPseudoHeader(source, destination, number, byteCount: bytes.count)
    checksum.add(bytes)
    return checksum.value == 0
  }
}
