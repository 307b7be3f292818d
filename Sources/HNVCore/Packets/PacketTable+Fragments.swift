/// Packets that travel in parts.
extension PacketTable {
  /// Adds a packet as one that routers may divide, with a number for its parts to bear.
  ///
  /// One of IPv6 stays as it is: only its sender divides it, and the parts alone are numbered (RFC
  /// 8200, section 4.5).
  package mutating func allowingDivision(
    of packet: PacketID, identification: UInt32
  ) -> PacketID {
    var changed = self[packet]
    guard changed.isIP, changed.family == .v4, case .v4(var rest) = header(changed.header)
    else { return packet }
    rest.identification = UInt16(truncatingIfNeeded: identification)
    changed.dontFragment = false
    changed.header = keep(.v4(rest))
    return add(changed)
  }

  /// Adds the parts of a packet, of at most `mtu` bytes each, without MAC addresses; those of IPv6
  /// bear the number.
  ///
  /// - Returns: the packet alone when it fits; `nil` when it cannot be divided.
  package mutating func addParts(
    of packet: PacketID, fitting mtu: Int, identification: UInt32
  ) -> [PacketID]? {
    guard self[packet].byteCount > mtu else { return [packet] }
    return switch ipPacket(packet) {
    case .v4(let whole): whole.fragments(fitting: mtu)?.map { add(.v4($0)) }
    case .v6(let whole):
      whole.fragments(fitting: mtu, identification: identification)?.map { add(.v6($0)) }
    case nil: nil
    }
  }
}
