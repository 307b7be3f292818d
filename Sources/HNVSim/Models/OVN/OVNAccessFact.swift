import HNVCore

/// What the access list of a logical switch said of a packet.
enum OVNAccessFact: Fact {
  /// The packet is of a connection that the switch tracks.
  case tracked(OVNAccessList)
  case asked(OVNAccessList, OVNAccessList.Direction, at: OVNAccessList.Place)

  func step(in scene: Scene) -> Step {
    switch self {
    case .tracked(let list):
      Step(
        .permitted, "a tracked connection of \(list.name)",
        entry: Step.Entry(.accessRule, "flow \(scene.ends) of \(list.name)"))
    case .asked(let list, let direction, let place): list.answer(direction, at: place, in: scene)
    }
  }
}

extension OVNAccessList {
  fileprivate func answer(_ direction: Direction, at place: Place, in scene: Scene) -> Step {
    let matching = rows.filter { row in
      scene.row.map { row.applies(to: $0, direction, at: place) } ?? false
    }
    let table: Words = "\(direction.rawValue) of \(name)"
    let words = matching.first?.words
    let lookup = Step.Lookup(
      table: table, key: scene.ends, match: words,
      notChosen: matching.dropFirst().map {
        Step.Beaten(entry: $0.words, why: "its priority \($0.priority) is lower")
      })
    let entry = matching.first.map {
      Step.Entry(.accessRule, "\(table): \($0.words)", at: $0.place)
    }
    guard matching.first?.denies ?? false else {
      return Step(
        .permitted, "\(table): \(words ?? "no ACL matches")", lookup: lookup, entry: entry)
    }
    return Step(
      .denied, "\(table): \(words ?? "")", lookup: lookup, entry: entry,
      fix: "add a row with a higher priority to \(name) that allows the packet")
  }
}
