import HNVCore

/// The virtual switch of one host: an access port for each machine, in the VLAN of its subnet, and
/// a trunk to the layer-3 switch.
struct AccessSwitch: Element, Bridge {
  let host: Int
  let layout: VLANLayout
  var database = FilteringDatabase<Cable>()

  init(_ host: Int, _ layout: VLANLayout) {
    self.host = host
    self.layout = layout
  }

  private var trunk: Cable { .uplink(host: host) }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    if let adapter = layout.directory.adapter(on: cable) {
      enter(packet, by: adapter, in: &world)
      return
    }
    guard let (vlan, packet) = layout.untag(packet, in: &world.packets) else {
      return world.drop(.notCarried, VLANFact.noPort, packet)
    }
    learn(from: packet, of: vlan, at: cable, in: &world)
    relay(packet, of: vlan, from: cable, in: &world)
  }

  /// Takes a frame from a machine.
  private mutating func enter(_ packet: PacketID, by adapter: Adapter, in world: inout World) {
    guard has(adapter.cable, in: &world) else {
      return world.drop(.elementDown, VLANFact.moved(machine: adapter.machine), packet)
    }
    guard world.packets[packet].tag == nil, let vlan = layout.vlans[adapter.subnet] else {
      return world.drop(.notCarried, VLANFact.notAccess(machine: adapter.machine), packet)
    }
    guard lets(packet, .outbound, by: adapter.cable, in: &world) else { return }
    learn(from: packet, of: vlan, at: adapter.cable, in: &world)
    relay(packet, of: vlan, from: adapter.cable, in: &world)
  }

  private mutating func lets(
    _ packet: PacketID, _ direction: AccessRule.Direction, by cable: Cable,
    in world: inout World
  ) -> Bool {
    guard let list = layout.ports[cable] else { return true }
    var noFlows = FlowTable()
    return list.passes(packet, direction, &noFlows, in: &world)
  }

  func members(of vlan: VLAN, for packet: PacketID, in world: inout World) -> [Cable] {
    layout.directory.adapters(in: vlan.subnet).map(\.cable).filter { has($0, in: &world) }
      + [trunk]
  }

  /// The port of a machine that has left is gone, and what was learned of it with it.
  func has(_ port: Cable, in world: inout World) -> Bool {
    guard let adapter = layout.directory.adapter(on: port) else { return true }
    return world.wiring.host(of: adapter.machine) == host
  }

  mutating func put(_ packet: PacketID, of vlan: VLAN, outBy port: Cable, in world: inout World) {
    guard port != trunk else { return world.emit(world.packets.tag(packet, vlan), on: port) }
    guard lets(packet, .inbound, by: port, in: &world) else { return }
    world.emit(packet, on: port)
  }

  mutating func halt(in world: inout World) { database = FilteringDatabase() }
}

extension VLANLayout {
  /// The VLAN that a trunk's frame belongs to, and the frame without its tag; `nil` for a VLAN that
  /// no subnet has.
  func untag(
    _ packet: PacketID, in packets: inout PacketTable
  ) -> (vlan: VLAN, packet: PacketID)? {
    guard let vlan = packets[packet].tag.flatMap({ byNumber[$0.identifier] }) else { return nil }
    return (vlan, packets.changing(packet) { $0.tag = nil })
  }
}

extension PacketTable {
  /// Adds a frame as a trunk carries it (IEEE 802.1Q, "tagging").
  mutating func tag(_ packet: PacketID, _ vlan: VLAN) -> PacketID {
    changing(packet) { $0.tag = VLANTag(identifier: vlan.number) }
  }
}
