extension PrefixTable {
  /// Adds a prefix or replaces its value.
  ///
  /// - Returns: The value that the prefix had; `nil` where it is new.
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  @discardableResult
  public mutating func insert(_ value: Value, for prefix: IPPrefix) -> Value? {
    let fresh = freeSlots.last ?? Int32(values.count)
    let slot = insert(slot: fresh, for: prefix)
    if slot == fresh {
      if freeSlots.popLast() == nil { values.append(nil) }
    }
    let old = values[Int(slot)]
    values[Int(slot)] = value
    return old
  }

  /// Removes exactly this prefix, and none that it covers; the room it took is used again.
  ///
  /// - Returns: The value that the prefix had; `nil` where it was not in the table.
  /// - Complexity: O(*w*), where *w* is the number of bits in an address of the family.
  @discardableResult
  public mutating func remove(_ prefix: IPPrefix) -> Value? {
    guard let slot = removeSlot(of: prefix) else { return nil }
    let old = values[Int(slot)]
    values[Int(slot)] = nil
    freeSlots.append(slot)
    return old
  }

  private mutating func insert(slot: Int32, for prefix: IPPrefix) -> Int32 {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address): return v4.insert(slot, address.bits, length: length)
    case .v6(let address): return v6.insert(slot, address.bits, length: length)
    }
  }

  private mutating func removeSlot(of prefix: IPPrefix) -> Int32? {
    let length = UInt8(truncatingIfNeeded: prefix.length)
    switch prefix.address {
    case .v4(let address): return v4.remove(address.bits, length: length)
    case .v6(let address): return v6.remove(address.bits, length: length)
    }
  }
}
