import HNVCore

/// What a list of access rules said of a packet.
enum AccessListFact: Fact {
  /// The packet is of a flow that the list has let pass.
  case existingFlow(AccessList)
  case asked(AccessList, AccessRule.Direction)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .existingFlow(let list):
      let words = Phrases("existing flow, allowed by ", list.name)
      step.say(.permitted, words)
      step.table(list.name)
      step.key(scene.ends)
      step.match(words)
      step.entry(.accessRule, "flow ", scene.ends, " of ", list.name, at: nil)
    case .asked(let list, let direction): list.writeAnswer(direction, in: scene, to: &step)
    }
  }
}

extension AccessList {
  /// What the rules say of the packet, and which others match as well and were not asked.
  fileprivate func writeAnswer(
    _ direction: AccessRule.Direction, in scene: Scene, to step: inout StepWriter
  ) {
    let own = rules.filter { $0.direction == direction }
    let packet = scene.packet
    let matching = own.indices.filter { number in packet.map { own[number].matches($0) } ?? false }
    let passes = (matching.first.map { own[$0].action } ?? otherwise) == .allow
    let names = matching.map { number in
      let rule = namesRules ? own[number].name : "rule \(number + 1)"
      return "\(isOneWay ? "" : "\(direction.rawValue) ")\(rule) of \(name)"
    }
    let words =
      names.first.map { "\($0) \(passes ? "allows" : "denies") the packet" }
      ?? unmatched(own.count, direction)
    step.say(passes ? .permitted : .denied, words)
    step.table(name)
    step.key(scene.ends)
    step.match(words)
    for name in names.dropFirst() {
      step.notChosen(name)
      step.why("an earlier rule matched")
    }
    if let first = names.first { step.entry(.accessRule, first, at: nil) }
    if !passes { step.fix("allow ", scene.ends, " in ", name) }
  }

  private func unmatched(_ count: Int, _ direction: AccessRule.Direction) -> String {
    let word = isOneWay ? "" : "\(direction.rawValue) "
    let why = count == 0 ? "has no \(word)rule" : "no \(word)rule matches"
    return "\(name)\(count == 0 ? " " : ": ")\(why); default \(otherwise.rawValue)"
  }
}
