import HNVCore
import Testing

/// Tables of prefixes as another package uses them: one address at a time, and in batches.
@Suite struct PrefixLookupTests {
  /// In each of some /24 a /25 in its lower half, and a /26 in that; each value names its prefix.
  private static func table(_ blocks: UInt32) throws -> PrefixTable<UInt32> {
    var table = PrefixTable<UInt32>()
    for block in 0..<blocks {
      let address = IPAddress.v4(IPv4Address(bits: 0x0a00_0000 + block << 8))
      for length in [25, 26] {
        let prefix = try #require(IPPrefix(containing: address, length: length))
        table.insert(block << 8 + UInt32(length), for: prefix)
      }
    }
    return table
  }

  private static func expected(_ address: UInt32, _ blocks: UInt32) -> UInt32? {
    guard address >= 0x0a00_0000, address < 0x0a00_0000 + blocks << 8 else { return nil }
    let block = (address - 0x0a00_0000) >> 8
    switch address & 0xff {
    case ..<64: return block << 8 + 26
    case ..<128: return block << 8 + 25
    default: return nil
    }
  }

  /// A few prefixes, some, and so many that they are not in a processor's cache.
  @Test(arguments: [3, 300, 6_000] as [UInt32])
  func `a batch answers as its table does`(blocks: UInt32) throws {
    let table = try Self.table(blocks)
    #expect(table.count == 2 * Int(blocks))
    let addresses = (0..<5_000 as Range<UInt32>).map { number in
      0x09ff_ff00 &+ number &* 0x9e37_79b9 % ((blocks + 2) << 8)
    }
    var batch = PrefixBatch()
    var (hits, misses) = (0, 0)
    // The same batch, for as many addresses as are at hand.
    for start in stride(from: 0, to: addresses.count, by: 999) {
      let group = addresses[start..<min(start + 999, addresses.count)]
      batch.find(group.map { IPv4Address(bits: $0) }[...], in: table)
      for (place, address) in group.enumerated() {
        let expected = Self.expected(address, blocks)
        let match = batch.match(place, in: table)
        #expect(match?.value == expected)
        #expect(match.map { $0.prefix.length == Int($0.value & 0xff) } ?? true)
        #expect(table.longestMatch(for: .v4(IPv4Address(bits: address)))?.value == expected)
        if expected == nil { misses += 1 } else { hits += 1 }
      }
    }
    #expect(hits > 1_000 && misses > 1_000)
  }

  @Test func `a batch of one family finds nothing of the other`() throws {
    let table = try Self.table(20)
    var batch = PrefixBatch()
    batch.find([IPv6Address(bits: 0), IPv6Address(bits: 0x0a00_0001)][...], in: table)
    #expect((0..<2).allSatisfy { batch.match($0, in: table) == nil })
    batch.find([IPv4Address(bits: 0x0a00_0001)][...], in: table)
    #expect(batch.match(0, in: table)?.value == 26)
  }
}
