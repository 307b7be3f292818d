/// The records of several routing domains by customer address, a region of slots for each domain.
///
/// A sea of host routes is no longest-prefix match: every one has full length, so that the address
/// finds it in one step, mostly in one cache line, where a trie takes one for each branch. A slot
/// is 16 bytes in IPv4, four to a line, and 32 in IPv6. A record's number, which packets do not
/// need, stands beside the slots, and in IPv6 in what the slot has left. Regions stand in chunks: a
/// table that differs from another in one record shares all chunks with it but one.
///
/// An address that several virtual subnets of the domain use has a slot for each.
struct RecordTable<Bits: TrieAddress>: Sendable {
  /// A record's address and what a packet needs to know of it.
  struct Slot: Sendable {
    var stored = Bits(0).stored
    var packed = PackedRecord.none
    var number = Bits.SlotNumber(0)

    var address: Bits { Bits(stored) }
  }

  /// Slots side by side, and the number of the record in each that has no room for it.
  struct Chunk: Sendable {
    var slots: [Slot]
    var numbers: [UInt32]

    init(_ length: Int) {
      slots = Array(repeating: Slot(), count: length)
      numbers = Bits.SlotNumber(0).value == nil ? Array(repeating: 0, count: length) : []
    }

    @inline(__always)
    func number(at place: Int) -> UInt32 { slots[place].number.value ?? numbers[place] }

    mutating func put(_ host: HostRoute, for address: Bits, at place: Int) {
      slots[place] = Slot(
        stored: address.stored, packed: host.packed, number: Bits.SlotNumber(host.number))
      if !numbers.isEmpty { numbers[place] = host.number }
    }

    @inline(__always)
    func host(at place: Int) -> HostRoute {
      let packed = slots[place].packed
      return packed.isNone ? .none : HostRoute(number: number(at: place), packed)
    }
  }

  /// Where a routing domain's slots are.
  struct Region: Sendable {
    var chunk: Int32 = 0
    var start: Int32 = 0
    var capacity: Int32 = 0
  }

  private(set) var chunks: [Chunk] = []

  /// What a chunk holds, unless a single domain has more.
  private static var chunkLength: Int { 4_096 }

  /// Makes a region for each of domains with so many addresses.
  mutating func addRegions(for counts: [Int]) -> [Region] {
    var regions: [Region] = []
    var length = 0
    func close() { if length > 0 { chunks.append(Chunk(length)) } }
    for count in counts {
      let capacity = count == 0 ? 0 : Probe.capacity(for: count)
      if length > 0, length + capacity > Self.chunkLength {
        close()
        length = 0
      }
      regions.append(
        Region(chunk: Int32(chunks.count), start: Int32(length), capacity: Int32(capacity)))
      length += capacity
    }
    close()
    return regions
  }

  /// The host route of an address in a domain; `none` on a miss.
  @inline(__always)
  func host(_ address: Bits, in region: Region) -> HostRoute {
    find(address, search(for: address, in: region)) { $0.isInTable }
  }

  /// The record of an address in one virtual subnet of the domain; `none` on a miss.
  @inline(__always)
  func host(_ address: Bits, of subnet: VirtualSubnetID, in region: Region) -> HostRoute {
    find(address, search(for: address, in: region)) { $0.virtualSubnetID == subnet }
  }

  /// Where the search for an address begins.
  @inline(__always)
  func search(for address: Bits, in region: Region) -> RecordSearch {
    RecordSearch(
      chunk: region.capacity == 0 ? -1 : region.chunk,
      probe: Probe(address.spread, from: Int(region.start), capacity: Int(region.capacity)))
  }

  /// Fetches ahead what stands where a search begins; the answer says nothing.
  @inline(__always)
  func fetchAhead(_ search: RecordSearch) -> UInt32 {
    if search.chunk < 0 { return 0 }
    let (chunk, place) = (Int(search.chunk), search.probe.place)
    let read = chunks[chunk].slots.fetchAhead(place) { $0.packed.firstWord }
    if chunks[chunk].numbers.isEmpty { return read }
    return read &+ chunks[chunk].numbers.fetchAhead(place) { $0 }
  }

