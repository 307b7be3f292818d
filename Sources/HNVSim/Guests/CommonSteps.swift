import HNVCore

/// Steps that elements of every model take, worded in one place.
extension Step {
  /// What changed in a frame's headers; `nil` when nothing did.
  static func rewritten(
    _ before: EthernetFrame, _ after: EthernetFrame, setting: String? = nil
  ) -> Step? {
    let changes = [
      Change("destination MAC", "\(before.destination)", "\(after.destination)"),
      Change("source MAC", "\(before.source)", "\(after.source)"),
      Change(
        "TTL", before.packet.map { "\($0.timeToLive)" } ?? "",
        after.packet.map { "\($0.timeToLive)" } ?? ""),
    ].compactMap { $0 }
    guard !changes.isEmpty else { return nil }
    return Step(.rewritten, changes.words, changes: changes, setting: setting)
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

extension [Step.Change] {
  /// The changes in a sentence, as `TTL 128 -> 127`.
  var words: String {
    map { "\($0.field) \($0.before) -> \($0.after)" }.joined(separator: ", ")
  }
}
