/// Searches in steps, for those who have many under way at once.
extension RecordIndex {
  /// Where the search for an address begins: a place in the region of a domain.
  struct Start {
    /// -1 for what is nowhere.
    fileprivate let domain: Int32
    fileprivate let place: UInt32
    fileprivate let isV6: Bool

    /// In a virtual subnet of which nothing is known.
    static let nowhere = Start(domain: -1, place: 0, isV6: false)
  }

  /// Where the search for an address begins.
  @inline(__always)
  func start(of address: IPAddress, in domain: Int) -> Start {
    let (place, isV6) =
      switch address {
      case .v4(let address): (v4.place(of: address.bits, in: domains[domain].v4), false)
      case .v6(let address): (v6.place(of: address.bits, in: domains[domain].v6), true)
      }
    return Start(
      domain: Int32(truncatingIfNeeded: domain), place: UInt32(truncatingIfNeeded: place),
      isV6: isV6)
  }

  /// Reads where a search begins; the answer says nothing.
  @inline(__always)
  func read(_ start: Start) -> UInt32 {
    if start.domain < 0 { return 0 }
    return start.isV6
      ? v6.read(Int(start.place), in: domains[Int(start.domain)].v6)
      : v4.read(Int(start.place), in: domains[Int(start.domain)].v4)
  }

  /// The record that resolves an address in a virtual subnet, or, without one, the host route of
  /// the address in the routing domain; `none` on a miss.
  @inline(__always)
  func host(of address: IPAddress, in subnet: VirtualSubnetID?, from start: Start) -> HostRoute {
    if start.domain < 0 { return .none }
    let (domain, place) = (domains[Int(start.domain)], Int(start.place))
    return switch address {
    case .v4(let address): v4.host(address.bits, of: subnet, in: domain.v4, from: place)
    case .v6(let address): v6.host(address.bits, of: subnet, in: domain.v6, from: place)
    }
  }
}