  /// The record of an address that a search comes to; `none` on a miss.
  @inline(__always)
  func find(
    _ address: Bits, _ search: RecordSearch, where isMeant: (PackedRecord) -> Bool
  ) -> HostRoute {
    if search.chunk < 0 { return .none }
    let place = place(of: address, search, where: isMeant)
    return chunks[Int(search.chunk)].host(at: place)
  }

  /// Where a record is, or where the search for it ends in vain.
  @inline(__always)
  private func place(
    of address: Bits, _ search: RecordSearch, where isMeant: (PackedRecord) -> Bool
  ) -> Int {
    var probe = search.probe
    while true {
      let slot = chunks[Int(search.chunk)].slots[probe.place]
      if slot.packed.isNone || slot.address == address && isMeant(slot.packed) {
        return probe.place
      }
      probe.advance()
    }
  }

  private func place(
    of address: Bits, in region: Region, where isMeant: (PackedRecord) -> Bool
  ) -> Int {
    place(of: address, search(for: address, in: region), where: isMeant)
  }

  /// Puts a record in, in place of one of its address and virtual subnet.
  ///
  /// - Returns: the record that was there; `none` for none.
  mutating func insert(_ host: HostRoute, for address: Bits, in region: Region) -> HostRoute {
    let chunk = Int(region.chunk)
    let place = place(of: address, in: region) { $0.virtualSubnetID == host.virtualSubnetID }
    let before = chunks[chunk].host(at: place)
    chunks[chunk].put(host, for: address, at: place)
    return before
  }

  /// Whether a domain has room for one more address, and a free place behind it.
  func hasRoom(in region: Region) -> Bool {
    places(of: region).count { chunks[Int(region.chunk)].slots[$0].packed.isNone } > 1
  }

  /// Points the record of an address in a virtual subnet to another host.
  mutating func relocate(
    _ address: Bits, of subnet: VirtualSubnetID, to location: Int, in region: Region
  ) {
    let place = place(of: address, in: region) { $0.virtualSubnetID == subnet }
    chunks[Int(region.chunk)].slots[place].packed.location = location
  }

  /// Says of each record of a domain whether it stands in the domain's table: of those that may,
  /// the first of its address.
  mutating func choose(in region: Region, where mayStand: (Bits, HostRoute) -> Bool) {
    let chunk = Int(region.chunk)
    for place in places(of: region) {
      let address = chunks[chunk].slots[place].address
      let host = chunks[chunk].host(at: place)
      guard !host.isNone, mayStand(address, host) else { continue }
      let first = self.place(of: address, in: region) { $0.isInTable }
      if !chunks[chunk].slots[first].packed.isNone {
        guard host.number < chunks[chunk].number(at: first) else { continue }
        chunks[chunk].slots[first].packed.isInTable = false
      }
      chunks[chunk].slots[place].packed.isInTable = true
    }
  }

  /// All records of an address in a domain.
  func hosts(of address: Bits, in region: Region) -> [HostRoute] {
    var hosts: [HostRoute] = []
    if region.capacity == 0 { return hosts }
    let chunk = chunks[Int(region.chunk)]
    var probe = search(for: address, in: region).probe
    while !chunk.slots[probe.place].packed.isNone {
      if chunk.slots[probe.place].address == address { hosts.append(chunk.host(at: probe.place)) }
      probe.advance()
    }
    return hosts
  }

  /// The places of a domain's slots in its chunk, free ones included.
  private func places(of region: Region) -> Range<Int> {
    Int(region.start)..<Int(region.start) + Int(region.capacity)
  }

  /// The records of a domain, in no order that says anything.
  func hosts(in region: Region) -> some Sequence<(address: Bits, host: HostRoute)> {
    places(of: region).lazy.map { place in
      let chunk = chunks[Int(region.chunk)]
      return (address: chunk.slots[place].address, host: chunk.host(at: place))
    }.filter { !$0.host.isNone }
  }

  /// The records of all domains.
  var hosts: some Sequence<HostRoute> {
    chunks.lazy.flatMap { chunk in chunk.slots.indices.lazy.map { chunk.host(at: $0) } }
      .filter { !$0.isNone }
  }
}

