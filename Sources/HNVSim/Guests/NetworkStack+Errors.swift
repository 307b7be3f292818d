import HNVCore

/// ICMP errors, and when there are none.
extension NetworkStack {
  /// Tells the neighbour for whom a packet was forwarded what became of it; of its own packets the
  /// stack needs no telling.
  mutating func report(_ complaint: ICMPComplaint, to origin: PacketSource, in world: inout World) {
    guard case .neighbor(let link, let sent) = origin else { return }
    report(complaint, about: sent, from: links[link].compartment, in: &world)
  }

  /// Sends an ICMP error about a packet to its sender, where one is allowed.
  ///
  /// The message comes from the address that the packet was sent to where that is the stack's,
  /// else from that of the link by which it leaves (RFC 1812, section 4.3.2.4; RFC 4443, section
  /// 2.2).
  mutating func report(
    _ complaint: ICMPComplaint, about packet: PacketID, from compartment: Int,
    as receiver: IPAddress? = nil, in world: inout World
  ) {
    guard let lost = world.packets.ipPacket(packet), mayReport(lost, in: compartment),
      let own = receiver ?? source(towards: lost.source, preferring: nil, from: compartment),
      let error = world.packets.add(
        from: own, to: lost.source, timeToLive: Self.timeToLive, complaint.message(about: lost))
    else { return }
    world.following(world.whole) { originate(error, .error, from: compartment, in: &$0) }
  }

  /// Never about what no error may be about, what was for everyone on a link or came from there
  /// (RFC 1122, section 3.2.2), nor about a packet of its own that came back.
  func mayReport(_ packet: IPPacket, in compartment: Int) -> Bool {
    packet.mayBeReported && !packet.source.isLoopback && !isOwn(packet.source, in: compartment)
      && !isGroup(packet.source, in: compartment)
      && !isGroup(packet.destination, in: compartment)
  }
}
