/// An entry that counts on the hosts of a group: what it is for, and what it says.
struct Held<Slot: Hashable, Terms: Hashable> {
  let slot: Slot
  let terms: Terms
  /// The routing domain whose machines use it.
  let domain: RoutingDomainID
  /// Where it stands in the group's policy.
  let index: Int
}

/// What most hosts hold of each thing, among those that have machines of its routing domain.
struct Consensus<Slot: Hashable, Terms: Hashable> {
  /// What some hosts hold.
  struct Opinion {
    let terms: Terms
    /// How many hosts hold it.
    var hostCount: Int
    /// The first of them.
    let firstHost: Int
  }

  /// Seldom more than one for a slot, so that this is as large as one host's policy.
  private var opinions: [Slot: [Opinion]] = [:]

  /// Counts the hosts of one group.
  mutating func count(_ held: [Held<Slot, Terms>], on hosts: [RoutingDomainID: [Int]]) {
    for entry in held {
      guard let hosts = hosts[entry.domain], let first = hosts.first else { continue }
      var known = opinions.removeValue(forKey: entry.slot) ?? []
      if let index = known.firstIndex(where: { $0.terms == entry.terms }) {
        known[index].hostCount += hosts.count
      } else {
        known.append(Opinion(terms: entry.terms, hostCount: hosts.count, firstHost: first))
      }
      opinions[entry.slot] = known
    }
  }

  /// What most hosts hold, of equally many the first; `nil` where no host with machines has any.
  func opinion(on slot: Slot) -> Opinion? {
    guard var best = opinions[slot]?.first else { return nil }
    for other in opinions[slot] ?? [] where other.hostCount > best.hostCount { best = other }
    return best
  }
}
