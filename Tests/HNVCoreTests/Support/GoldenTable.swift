import HNVCore

/// What `PrefixTable` should answer, found by looking at every entry bit by bit.
struct GoldenTable<Value> {
  struct Entry {
    let prefix: IPPrefix
    let value: Value
    /// The bits of the prefix's first address.
    fileprivate let bits: [UInt8]

    fileprivate func covers(_ address: [UInt8]) -> Bool { isCovering(prefix, bits, address) }
  }

  /// The entries in ascending order of family, address and length.
  private(set) var entries: [Entry] = []

  subscript(prefix: IPPrefix) -> Value? { entries.first { $0.prefix == prefix }?.value }

  @discardableResult
  mutating func insert(_ value: Value, for prefix: IPPrefix) -> Value? {
    let old = remove(prefix)
    let entry = Entry(prefix: prefix, value: value, bits: prefix.first.bits)
    entries.insert(entry, at: entries.firstIndex { comes(entry, before: $0) } ?? entries.count)
    return old
  }

  @discardableResult
  mutating func remove(_ prefix: IPPrefix) -> Value? {
    guard let index = entries.firstIndex(where: { $0.prefix == prefix }) else { return nil }
    return entries.remove(at: index).value
  }

  /// The covering entries, the longest first.
  func matches(for address: IPAddress) -> [Entry] {
    let bits = address.bits
    return entries.filter { $0.covers(bits) }.sorted { $0.prefix.length > $1.prefix.length }
  }

  func nearestMiss(for address: IPAddress) -> Entry? {
    let bits = address.bits
    let misses = entries.filter { $0.bits.count == bits.count && !$0.covers(bits) }
    let shared = misses.map { zip($0.bits, bits).prefix { $0 == $1 }.count }
    let most = shared.max()
    let nearest = zip(misses, shared).filter { $0.1 == most }.map(\.0)
    let longest = nearest.map(\.prefix.length).max()
    return nearest.first { $0.prefix.length == longest }
  }

  func covered(by prefix: IPPrefix) -> [Entry] {
    let outer = prefix.first.bits
    return entries.filter {
      $0.prefix.length >= prefix.length && isCovering(prefix, outer, $0.bits)
    }
  }

  private func comes(_ one: Entry, before other: Entry) -> Bool {
    if one.bits.count != other.bits.count { return one.bits.count < other.bits.count }
    if one.bits != other.bits { return one.bits.lexicographicallyPrecedes(other.bits) }
    return one.prefix.length < other.prefix.length
  }
}

/// Whether an address begins with the bits that count in a prefix.
private func isCovering(_ prefix: IPPrefix, _ bits: [UInt8], _ address: [UInt8]) -> Bool {
  address.count == bits.count && address.starts(with: bits.prefix(prefix.length))
}

extension IPAddress {
  /// The 32 or 128 bits, each a 0 or a 1.
  fileprivate var bits: [UInt8] {
    switch self {
    case .v4(let address): (0..<32).map { UInt8(address.bits >> (31 - $0) & 1) }
    case .v6(let address): (0..<128).map { UInt8(address.bits >> (127 - $0) & 1) }
    }
  }
}
