import Testing

@testable import HNVCore

/// The checksum against RFC 1071 and a slow sum.
struct InternetChecksumTests {
  private func checksum(_ bytes: [UInt8]) -> UInt16 {
    var checksum = InternetChecksum()
    checksum.add(bytes)
    return checksum.value
  }

  @Test func `the example of RFC 1071, section 3`() {
    // Its sum is ddf2.
    #expect(checksum(hex("0001 f203 f4f5 f6f7")) == ~0xddf2)
    #expect(SlowChecksum.of(hex("0001 f203 f4f5 f6f7")) == ~0xddf2)
  }

  @Test(
    arguments: [
      ("", 0xffff), ("00", 0xffff), ("ffff", 0), ("ffffffff", 0), ("01", 0xfeff), ("0001", 0xfffe),
      ("ffff 0001", 0xfffe), ("8000 8000", 0xfffe),
    ] as [(String, UInt16)])
  func `sums carry around, and an odd byte is an upper half`(text: String, value: UInt16) {
    #expect(checksum(hex(text)) == value)
    #expect(SlowChecksum.of(hex(text)) == value)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `random bytes have the sum that slow addition gives`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bytes = RandomPackets.bytes(upTo: 200, &random)
    #expect(checksum(bytes) == SlowChecksum.of(bytes))
    // Bytes that end with their own checksum sum up to nothing.
    guard bytes.count % 2 == 0 else { return }
    let value = SlowChecksum.of(bytes)
    let sealed = bytes + [UInt8(value >> 8), UInt8(value & 0xff)]
    #expect(InternetChecksum.isRight(over: sealed[...]))
    #expect(!InternetChecksum.isRight(over: (sealed + [0, 1])[...]))
  }
}
