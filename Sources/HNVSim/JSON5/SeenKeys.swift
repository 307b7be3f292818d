/// Finds out whether an object already has a member of some key.
///
/// Most objects have a handful of members, which are compared one by one; only a larger object
/// pays for a table.
struct SeenKeys {
  private static let manyMembers = 16
  private var table: [String: Int]?

  /// The index of the first member called `key`, if any; asked once for each key, in order.
  ///
  /// Keys are equal as Swift strings are: the composed and the decomposed `é` are the same key,
  /// for no reader could tell which of the two is meant.
  mutating func first(called key: String, in members: [JSON5Value.Member]) -> Int? {
    guard members.count >= Self.manyMembers else {
      return members.firstIndex { $0.key == key }
    }
    if table == nil {
      let indices = members.indices.map { (members[$0].key, $0) }
      table = Dictionary(indices, uniquingKeysWith: { first, _ in first })
    }
    if let index = table?[key] { return index }
    table?[key] = members.count
    return nil
  }
}
