import HNVCore

/// What an internet edge does with packets.
enum EdgeFact: Fact {
  case notIP
  case answered
  case notPublic
  case translated
  case noSource([PublicMapping])
  case noReceiver([PublicMapping])

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .notIP:
      step.say(.dropped, "the edge forwards only IP packets")
      step.fix("send IP")
    case .answered:
      step.sayAnswered("the edge, which has the public addresses", in: scene)
      if let answer = scene.answer {
        step.entry(
          .address, answer.address, " of ", scene.name,
          at: scene.intent.publicPlace(of: answer.address))
      }
    case .notPublic:
      step.say(.dropped, scene.target, " is not a public address of a machine")
      step.fix("assign the public address ", scene.target, " to a machine")
    case .translated:
      step.sayChanges(.translated)
      Self.writeMapping(scene, to: &step)
      step.changes(in: scene)
    case .noSource(let mappings):
      step.say(
        .dropped, scene.sourceAddress, " has no public address, so it cannot reach outside networks"
      )
      Self.writeLookup(of: scene.sourceAddress, mappings, to: &step)
      step.fix(
        "route it through a gateway whose outside adapter has nat: true,",
        " or assign a public address to the machine"
      )
    case .noReceiver(let mappings):
      step.say(.dropped, "no machine has the public address ", scene.destinationAddress)
      Self.writeLookup(of: scene.destinationAddress, mappings, to: &step)
      step.fix("assign the public address ", scene.destinationAddress, " to a machine")
    }
  }

  /// The mapping by which the packet left, or came in.
  private static func writeMapping(_ scene: Scene, to step: inout StepWriter) {
    guard let before = scene.rowBefore, before.isIP, let after = scene.ipRow else { return }
    let (own, inside) =
      before.source != after.source
      ? (after.source, before.source) : (before.destination, after.destination)
    step.entry(.translation, own, " for ", inside, at: scene.intent.publicPlace(of: own))
  }

  private static func writeLookup(
    of key: String, _ mappings: [PublicMapping], to step: inout StepWriter
  ) {
    step.table("public addresses")
    step.key(key)
    for mapping in mappings.prefix(4) { step.nearest(mapping.address, " for ", mapping.inside) }
  }
}

extension Intent {
  /// Where a public address of a machine is said; `nil` for nobody's.
  fileprivate func publicPlace(of address: IPAddress) -> Place? {
    machines.lazy.flatMap(\.publicAddresses).first { $0.address == address }?.place
  }
}
