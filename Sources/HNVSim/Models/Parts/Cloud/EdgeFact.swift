import HNVCore

/// What an internet edge does with packets.
enum EdgeFact: Fact {
  case notIP
  case answered
  case notPublic
  case translated
  case noSource([PublicMapping])
  case noReceiver([PublicMapping])

  func step(in scene: Scene) -> Step {
    switch self {
    case .notIP: return Step(.dropped, "the edge forwards only IP packets", fix: "send IP")
    case .answered: return .answered("the edge, which has the public addresses", in: scene)
    case .notPublic:
      return Step(
        .dropped, "\(scene.target) is not a public address of a machine",
        fix: "assign the public address \(scene.target) to a machine")
    case .translated: return Step(.translated, changes: scene.changes)
    case .noSource(let mappings):
      return Step(
        .dropped,
        "\(scene.sourceAddress) has no public address, so it cannot reach outside networks",
        lookup: Self.lookup(scene.sourceAddress, mappings),
        fix: "route it through a gateway whose outside adapter has nat: true, or assign a public"
          + " address to the machine")
    case .noReceiver(let mappings):
      return Step(
        .dropped, "no machine has the public address \(scene.destinationAddress)",
        lookup: Self.lookup(scene.destinationAddress, mappings),
        fix: "assign the public address \(scene.destinationAddress) to a machine")
    }
  }

  private static func lookup(_ key: String, _ mappings: [PublicMapping]) -> Step.Lookup {
    Step.Lookup(
      table: "public addresses", key: key, match: nil,
      nearest: mappings.prefix(4).map { "\($0.address) for \($0.inside)" })
  }
}
