/// Searches in steps, for those who have many under way at once.
extension RecordIndex {
  /// A search for an address in a routing domain, under way.
  struct Start {
    fileprivate let search: RecordSearch
    fileprivate let family: IPFamily

    /// In a virtual subnet of which nothing is known.
    static let nowhere = Start(search: .nowhere, family: .v4)
  }

  /// Where the search for an address begins.
  @inline(__always)
  func start(of address: IPAddress, in domain: Int) -> Start {
    switch address {
    case .v4(let address):
      Start(search: v4.search(for: address.bits, in: domains[domain].v4), family: .v4)
    case .v6(let address):
      Start(search: v6.search(for: address.bits, in: domains[domain].v6), family: .v6)
    }
  }

  /// Fetches ahead what stands where a search begins; the answer says nothing.
  @inline(__always)
  func fetchAhead(_ start: Start) -> UInt32 {
    switch start.family {
    case .v4: v4.fetchAhead(start.search)
    case .v6: v6.fetchAhead(start.search)
    }
  }

  /// The record that resolves an address in a virtual subnet; `none` on a miss.
  @inline(__always)
  func host(for address: IPAddress, of subnet: VirtualSubnetID, from start: Start) -> HostRoute {
    switch address {
    case .v4(let address):
      v4.find(address.bits, start.search) { $0.virtualSubnetID == subnet }
    case .v6(let address):
      v6.find(address.bits, start.search) { $0.virtualSubnetID == subnet }
    }
  }

  /// The host route of an address in the routing domain; `none` on a miss.
  @inline(__always)
  func hostRoute(for address: IPAddress, from start: Start) -> HostRoute {
    switch address {
    case .v4(let address): v4.find(address.bits, start.search) { $0.isInTable }
    case .v6(let address): v6.find(address.bits, start.search) { $0.isInTable }
    }
  }
}
