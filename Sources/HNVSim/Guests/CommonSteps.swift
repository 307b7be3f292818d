import HNVCore

/// Steps that elements of every model take, worded in one place.
extension Step {
  /// What changed in a frame's headers; `nil` when nothing did.
  static func rewritten(
    _ before: EthernetFrame, _ after: EthernetFrame, setting: String? = nil
  ) -> Step? {
    let changes = Change.changes(before, after)
    guard !changes.isEmpty else { return nil }
    return Step(.rewritten, changes: changes, setting: setting)
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
