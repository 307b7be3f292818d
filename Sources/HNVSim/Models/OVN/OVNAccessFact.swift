import HNVCore

/// What the access list of a logical switch said of a packet.
enum OVNAccessFact: Fact {
  /// The packet is of a connection that the switch tracks.
  case tracked(OVNAccessList)
  case asked(OVNAccessList, OVNAccessList.Direction, at: OVNAccessList.Place)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .tracked(let list):
      step.say(.permitted, "a tracked connection of ", list.name)
      step.entry(.accessRule, "flow ", scene.ends, " of ", list.name, at: nil)
    case .asked(let list, let direction, let place):
      list.writeAnswer(direction, at: place, in: scene, to: &step)
    }
  }
}

extension OVNAccessList {
  fileprivate func writeAnswer(
    _ direction: Direction, at place: Place, in scene: Scene, to step: inout StepWriter
  ) {
    let matching = rows.filter { row in
      scene.row.map { row.applies(to: $0, direction, at: place) } ?? false
    }
    let table = "\(direction.rawValue) of \(name)"
    let match = matching.first
    let isDenied = match?.denies ?? false
    step.say(isDenied ? .denied : .permitted, table, ": ", match?.words ?? "no ACL matches")
    step.table(table)
    step.key(scene.ends)
    if let match { step.match(match.words) }
    for other in matching.dropFirst() {
      step.notChosen(other.words)
      step.why("its priority ", other.priority, " is lower")
    }
    if let match { step.entry(.accessRule, table, ": ", match.words, at: match.place) }
    if isDenied {
      step.fix("add a row with a higher priority to ", name, " that allows the packet")
    }
  }
}
