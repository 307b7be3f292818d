import Testing

@testable import HNVCore

/// `RecordTable` against a dictionary while records come, go elsewhere, and are kept as they were.
struct RecordTableOracleTests {
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `every version of the table keeps the answers it had`(seed: UInt64) throws {
    try check(seed) { 0x0a00_0000 + UInt32($0) }
    try check(seed) { 0xfd00 << 112 | UInt128($0) << 60 }
  }

  /// Two small domains, which share a chunk, and a large one.
  ///
  /// Every fiftieth change leaves a version behind.
  private func check<Bits: TrieAddress>(_ seed: UInt64, _ address: (Int) -> Bits) throws {
    var run = RecordTableRun(counts: [60, 40, 4_000], addresses: (0..<60).map(address))
    #expect(run.regions.map(\.chunk) == [0, 0, 1])
    var random = SplitMix64(seed: seed)
    var versions = [run]
    for step in 1...500 {
      try run.change(step, &random)
      if step.isMultiple(of: 50) { versions.append(run) }
    }
    #expect(versions.count == 11)
    #expect(run.counts.values.allSatisfy { $0 > 15 } && run.counts.count == 4, "\(run.counts)")
    for version in versions { try version.check() }
  }

  /// A change of one record takes a chunk's room, and leaves the others to both tables.
  @Test func `a changed table shares all chunks but one`() throws {
    var before = RecordTable<UInt32>()
    let regions = before.addRegions(for: [3_000, 3_000, 3_000])
    #expect(regions.map(\.chunk) == [0, 1, 2])
    let host = try HostRoute(1, in: VirtualSubnetID(5_000), at: 3)
    _ = before.insert(host, for: 7, in: regions[1])
    var after = before
    after.relocate(7, of: host.virtualSubnetID, to: 9, in: regions[1])
    func storage(_ table: RecordTable<UInt32>) -> [UnsafeRawPointer?] {
      table.chunks.map { chunk in
        unsafe chunk.slots.withUnsafeBytes { unsafe $0.baseAddress.map { UnsafeRawPointer($0) } }
      }
    }
    let (old, new) = (storage(before), storage(after))
    #expect(zip(old, new).map { $0 == $1 } == [true, false, true])
    #expect(before.host(7, of: host.virtualSubnetID, in: regions[1]).location == 3)
    #expect(after.host(7, of: host.virtualSubnetID, in: regions[1]).location == 9)
  }
}

/// A table and what it should hold.
private struct RecordTableRun<Bits: TrieAddress> {
  struct Key: Hashable {
    let domain: Int
    let address: Bits
    let subnet: VirtualSubnetID
  }

  /// How often each kind of change was made.
  private(set) var counts: [String: Int] = [:]
  private(set) var regions: [RecordTable<Bits>.Region]
  private var table = RecordTable<Bits>()
  private var expected: [Key: HostRoute] = [:]
  private let addresses: [Bits]

  init(counts: [Int], addresses: [Bits]) {
    regions = table.addRegions(for: counts)
    self.addresses = addresses
  }

  /// Inserts, replaces or relocates a record; of those of an address one is in the domain's table.
  mutating func change(_ step: Int, _ random: inout SplitMix64) throws {
    let key = Key(
      domain: [0, 1, 1, 2][Int(random.next() % 4)],
      address: addresses[Int(random.next() % UInt64(addresses.count))],
      subnet: try VirtualSubnetID(5_000 + random.next() % 3))
    let region = regions[key.domain]
    let location = Int(random.next() % UInt64(PackedRecord.locationLimit))
    var host = try HostRoute(step, in: key.subnet, at: location)
    if let known = expected[key] {
      if random.next() % 2 == 0 {
        table.relocate(key.address, of: key.subnet, to: location, in: region)
        expected[key]?.packed.location = location
        return counts["relocated", default: 0] += 1
      }
      host.isInTable = known.isInTable
      #expect(table.insert(host, for: key.address, in: region).number == known.number)
      counts["replaced", default: 0] += 1
    } else {
      let inDomain = expected.filter { $0.key.domain == key.domain }
      // A free place has to stay, at which searches end.
      let hasRoom = inDomain.count < Int(region.capacity) - 1
      #expect(table.hasRoom(in: region) == hasRoom)
      guard hasRoom else { return counts["full", default: 0] += 1 }
      host.isInTable = !inDomain.contains { $0.key.address == key.address }
      #expect(table.insert(host, for: key.address, in: region).isNone)
      counts["inserted", default: 0] += 1
    }
    expected[key] = host
  }

  /// Asks for every address in every virtual subnet, and for all at once.
  func check() throws {
    for (domain, region) in regions.enumerated() {
      let inDomain = expected.filter { $0.key.domain == domain }
      #expect(same(table.hosts(in: region).map(\.host), Array(inDomain.values)))
      for address in addresses {
        let hosts = inDomain.filter { $0.key.address == address }
        #expect(same(table.hosts(of: address, in: region), Array(hosts.values)))
        let chosen = hosts.values.filter(\.isInTable)
        #expect(same([table.host(address, in: region)].filter { !$0.isNone }, chosen))
        for number in 5_000...5_003 as ClosedRange<UInt64> {
          let subnet = try VirtualSubnetID(number)
          let found = table.host(address, of: subnet, in: region)
          let record = hosts[Key(domain: domain, address: address, subnet: subnet)]
          #expect(same([found].filter { !$0.isNone }, record.map { [$0] } ?? []))
        }
      }
    }
    #expect(same(Array(table.hosts), Array(expected.values)))
  }

  private func same(_ left: [HostRoute], _ right: [HostRoute]) -> Bool {
    func rows(_ hosts: [HostRoute]) -> [[Int]] {
      hosts.map { host in
        [host.record, host.location, Int(host.virtualSubnetID.number), host.isInTable ? 1 : 0]
      }.sorted { $0[0] < $1[0] }
    }
    return rows(left) == rows(right)
  }
}

extension HostRoute {
  fileprivate init(_ number: Int, in subnet: VirtualSubnetID, at location: Int) throws {
    let record = LookupRecord(
      customerAddress: .v4(IPv4Address(bits: 1)), virtualSubnetID: subnet,
      macAddress: MACAddress(bits: 0x0215_5d00_0000 + UInt64(number)),
      providerAddress: .v4(IPv4Address(bits: 2)))
    self.init(number, record, at: location, isGateway: false)
  }
}
