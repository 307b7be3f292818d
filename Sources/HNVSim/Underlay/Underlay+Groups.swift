import HNVCore

/// Frames for several receivers, and those of machines that no virtual network hides.
extension Underlay {
  /// Sends a copy of a frame for a group to each receiving host in the segment: of a tunnel
  /// packet to those that joined the provider group, of any other to those with plain machines.
  ///
  /// Routers of the underlay forward no groups.
  func flood(
    _ packet: PacketID, from cable: Cable, in segment: Segment, _ world: inout World
  ) {
    let hosts = listeners(to: packet, in: segment, &world).filter { .uplink(host: $0) != cable }
    guard let first = hosts.first else {
      return world.drop(.noReceivers, UnderlayLoss.noMember(segment), packet)
    }
    guard hosts.count > 1 else {
      world.note(UnderlayFact.member(host: first), packet)
      return world.emit(packet, on: .uplink(host: first))
    }
    world.finish(.replicated, UnderlayFact.copied(hosts: hosts), packet)
    for host in hosts { world.emitCopy(of: packet, on: .uplink(host: host)) }
  }

  private func listeners(
    to packet: PacketID, in segment: Segment, _ world: inout World
  ) -> [Int] {
    let row = world.packets[packet]
    guard row.tunnelHeader != nil else {
      let hosts = Set(directory.plain.all.map { world.wiring.host(of: $0) })
      return hosts.filter { isPlain(segment, at: $0) }.sorted()
    }
    return world.state.members(of: row.destination)
      .filter { directory.isHost($0, in: segment) }
  }

  /// The cable to the host of the plain machine that a frame is meant for; `nil` for none here.
  func plainCable(
    of packet: PacketID, _ segment: Segment, _ world: inout World
  ) -> Cable? {
    guard let machine = directory.plain.receiver(of: world.packets[packet]) else { return nil }
    let host = world.wiring.host(of: machine)
    return isPlain(segment, at: host) ? .uplink(host: host) : nil
  }

  private func isPlain(_ segment: Segment, at host: Int) -> Bool {
    directory.segment(tagged: nil, of: host) == segment
  }
}
