import HNVCore

/// What a host tells the network of a machine that has moved to it.
enum MoveFact: Fact {
  case announced(machine: Int)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .announced(let machine):
      step.say(.originated, scene.intent.machines[machine].name, " is now on this host")
      step.setting(MoveAnnouncement.announced.text)
    }
  }
}
