import HNVCore

/// What elements of every model do with packets.
enum CommonFact: Fact {
  /// The element made the packet.
  case originated
  /// Headers changed, and nothing else is to say.
  case rewritten

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .originated: step.sayOriginated(scene.packet)
    case .rewritten: step.sayRewritten(in: scene)
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
extension StepWriter {
  /// For a fact about a packet that was noted without one.
  mutating func sayNothing() { say(.checked, "a frame without a packet") }

  mutating func sayOriginated(_ packet: IPPacket?) {
    guard let packet else { return say(.originated, "a frame") }
    say(.originated, packet.source, " -> ", packet.destination, ", ", packet.transport.words)
  }

  /// What changed in a frame's headers.
  mutating func sayRewritten(in scene: Scene, setting: String? = nil) {
    if let before = scene.rowBefore, let after = scene.row {
      sayChanges(.rewritten)
      changes(from: before, to: after)
    } else {
      say(.rewritten, "the frame's headers")
    }
    self.setting(setting)
  }

  /// The drop of a packet whose TTL allows no further hop.
  ///
  /// `machine` is the one to which the packet keeps coming back, if any.
  mutating func sayTimeToLiveExpired(
    at element: String, setting: String? = nil, loopingBy machine: String? = nil
  ) {
    say(.dropped, "TTL expired at ", element)
    self.setting(setting)
    if let machine {
      fix("the packet loops through ", machine, ": correct its routes")
    } else {
      fix("send with a higher TTL")
    }
  }
}
