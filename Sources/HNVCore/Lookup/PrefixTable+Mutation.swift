extension PrefixTable {
  /// Adds a prefix or replaces its value.
  ///
  /// - Returns: The value that the prefix had; `nil` where it is new.
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  @discardableResult
  @inlinable
  public mutating func insert(_ value: Value, for prefix: IPPrefix) -> Value? {
    let fresh = freeSlots.last ?? values.count
    let slot = slots.insert(fresh, for: prefix)
    if slot == fresh {
      if freeSlots.popLast() == nil { values.append(nil) }
    }
    let old = values[slot]
    values[slot] = value
    return old
  }

  /// Removes exactly this prefix, and none that it covers; the room it took is used again.
  ///
  /// - Returns: The value that the prefix had; `nil` where it was not in the table.
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  @discardableResult
  @inlinable
  public mutating func remove(_ prefix: IPPrefix) -> Value? {
    guard let slot = slots.remove(prefix) else { return nil }
    let old = values[slot]
    values[slot] = nil
    freeSlots.append(slot)
    return old
  }
}
