/// The lookup records of a host, by number, in the order in which they were written.
///
/// It is used like an array. Its storage is in pieces, so that a change copies one of them and the
/// list of pieces, not a million records, and hosts with almost equal policy share the equal
/// pieces.
public struct RecordList: Sendable {
  /// All are full but the last, which is not empty: equal lists have equal pieces.
  private var pieces: [[LookupRecord]] = []

  /// The number of records.
  public private(set) var count = 0

  /// An empty list.
  public init() {}

  private static var pieceLength: Int { 512 }

  private static func position(of number: Int) -> (piece: Int, offset: Int) {
    (number / pieceLength, number % pieceLength)
  }
}

extension RecordList: Hashable {
  /// Whether both hold equal records in the same order.
  ///
  /// - Complexity: O(*n*), but O(1) for pieces that both share.
  public static func == (one: RecordList, other: RecordList) -> Bool { one.pieces == other.pieces }

  /// Hashes the records.
  public func hash(into hasher: inout Hasher) { hasher.combine(pieces) }
}

extension RecordList: RandomAccessCollection, MutableCollection {
  /// 0.
  public var startIndex: Int { 0 }

  /// The number of records.
  public var endIndex: Int { count }

  /// A record by its number; to ask for one that is not there is a programmer's error.
  ///
  /// - Complexity: O(1); to change one of a list that is shared copies a piece of it.
  public subscript(number: Int) -> LookupRecord {
    _read {
      let position = Self.position(of: number)
      yield pieces[position.piece][position.offset]
    }
    _modify {
      let position = Self.position(of: number)
      yield &pieces[position.piece][position.offset]
    }
  }

  /// Goes through the records, piece by piece.
  public func makeIterator() -> FlattenSequence<[[LookupRecord]]>.Iterator {
    pieces.joined().makeIterator()
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
    if Self.position(of: count).piece == pieces.count { pieces.append([]) }
    pieces[pieces.count - 1].append(record)
    count += 1
  }

  /// Makes room for the list of pieces.
  public mutating func reserveCapacity(_ count: Int) {
    pieces.reserveCapacity(count / Self.pieceLength + 1)
  }

  /// Gathers records.
  public init(arrayLiteral records: LookupRecord...) { self.init(records) }

  private mutating func cut(to count: Int) {
    let (full, rest) = Self.position(of: count)
    pieces.removeSubrange((rest > 0 ? full + 1 : full)...)
    if rest > 0 { pieces[full].removeSubrange(rest...) }
    self.count = count
  }
}

/// Entries of a list with their numbers in it: all, or some.
struct Numbered<List: RandomAccessCollection>: Sequence where List.Index == Int {
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
