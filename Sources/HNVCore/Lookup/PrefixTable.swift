/// A table that finds the longest prefix covering an address, for both families.
///
/// It is a value: copying costs nothing until one of the copies changes. What it holds does not
/// depend on the order of insertions, and removing a prefix undoes inserting it.
public struct PrefixTable<Value: Sendable>: Sendable {
  /// A prefix in the table and its value.
  public struct Match: Sendable {
    /// The prefix, as it was inserted.
    public let prefix: IPPrefix

    /// What the prefix stands for.
    public let value: Value

    /// Pairs a prefix with its value.
    public init(prefix: IPPrefix, value: Value) {
      self.prefix = prefix
      self.value = value
    }
  }

  var v4 = PrefixTrie<UInt32>()
  var v6 = PrefixTrie<UInt128>()
  /// The values of both families by slot.
  var values: [Value?] = []
  /// The slots to use again.
  var freeSlots: [Int32] = []

  /// Creates an empty table.
  public init() {}

  /// The number of prefixes.
  public var count: Int { v4.count + v6.count }

  /// Whether there are no prefixes.
  public var isEmpty: Bool { count == 0 }
}

extension PrefixTable.Match: Equatable where Value: Equatable {}
extension PrefixTable.Match: Hashable where Value: Hashable {}
