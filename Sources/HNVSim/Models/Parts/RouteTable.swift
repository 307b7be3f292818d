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
    let words: String
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

  /// Writes the route that a destination takes, as a step names it.
  func writeEntry(for destination: IPAddress, to step: inout StepWriter) {
    guard let entry = entry(for: destination) else { return }
    step.entry(.customerRoute, entry.words, at: entry.place)
  }

  /// Writes the look into the table; `others` writes which other entries were not chosen either.
  func writeLookup(
    of destination: IPAddress, to step: inout StepWriter,
    others: (inout StepWriter) -> Void = { _ in }
  ) {
    let matches = table.matches(for: destination)
    step.table(name)
    step.key(destination)
    guard let match = matches.first else {
      others(&step)
      if let miss = table.nearestMiss(for: destination) { step.nearest(miss.value.words) }
      return
    }
    step.match(match.value.words)
    others(&step)
    for other in losers[match.prefix] ?? [] {
      step.notChosen(other.words)
      step.why("the match takes precedence")
    }
    for other in matches.dropFirst() {
      step.notChosen(other.value.words)
      step.why("its prefix /", other.prefix.length, " is shorter")
    }
  }
}
