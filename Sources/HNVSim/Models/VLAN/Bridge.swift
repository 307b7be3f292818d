import HNVCore

/// A learning bridge with VLANs (IEEE 802.1Q): what it has learned decides where a frame goes, and
/// what it does not know goes everywhere.
protocol Bridge {
  associatedtype Port: BridgePort

  var database: FilteringDatabase<Port> { get set }

  /// The ports of a VLAN that a flooded frame leaves by, in order.
  func members(of vlan: VLAN, for packet: PacketID, in world: inout World) -> [Port]

  /// Whether a port that was learned is still one of the bridge's.
  func has(_ port: Port, in world: inout World) -> Bool

  /// Puts a frame out by a port.
  mutating func put(_ packet: PacketID, of vlan: VLAN, outBy port: Port, in world: inout World)
}

extension Bridge {
  /// Learns where a frame's sender is.
  mutating func learn(from packet: PacketID, of vlan: VLAN, at port: Port, in world: inout World) {
    let sender = world.packets[packet].sourceMAC
    guard !sender.isMulticast, database.learn(sender, in: vlan.number, at: port, world.now)
    else { return }
    world.note(BridgeFact.learned(port, vlan: vlan.number), packet)
  }

  /// Sends a frame on: to where its receiver was last seen, or else everywhere in its VLAN; never
  /// back to the port that it came by.
  mutating func relay(_ packet: PacketID, of vlan: VLAN, from port: Port, in world: inout World) {
    let receiver = world.packets[packet].destinationMAC
    guard !receiver.isMulticast,
      let known = database.port(of: receiver, in: vlan.number, at: world.now),
      has(known, in: &world)
    else { return flood(packet, of: vlan, from: port, in: &world) }
    guard known != port else { return filter(packet, of: vlan, on: port, in: &world) }
    world.note(BridgeFact.forwarded(known, vlan: vlan.number), packet)
    put(packet, of: vlan, outBy: known, in: &world)
  }

  private mutating func flood(
    _ packet: PacketID, of vlan: VLAN, from port: Port, in world: inout World
  ) {
    let ports = members(of: vlan, for: packet, in: &world).filter { $0 != port }
    guard let first = ports.first else { return filter(packet, of: vlan, in: &world) }
    let fact = BridgeFact.flooded(ports, vlan: vlan.number)
    guard ports.count > 1 else {
      world.note(fact, packet)
      return put(packet, of: vlan, outBy: first, in: &world)
    }
    world.finish(.replicated, fact, packet)
    for port in ports {
      world.following(world.copy()) { put(packet, of: vlan, outBy: port, in: &$0) }
    }
  }

  /// Ends a frame that has nowhere to go, or only back; of a flooded one that is nothing to speak
  /// of.
  private func filter(
    _ packet: PacketID, of vlan: VLAN, on port: Port? = nil, in world: inout World
  ) {
    let isCopy = world.isCopy
    let fact = BridgeFact.filtered(port, vlan: vlan.number, isCopy: isCopy)
    if isCopy { world.finish(.ignored, fact, packet) } else { world.drop(.noPort, fact, packet) }
  }
}
