import HNVCore

/// What a replay did.
enum ReplayFact: Fact {
  /// It sent a frame of the capture, by its number in the file.
  case sent(Int, from: MACAddress, to: MACAddress)

  func step(in scene: Scene) -> Step {
    switch self {
    case .sent(let number, let source, let destination):
      Step(.transmitted, "frame \(number) of the capture, \(source) -> \(destination)")
    }
  }
}
