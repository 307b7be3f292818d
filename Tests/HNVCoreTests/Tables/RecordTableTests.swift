import Testing

@testable import HNVCore

/// The open-addressing table of host routes beside a dictionary.
@Suite struct RecordTableTests {
  private static func host(_ number: Int, in subnet: UInt32) throws -> HostRoute {
    let record = LookupRecord(
      customerAddress: .v4(IPv4Address(bits: 1)),
      virtualSubnetID: try VirtualSubnetID(UInt64(subnet)),
      macAddress: MACAddress(bits: 0x0215_5d00_0000 + UInt64(number)),
      providerAddress: .v4(IPv4Address(bits: 2)))
    return HostRoute(number, record, at: number % 7, isGateway: number % 5 == 0)
  }

  @Test func `a host route keeps what it was made of`() throws {
    let record = LookupRecord(
      customerAddress: .v4(IPv4Address(bits: 1)), virtualSubnetID: try VirtualSubnetID(16_777_214),
      macAddress: MACAddress(bits: 0xfedc_ba98_7654), providerAddress: .v4(IPv4Address(bits: 2)))
    for isGateway in [false, true] {
      for location in [0, 1, Location.others] {
        var host = HostRoute(4_000_000_000, record, at: location, isGateway: isGateway)
        for isInTable in [true, false] {
          host.isInTable = isInTable
          #expect(host.record == 4_000_000_000)
          #expect(host.macAddress == record.macAddress)
          #expect(host.virtualSubnetID == record.virtualSubnetID)
          #expect(host.location == location)
          #expect(host.isGateway == isGateway)
          #expect(host.isInTable == isInTable)
          #expect(!host.isNone)
        }
      }
    }
    #expect(HostRoute.none.isNone)
  }

  @Test func `slots have the size that memory is planned with`() {
    #expect(MemoryLayout<RecordTable<UInt32>.Slot>.stride == 16)
    #expect(MemoryLayout<RecordTable<UInt128>.Slot>.stride == 32)
  }

  @Test(arguments: [1, 2, 3, 10, 700])
  func `every address is found, and no other, in domains of any size`(count: Int) throws {
    try check(count) { UInt32(truncatingIfNeeded: $0) }
    try check(count) { UInt128(truncatingIfNeeded: $0) << 64 | UInt128(truncatingIfNeeded: $0) }
  }

  @Test(arguments: [10, 250, 5000])
  func `neighbours are spread, so that searches stay short`(count: Int) {
    let capacity = Probe.capacity(for: count)
    for stride in [1, 2, 3, 256, 65536] as [UInt64] {
      var taken: Set<Int> = []
      var steps = 0
      for number in 0..<UInt64(count) {
        let bits = UInt32(truncatingIfNeeded: 0x0a00_0000 + number * stride)
        var probe = Probe(bits.spread, from: 0, capacity: capacity)
        while !taken.insert(probe.place).inserted {
          probe.advance()
          steps += 1
        }
      }
      // At six of seven random keys take 3 steps beyond the first (Knuth, section 6.4).
      #expect(steps < 4 * count, "stride \(stride)")
    }
  }

  /// Two domains side by side, in which addresses stand in one, two or three virtual subnets.
  private func check<Bits: TrieAddress>(_ count: Int, _ address: (UInt64) -> Bits) throws {
    var random = SplitMix64(seed: UInt64(count))
    var table = RecordTable<Bits>()
    let regions = table.addRegions(for: [count, 0, count])
    #expect(regions[1].capacity == 0)
    for (number, region) in regions.enumerated() where number != 1 {
      var expected: [Key<Bits>: Int] = [:]
      for record in 0..<count {
        // Neighbours and strays alike.
        let value = record % 2 == 0 ? UInt64(record) : random.next() >> 16
        let key = Key(address: address(value % 3000), subnet: 5000 + UInt32(random.next() % 3))
        let before = table.insert(
          try Self.host(record, in: key.subnet), for: key.address, in: region)
        let known = expected.updateValue(record, forKey: key)
        #expect(known.map { before.record == $0 } ?? before.isNone)
      }
      table.choose(in: region) { _, host in host.record % 4 != 3 }
      #expect(Set(table.hosts(in: region).map(\.host.record)) == Set(expected.values))
      for (key, record) in expected {
        let subnet = try VirtualSubnetID(UInt64(key.subnet))
        #expect(table.host(key.address, of: subnet, in: region).record == record)
        let rivals = expected.filter { $0.key.address == key.address && $0.value % 4 != 3 }
        let chosen = table.host(key.address, in: region)
        #expect(rivals.values.min().map { chosen.record == $0 } ?? chosen.isNone)
      }
      for value in 0..<UInt64(100) {
        let stranger = address(5000 + value)
        #expect(table.host(stranger, in: region).isNone, "domain \(number)")
      }
    }
  }
}

private struct Key<Bits: AddressBits>: Hashable {
  let address: Bits
  let subnet: UInt32
}
