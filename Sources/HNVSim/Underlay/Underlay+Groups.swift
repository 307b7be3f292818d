import HNVCore

/// Frames for several receivers, and those of machines that no virtual network hides.
extension Underlay {
  /// Sends a copy of a frame for a group to each receiving host in the segment: of a tunnel
  /// packet to those that joined the provider group, of any other to those with plain machines.
  ///
  /// Routers of the underlay forward no groups.
  func flood(
    _ frame: EthernetFrame, from cable: Cable, in segment: Segment, _ world: inout World
  ) {
    let hosts = listeners(to: frame, in: segment, &world).filter { .uplink(host: $0) != cable }
    guard let first = hosts.first else {
      return world.drop(.noReceivers, UnderlayLoss.noMember(segment), frame)
    }
    guard hosts.count > 1 else {
      world.note(UnderlayFact.member(host: first), frame)
      return world.emit(frame, on: .uplink(host: first))
    }
    world.finish(.replicated, UnderlayFact.copied(hosts: hosts), frame)
    for host in hosts { world.emitCopy(of: frame, on: .uplink(host: host)) }
  }

  private func listeners(
    to frame: EthernetFrame, in segment: Segment, _ world: inout World
  ) -> [Int] {
    guard let packet = frame.packet, packet.transport.isTunnel else {
      let hosts = Set(directory.plain.all.map { world.wiring.host(of: $0) })
      return hosts.filter { isPlain(segment, at: $0) }.sorted()
    }
    return world.state.members(of: packet.destination)
      .filter { directory.isHost($0, in: segment) }
  }

  /// The cable to the host of the plain machine that a frame is meant for; `nil` for none here.
  func plainCable(
    of frame: EthernetFrame, _ segment: Segment, _ world: inout World
  ) -> Cable? {
    guard let machine = directory.plain.receiver(of: frame) else { return nil }
    let host = world.wiring.host(of: machine)
    return isPlain(segment, at: host) ? .uplink(host: host) : nil
  }

  private func isPlain(_ segment: Segment, at host: Int) -> Bool {
    directory.segment(tagged: nil, of: host) == segment
  }
}
