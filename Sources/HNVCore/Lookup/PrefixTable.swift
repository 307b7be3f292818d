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
    @inlinable
    public init(prefix: IPPrefix, value: Value) {
      self.prefix = prefix
      self.value = value
    }
  }

  @usableFromInline var slots = PrefixSlots()
  /// The values of both families by slot.
  @usableFromInline var values: [Value?] = []
  /// The slots to use again.
  @usableFromInline var freeSlots: [Int] = []

  /// Creates an empty table.
  @inlinable public init() {}

  /// The number of prefixes.
  @inlinable public var count: Int { slots.count }

  /// Whether there are no prefixes.
  @inlinable public var isEmpty: Bool { count == 0 }
}

extension PrefixTable.Match: Equatable where Value: Equatable {}
extension PrefixTable.Match: Hashable where Value: Hashable {}
