/// Lookups of many records in one call.
///
/// All begin before any ends, for a few keys at once, so that the processor waits for memory once
/// for many, as in `DecisionBatch`. Keep it between calls; its storage is used again.
public struct RecordBatch: Sendable {
  /// The indices of the records that were found, in the order of the keys; `nil` for a miss.
  public private(set) var records: [Int?] = []

  private var starts = [RecordIndex.Start](repeating: .nowhere, count: Self.length)
  /// A trace of what was read ahead, so that no compiler leaves it out.
  private var readAhead: UInt32 = 0

  /// An empty batch.
  public init() {}

  /// Looks up what resolves each of some addresses, as `DistributedRouter.record(for:in:)` does.
  ///
  /// - Complexity: O(*n*) in the number of keys.
  public mutating func find(_ keys: ArraySlice<SubnetAddress>, in router: DistributedRouter) {
    if records.count != keys.count { records = Array(repeating: nil, count: keys.count) }
    readAhead &+= Self.find(keys, in: router.index, &records, &starts)
  }

  private static func find(
    _ keys: ArraySlice<SubnetAddress>, in index: RecordIndex, _ records: inout [Int?],
    _ starts: inout [RecordIndex.Start]
  ) -> UInt32 {
    let keys = keys.span
    var records = records.mutableSpan
    var starts = starts.mutableSpan
    var sum: UInt32 = 0
    var first = 0
    while first < keys.count {
      let count = min(length, keys.count - first)
      for place in 0..<count {
        let key = keys[first + place]
        let start =
          index.domainOfSubnet[key.subnet].map { index.start(of: key.address, in: $0) } ?? .nowhere
        sum &+= index.fetchAhead(start)
        starts[place] = start
      }
      for place in 0..<count {
        let key = keys[first + place]
        let host = index.host(for: key.address, of: key.subnet, from: starts[place])
        records[first + place] = host.isNone ? nil : host.record
      }
      first += count
    }
    return sum
  }

  /// More than a processor has loads under way.
  private static var length: Int { 64 }
}
