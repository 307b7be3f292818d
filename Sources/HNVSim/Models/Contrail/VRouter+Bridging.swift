import HNVCore

/// Frames go to whoever has their destination MAC address in the subnet, unchanged.
extension VRouter {
  /// Bridges a machine's frame.
  mutating func bridge(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let destination = world.packets[packet].destinationMAC
    guard let receiver = directory.adapter(with: destination, in: adapter.subnet) else {
      return miss(packet, from: adapter, in: &world)
    }
    world.note(
      VRouterBridgingFact.bridged(
        to: receiver.machine, subnet: adapter.subnet,
        settings.decision(ofNetwork: network(of: adapter))), packet)
    guard !ports.has(receiver, in: &world) else {
      return deliver(packet, to: receiver, in: &world)
    }
    let other = world.wiring.host(of: receiver.machine)
    send(packet, as: .frame(receiver), from: adapter, to: other, in: &world)
  }

  private mutating func miss(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let floods = settings.networks[network(of: adapter)].floodUnknownUnicast
    guard floods == .off else { return flood(packet, from: adapter, in: &world) }
    world.drop(
      .foreignMAC,
      VRouterBridgingFact.foreignMAC(sender: adapter.machine, subnet: adapter.subnet), packet)
  }

  /// Sends a frame to all machines of the sender's subnet: a copy for each here, and one for each
  /// other host that has any.
  mutating func flood(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let network = network(of: adapter)
    guard settings.era == .routing || settings.networks[network].mode != .routing else {
      world.drop(
        .notCarried, VRouterFloodFact.routesOnly(settings.decision(ofNetwork: network)), packet)
      return
    }
    let others = directory.adapters(in: adapter.subnet).filter { $0 != adapter }
    let local = others.filter { ports.has($0, in: &world) }
    let hosts = Set(others.map { world.wiring.host(of: $0.machine) }).subtracting([ports.host])
    guard !others.isEmpty else {
      world.drop(.noReceivers, VRouterFloodFact.noOthers(subnet: adapter.subnet), packet)
      return
    }
    let copies = copies(
      local.count + hosts.count, of: packet,
      .flooded(subnet: adapter.subnet, here: local.count, hosts: hosts.count), in: &world)
    for (receiver, copy) in zip(local, copies) {
      world.following(copy) { deliver(packet, to: receiver, in: &$0) }
    }
    for (host, copy) in zip(hosts.sorted(), copies.dropFirst(local.count)) {
      world.following(copy) {
        send(packet, as: .flood(subnet: adapter.subnet), from: adapter, to: host, in: &$0)
      }
    }
  }

  /// Applies the policy of the receiver, and delivers the frame.
  mutating func deliver(_ packet: PacketID, to receiver: Adapter, in world: inout World) {
    guard passesPolicy(packet, .inbound, of: receiver, in: &world) else { return }
    ports.deliver(packet, to: receiver, in: &world)
  }
}
