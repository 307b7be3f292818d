/// A table as the benchmark sees it: what is looked up, and a number for what is found.
protocol LookupTable {
  associatedtype Key: LookupKey
  /// The number that stands for what was found; 0 for nothing.
  func value(for key: Key) -> UInt32
  /// The numbers for many keys.
  func values(for keys: ArraySlice<Key>, into values: inout [UInt32])
}

/// What is looked up; it can be made to wait for an earlier answer.
protocol LookupKey {
  func disturbed(by word: UInt32) -> Self
}

extension UInt32: LookupKey {
  func disturbed(by word: UInt32) -> UInt32 { self ^ word }
}

extension UInt128: LookupKey {
  func disturbed(by word: UInt32) -> UInt128 { self ^ UInt128(word) }
}

extension LookupTable {
  func values(for keys: ArraySlice<Key>, into values: inout [UInt32]) {
    for (place, key) in keys.enumerated() { values[place] = value(for: key) }
  }

  /// The sum of what is found for all keys.
  func run(_ keys: [Key], _ order: Order) -> UInt64 {
    var sum: UInt64 = 0
    switch order {
    case .dependent:
      let zero = opaqueZero
      var last: UInt32 = 0
      for key in keys {
        last = value(for: key.disturbed(by: last & zero))
        sum &+= UInt64(last)
      }
    case .independent:
      for key in keys { sum &+= UInt64(value(for: key)) }
    case .batched:
      var values = [UInt32](repeating: 0, count: Order.batchCount)
      for start in stride(from: 0, to: keys.count, by: Order.batchCount) {
        let batch = keys[start..<min(start + Order.batchCount, keys.count)]
        self.values(for: batch, into: &values)
        for place in 0..<batch.count { sum &+= UInt64(values[place]) }
      }
    }
    return sum
  }
}
