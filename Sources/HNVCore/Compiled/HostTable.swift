/// The records of several routing domains by address, a region of slots for each domain.
///
/// Regions stand in blocks, so that a table which differs from another in one record shares all
/// blocks with it but one.
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
    var block: Int32 = 0
    var start: Int32 = 0
    var capacity: Int32 = 0
  }

  private(set) var blocks: [[Slot]] = []

  /// What a block holds, unless a single domain has more.
  private static var blockLength: Int { 2_048 }

  /// Makes a region for each of domains with so many addresses.
  mutating func addRegions(for counts: [Int]) -> [Region] {
    var regions: [Region] = []
    var length = 0
    func close() { if length > 0 { blocks.append(Array(repeating: Slot(), count: length)) } }
    for count in counts {
      guard count > 0 else {
        regions.append(Region())
        continue
      }
      let capacity = Probe.capacity(for: count)
      if length > 0, length + capacity > Self.blockLength {
        close()
        length = 0
      }
      regions.append(
        Region(block: Int32(blocks.count), start: Int32(length), capacity: Int32(capacity)))
      length += capacity
    }
    close()
    return regions
  }

  /// The host route of an address in a domain; `none` on a miss.
  @inline(__always)
  func host(_ address: Bits, in region: Region) -> HostRoute {
    find(address, in: region) { $0.isInTable }
  }

  /// The record of an address in one virtual subnet of the domain; `none` on a miss.
  @inline(__always)
  func host(_ address: Bits, of subnet: VirtualSubnetID, in region: Region) -> HostRoute {
    find(address, in: region) { $0.virtualSubnetID == subnet }
  }

  /// The place at which the search for an address begins.
  @inline(__always)
  func place(of address: Bits, in region: Region) -> Int {
    probe(for: address, in: region).place
  }

  /// The record of an address in one virtual subnet, or its host route, searched for from the place
  /// where that begins; `none` on a miss.
  @inline(__always)
  func host(
    _ address: Bits, of subnet: VirtualSubnetID?, in region: Region, from place: Int
  ) -> HostRoute {
    if region.capacity == 0 { return .none }
    let probe = Probe(at: place, from: Int(region.start), capacity: Int(region.capacity))
    return find(address, in: Int(region.block), probe) { host in
      subnet.map { $0 == host.virtualSubnetID } ?? host.isInTable
    }
  }

  /// Reads a place and, as a search seldom ends in its first cache line, one in the next; the
  /// answer says nothing.
  @inline(__always)
  func read(_ place: Int, in region: Region) -> UInt32 {
    if region.capacity == 0 { return 0 }
    let block = Int(region.block)
    let next = min(place + 3, Int(region.start) + Int(region.capacity) - 1)
    return UInt32(truncatingIfNeeded: blocks[block][place].host.record)
      &+ UInt32(truncatingIfNeeded: blocks[block][next].host.record)
  }

  @inline(__always)
  private func probe(for address: Bits, in region: Region) -> Probe {
    Probe(address.spread, from: Int(region.start), capacity: Int(region.capacity))
  }

  @inline(__always)
  private func find(
    _ address: Bits, in region: Region, where isMeant: (HostRoute) -> Bool
  ) -> HostRoute {
    if region.capacity == 0 { return .none }
    return find(address, in: Int(region.block), probe(for: address, in: region), where: isMeant)
  }

  @inline(__always)
  private func find(
    _ address: Bits, in block: Int, _ first: Probe, where isMeant: (HostRoute) -> Bool
  ) -> HostRoute {
    var probe = first
    while true {
      let slot = blocks[block][probe.place]
      if slot.host.isNone || (slot.address == address && isMeant(slot.host)) { return slot.host }
      probe.advance()
    }
  }

  /// Puts a record in, in place of one of its address and virtual subnet.
  ///
  /// - Returns: the record that was there; `none` for none.
  mutating func insert(_ host: HostRoute, for address: Bits, in region: Region) -> HostRoute {
    let place = place(of: address, in: region) { $0.virtualSubnetID == host.virtualSubnetID }
    let before = blocks[Int(region.block)][place].host
    blocks[Int(region.block)][place] = Slot(address: address, host: host)
    return before
  }

  /// Whether a domain has room for one more address, and a free place behind it.
  func hasRoom(in region: Region) -> Bool {
    guard region.capacity > 0 else { return false }
    let free = blocks[Int(region.block)][places(of: region)].reduce(0) {
      $0 + ($1.host.isNone ? 1 : 0)
    }
    return free > 1
  }

  /// Points the record of an address in a virtual subnet to another host.
  mutating func relocate(
    _ address: Bits, of subnet: VirtualSubnetID, to location: Int, in region: Region
  ) {
    let place = place(of: address, in: region) { $0.virtualSubnetID == subnet }
    blocks[Int(region.block)][place].host.location = location
  }

  /// Says of each record of a domain whether it stands in the domain's table: of those that may,
  /// the first of its address.
  mutating func choose(in region: Region, where mayStand: (Bits, HostRoute) -> Bool) {
    guard region.capacity > 0 else { return }
    let block = Int(region.block)
    for place in places(of: region) where !blocks[block][place].host.isNone {
      let (address, host) = (blocks[block][place].address, blocks[block][place].host)
      guard mayStand(address, host) else { continue }
      let first = self.place(of: address, in: region) { $0.isInTable }
      if !blocks[block][first].host.isNone {
        guard host.record < blocks[block][first].host.record else { continue }
        blocks[block][first].host.isInTable = false
      }
      blocks[block][place].host.isInTable = true
    }
  }

  private func place(
    of address: Bits, in region: Region, where isMeant: (HostRoute) -> Bool
  ) -> Int {
    let block = Int(region.block)
    var probe = probe(for: address, in: region)
    while !blocks[block][probe.place].host.isNone,
      blocks[block][probe.place].address != address || !isMeant(blocks[block][probe.place].host)
    {
      probe.advance()
    }
    return probe.place
  }

  /// All records of an address in a domain.
  func hosts(of address: Bits, in region: Region) -> [HostRoute] {
    var hosts: [HostRoute] = []
    if region.capacity == 0 { return hosts }
    let block = blocks[Int(region.block)]
    var probe = probe(for: address, in: region)
    while !block[probe.place].host.isNone {
      if block[probe.place].address == address { hosts.append(block[probe.place].host) }
      probe.advance()
    }
    return hosts
  }

  /// The places of a domain's slots in its block, free ones included.
  private func places(of region: Region) -> Range<Int> {
    Int(region.start)..<Int(region.start) + Int(region.capacity)
  }

  /// The records of a domain, in no order that says anything.
  func hosts(in region: Region) -> some Sequence<Slot> {
    let block = region.capacity == 0 ? [] : blocks[Int(region.block)]
    return block[places(of: region)].lazy.filter { !$0.host.isNone }
  }

  /// The records of all domains.
  var hosts: some Sequence<HostRoute> {
    blocks.joined().lazy.map { $0.host }.filter { !$0.isNone }
  }
}
