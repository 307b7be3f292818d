import Testing

@testable import HNVCore

/// The table of virtual subnets beside a dictionary.
@Suite struct DomainIndexTests {
  @Test(arguments: [0, 1, 5, 6, 7, 3000])
  func `every virtual subnet is found, and no other`(count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    var places = DomainIndex()
    var expected: [VirtualSubnetID: Int] = [:]
    for domain in 0..<count {
      // Neighbours and strays alike.
      let number = domain % 2 == 0 ? 5000 + UInt64(domain) : 4096 + random.next() % 16_000_000
      let subnet = try VirtualSubnetID(number)
      places.insert(subnet, in: domain)
      expected[subnet] = domain
    }
    for (subnet, domain) in expected { #expect(places[subnet] == domain) }
    for number in 0..<UInt64(200) {
      let subnet = try VirtualSubnetID(4096 + number * 7)
      #expect(places[subnet] == expected[subnet])
    }
  }
}
