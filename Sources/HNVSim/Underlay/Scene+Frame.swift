import HNVCore

extension Scene {
  /// Where the frame is sent to.
  var destination: MACAddress { frame?.destination ?? MACAddress(bits: 0) }

  /// The packet's addresses, as `10.0.0.4 -> 10.0.0.5`.
  var ends: String { packet.map { "\($0.source) -> \($0.destination)" } ?? "" }

  /// What the element changed in the frame's headers.
  var changes: [Step.Change] {
    guard let before, let frame else { return [] }
    return Step.Change.changes(before, frame)
  }
}
