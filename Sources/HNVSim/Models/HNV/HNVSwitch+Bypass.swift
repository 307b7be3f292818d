import HNVCore

/// Ports without a virtual subnet: HNV leaves their frames to the switch, which bridges them among
/// themselves and onto the physical network (Microsoft's two-tenant sample).
extension HNVSwitch {
  /// Bridges a frame from such a port.
  func bypass(
    _ packet: PacketID, from port: Int, _ snapshot: HNVSnapshot, in world: inout World
  ) {
    let router = snapshot.routers[host]
    let others = Self.plainPorts(of: router).filter { $0 != port }
    world.note(HNVSwitchFact(.bypassed(port: port), snapshot), packet)
    let destination = world.packets[packet].destinationMAC
    guard destination.isMulticast else {
      let receiver = others.first { router.ports[$0].macAddress == destination }
      guard let receiver else { return world.emit(packet, on: .uplink(host: host)) }
      return deliver(packet, to: receiver, snapshot, in: &world)
    }
    world.finish(.replicated, HNVSwitchFact(.copied(alsoToHosts: true), snapshot), packet)
    for other in others {
      world.following(world.copy()) { deliver(packet, to: other, snapshot, in: &$0) }
    }
    world.emitCopy(of: packet, on: .uplink(host: host))
  }

  /// Takes a plain frame from the physical network; `false` when no port here is meant.
  func takePlain(
    _ packet: PacketID, _ snapshot: HNVSnapshot, in world: inout World
  ) -> Bool {
    let router = snapshot.routers[host]
    let destination = world.packets[packet].destinationMAC
    let ports = Self.plainPorts(of: router).filter {
      destination.isMulticast || router.ports[$0].macAddress == destination
    }
    guard let first = ports.first else { return false }
    guard ports.count > 1 else {
      deliver(packet, to: first, snapshot, in: &world)
      return true
    }
    world.finish(.replicated, HNVSwitchFact(.copied(alsoToHosts: false), snapshot), packet)
    for port in ports {
      world.following(world.copy()) { deliver(packet, to: port, snapshot, in: &$0) }
    }
    return true
  }

  private static func plainPorts(of router: HostRouter) -> [Int] {
    router.ports.indices.filter { router.ports[$0].virtualSubnetID == nil }
  }
}
