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

  func step(in scene: Scene) -> Step {
    let name = scene.name
    switch self {
    case .asked:
      let address = scene.row.map { "\($0.destination)" } ?? ""
      return Step(
        .transmitted, "the router on \(name): who-has \(address)?",
        setting: NSXRouterNeighbors.asked.text)
    case .repeated:
      let mac = DistributedLogicalRouter.macAddress
      return Step(
        .rewritten,
        "the router on \(name) repeats the request to its machines, from \(mac)",
        changes: scene.changes)
    case .returned(let asker):
      let changes = scene.changes
      let change = changes.map(\.description).joined(separator: ", ")
      return Step(
        .rewritten, "\(change), from which \(scene.intent.hosts[asker].name) asked",
        changes: changes)
    case .learned:
      let answer = scene.row.map { "\($0.source) is-at \($0.sourceMAC)" } ?? ""
      return Step(.learned, "the router on \(name) learns \(answer)")
    case .ignored: return Step(.accepted, "the distributed router ignores it")
    case .stopped:
      return Step(.dropped, "\(name) stopped before it resolved the next hop", fix: "start it")
    }
  }
}
