import HNVCore

/// Machines that move: what their new host says of them.
extension AccessSwitch {
  mutating func welcome(_ machine: Int, in world: inout World) {
    layout.moves.announce(machine, known: layout.directory, in: &world) {
      packet, adapter, world in
      guard let vlan = layout.vlans[adapter.subnet] else { return }
      learn(from: packet, of: vlan, at: adapter.cable, in: &world)
      relay(packet, of: vlan, from: adapter.cable, in: &world)
    }
  }
}
