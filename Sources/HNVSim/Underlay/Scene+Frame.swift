import HNVCore

extension Scene {
  /// Where the frame is sent to.
  var destination: MACAddress { row?.destinationMAC ?? MACAddress(bits: 0) }

  /// The packet's addresses, as `10.0.0.4 -> 10.0.0.5`.
  var ends: Words { ipRow.map { "\($0.source) -> \($0.destination)" } ?? "" }

  /// What the element changed in the frame's headers.
  var changes: [Step.Change] {
    guard let rowBefore, let row else { return [] }
    return Step.Change.changes(rowBefore, row)
  }

  /// What the element changed in the packet's headers.
  var packetChanges: [Step.Change] {
    guard let rowBefore, let row else { return [] }
    return Step.Change.packetChanges(rowBefore, row)
  }
}
