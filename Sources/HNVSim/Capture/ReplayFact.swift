import HNVCore

/// What a replay did.
enum ReplayFact: Fact {
  /// It sent a frame of the capture, by its number in the file.
  case sent(Int, from: MACAddress, to: MACAddress)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .sent(let number, let source, let destination):
      step.say(.transmitted, "frame ", number, " of the capture, ", source, " -> ", destination)
    }
  }
}
