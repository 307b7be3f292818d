import HNVCore

/// A learning bridge with VLANs (IEEE 802.1Q): what it has learned decides where a frame goes, and
/// what it does not know goes everywhere.
protocol Bridge: AnyObject {
  associatedtype Port: BridgePort

  var database: FilteringDatabase<Port> { get set }

  /// The ports of a VLAN that a flooded frame leaves by, in order.
  func members(of vlan: VLAN, for frame: EthernetFrame, in world: inout World) -> [Port]

  /// Whether a port that was learned is still one of the bridge's.
  func has(_ port: Port, in world: inout World) -> Bool

  /// Puts a frame out by a port.
  func put(_ frame: EthernetFrame, of vlan: VLAN, outBy port: Port, in world: inout World)
}

extension Bridge {
  /// Learns where a frame's sender is.
  func learn(from frame: EthernetFrame, of vlan: VLAN, at port: Port, in world: inout World) {
    guard !frame.source.isMulticast,
      database.learn(frame.source, in: vlan.number, at: port, world.now)
    else { return }
    world.note(BridgeFact.learned(port, vlan: vlan.number), frame)
  }

  /// Sends a frame on: to where its receiver was last seen, or else everywhere in its VLAN; never
  /// back to the port that it came by.
  func relay(_ frame: EthernetFrame, of vlan: VLAN, from port: Port, in world: inout World) {
    guard !frame.destination.isMulticast,
      let known = database.port(of: frame.destination, in: vlan.number, at: world.now),
      has(known, in: &world)
    else { return flood(frame, of: vlan, from: port, in: &world) }
    guard known != port else { return filter(frame, of: vlan, on: port, in: &world) }
    world.note(BridgeFact.forwarded(known, vlan: vlan.number), frame)
    put(frame, of: vlan, outBy: known, in: &world)
  }

  private func flood(
    _ frame: EthernetFrame, of vlan: VLAN, from port: Port, in world: inout World
  ) {
    let ports = members(of: vlan, for: frame, in: &world).filter { $0 != port }
    guard let first = ports.first else { return filter(frame, of: vlan, in: &world) }
    let fact = BridgeFact.flooded(ports, vlan: vlan.number)
    guard ports.count > 1 else {
      world.note(fact, frame)
      return put(frame, of: vlan, outBy: first, in: &world)
    }
    world.finish(.replicated, fact, frame)
    for port in ports {
      world.following(world.copy()) { put(frame, of: vlan, outBy: port, in: &$0) }
    }
  }

  /// Ends a frame that has nowhere to go, or only back; of a flooded one that is nothing to speak
  /// of.
  private func filter(
    _ frame: EthernetFrame, of vlan: VLAN, on port: Port? = nil, in world: inout World
  ) {
    let isCopy = world.isCopy
    let fact = BridgeFact.filtered(port, vlan: vlan.number, isCopy: isCopy)
    if isCopy { world.finish(.ignored, fact, frame) } else { world.drop(.noPort, fact, frame) }
  }
}
