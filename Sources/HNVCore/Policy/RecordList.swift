/// The lookup records of a host, by number, in the order in which they were written.
///
/// It is used like an array. Its storage is in chunks, and these in groups, so that a change copies
/// one of each, not a million records, and hosts with almost equal policy share the equal chunks.
public struct RecordList: Sendable {
  /// All are full but the last, which is not empty, and so are its chunks: equal lists have equal
  /// groups.
  @usableFromInline var groups: [[[LookupRecord]]] = []

  /// The number of records.
  public private(set) var count = 0

  /// An empty list.
  public init() {}

  @inlinable static var chunkLength: Int { 64 }
  @inlinable static var groupLength: Int { 128 * chunkLength }

  /// Where a record is.
  @usableFromInline struct Position: Sendable {
    @usableFromInline let group: Int
    @usableFromInline let chunk: Int
    @usableFromInline let offset: Int

    @inlinable
    init(of number: Int) {
      group = number / RecordList.groupLength
      chunk = number % RecordList.groupLength / RecordList.chunkLength
      offset = number % RecordList.chunkLength
    }
  }
}

extension RecordList: Hashable {
  /// Whether both hold equal records in the same order.
  ///
  /// - Complexity: O(*n*), but O(1) for groups and chunks that both share.
  public static func == (one: RecordList, other: RecordList) -> Bool { one.groups == other.groups }

  /// Hashes the records.
  public func hash(into hasher: inout Hasher) { hasher.combine(groups) }
}

extension RecordList: RandomAccessCollection, MutableCollection {
  /// 0.
  public var startIndex: Int { 0 }

  /// The number of records.
  public var endIndex: Int { count }

  /// A record by its number; to ask for one that is not there is a programmer's error.
  ///
  /// - Complexity: O(1); to change one of a list that is shared copies a chunk of it and the list
  ///   of its group's chunks.
  @inlinable
  public subscript(number: Int) -> LookupRecord {
    _read {
      let position = Position(of: number)
      yield groups[position.group][position.chunk][position.offset]
    }
    _modify {
      let position = Position(of: number)
      yield &groups[position.group][position.chunk][position.offset]
    }
  }

  /// Goes through the records, chunk by chunk.
  public func makeIterator() -> FlattenSequence<FlattenSequence<[[[LookupRecord]]]>>.Iterator {
    groups.joined().joined().makeIterator()
  }
}

extension RecordList: RangeReplaceableCollection, ExpressibleByArrayLiteral {
  /// Replaces records by others; those behind them move up or down.
  ///
  /// - Complexity: O(*m*) for *m* records from the first replaced one on, and the new ones.
  public mutating func replaceSubrange(
    _ range: Range<Int>, with records: some Collection<LookupRecord>
  ) {
    let behind = Array(self[range.upperBound...])
    cut(to: range.lowerBound)
    for record in records { append(record) }
    for record in behind { append(record) }
  }

  /// Puts a record behind all others.
  ///
  /// - Complexity: O(1) over many calls.
  public mutating func append(_ record: LookupRecord) {
    let position = Position(of: count)
    if position.group == groups.count { groups.append([]) }
    if position.chunk == groups[position.group].count {
      var chunk: [LookupRecord] = []
      // Behind a full chunk there will be more.
      if count > 0 { chunk.reserveCapacity(Self.chunkLength) }
      groups[position.group].append(chunk)
    }
    groups[position.group][position.chunk].append(record)
    count += 1
  }

  /// Makes room for the list of groups.
  public mutating func reserveCapacity(_ count: Int) {
    groups.reserveCapacity(count / Self.groupLength + 1)
  }

  /// Gathers records.
  public init(arrayLiteral records: LookupRecord...) { self.init(records) }

  private mutating func cut(to count: Int) {
    guard count < self.count else { return }
    let position = Position(of: count)
    groups.removeSubrange((position.group + 1)...)
    groups[position.group].removeSubrange((position.chunk + 1)...)
    groups[position.group][position.chunk].removeSubrange(position.offset...)
    if groups[position.group][position.chunk].isEmpty { groups[position.group].removeLast() }
    if groups[position.group].isEmpty { groups.removeLast() }
    self.count = count
  }
}

/// Entries of a list with their numbers in it: all, or some.
struct IndexedSelection<List: RandomAccessCollection>: Sequence where List.Index == Int {
  let list: List
  /// In ascending order; `nil` for all.
  let numbers: [Int]?

  init(_ list: List, _ numbers: [Int]? = nil) {
    self.list = list
    self.numbers = numbers
  }

  var count: Int { numbers?.count ?? list.count }

  struct Iterator: IteratorProtocol {
    let list: List
    let numbers: [Int]?
    private var position = 0

    init(_ list: List, _ numbers: [Int]?) {
      self.list = list
      self.numbers = numbers
    }

    mutating func next() -> (number: Int, entry: List.Element)? {
      guard position < numbers?.count ?? list.count else { return nil }
      let number = numbers?[position] ?? position
      position += 1
      return (number, list[number])
    }
  }

  func makeIterator() -> Iterator { Iterator(list, numbers) }
}
