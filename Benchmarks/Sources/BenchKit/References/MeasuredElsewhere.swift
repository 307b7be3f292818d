/// Figures of tables that no run measures, for a million Internet-like IPv4 routes.
///
/// They were measured once, by their own interfaces, on a machine whose dependent load from 1 GiB
/// takes 180 ns. Where a table has several forms, each figure is that of the best.
enum MeasuredElsewhere {
  static let routeCount = 1_000_000

  static let tables = [
    // Asai and Ohara, 2015, in C. What it needs to be changed takes another 185 bytes a route.
    Contender("poptrie", lookup: 7.6, bytes: 10, insert: 1e3 / 0.25, delete: 1e3 / 0.15),
    // github.com/gaissmai/bart in Go: the lookup of its Fast, the rest of its Table.
    Contender("bart", lookup: 149, bytes: 27, insert: 1e3 / 5.0, delete: 1e3 / 3.6),
  ]

  /// What `rte_lpm` takes for a change: it searches all rules of a length, too long for a run.
  static let lpm = (insert: 1e6 / 9, delete: 1e6 / 8)
}

/// A table in the comparison of all; `nil` for what is not known.
struct Contender {
  let name: String
  /// The nanoseconds of an independent lookup inside the routes.
  var lookup: Double?
  /// The bytes of a route.
  var bytes: Double?
  /// The nanoseconds of each.
  var insert: Double?
  var delete: Double?
  /// Whether the lookup and the memory, or the changes, were measured elsewhere.
  var isElsewhere = false
  var areChangesElsewhere = false

  init(_ name: String, lookup: Double?, bytes: Double?, insert: Double?, delete: Double?) {
    self.name = name
    self.lookup = lookup
    self.bytes = bytes
    self.insert = insert
    self.delete = delete
  }

  /// An insertion and a deletion.
  var change: Double? { insert.flatMap { insert in delete.map { insert + $0 } } }

  /// The same on a machine on which times are longer by a factor.
  func scaled(by factor: Double) -> Contender {
    Contender(
      name, lookup: lookup.map { $0 * factor }, bytes: bytes, insert: insert.map { $0 * factor },
      delete: delete.map { $0 * factor })
  }

  /// Whether this is better in speed, memory and change at once; `nil` where a figure is missing
  /// and those that are known do not tell.
  func isBetterInAll(than other: Contender) -> Bool? {
    let pairs = [(lookup, other.lookup), (bytes, other.bytes), (change, other.change)]
    let verdicts = pairs.map { own, others in own.flatMap { own in others.map { own < $0 } } }
    return verdicts.contains(false) ? false : verdicts.contains(nil) ? nil : true
  }
}
