/// Names many pairs in few words: `A, B -> X`, `among A, B, C`, `between A, B | X | Y`.
enum PairNames {
  /// One line where the pairs are all those between some groups; else one for each set whose
  /// members all send to one another, and for each group of senders with the same receivers.
  static func lines(_ pairs: [Comparison.Pair]) -> [String] {
    let sendings = receivers(of: pairs)
    if let parts = parts(of: sendings) {
      return ["between \(parts.map { short($0) }.joined(separator: " | "))"]
    }
    let (cliques, others) = cliques(in: sendings)
    return cliques.map { "among \(short($0))" }
      + bySameReceivers(others).map { "\(short($0.senders)) -> \(short($0.receivers))" }
  }

  /// The groups whose members send to every member of the other groups and none of their own; `nil`
  /// where the pairs do not divide so, or every group has one member.
  private static func parts(of sendings: [Sending]) -> [[String]]? {
    let all = sendings.map(\.sender)
    var parts: [[String]] = []
    for sending in sendings {
      let receivers = Set(sending.receivers)
      let own = all.filter { !receivers.contains($0) }
      guard receivers.count + own.count == all.count, own.contains(sending.sender) else {
        return nil
      }
      if let known = parts.first(where: { $0.contains(sending.sender) }) {
        guard known == own else { return nil }
      } else {
        parts.append(own)
      }
    }
    return parts.count > 1 && parts.contains { $0.count > 1 } ? parts : nil
  }

  private typealias Sending = (sender: String, receivers: [String])

  private static func receivers(of pairs: [Comparison.Pair]) -> [Sending] {
    var sendings: [Sending] = []
    var positions: [String: Int] = [:]
    for pair in pairs {
      if let position = positions[pair.from] {
        sendings[position].receivers.append(pair.to)
      } else {
        positions[pair.from] = sendings.count
        sendings.append((pair.from, [pair.to]))
      }
    }
    return sendings
  }

  /// The sets of three and more whose members send to one another and to nobody else.
  private static func cliques(in sendings: [Sending]) -> ([[String]], others: [Sending]) {
    var members: [Set<String>: [String]] = [:]
    for sending in sendings {
      members[Set(sending.receivers + [sending.sender]), default: []].append(sending.sender)
    }
    func isClique(_ sending: Sending) -> Bool {
      let all = Set(sending.receivers + [sending.sender])
      return all.count > 2 && members[all]?.count == all.count
    }
    var named: Set<String> = []
    let cliques = sendings.filter(isClique).compactMap { sending -> [String]? in
      guard !named.contains(sending.sender) else { return nil }
      let names = members[Set(sending.receivers + [sending.sender])] ?? []
      named.formUnion(names)
      return names
    }
    return (cliques, sendings.filter { !isClique($0) })
  }

  private static func bySameReceivers(
    _ sendings: [Sending]
  ) -> [(senders: [String], receivers: [String])] {
    var groups: [(senders: [String], receivers: [String])] = []
    for sending in sendings {
      if let known = groups.firstIndex(where: { $0.receivers == sending.receivers }) {
        groups[known].senders.append(sending.sender)
      } else {
        groups.append(([sending.sender], sending.receivers))
      }
    }
    return groups
  }

  /// Five names at most, or four and the number of the others.
  private static func short(_ names: [String]) -> String {
    guard names.count > 5 else { return names.joined(separator: ", ") }
    return "\(names.prefix(4).joined(separator: ", ")) and \(names.count - 4) more"
  }
}
