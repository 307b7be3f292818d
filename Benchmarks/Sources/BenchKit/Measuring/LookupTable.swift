/// A table as the benchmark sees it: what is looked up, and a number for what is found.
protocol LookupTable {
  /// What is looked up, in the form in which a user has it.
  associatedtype Key: LookupKey
  /// What is kept between batches.
  associatedtype Batch = Void
  var newBatch: Batch { get }
  /// The number that stands for what was found; 0 for nothing.
  func value(for key: Key) -> UInt32
  /// The numbers for many keys.
  func values(for keys: ArraySlice<Key>, _ batch: inout Batch, into values: inout [UInt32])
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

/// A table without lookups of many keys in one call.
extension LookupTable where Batch == Void {
  var newBatch: Void { () }

  func values(for keys: ArraySlice<Key>, _ batch: inout Void, into values: inout [UInt32]) {
    for (place, key) in keys.enumerated() { values[place] = value(for: key) }
  }
}

extension LookupTable {
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
      var batch = newBatch
      var values = [UInt32](repeating: 0, count: Order.batchCount)
      for start in stride(from: 0, to: keys.count, by: Order.batchCount) {
        let some = keys[start..<min(start + Order.batchCount, keys.count)]
        self.values(for: some, &batch, into: &values)
        for place in 0..<some.count { sum &+= UInt64(values[place]) }
      }
    }
    return sum
  }
}

/// A table that takes entries in and lets go of them.
protocol ChangingTable {
  /// What is put in and taken out, in the form in which a user has it.
  associatedtype Entry
  mutating func insert(_ entry: Entry)
  mutating func remove(_ entry: Entry)
}

extension ChangingTable {
  /// Takes entries out and puts them back, again and again; gives the nanoseconds of each.
  mutating func timeChanges(_ entries: [Entry]) -> (insert: Spread, delete: Spread) {
    var deletes = Repetition()
    var inserts = Repetition()
    let clock = ContinuousClock()
    // The first round warms up, and makes the table its caller's alone.
    var isWarm = false
    while !deletes.isOver || !inserts.isOver {
      let delete = clock.measure { for entry in entries { remove(entry) } }.inNanoseconds
      let insert = clock.measure { for entry in entries { self.insert(entry) } }.inNanoseconds
      if isWarm {
        deletes.add(delete / Double(entries.count))
        inserts.add(insert / Double(entries.count))
      }
      isWarm = true
    }
    return (Spread(runs: inserts.times), Spread(runs: deletes.times))
  }
}
