import HNVCore

/// The library's prefix table under measurement; every operation measured stands here alone.
struct RouteTable<Bits: AddressNumber>: LookupTable, ChangingTable {
  typealias Entry = PrefixTable<UInt32>.Match

  private var table = PrefixTable<UInt32>()

  /// The bulk build.
  init(_ entries: [Entry]) { table.insert(contentsOf: entries) }

  mutating func insert(_ entry: Entry) { table.insert(entry.value, for: entry.prefix) }

  mutating func remove(_ entry: Entry) { table.remove(entry.prefix) }

  var count: Int { table.count }

  @inline(__always)
  func value(for key: Bits.Address) -> UInt32 {
    table.longestMatch(for: key.ipAddress)?.value ?? 0
  }

  var newBatch: PrefixBatch { PrefixBatch() }

  func values(
    for keys: ArraySlice<Bits.Address>, _ batch: inout PrefixBatch, into values: inout [UInt32]
  ) {
    Bits.Address.find(keys, in: table, &batch)
    for place in 0..<keys.count { values[place] = batch.match(place, in: table)?.value ?? 0 }
  }

  /// Routes in the form in which a user has them.
  static func entries(_ routes: [Route<Bits>]) -> [Entry] {
    routes.compactMap { route in
      IPPrefix(containing: route.bits.address.ipAddress, length: route.length).map {
        Entry(prefix: $0, value: route.value)
      }
    }
  }
}

/// An address of one family.
protocol TableAddress: LookupKey {
  var ipAddress: IPAddress { get }
  static func find(
    _ addresses: ArraySlice<Self>, in table: PrefixTable<UInt32>, _ batch: inout PrefixBatch)
}

extension IPv4Address: TableAddress {
  var ipAddress: IPAddress { .v4(self) }

  func disturbed(by word: UInt32) -> IPv4Address { IPv4Address(bits: bits ^ word) }

  static func find(
    _ addresses: ArraySlice<IPv4Address>, in table: PrefixTable<UInt32>,
    _ batch: inout PrefixBatch
  ) {
    batch.find(addresses, in: table)
  }
}

extension IPv6Address: TableAddress {
  var ipAddress: IPAddress { .v6(self) }

  func disturbed(by word: UInt32) -> IPv6Address { IPv6Address(bits: bits ^ UInt128(word)) }

  static func find(
    _ addresses: ArraySlice<IPv6Address>, in table: PrefixTable<UInt32>,
    _ batch: inout PrefixBatch
  ) {
    batch.find(addresses, in: table)
  }
}
