import Testing

@testable import HNVCore

/// Prefixes of a kind, and the addresses that they are asked about.
struct PrefixKind: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let family: IPFamily
  /// The octets with which nearly all prefixes begin.
  var trunk: [UInt8] = []
  /// Of how many octets one is any of 256 rather than one of three.
  let rarity: UInt64
  let lengths: ClosedRange<Int>
  /// How many prefixes a table has before it shrinks again.
  let most: Int
  /// What a run has to come by.
  let sights: Set<Sight>

  /// Prefixes as dense as they nest, and so sparse that they are mostly tails; within 10/8,
  /// 10.7/16 and fd00::/64; and so many with the same octets before the last that its node's codes
  /// do not fit a byte.
  static let all = [
    PrefixKind(
      testDescription: "IPv4, dense", family: .v4, rarity: 40, lengths: 0...32, most: 150,
      sights: Sight.common.subtracting([.route])),
    PrefixKind(
      testDescription: "IPv4, sparse", family: .v4, rarity: 2, lengths: 0...32, most: 150,
      sights: Sight.common),
    PrefixKind(
      testDescription: "IPv4, in 10/8", family: .v4, trunk: [10], rarity: 3, lengths: 8...32,
      most: 150, sights: Sight.common.union([.trunk])),
    PrefixKind(
      testDescription: "IPv4, in 10.7/16", family: .v4, trunk: [10, 7], rarity: 2,
      lengths: 16...32, most: 150, sights: [.small, .large, .trunk, .route, .none]),
    PrefixKind(
      testDescription: "IPv4, in one /24", family: .v4, trunk: [10, 7, 0], rarity: 1,
      lengths: 25...32, most: 330, sights: [.small, .large, .trunk, .highBlock, .route, .none]),
    // Links and tails among them, whose codes have upper bytes, too.
    PrefixKind(
      testDescription: "IPv4, many in 10.7/16", family: .v4, trunk: [10, 7], rarity: 1,
      lengths: 17...32, most: 440, sights: [.small, .large, .trunk, .highBlock]),
    PrefixKind(
      testDescription: "IPv6, dense", family: .v6, rarity: 40, lengths: 0...128, most: 120,
      sights: Sight.common.subtracting([.route]).union([.deep])),
    PrefixKind(
      testDescription: "IPv6, sparse", family: .v6, rarity: 2, lengths: 0...64, most: 120,
      sights: [.small, .large, .tail, .none]),
    PrefixKind(
      testDescription: "IPv6, in fd00::/64", family: .v6, trunk: [0xfd, 0, 0, 0, 0, 0, 0, 0],
      rarity: 3, lengths: 64...128, most: 120, sights: [.small, .large, .trunk, .tail, .none]),
    PrefixKind(
      testDescription: "IPv6, in one /120", family: .v6,
      trunk: [0xfd] + Array(repeating: 0, count: 14),
      rarity: 1, lengths: 121...128, most: 330,
      sights: [.small, .large, .trunk, .highBlock, .route, .none]),
  ]

  func randomAddress(_ random: inout SplitMix64) -> UInt128 {
    let isStray = random.next() % 30 == 0
    var bits: UInt128 = 0
    for place in 0..<family.bitWidth / 8 {
      let isAny = random.next() % rarity == 0
      let number = isAny ? random.next() : random.next() % 3
      let octet =
        place < trunk.count && !isStray ? trunk[place] : UInt8(truncatingIfNeeded: number)
      bits |= UInt128(octet) << UInt128(120 - 8 * place)
    }
    return bits
  }

  func randomPrefix(_ random: inout SplitMix64) -> IPPrefix {
    let isStray = random.next() % 30 == 0
    let range = isStray ? 0...family.bitWidth : lengths
    // Of the longer ones there are more.
    let length = max(
      Int.random(in: range, using: &random), Int.random(in: range, using: &random))
    return family.prefix(randomAddress(&random), length)
  }

  /// An address that more often than not is in one of a table's prefixes or just beside it.
  func randomQuestion(_ table: PlainTable, _ random: inout SplitMix64) -> UInt128 {
    guard random.next() % 4 != 0, let entry = table.entries.randomElement(using: &random)
    else { return randomAddress(&random) }
    let bit = UInt128(128 - Int.random(in: 1...family.bitWidth, using: &random))
    switch random.next() % 3 {
    case 0: return entry.bits
    case 1: return entry.prefix.last.leadingBits
    default: return entry.bits ^ 1 << bit
    }
  }
}

/// What a run of changes may come by: how a table is held, and where searches of a trie begin.
enum Sight: Hashable, Sendable {
  case small, large, trunk, highBlock, direct, deep, route, tail, node, none

  static let common: Set<Sight> = [.small, .large, .route, .tail, .node, .none]
}

extension PrefixTable {
  /// What there is to be seen in the table, and of the search for an address.
  func sights(_ address: IPAddress) -> Set<Sight> {
    switch address {
    case .v4(let address): slots.v4.sights(address.bits)
    case .v6(let address): slots.v6.sights(address.bits)
    }
  }
}

extension FamilySlots {
  fileprivate func sights(_ address: Bits) -> Set<Sight> {
    guard let trie = large.first else { return [.small] }
    var sights: Set<Sight> = [.large]
    if trie.trunkLength > 0 { sights.insert(.trunk) }
    if trie.nodes.contains(where: { $0.high != 0 }) { sights.insert(.highBlock) }
    if !trie.shortcuts.direct.isEmpty { sights.insert(.direct) }
    let search = trie.start(for: address)
    let start = search.shortcut
    if search.depth > trie.depthBehindShortcuts { sights.insert(.deep) }
    sights.insert(start.isNode ? .node : start.isRoute ? .route : start.isTail ? .tail : .none)
    return sights
  }
}
