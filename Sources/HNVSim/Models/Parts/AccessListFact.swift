import HNVCore

/// What a list of access rules said of a packet.
enum AccessListFact: Fact {
  /// The packet is of a flow that the list has let pass.
  case existingFlow(AccessList)
  case asked(AccessList, AccessRule.Direction)

  func step(in scene: Scene) -> Step {
    switch self {
    case .existingFlow(let list):
      let words: Words = "existing flow, allowed by \(list.name)"
      return Step(
        .permitted, words,
        lookup: Step.Lookup(table: "\(list.name)", key: scene.ends, match: words),
        entry: Step.Entry(.accessRule, "flow \(scene.ends) of \(list.name)"))
    case .asked(let list, let direction): return list.answer(direction, in: scene)
    }
  }
}

extension AccessList {
  /// What the rules say of the packet, and which others match as well and were not asked.
  fileprivate func answer(_ direction: AccessRule.Direction, in scene: Scene) -> Step {
    let own = rules.filter { $0.direction == direction }
    let matching = own.indices.filter { number in
      scene.packet.map { own[number].matches($0) } ?? false
    }
    let passes = (matching.first.map { own[$0].action } ?? otherwise) == .allow
    let names: [Words] = matching.map { number in
      let rule = namesRules ? own[number].name : "rule \(number + 1)"
      return "\(isOneWay ? "" : "\(direction.rawValue) ")\(rule) of \(name)"
    }
    let words: Words =
      names.first.map { "\($0) \(passes ? "allows" : "denies") the packet" }
      ?? unmatched(own.count, direction)
    return Step(
      passes ? .permitted : .denied, words,
      lookup: Step.Lookup(
        table: "\(name)", key: scene.ends, match: words,
        notChosen: names.dropFirst().map {
          Step.Beaten(entry: $0, why: "an earlier rule matched")
        }), entry: names.first.map { Step.Entry(.accessRule, $0) },
      fix: passes ? nil : "allow \(scene.ends) in \(name)")
  }

  private func unmatched(_ count: Int, _ direction: AccessRule.Direction) -> Words {
    let word = isOneWay ? "" : "\(direction.rawValue) "
    let why = count == 0 ? "has no \(word)rule" : "no \(word)rule matches"
    return "\(name)\(count == 0 ? " " : ": ")\(why); default \(otherwise.rawValue)"
  }
}
