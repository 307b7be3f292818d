/// What a port drops of its VM's own packets where it is told to: Set-VMNetworkAdapter, -DhcpGuard
/// and -RouterGuard.
public enum PortGuard: String, Hashable, Sendable, CaseIterable {
  /// What only a DHCP server says.
  case dhcp
  /// What only a router says.
  case router

  /// Whether a port has the guard.
  public func isOn(_ port: VMPort) -> Bool {
    switch self {
    case .dhcp: port.dhcpGuard
    case .router: port.routerGuard
    }
  }

  /// Whether the guard stops a packet.
  ///
  /// A server answers from UDP port 67 (RFC 2131, section 4.1), or 547 for DHCPv6 (RFC 8415,
  /// section 7.2); what a client sends passes. Of routers, advertisements and redirects are
  /// stopped (RFC 1256 and RFC 792; RFC 4861).
  public func stops(_ packet: IPPacket) -> Bool { stops(PacketHeader(packet)) }

  func stops(_ packet: PacketHeader) -> Bool {
    switch self {
    case .dhcp:
      guard packet.ipProtocol == .udp else { return false }
      switch packet.source.family {
      case .v4: return packet.ports?.source == 67
      case .v6: return packet.ports?.source == 547
      }
    case .router: return packet.has(.routersWord)
    }
  }
}
