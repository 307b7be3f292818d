import Testing

@testable import HNVCore

/// Many lookups in one call against one call each, on networks full of flaws.
struct RecordBatchTests {
  @Test(arguments: IPFamily.allCases, UInt64(200)..<212)
  func `a batch finds what its keys find one by one`(family: IPFamily, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    var batch = RecordBatch()
    for host in InstantNetwork(network.policy).hosts {
      let (router, keys) = (host.router, Self.keys(of: host.router))
      // Fewer than are begun at once, and more; the batch is used again.
      for count in [keys.count, 0, 1, min(40, keys.count)] {
        let some = keys.shuffled(using: &random)[..<count]
        batch.find(some, in: router)
        #expect(batch.records == some.map { router.record(for: $0.address, in: $0.subnet) })
      }
    }
  }

  @Test(arguments: IPFamily.allCases, UInt64(212)..<220)
  func `a search in steps ends where one in one step does`(family: IPFamily, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random)
    for host in InstantNetwork(network.policy).hosts {
      let index = host.router.index
      for key in Self.keys(of: host.router) {
        guard let domain = index.domainOfSubnet[key.subnet] else { continue }
        let start = index.start(of: key.address, in: domain)
        let (one, other) = (
          index.hostRoute(for: key.address, from: start),
          index.hostRoute(for: key.address, in: domain)
        )
        #expect(one.isNone == other.isNone && one.record == other.record)
      }
    }
  }

  /// Every address of a record in every virtual subnet, and some that no record has.
  private static func keys(of router: DistributedRouter) -> [SubnetAddress] {
    let records = router.policy.lookupRecords
    let subnets = Set(records.map { $0.virtualSubnetID } + router.virtualSubnets.keys)
    let strangers: [IPAddress] = [
      .v4(IPv4Address(203, 0, 113, 1)), .v6(IPv6Address(bits: 0x2001_0db8 << 96)),
    ]
    let addresses = Set(records.map { $0.customerAddress } + strangers)
    let unknown = VirtualSubnetID(checked: 77_777)
    return (subnets.sorted() + [unknown]).flatMap { subnet in
      addresses.sorted().map { SubnetAddress($0, in: subnet) }
    }
  }
}
