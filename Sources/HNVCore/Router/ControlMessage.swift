/// A message between hypervisors about a frame that one of them could not deliver ([MS-NVGREE]).
///
/// It travels inside NVGRE like a customer frame, from the provider address of the receiving host
/// to that of the sending one. Where the specification contradicts itself, the fields follow
/// RFC 792 and RFC 7637.
package struct ControlMessage: Hashable, Sendable {
  /// The content of the message.
  package let notice: ControlNotice

  /// The virtual subnet of the frame that could not be delivered.
  package let virtualSubnetID: VirtualSubnetID

  /// The MAC address that the frame was for.
  package let destination: MACAddress

  /// The provider address of the host that could not deliver it.
  package let reporter: IPAddress

  /// Reads a message out of what a tunnel packet carries; `nil` for a customer's frame.
  package init?(_ inner: PacketID, in outer: PacketID, of packets: PacketTable) {
    guard Self.isPossible(packets[inner], in: packets[outer]),
      let packet = packets.ipPacket(outer)
    else { return nil }
    self.init(packets.frame(inner), in: packet)
  }

  /// Whether what a tunnel packet carries can be a message, by its addresses.
  package static func isPossible(_ inner: Packet, in outer: Packet) -> Bool {
    inner.isIP && inner.source == outer.source && inner.destination == outer.destination
  }

  /// Reads a message out of a frame that came in a tunnel; `nil` for a customer's frame.
  ///
  /// A message has the addresses of the packet that it comes in: what a customer's machine makes
  /// look like one has not.
  package init?(_ frame: EthernetFrame, in outer: IPPacket) {
    guard let packet = frame.packet, packet.source == outer.source,
      packet.destination == outer.destination
    else { return nil }
    let quoted: QuotedPacket
    switch packet.transport {
    case .icmp(.redirect(.movedMachine, let gateway, let original)):
      notice = .redirect(to: .v4(gateway))
      quoted = original
    case .icmpv6(.redirect(.movedMachine, let target, _, let original)):
      notice = .redirect(to: .v6(target))
      quoted = original
    case .icmp(.destinationUnreachable(.policy, let original)),
      .icmpv6(.destinationUnreachable(.prohibited, let original)):
      notice = .unreachable
      quoted = original
    default: return nil
    }
    guard quoted.ipProtocol == .gre, let (subnet, mac) = Self.target(of: quoted.bytes) else {
      return nil
    }
    virtualSubnetID = subnet
    destination = mac
    reporter = packet.source
  }

  /// The frame of a message about a tunnel packet, to be sent back in a tunnel of the same virtual
  /// subnet.
  ///
  /// - Returns: `nil` when the provider address in a redirect is of another family than the packet.
  package static func frame(
    _ notice: ControlNotice, about outer: IPPacket, in frame: EthernetFrame
  ) -> EthernetFrame? {
    let quoted = QuotedPacket(outer)
    let transport: Transport
    switch (notice, outer) {
    case (.redirect(.v4(let target)), .v4):
      transport = .icmp(.redirect(.movedMachine, gateway: target, quoting: quoted))
    case (.redirect(.v6(let target)), .v6(let outer)):
      transport = .icmpv6(
        .redirect(.movedMachine, target: target, destination: outer.destination, quoting: quoted))
    case (.unreachable, .v4): transport = .icmp(.destinationUnreachable(.policy, quoting: quoted))
    case (.unreachable, .v6):
      transport = .icmpv6(.destinationUnreachable(.prohibited, quoting: quoted))
    case (.redirect, _): return nil
    }
    // 128 is the TTL that the specification gives (section 2.2.1).
    guard
      let packet = IPPacket(
        from: outer.destination, to: outer.source, timeToLive: 128, transport: transport)
    else { return nil }
    return EthernetFrame(
      destination: frame.source, source: frame.destination, payload: .ip(packet))
  }

  /// The virtual subnet and the inner destination of a quoted NVGRE packet.
  private static func target(of bytes: [UInt8]) -> (VirtualSubnetID, MACAddress)? {
    guard let first = bytes.first else { return nil }
    let start = first >> 4 == 6 ? IPv6Packet.headerByteCount : Int(first & 0xf) * 4
    guard bytes.count >= start + NVGREHeader.byteCount + 6 else { return nil }
    var key: UInt64 = 0
    for byte in bytes[(start + 4)..<(start + 7)] { key = key << 8 | UInt64(byte) }
    var mac: UInt64 = 0
    for byte in bytes[(start + 8)..<(start + 14)] { mac = mac << 8 | UInt64(byte) }
    guard let subnet = try? VirtualSubnetID(key) else { return nil }
    return (subnet, MACAddress(bits: mac))
  }
}
