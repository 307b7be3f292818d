extension PrefixTable: Sequence {
  /// Goes through a table's prefixes in ascending order: by family, then address, then length.
  ///
  /// It keeps the table as it was when the iteration began.
  public struct Iterator: IteratorProtocol, Sendable {
    @usableFromInline let table: PrefixTable
    @usableFromInline var entries: PrefixSlots.Iterator

    @inlinable
    init(_ table: PrefixTable) {
      self.table = table
      entries = PrefixSlots.Iterator(table.slots)
    }

    /// The next prefix and its value; `nil` after the last.
    @inlinable
    public mutating func next() -> Match? { table.match(entries.next()) }
  }

  /// Starts an iteration in ascending order.
  ///
  /// - Complexity: O(1); the whole iteration is O(*n*) in the number of prefixes.
  @inlinable public func makeIterator() -> Iterator { Iterator(self) }

  /// The number of prefixes.
  @inlinable public var underestimatedCount: Int { count }
}
