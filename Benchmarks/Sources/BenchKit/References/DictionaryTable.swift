/// Swift's own dictionary: what an exact match costs without any thought.
struct DictionaryTable<Key: Hashable & LookupKey>: LookupTable {
  private let values: [Key: UInt32]

  /// Takes keys that differ; the value of each is its place, counted from 1.
  init(_ keys: [Key]) {
    var values: [Key: UInt32] = [:]
    values.reserveCapacity(keys.count)
    for (place, key) in keys.enumerated() { values[key] = UInt32(place + 1) }
    self.values = values
  }

  func value(for key: Key) -> UInt32 { values[key] ?? 0 }
}
