import HNVCore

/// Frames for several receivers, and those of machines that no virtual network hides.
extension Underlay {
  /// Sends a copy of a frame for a group to each receiving host in the segment: of a tunnel
  /// packet to those that joined the provider group, of any other to those with plain machines.
  ///
  /// Routers of the underlay forward no groups.
  func flood(
    _ frame: EthernetFrame, from cable: Cable, in segment: Segment, _ context: Context
  ) {
    let hosts = listeners(to: frame, in: segment, context).filter { .uplink(host: $0) != cable }
    guard let first = hosts.first else {
      return context.drop(.noReceivers, UnderlayLoss.noMember(segment), frame)
    }
    guard hosts.count > 1 else {
      context.note(UnderlayFact.member(host: first), frame)
      return context.emit(frame, on: .uplink(host: first))
    }
    context.finish(.replicated, UnderlayFact.copied(hosts: hosts), frame)
    for host in hosts { context.copy().emit(frame, on: .uplink(host: host)) }
  }

  private func listeners(
    to frame: EthernetFrame, in segment: Segment, _ context: Context
  ) -> [Int] {
    guard let packet = frame.packet, packet.transport.isTunnel else {
      let hosts = Set(directory.plain.all.map { context.wiring.host(of: $0) })
      return hosts.filter { isPlain(segment, at: $0) }.sorted()
    }
    return context.state.members(of: packet.destination)
      .filter { directory.isHost($0, in: segment) }
  }

  /// The cable to the host of the plain machine that a frame is meant for; `nil` for none here.
  func plainCable(
    of frame: EthernetFrame, _ segment: Segment, _ context: Context
  ) -> Cable? {
    guard let machine = directory.plain.receiver(of: frame) else { return nil }
    let host = context.wiring.host(of: machine)
    return isPlain(segment, at: host) ? .uplink(host: host) : nil
  }

  private func isPlain(_ segment: Segment, at host: Int) -> Bool {
    directory.segment(tagged: nil, of: host) == segment
  }
}
