import HNVCore

/// The virtual switch of one host: an access port for each machine, in the VLAN of its subnet, and
/// a trunk to the layer-3 switch.
final class AccessSwitch: Box, Bridge {
  let host: Int
  let layout: VLANLayout
  var database = FilteringDatabase<Cable>()

  init(_ host: Int, _ layout: VLANLayout) {
    self.host = host
    self.layout = layout
  }

  private var trunk: Cable { .uplink(host: host) }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    if let adapter = layout.directory.adapter(on: cable) {
      enter(frame, by: adapter, in: context)
      return
    }
    guard let (vlan, frame) = layout.untag(frame) else {
      return context.drop(.notCarried, VLANFact.noPort, frame)
    }
    learn(from: frame, of: vlan, at: cable, in: context)
    relay(frame, of: vlan, from: cable, in: context)
  }

  /// Takes a frame from a machine.
  private func enter(_ frame: EthernetFrame, by adapter: Adapter, in context: Context) {
    guard has(adapter.cable, in: context) else {
      return context.drop(.elementDown, VLANFact.moved(machine: adapter.machine), frame)
    }
    guard frame.tag == nil, let vlan = layout.vlans[adapter.subnet] else {
      return context.drop(.notCarried, VLANFact.notAccess(machine: adapter.machine), frame)
    }
    guard lets(frame, .outbound, by: adapter.cable, in: context) else { return }
    learn(from: frame, of: vlan, at: adapter.cable, in: context)
    relay(frame, of: vlan, from: adapter.cable, in: context)
  }

  private func lets(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, by cable: Cable,
    in context: Context
  ) -> Bool {
    guard let list = layout.ports[cable] else { return true }
    var noFlows = FlowTable()
    return list.passes(frame, direction, &noFlows, in: context)
  }

  func members(of vlan: VLAN, for frame: EthernetFrame, in context: Context) -> [Cable] {
    layout.directory.adapters(in: vlan.subnet).map(\.cable).filter { has($0, in: context) }
      + [trunk]
  }

  /// The port of a machine that has left is gone, and what was learned of it with it.
  func has(_ port: Cable, in context: Context) -> Bool {
    guard let adapter = layout.directory.adapter(on: port) else { return true }
    return context.wiring.host(of: adapter.machine) == host
  }

  func put(_ frame: EthernetFrame, of vlan: VLAN, outBy port: Cable, in context: Context) {
    guard port != trunk else { return context.emit(frame.tagged(vlan), on: port) }
    guard lets(frame, .inbound, by: port, in: context) else { return }
    context.emit(frame, on: port)
  }

  func halt(in context: Context) { database = FilteringDatabase() }
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
