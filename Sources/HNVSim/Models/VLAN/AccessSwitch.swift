import HNVCore

/// The virtual switch of one host: an access port for each machine, in the VLAN of its subnet, and
/// a trunk to the layer-3 switch.
final class AccessSwitch: FrameBox, Bridge {
  let host: Int
  let layout: VLANLayout
  var database = FilteringDatabase<Cable>()

  init(_ host: Int, _ layout: VLANLayout) {
    self.host = host
    self.layout = layout
  }

  private var trunk: Cable { .uplink(host: host) }

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    if let adapter = layout.directory.adapter(on: cable) {
      enter(frame, by: adapter, in: &world)
      return
    }
    guard let (vlan, frame) = layout.untag(frame) else {
      return world.drop(.notCarried, VLANFact.noPort, frame)
    }
    learn(from: frame, of: vlan, at: cable, in: &world)
    relay(frame, of: vlan, from: cable, in: &world)
  }

  /// Takes a frame from a machine.
  private func enter(_ frame: EthernetFrame, by adapter: Adapter, in world: inout World) {
    guard has(adapter.cable, in: &world) else {
      return world.drop(.elementDown, VLANFact.moved(machine: adapter.machine), frame)
    }
    guard frame.tag == nil, let vlan = layout.vlans[adapter.subnet] else {
      return world.drop(.notCarried, VLANFact.notAccess(machine: adapter.machine), frame)
    }
    guard lets(frame, .outbound, by: adapter.cable, in: &world) else { return }
    learn(from: frame, of: vlan, at: adapter.cable, in: &world)
    relay(frame, of: vlan, from: adapter.cable, in: &world)
  }

  private func lets(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, by cable: Cable,
    in world: inout World
  ) -> Bool {
    guard let list = layout.ports[cable] else { return true }
    var noFlows = FlowTable()
    return list.passes(frame, direction, &noFlows, in: &world)
  }

  func members(of vlan: VLAN, for frame: EthernetFrame, in world: inout World) -> [Cable] {
    layout.directory.adapters(in: vlan.subnet).map(\.cable).filter { has($0, in: &world) }
      + [trunk]
  }

  /// The port of a machine that has left is gone, and what was learned of it with it.
  func has(_ port: Cable, in world: inout World) -> Bool {
    guard let adapter = layout.directory.adapter(on: port) else { return true }
    return world.wiring.host(of: adapter.machine) == host
  }

  func put(_ frame: EthernetFrame, of vlan: VLAN, outBy port: Cable, in world: inout World) {
    guard port != trunk else { return world.emit(frame.tagged(vlan), on: port) }
    guard lets(frame, .inbound, by: port, in: &world) else { return }
    world.emit(frame, on: port)
  }

  func halt(in world: inout World) { database = FilteringDatabase() }
}

extension VLANLayout {
  /// The VLAN that a trunk's frame belongs to, and the frame without its tag; `nil` for a VLAN that
  /// no subnet has.
  func untag(_ frame: EthernetFrame) -> (vlan: VLAN, frame: EthernetFrame)? {
    guard let vlan = frame.tag.flatMap({ byNumber[$0.identifier] }) else { return nil }
    var frame = frame
    frame.tag = nil
    return (vlan, frame)
  }
}

extension EthernetFrame {
  /// The frame as a trunk carries it (IEEE 802.1Q, "tagging").
  func tagged(_ vlan: VLAN) -> EthernetFrame {
    var frame = self
    frame.tag = VLANTag(identifier: vlan.number)
    return frame
  }
}
