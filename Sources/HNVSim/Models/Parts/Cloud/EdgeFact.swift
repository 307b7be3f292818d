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
    case .answered:
      return .answered(
        "the edge, which has the public addresses",
        entry: scene.answer.map { answer in
          Step.Entry(
            .address, "\(answer.address) of \(scene.name)",
            at: scene.intent.publicPlace(of: answer.address))
        }, in: scene)
    case .notPublic:
      return Step(
        .dropped, "\(scene.target) is not a public address of a machine",
        fix: "assign the public address \(scene.target) to a machine")
    case .translated:
      var step = Step(.translated, changes: scene.changes)
      step.entry = Self.mapping(scene)
      return step
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

  /// The mapping by which the packet left, or came in.
  private static func mapping(_ scene: Scene) -> Step.Entry? {
    guard let before = scene.before?.packet, let after = scene.packet else { return nil }
    let (own, inside) =
      before.source != after.source
      ? (after.source, before.source) : (before.destination, after.destination)
    return Step.Entry(
      .translation, "\(own) for \(inside)", at: scene.intent.publicPlace(of: own))
  }

  private static func lookup(_ key: String, _ mappings: [PublicMapping]) -> Step.Lookup {
    Step.Lookup(
      table: "public addresses", key: "\(key)", match: nil,
      nearest: mappings.prefix(4).map { "\($0.address) for \($0.inside)" })
  }
}

extension Intent {
  /// Where a public address of a machine is said; `nil` for nobody's.
  fileprivate func publicPlace(of address: IPAddress) -> Place? {
    machines.lazy.flatMap(\.publicAddresses).first { $0.address == address }?.place
  }
}
