import HNVCore

/// Machines that move: what their new host says of them.
extension AccessSwitch {
  func welcome(_ machine: Int, in context: Context) {
    layout.moves.announce(machine, known: layout.directory, in: context) {
      frame, adapter, context in
      guard let vlan = layout.vlans[adapter.subnet] else { return }
      learn(from: frame, of: vlan, at: adapter.cable, in: context)
      relay(frame, of: vlan, from: adapter.cable, in: context)
    }
  }
}
