import HNVCore

/// When a router tells a neighbour of a better next hop, of a packet that leaves by the link that
/// it came by; every variant forwards the packet all the same.
enum RedirectRule: String, ModelSetting {
  /// Sender and next hop are in one subnet of the link.
  case rfc1812
  /// The sender is in a subnet of the link.
  case linux
  /// Sender and next hop are in one subnet of the link, and the route is no default route.
  case freebsd
  /// Never.
  case off

  static let name = "redirects"

  static let about = "When the router sends a redirect to a machine on its link."

  static let evidence =
    "RFC 1812, section 5.2.7.2, and Cisco: when the sender is in the subnet of the next hop. Linux,"
    + " net/ipv4/route.c: with shared_media, its default, whenever the sender is on the link."
    + " FreeBSD, ip_redir_alloc: as the RFC has it, but never on a default route of IPv4."
    + " Older IOS sends none where HSRP runs."

  /// The address of a link that tells a sender of a next hop; `nil` where the rule does not let it.
  func teller(
    on link: Link, to sender: IPAddress, of nextHop: IPAddress, on route: IPPrefix
  ) -> IPAddress? {
    let near = link.addresses.filter { $0.onLink.contains(sender) }
    let shared = near.first { $0.onLink.contains(nextHop) }?.address
    switch self {
    case .rfc1812: return shared
    case .linux: return shared ?? near.first?.address
    case .freebsd: return route == .everything(.v4) ? nil : shared
    case .off: return nil
    }
  }
}
