/// The records of several routing domains by address, a region of slots for each domain.
///
/// A sea of host routes is no longest-prefix match: every one has full length, so that the address
/// finds it in one step, mostly in one cache line, where a trie takes one for each branch. A slot
/// is 20 bytes for IPv4 and 32 for IPv6, and five of six are taken.
///
/// An address that several virtual subnets of the domain use has a slot for each.
struct HostTable<Bits: AddressBits>: Sendable {
  struct Slot: Sendable {
    var address: Bits = 0
    var host = HostRoute.none
  }

  /// Where a routing domain's slots are.
  struct Region: Sendable {
    var start: Int32 = 0
    var capacity: Int32 = 0
  }

  private(set) var slots: [Slot] = []

  /// Sets memory aside for domains of so many addresses.
  mutating func reserve(for counts: [Int]) {
    slots.reserveCapacity(counts.reduce(0) { $0 + ($1 > 0 ? Probe.capacity(for: $1) : 0) })
  }

  /// Makes room for the addresses of one more domain.
  mutating func addRegion(for count: Int) -> Region {
    guard count > 0 else { return Region() }
    let region = Region(
      start: Int32(slots.count), capacity: Int32(Probe.capacity(for: count)))
    slots.append(contentsOf: repeatElement(Slot(), count: Int(region.capacity)))
    return region
  }

  /// The host route of an address in a domain; `none` on a miss.
  func host(_ address: Bits, in region: Region) -> HostRoute {
    find(address, in: region) { $0.isInTable }
  }

  /// The record of an address in one virtual subnet of the domain; `none` on a miss.
  func host(_ address: Bits, of subnet: VirtualSubnetID, in region: Region) -> HostRoute {
    find(address, in: region) { $0.virtualSubnetID == subnet }
  }

  @inline(__always)
  private func find(
    _ address: Bits, in region: Region, where isMeant: (HostRoute) -> Bool
  ) -> HostRoute {
    if region.capacity == 0 { return .none }
    var probe = Probe(address.spread, from: Int(region.start), capacity: Int(region.capacity))
    while true {
      let slot = slots[probe.place]
      if slot.host.isNone || (slot.address == address && isMeant(slot.host)) { return slot.host }
      probe.advance()
    }
  }

  /// Puts a record in, in place of one of its address and virtual subnet.
  ///
  /// - Returns: the record that was there; `none` for none.
  mutating func insert(_ host: HostRoute, for address: Bits, in region: Region) -> HostRoute {
    let place = place(of: address, in: region) { $0.virtualSubnetID == host.virtualSubnetID }
    let before = slots[place].host
    slots[place] = Slot(address: address, host: host)
    return before
  }

  /// Says of each record of a domain whether it stands in the domain's table: of those that may,
  /// the first of its address.
  mutating func choose(in region: Region, where mayStand: (Bits, HostRoute) -> Bool) {
    for place in places(of: region) where !slots[place].host.isNone {
      let (address, host) = (slots[place].address, slots[place].host)
      guard mayStand(address, host) else { continue }
      let first = self.place(of: address, in: region) { $0.isInTable }
      if !slots[first].host.isNone {
        guard host.record < slots[first].host.record else { continue }
        slots[first].host.isInTable = false
      }
      slots[place].host.isInTable = true
    }
  }

  private func place(
    of address: Bits, in region: Region, where isMeant: (HostRoute) -> Bool
  ) -> Int {
    var probe = Probe(address.spread, from: Int(region.start), capacity: Int(region.capacity))
    while !slots[probe.place].host.isNone,
      slots[probe.place].address != address || !isMeant(slots[probe.place].host)
    {
      probe.advance()
    }
    return probe.place
  }

  /// All records of an address in a domain.
  func hosts(of address: Bits, in region: Region) -> [HostRoute] {
    var hosts: [HostRoute] = []
    if region.capacity == 0 { return hosts }
    var probe = Probe(address.spread, from: Int(region.start), capacity: Int(region.capacity))
    while !slots[probe.place].host.isNone {
      if slots[probe.place].address == address { hosts.append(slots[probe.place].host) }
      probe.advance()
    }
    return hosts
  }

  /// The places of a domain's slots, free ones included.
  func places(of region: Region) -> Range<Int> {
    Int(region.start)..<Int(region.start) + Int(region.capacity)
  }

  /// The records of a domain, in no order that says anything.
  func hosts(in region: Region) -> some Sequence<Slot> {
    slots[places(of: region)].lazy.filter { !$0.host.isNone }
  }
}
