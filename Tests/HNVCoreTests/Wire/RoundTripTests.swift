import HNVCore
import Testing

/// Anything that is written reads back, and no bytes trap.
struct RoundTripTests {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a canonical frame is read as it was written`(seed: UInt64) throws {
    var packets = RandomPackets(seed: seed)
    for _ in 0..<10 {
      let frame = try packets.frame()
      let violation = WireLaw.violation(by: frame)
      #expect(violation == nil)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a damaged frame keeps the law`(seed: UInt64) throws {
    var packets = RandomPackets(seed: 1000 + seed)
    for _ in 0..<5 {
      let written = try packets.frame().wireBytes
      for _ in 0..<4 {
        var damaged = written
        for _ in 0...packets.choice(of: 3) {
          damaged[packets.choice(of: damaged.count)] = packets.number()
        }
        if packets.hits(3) { damaged.removeLast(packets.choice(of: damaged.count)) }
        let violation = WireLaw.violation(by: damaged)
        #expect(violation == nil)
      }
    }
  }

  @Test(arguments: [0x0806, 0x0800, 0x86dd, 0x8100, 0x26] as [UInt16], 0..<8 as Range<UInt64>)
  func `random bytes keep the law`(etherType: UInt16, seed: UInt64) {
    var packets = RandomPackets(seed: 2000 + seed)
    for _ in 0..<50 {
      var bytes = packets.bytes(upTo: 120)
      if bytes.count > 13 {
        (bytes[12], bytes[13]) = (UInt8(etherType >> 8), UInt8(etherType & 0xff))
      }
      // The version is right more often than by chance.
      if bytes.count > 14 { bytes[14] = packets.one(of: [0x45, 0x46, 0x60, 0x00]) }
      let violation = WireLaw.violation(by: bytes)
      #expect(violation == nil)
    }
  }
}
