import HNVCore

/// The library's prefix table under measurement; every operation measured stands here alone.
struct RouteTable<Bits: AddressNumber & IPNumber>: LookupTable {
  private var table = PrefixTable<UInt32>()

  /// The bulk build.
  init(_ routes: [Route<Bits>]) {
    for route in routes { insert(route) }
  }

  mutating func insert(_ route: Route<Bits>) {
    guard let prefix = IPPrefix(containing: route.bits.ipAddress, length: route.length) else {
      return
    }
    table.insert(route.value, for: prefix)
  }

  mutating func remove(_ route: Route<Bits>) {
    guard let prefix = IPPrefix(containing: route.bits.ipAddress, length: route.length) else {
      return
    }
    table.remove(prefix)
  }

  var count: Int { table.count }

  func value(for key: Bits) -> UInt32 {
    table.longestMatch(for: key.ipAddress)?.value ?? 0
  }

  func values(for keys: ArraySlice<Bits>, into values: inout [UInt32]) {
    for (place, key) in keys.enumerated() { values[place] = value(for: key) }
  }
}

/// A number that is an address.
protocol IPNumber {
  var ipAddress: IPAddress { get }
}

extension UInt32: IPNumber {
  var ipAddress: IPAddress { .v4(IPv4Address(bits: self)) }
}

extension UInt128: IPNumber {
  var ipAddress: IPAddress { .v6(IPv6Address(bits: self)) }
}
