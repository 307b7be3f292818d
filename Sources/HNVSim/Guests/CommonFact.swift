import HNVCore

/// What elements of every model do with packets.
enum CommonFact: Fact {
  /// The element made the packet.
  case originated
  /// Headers changed, and nothing else is to say.
  case rewritten

  func step(in scene: Scene) -> Step {
    switch self {
    case .originated: .originated(scene.packet)
    case .rewritten: .rewritten(in: scene)
    }
  }
}

extension World {
  /// Notes what changed in a packet's headers; nothing where nothing did.
  mutating func noteChange(from before: PacketID, to after: PacketID) {
    guard keepsSteps, before != after else { return }
    note(CommonFact.rewritten, after, before: before)
  }
}

/// Words that several facts share.
extension Step {
  /// For a fact about a packet that was noted without one.
  static let withoutPacket = Step(.checked, "a frame without a packet")

  static func originated(_ packet: IPPacket?) -> Step {
    Step(
      .originated,
      packet.map { "\($0.source) -> \($0.destination), \($0.transport.words)" } ?? "a frame")
  }

  /// What changed in a frame's headers.
  static func rewritten(in scene: Scene, setting: String? = nil) -> Step {
    guard let before = scene.rowBefore, let after = scene.row else {
      return Step(.rewritten, "the frame's headers", setting: setting)
    }
    return Step(.rewritten, changes: Change.changes(before, after), setting: setting)
  }

  /// The drop of a packet whose TTL allows no further hop.
  ///
  /// `machine` is the one to which the packet keeps coming back, if any.
  static func timeToLiveExpired(
    at element: String, setting: String? = nil, loopingBy machine: String? = nil
  ) -> Step {
    Step(
      .dropped, "TTL expired at \(element)", setting: setting,
      fix: machine.map { "the packet loops through \($0): correct its routes" }
        ?? "send with a higher TTL")
  }
}
