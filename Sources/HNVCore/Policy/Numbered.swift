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
    private var place = 0

    init(_ list: List, _ numbers: [Int]?) {
      self.list = list
      self.numbers = numbers
    }

    mutating func next() -> (number: Int, entry: List.Element)? {
      guard place < numbers?.count ?? list.count else { return nil }
      let number = numbers?[place] ?? place
      place += 1
      return (number, list[number])
    }
  }

  func makeIterator() -> Iterator { Iterator(list, numbers) }
}
