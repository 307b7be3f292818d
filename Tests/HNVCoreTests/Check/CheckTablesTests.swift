import Testing

@testable import HNVCore

/// The tables of the check against dictionaries.
struct CheckTablesTests {
  @Test(arguments: [0, 1, 2, 50, 700])
  func `adapters have the last number that they were given`(count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    var map = AdapterMap(for: count)
    var expected: [AdapterKey: Int] = [:]
    func randomKey() throws -> AdapterKey {
      AdapterKey(
        subnet: try VirtualSubnetID(UInt64.random(in: 5000..<5008, using: &random)),
        address: MACAddress(bits: UInt64.random(in: 0..<128, using: &random)))
    }
    for number in 0..<count {
      let key = try randomKey()
      #expect(map.update(key, to: number) == expected.updateValue(number, forKey: key))
    }
    for _ in 0..<100 {
      let key = try randomKey()
      #expect(map[key] == expected[key])
    }
  }

  @Test(arguments: [UInt32.max, 3, 0])
  func `the first of equal entries is found, whatever their hashes`(hashes: UInt32) {
    var random = SplitMix64(seed: UInt64(hashes))
    let entries = (0..<500).map { _ in UInt32.random(in: 0..<200, using: &random) }
    var firsts = FirstOfEqual(for: entries.count)
    for (index, entry) in entries.enumerated() {
      let hash = hashes == 0 ? 0 : (entry % hashes).spread
      let found = firsts.insert(index, hash: hash) { entries[$0] == entry }
      let expected = entries[..<index].firstIndex(of: entry)
      #expect(found == expected)
    }
  }
}
