import HNVCore

/// What a host tells the network of a machine that has moved to it.
enum MoveFact: Fact {
  case announced(machine: Int)

  func step(in scene: Scene) -> Step {
    switch self {
    case .announced(let machine):
      Step(
        .originated, "\(scene.intent.machines[machine].name) is now on this host",
        setting: MoveAnnouncement.announced.text)
    }
  }
}
