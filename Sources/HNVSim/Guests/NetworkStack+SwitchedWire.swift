import HNVCore

/// A wire of an outside network on which machines share addresses: a switch that learns by which
/// cable a MAC address is reached, and gives everyone what is for everyone.
extension NetworkStack {
  /// Carries a frame on to the other machines on the wire; tells whether it is for the stack as
  /// well, of which the packet at hand is then its own copy.
  mutating func pass(
    _ packet: PacketID, from cable: Cable, on link: Int, in world: inout World
  ) -> Bool {
    guard links[link].isSwitched else { return true }
    let row = world.packets[packet]
    places[row.sourceMAC] = cable
    let others = links[link].cables.map(\.cable).filter { $0 != cable }
    guard row.destinationMAC != links[link].macAddress, !others.isEmpty else { return true }
    if let known = place(of: row.destinationMAC, on: link), known != cable {
      world.note(WireFact.relayed)
      world.emit(packet, on: known)
      return false
    }
    copy(packet, to: others, in: &world)
    guard row.destinationMAC.isMulticast else { return false }
    world.journey = world.copy()
    return true
  }

  /// Puts a frame of the stack's own on the wire.
  mutating func spread(_ packet: PacketID, on link: Int, in world: inout World) {
    let peers = links[link].cables.map(\.cable)
    let known = place(of: world.packets[packet].destinationMAC, on: link)
    guard let only = known ?? (peers.count == 1 ? peers.first : nil) else {
      return copy(packet, to: peers, in: &world)
    }
    world.emit(packet, on: only)
  }

  private mutating func copy(_ packet: PacketID, to cables: [Cable], in world: inout World) {
    world.finish(.replicated, WireFact.flooded)
    for cable in cables { world.emitCopy(of: packet, on: cable) }
  }

  private func place(of mac: MACAddress, on link: Int) -> Cable? {
    guard !mac.isMulticast else { return nil }
    return places[mac] ?? links[link].cables.first { $0.macAddress == mac }?.cable
  }
}
