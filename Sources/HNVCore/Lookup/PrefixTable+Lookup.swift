extension PrefixTable {
  /// The value of exactly this prefix; `nil` where it is not in the table.
  ///
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  public subscript(prefix: IPPrefix) -> Value? {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address): return match(v4.entry(address.bits, length: length))?.value
    case .v6(let address): return match(v6.entry(address.bits, length: length))?.value
    }
  }

  /// The longest prefix that covers the address (RFC 1812 section 5.2.4.3); `nil` where none does.
  ///
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  public func longestMatch(for address: IPAddress) -> Match? {
    switch address {
    case .v4(let address): match(v4.longestMatch(for: address.bits))
    case .v6(let address): match(v6.longestMatch(for: address.bits))
    }
  }

  /// Every prefix that covers the address, the longest first; empty where none does.
  ///
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  public func matches(for address: IPAddress) -> [Match] {
    switch address {
    case .v4(let address): v4.matches(for: address.bits).compactMap(match)
    case .v6(let address): v6.matches(for: address.bits).compactMap(match)
    }
  }

  /// The prefix that misses the address by least, to tell a person what nearly matched.
  ///
  /// Of the prefixes of the family that do not cover the address, it is the one that shares the
  /// most leading bits with it; of those, the longest; and of those, the lowest. `nil` where every
  /// prefix of the family covers the address.
  ///
  /// - Complexity: O(*n*) in the number of prefixes that are equally near.
  public func nearestMiss(for address: IPAddress) -> Match? {
    switch address {
    case .v4(let address): match(v4.nearestMiss(for: address.bits))
    case .v6(let address): match(v6.nearestMiss(for: address.bits))
    }
  }

  /// Every prefix within this one, itself included, in ascending order; empty where there is none.
  ///
  /// - Complexity: O(*w* + *n*), where *w* is the number of bits in an address of the family and
  ///   *n* the number of prefixes found.
  public func covered(by prefix: IPPrefix) -> [Match] {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address): return v4.covered(by: address.bits, length: length).compactMap(match)
    case .v6(let address): return v6.covered(by: address.bits, length: length).compactMap(match)
    }
  }

  /// The entry with its value, which every slot in use has.
  func match(_ entry: PrefixTrie<some AddressBits>.Entry?) -> Match? {
    guard let entry, let value = values[Int(entry.slot)] else { return nil }
    return Match(prefix: entry.prefix, value: value)
  }
}
