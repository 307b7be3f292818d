extension PrefixTable {
  /// The value of exactly this prefix; `nil` where it is not in the table.
  ///
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  @inlinable
  public subscript(prefix: IPPrefix) -> Value? {
    match(slots.entry(prefix))?.value
  }

  /// The longest prefix that covers the address (RFC 1812 section 5.2.4.3); `nil` where none does.
  ///
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  @inlinable
  public func longestMatch(for address: IPAddress) -> Match? {
    let found = slots.longestMatch(for: address)
    guard found.slot >= 0, let value = values[Int(found.slot)] else { return nil }
    return Match(prefix: IPPrefix(masking: address, length: Int(found.length)), value: value)
  }

  /// Every prefix that covers the address, the longest first; empty where none does.
  ///
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  @inlinable
  public func matches(for address: IPAddress) -> [Match] {
    slots.matches(for: address).compactMap { match($0) }
  }

  /// The prefix that shares the most bits with the address without covering it, for diagnostics.
  ///
  /// Of the prefixes of the family that do not cover the address, it is the one that shares the
  /// most leading bits with it; of those, the longest; and of those, the lowest. `nil` where every
  /// prefix of the family covers the address.
  ///
  /// - Complexity: O(*n*) in the number of prefixes that are equally near.
  @inlinable
  public func nearestMiss(for address: IPAddress) -> Match? {
    match(slots.nearestMiss(for: address))
  }

  /// Every prefix within this one, itself included, in ascending order; empty where there is none.
  ///
  /// - Complexity: O(*w* + *n*), where *w* is the number of bits in an address of the family and
  ///   *n* the number of prefixes found.
  @inlinable
  package func covered(by prefix: IPPrefix) -> [Match] {
    slots.covered(by: prefix).compactMap { match($0) }
  }

  /// The entry with its value, which every slot in use has.
  @inlinable
  func match(_ entry: PrefixSlots.Entry?) -> Match? {
    guard let entry, let value = values[entry.slot] else { return nil }
    return Match(prefix: entry.prefix, value: value)
  }
}
