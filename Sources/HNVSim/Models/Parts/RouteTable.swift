import HNVCore

/// A router's table with what routes lead to, and the words for a look into it.
struct RouteTable<Target: Hashable & Sendable>: Sendable {
  /// A route and what it leads to.
  struct Entry: Hashable, Sendable {
    let prefix: IPPrefix
    let target: Target
    /// Of two routes of one prefix the one with the lower rank counts; the first of equals.
    var rank: UInt32 = 0
    /// The route in words, as `0.0.0.0/0 via 10.0.1.250`.
    let words: Words
    /// Where the lab says it; `nil` for a route that the platform has of itself.
    var place: Place?
  }

  /// The table's name, as `routes of network blue`.
  let name: String
  private var table = PrefixTable<Entry>()
  /// Routes of a prefix that another one has, by prefix.
  private var losers: [IPPrefix: [Entry]] = [:]

  init(named name: String) { self.name = name }

  mutating func add(_ entry: Entry) {
    guard let known = table[entry.prefix] else {
      table.insert(entry, for: entry.prefix)
      return
    }
    let isBetter = entry.rank < known.rank
    if isBetter { table.insert(entry, for: entry.prefix) }
    losers[entry.prefix, default: []].append(isBetter ? known : entry)
  }

  /// The route that a destination takes; `nil` when none covers it.
  func entry(for destination: IPAddress) -> Entry? { table.longestMatch(for: destination)?.value }

  /// The route that a destination takes, as a step names it.
  func deciding(_ destination: IPAddress) -> Step.Entry? {
    entry(for: destination).map { Step.Entry(.customerRoute, $0.words, at: $0.place) }
  }

  /// The look into the table, worded; made only where somebody reads it.
  func lookup(_ destination: IPAddress) -> Step.Lookup {
    let matches = table.matches(for: destination)
    let ranked = matches.first.flatMap { losers[$0.prefix] } ?? []
    return Step.Lookup(
      table: "\(name)", key: "\(destination)", match: matches.first.map(\.value.words),
      notChosen: ranked.map { Step.Beaten(entry: $0.words, why: "the match takes precedence") }
        + matches.dropFirst().map {
          Step.Beaten(
            entry: $0.value.words, why: "its prefix /\($0.prefix.length) is shorter")
        },
      nearest: matches.isEmpty
        ? table.nearestMiss(for: destination).map { [$0.value.words] } ?? [] : [])
  }
}
