import Testing

@testable import HNVCore

/// Batched lookups against single ones.
struct PrefixBatchTests {
  /// 64 are under way together.
  static let sizes = [0, 1, 63, 64, 65, 1_000]

  /// How a table is held: in a list of a few, in a trie that stays near, in one so large that
  /// lookups go in groups.
  enum Form: CaseIterable {
    case few, near, far

    /// How many times 256 addresses have prefixes.
    var blocks: Int {
      switch self {
      case .few: 3
      case .near: 300
      case .far: 6_000
      }
    }
  }

  /// In each block of 256 addresses two prefixes, which make a node of their own, but in every
  /// fourth only one host; and above some of all a route that is found only where nothing else is.
  private func table(_ form: Form, _ family: IPFamily) -> PrefixTable<Int> {
    var matches: [PrefixTable<Int>.Match] = []
    for block in 0..<form.blocks {
      let bits = Self.bits(block, 0x80, family)
      let lengths = block % 4 == 3 ? [32] : [25, 26]
      for length in lengths {
        let length = family == .v4 ? length : length + 32
        matches.append(.init(prefix: family.prefix(bits, length), value: matches.count))
      }
    }
    matches.append(.init(prefix: family.prefix(Self.bits(0, 0, family), 9), value: -1))
    var table = PrefixTable<Int>()
    table.insert(contentsOf: matches)
    return table
  }

  /// An address in a block, which has two octets of its own.
  private static func bits(_ block: Int, _ low: Int, _ family: IPFamily) -> UInt128 {
    let first: UInt128 = family == .v4 ? 0 : 0x2001_0db8 << 96
    let bits = UInt128(block * 0x105 % 0x1_0000 * 256 + low) << 96
    return family == .v4 ? bits | 0x0a << 120 : first | bits >> 32
  }

  private func addresses(
    _ count: Int, _ form: Form, _ family: IPFamily, _ random: inout SplitMix64
  ) -> [UInt128] {
    (0..<count).map { _ in
      let block = Int.random(in: 0..<form.blocks, using: &random)
      let low = [0x80, 0x81, 0x01][Int.random(in: 0..<3, using: &random)]
      let isStray = Int.random(in: 0..<8, using: &random) == 0
      return isStray
        ? .random(in: 0 ... .max, using: &random) : Self.bits(block, low, family)
    }
  }

  @Test(arguments: Form.allCases, IPFamily.allCases)
  func `a batch finds what single lookups find`(form: Form, family: IPFamily) throws {
    let table = table(form, family)
    let codes =
      family == .v4
      ? table.slots.v4.large.first?.codes.count : table.slots.v6.large.first?.codes.count
    #expect((codes == nil) == (form == .few))
    #expect((codes ?? 0 > 1 << 20) == (form == .far))
    var random = SplitMix64(seed: UInt64(form.blocks))
    var batch = PrefixBatch()
    var (hits, misses) = (0, 0)
    for size in Self.sizes {
      let addresses = addresses(size, form, family, &random)
      find(addresses, family, &batch, table)
      for (place, address) in addresses.enumerated() {
        let expected = table.longestMatch(for: family.address(address))
        #expect(batch.match(place, in: table) == expected, "\(family.address(address))")
        if expected == nil { misses += 1 } else { hits += 1 }
      }
    }
    #expect(hits > 500 && misses > 50)
  }

  /// Looks up part of a longer array, whose other elements do not matter.
  private func find(
    _ addresses: [UInt128], _ family: IPFamily, _ batch: inout PrefixBatch,
    _ table: PrefixTable<Int>
  ) {
    switch family {
    case .v4:
      let all = [0, 0, 0] + addresses.map { UInt32(truncatingIfNeeded: $0 >> 96) } + [0]
      batch.find(all.map { IPv4Address(bits: $0) }[3..<3 + addresses.count], in: table)
    case .v6:
      let all = [0, 0, 0] + addresses + [0]
      batch.find(all.map { IPv6Address(bits: $0) }[3..<3 + addresses.count], in: table)
    }
  }

  @Test func `an empty table has no match for a batch`() {
    var batch = PrefixBatch()
    let table = PrefixTable<Int>()
    batch.find([IPv4Address(bits: 0), IPv4Address(bits: .max)][...], in: table)
    #expect((0..<2).allSatisfy { batch.match($0, in: table) == nil })
    batch.find([IPv6Address(bits: 0), IPv6Address(bits: .max)][...], in: table)
    #expect((0..<2).allSatisfy { batch.match($0, in: table) == nil })
  }
}
