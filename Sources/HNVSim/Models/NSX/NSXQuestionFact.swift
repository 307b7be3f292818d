import HNVCore

/// What becomes of the distributed router's own questions for MAC addresses.
enum NSXQuestionFact: Fact {
  case asked
  /// The question of another host's router goes to the machines on this one.
  case repeated
  /// The answer goes to the host that asked.
  case returned(to: Int)
  case learned
  /// A machine sends the router what answers nothing.
  case ignored
  /// What waited for the answer is lost with the host.
  case stopped

  func write(to step: inout StepWriter, in scene: Scene) {
    let name = scene.name
    switch self {
    case .asked:
      step.say(.transmitted, "the router on ", name, ": who-has ", scene.row?.destination, "?")
      step.setting(NSXRouterNeighbors.asked.text)
    case .repeated:
      let mac = DistributedLogicalRouter.macAddress
      step.say(
        .rewritten, "the router on ", name, " repeats the request to its machines, from ", mac)
      step.changes(in: scene)
    case .returned(let asker):
      var changes = StepWriter()
      changes.begin()
      changes.sayChanges(.rewritten)
      changes.changes(in: scene)
      step.say(
        .rewritten, changes.finished()[0].detailWords, ", from which ",
        scene.intent.hosts[asker].name, " asked")
      step.changes(in: scene)
    case .learned:
      let answer = scene.row.map { Phrases($0.source, " is-at ", $0.sourceMAC) }
      step.say(.learned, "the router on ", name, " learns ", answer)
    case .ignored: step.say(.accepted, "the distributed router ignores it")
    case .stopped:
      step.say(.dropped, name, " stopped before it resolved the next hop")
      step.fix("start it")
    }
  }
}
