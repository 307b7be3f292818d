@testable import HNVCore

/// What `PrefixTable` should hold and answer in one family: a list, each question to which goes
/// through it from end to end.
///
/// It is quicker than `GoldenTable`, which compares bit by bit, so that long runs of changes can be
/// followed: all bits of either family stand in one number, from its highest bit on.
struct PlainTable {
  struct Entry {
    let prefix: IPPrefix
    let bits: UInt128
    let mask: UInt128
    var value: Int

    func covers(_ address: UInt128) -> Bool { address & mask == bits }
  }

  /// In no order that says anything.
  private(set) var entries: [Entry] = []
  private var places: [IPPrefix: Int] = [:]

  subscript(prefix: IPPrefix) -> Int? { places[prefix].map { entries[$0].value } }

  mutating func insert(_ value: Int, for prefix: IPPrefix) -> Int? {
    if let place = places[prefix] {
      defer { entries[place].value = value }
      return entries[place].value
    }
    places[prefix] = entries.count
    let mask = prefix.length == 0 ? 0 : UInt128.max << UInt128(128 - prefix.length)
    entries.append(
      Entry(prefix: prefix, bits: prefix.address.leadingBits, mask: mask, value: value))
    return nil
  }

  mutating func remove(_ prefix: IPPrefix) -> Int? {
    guard let place = places.removeValue(forKey: prefix) else { return nil }
    let value = entries[place].value
    entries.swapAt(place, entries.count - 1)
    entries.removeLast()
    if place < entries.count { places[entries[place].prefix] = place }
    return value
  }

  func longestMatch(for address: UInt128) -> Entry? {
    var best: Entry?
    for entry in entries where entry.covers(address) {
      if best.map({ entry.prefix.length > $0.prefix.length }) ?? true { best = entry }
    }
    return best
  }

  /// The covering entries, the longest first.
  func matches(for address: UInt128) -> [Entry] {
    entries.filter { $0.covers(address) }.sorted { $0.prefix.length > $1.prefix.length }
  }

  /// The entries within a prefix, in ascending order.
  func covered(by prefix: IPPrefix) -> [Entry] {
    entries.filter { $0.prefix.length >= prefix.length && prefix.contains($0.prefix.address) }
      .sorted { $0.prefix < $1.prefix }
  }

  /// The entry that shares most bits without covering; the longest of several, the lowest of those.
  func nearestMiss(for address: UInt128) -> Entry? {
    func rank(_ entry: Entry) -> (Int, Int) {
      ((entry.bits ^ address).leadingZeroBitCount, entry.prefix.length)
    }
    let misses = entries.filter { !$0.covers(address) }
    guard let most = misses.map(rank).max(by: <) else { return nil }
    return misses.filter { rank($0) == most }.min { $0.prefix < $1.prefix }
  }

  /// In ascending order.
  var sorted: [Entry] { entries.sorted { $0.prefix < $1.prefix } }
}

extension IPAddress {
  /// The bits of an address of either family, the first one highest of 128.
  var leadingBits: UInt128 {
    switch self {
    case .v4(let address): UInt128(address.bits) << 96
    case .v6(let address): address.bits
    }
  }
}

extension IPFamily {
  /// The address with these bits, the first one highest of 128.
  func address(_ leadingBits: UInt128) -> IPAddress {
    switch self {
    case .v4: .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: leadingBits >> 96)))
    case .v6: .v6(IPv6Address(bits: leadingBits))
    }
  }

  /// The prefix of a length, which is in range, that contains an address.
  func prefix(_ leadingBits: UInt128, _ length: Int) -> IPPrefix {
    IPPrefix(masking: address(leadingBits), length: length)
  }
}
