import Testing

@testable import HNVSim

struct NearestNameTests {
  private static let names = [
    "address", "addresses", "gateway", "host", "hosts", "machine", "name", "subnet", "vlan", "vsid",
    "destination", "VirtualSubnetID", "ProviderAddress", "CustomerAddress",
  ]

  @Test(arguments: [
    ("adress", "address"), ("adresses", "addresses"), ("addres", "address"), ("HOST", "host"),
    ("hsot", "host"), ("host", "host"), ("hostss", "hosts"), ("gatway", "gateway"),
    ("getaway", "gateway"), ("mahcine", "machine"), ("subent", "subnet"), ("nmae", "name"),
    ("VSID", "vsid"), ("virtualSubnetId", "VirtualSubnetID"), ("dest", "destination"),
    ("ProvidrAdress", "ProviderAddress"), ("VirtualSubnet", "VirtualSubnetID"),
  ])
  func `a misspelt name finds the one that was meant`(word: String, expected: String) {
    #expect(NearestName.of(word, among: Self.names) == expected)
  }

  @Test(arguments: [
    "", "x", "ho", "zone", "loadBalancer", "ip", "mtu", "addr", "de", "xyzzy", "hst-of-all-names",
  ])
  func `a name that nothing is near finds none`(word: String) {
    #expect(NearestName.of(word, among: Self.names) == nil)
  }

  @Test func `ties go to the same letter case, then to the first`() {
    #expect(NearestName.of("hosts", among: ["Hosts", "hosts", "HOSTS"]) == "hosts")
    #expect(NearestName.of("hostA", among: ["hostB", "hostC"]) == "hostB")
    #expect(NearestName.of("hostA", among: ["hostC", "hostB"]) == "hostC")
    #expect(NearestName.of("a", among: []) == nil)
    #expect(NearestName.of("a", among: ["b", "A"]) == "A")
  }

  @Test func `work on long words is bounded`() {
    let long = String(repeating: "é", count: 100_000)
    #expect(NearestName.of(long + "x", among: [long, "host"]) == nil)
    #expect(NearestName.of(long, among: ["host", long]) == long)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `the distance agrees with its definition`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<10 {
      let (left, right) = (randomWord(using: &random), randomWord(using: &random))
      let expected = slowDistance(left[...], right[...])
      for limit in 0...6 {
        let distance = NearestName.editDistance(left, right, atMost: limit)
        #expect(distance == (expected <= limit ? expected : nil), "\(left) \(right)")
      }
    }
  }

  private func randomWord(using random: inout SplitMix64) -> [Unicode.Scalar] {
    (0..<Int.random(in: 0...5, using: &random)).map { _ in
      ["a", "b", "c"].randomElement(using: &random) ?? "a"
    }
  }

  private func slowDistance(
    _ left: ArraySlice<Unicode.Scalar>, _ right: ArraySlice<Unicode.Scalar>
  ) -> Int {
    guard let a = left.last, let b = right.last else { return left.count + right.count }
    var least = slowDistance(left.dropLast(), right.dropLast()) + (a == b ? 0 : 1)
    least = min(least, slowDistance(left.dropLast(), right) + 1)
    least = min(least, slowDistance(left, right.dropLast()) + 1)
    if left.count > 1, right.count > 1, left.suffix(2).elementsEqual(right.suffix(2).reversed()) {
      least = min(least, slowDistance(left.dropLast(2), right.dropLast(2)) + 1)
    }
    return least
  }
}