/// What a slot holds of a record's number.
@usableFromInline
protocol RecordNumber: Sendable {
  init(_ number: UInt32)
  /// `nil` where the number stands beside the slots.
  var value: UInt32? { get }
}

extension UInt32: RecordNumber {
  @usableFromInline var value: UInt32? { self }
}

/// Nothing.
@usableFromInline
struct NumberBeside: RecordNumber {
  @usableFromInline init(_ number: UInt32) {}
  @usableFromInline var value: UInt32? { nil }
}

/// A search for a record under way.
struct RecordSearch {
  /// Below zero where there is nothing to search.
  let chunk: Int32
  let probe: Probe

  /// Where nothing is known.
  static let nowhere = RecordSearch(chunk: -1, probe: Probe(0, from: 0, capacity: 1))
}

/// What a packet needs to know of a record: 12 bytes without a pointer, so that taking one from a
/// table allocates and counts nothing.
struct PackedRecord: Sendable {
  /// The virtual subnet (24 bits), the upper part of the location (6) and two flags.
  private var subnet: UInt32
  /// The MAC address (48 bits) and the lower part of the location (16), in two halves.
  private var high: UInt32
  private var low: UInt32

  /// Packs what a record says; where it leads, by a place of at most `locationLimit`.
  init(_ mac: MACAddress, _ subnet: VirtualSubnetID, location: Int, isGateway: Bool) {
    self.subnet = subnet.number << 8 | (isGateway ? 2 : 0)
    high = UInt32(truncatingIfNeeded: mac.bits >> 16)
    low = UInt32(truncatingIfNeeded: mac.bits << 16)
    self.location = location
  }

  private init() { (subnet, high, low) = (0, 0, 0) }

  /// What stands where nothing does: no virtual subnet is 0.
  static let none = PackedRecord()

  /// 22 bits name a location.
  static var locationLimit: Int { 0x3f_ffff }

  @inline(__always)
  var isNone: Bool { subnet == 0 }

  /// Whatever is read first, for those who read ahead.
  var firstWord: UInt32 { subnet }

  var macAddress: MACAddress { MACAddress(bits: UInt64(high) << 16 | UInt64(low >> 16)) }

  @inline(__always)
  var virtualSubnetID: VirtualSubnetID { VirtualSubnetID(checked: subnet >> 8) }

  /// Where the machine is, by place among the router's locations.
  var location: Int {
    get { Int(subnet & 0xfc) << 14 | Int(low & 0xffff) }
    set {
      subnet = subnet & ~0xfc | UInt32(truncatingIfNeeded: newValue >> 14) & 0xfc
      low = low & ~0xffff | UInt32(truncatingIfNeeded: newValue & 0xffff)
    }
  }

  /// Whether the address is HNV's own gateway address of its virtual subnet.
  var isGateway: Bool { subnet & 2 != 0 }

  /// Whether the record stands in its routing domain's table, rather than for its virtual subnet
  /// alone.
  @inline(__always)
  var isInTable: Bool {
    get { subnet & 1 != 0 }
    set { subnet = subnet & ~1 | (newValue ? 1 : 0) }
  }
}

/// What a lookup finds: a record by its number, and what a packet needs to know of it.
struct HostRoute: Sendable {
  let number: UInt32
  var packed: PackedRecord

  /// What is found where nothing is.
  static let none = HostRoute(number: .max, .none)

  init(number: UInt32, _ packed: PackedRecord) { (self.number, self.packed) = (number, packed) }

  /// Describes the record at a place in the policy.
  init(_ index: Int, _ record: LookupRecord, at location: Int, isGateway: Bool) {
    number = UInt32(truncatingIfNeeded: index)
    packed = PackedRecord(
      record.macAddress, record.virtualSubnetID, location: location, isGateway: isGateway)
  }

  var isNone: Bool { packed.isNone }
  /// The record, by its place in the policy.
  var record: Int { Int(number) }
  var macAddress: MACAddress { packed.macAddress }
  var virtualSubnetID: VirtualSubnetID { packed.virtualSubnetID }
  var location: Int { packed.location }
  var isGateway: Bool { packed.isGateway }
  var isInTable: Bool {
    get { packed.isInTable }
    set { packed.isInTable = newValue }
  }
}
