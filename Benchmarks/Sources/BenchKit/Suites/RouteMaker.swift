import HNVCore

/// The address of a family as a number, and what its routes look like on the Internet.
protocol AddressNumber: FixedWidthInteger, UnsignedInteger, LookupKey, Sendable {
  associatedtype Address: TableAddress
  var address: Address { get }
  static var family: String { get }
  /// How many routes of a thousand have a length, roughly as route collectors see them in 2025.
  static var lengths: [(length: Int, share: Int)] { get }
  /// A random address among those that the Internet uses.
  static func random(using generator: inout SplitMix64) -> Self
}

extension UInt32: AddressNumber {
  var address: IPv4Address { IPv4Address(bits: self) }

  static var family: String { "IPv4" }
  static var lengths: [(length: Int, share: Int)] {
    [
      (12, 1), (14, 2), (15, 3), (16, 13), (17, 8), (18, 14), (19, 25), (20, 45), (21, 54),
      (22, 115), (23, 103), (24, 612), (25, 1), (26, 1), (28, 1), (32, 2),
    ]
  }

  static func random(using generator: inout SplitMix64) -> UInt32 {
    let octet = 1 + generator.next().multipliedFullWidth(by: 223).high
    return UInt32(octet) << 24 | UInt32(truncatingIfNeeded: generator.next()) >> 8
  }
}

extension UInt128: AddressNumber {
  var address: IPv6Address { IPv6Address(bits: self) }

  static var family: String { "IPv6" }
  static var lengths: [(length: Int, share: Int)] {
    [
      (24, 1), (28, 4), (29, 20), (30, 3), (32, 122), (33, 15), (34, 12), (35, 8), (36, 45),
      (38, 15), (40, 95), (42, 25), (44, 85), (45, 12), (46, 30), (47, 28), (48, 470), (56, 5),
      (64, 5),
    ]
  }

  static func random(using generator: inout SplitMix64) -> UInt128 {
    // Registries give out a few ten thousand blocks of 32 bits, most of them close together.
    let block = generator.next().multipliedFullWidth(by: 40_000).high
    let upper = 0x2001_0000 &+ block &* 0x1_0007
    let middle = generator.next() >> 32
    return UInt128(upper << 32 | middle) << 64 | UInt128(generator.next())
  }
}

/// Makes routes that depend on nothing but a seed.
struct RouteMaker<Bits: AddressNumber> {
  private var generator = SplitMix64(seed: 7)
  private var seen: Set<Route<Bits>> = []

  /// Routes whose lengths are distributed as on the Internet.
  static func internetLike(_ count: Int) -> [Route<Bits>] {
    var maker = RouteMaker()
    let total = Bits.lengths.reduce(0) { $0 + $1.share }
    return maker.distinct(count) { generator in
      var ticket = Int(generator.next().multipliedFullWidth(by: UInt64(total)).high)
      let length =
        Bits.lengths.first { pair in
          ticket -= pair.share
          return ticket < 0
        }?.length ?? Bits.bitWidth
      return (Bits.random(using: &generator), length)
    }
  }

  /// Host routes within one prefix: all of its addresses, in random order, where `count` is that.
  static func hosts(_ count: Int, in prefix: Bits, length: Int) -> [Route<Bits>] {
    let room = Bits(1) << (Bits.bitWidth - length)
    guard room != Bits(count) else {
      var generator = SplitMix64(seed: 8)
      return (0..<count).shuffled(using: &generator).enumerated().map { place, host in
        Route(bits: prefix | Bits(host), length: Bits.bitWidth, value: UInt32(place + 1))
      }
    }
    var maker = RouteMaker()
    return maker.distinct(count) { generator in
      (prefix | Bits(truncatingIfNeeded: generator.next()) & (room - 1), Bits.bitWidth)
    }
  }

  private mutating func distinct(
    _ count: Int, _ make: (inout SplitMix64) -> (Bits, Int)
  ) -> [Route<Bits>] {
    var routes: [Route<Bits>] = []
    routes.reserveCapacity(count)
    seen.reserveCapacity(count)
    while routes.count < count {
      let (address, length) = make(&generator)
      let bits = length == 0 ? 0 : address & (~Bits(0) << (Bits.bitWidth - length))
      guard seen.insert(Route(bits: bits, length: length, value: 0)).inserted else { continue }
      routes.append(Route(bits: bits, length: length, value: UInt32(routes.count + 1)))
    }
    return routes
  }
}
