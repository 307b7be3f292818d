extension PrefixTable: Sequence {
  /// Goes through a table's prefixes in ascending order: by family, then address, then length.
  ///
  /// It keeps the table as it was when the iteration began.
  public struct Iterator: IteratorProtocol, Sendable {
    private let table: PrefixTable
    private var v4: PrefixTrie<UInt32>.Entries
    private var v6: PrefixTrie<UInt128>.Entries

    init(_ table: PrefixTable) {
      self.table = table
      v4 = .init(of: table.v4, from: PrefixTrie<UInt32>.root)
      v6 = .init(of: table.v6, from: PrefixTrie<UInt128>.root)
    }

    /// The next prefix and its value; `nil` after the last.
    public mutating func next() -> Match? {
      table.match(v4.next()) ?? table.match(v6.next())
    }
  }

  /// Starts an iteration in ascending order.
  ///
  /// - Complexity: O(1); the whole iteration is O(*n*) in the number of prefixes.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// The number of prefixes.
  public var underestimatedCount: Int { count }
}
