import HNVCore

extension Scene {
  /// Where the frame is sent to.
  var destination: MACAddress { row?.destinationMAC ?? MACAddress(bits: 0) }

  /// The packet's addresses, as `10.0.0.4 -> 10.0.0.5`.
  var ends: some Phrase { ipRow.map { Phrases($0.source, " -> ", $0.destination) } }
}

extension StepWriter {
  /// What the element changed in the frame's headers.
  mutating func changes(in scene: Scene) {
    if let before = scene.rowBefore, let after = scene.row { changes(from: before, to: after) }
  }

  /// What the element changed in the packet's headers.
  mutating func packetChanges(in scene: Scene) {
    if let before = scene.rowBefore, let after = scene.row {
      packetChanges(from: before, to: after)
    }
  }
}
