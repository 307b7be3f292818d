import Foundation

/// Where packets go.
enum Destinations: String, CaseIterable {
  /// Anywhere that the Internet uses; in small tables most are in no route.
  case uniform
  /// Inside the routes, each as likely as the other.
  case hit
  /// Inside the routes, of which few are asked for often: the n-th a n-th as often as the first.
  case zipf

  /// Random destinations for a table.
  func make<Bits: AddressNumber>(_ count: Int, for routes: [Route<Bits>]) -> [Bits] {
    var generator = SplitMix64(seed: 11)
    return (0..<count).map { _ in
      switch self {
      case .uniform: return Bits.random(using: &generator)
      case .hit:
        let number = generator.next().multipliedFullWidth(by: UInt64(routes.count)).high
        return routes[Int(number)].inside(&generator)
      case .zipf:
        let share = Double(generator.next() >> 11) / 0x1p53
        let rank = Int(exp(share * log(Double(routes.count + 1)))) - 1
        return routes[min(max(rank, 0), routes.count - 1)].inside(&generator)
      }
    }
  }
}

extension Route where Bits: AddressNumber {
  /// A random address inside the route's prefix.
  fileprivate func inside(_ generator: inout SplitMix64) -> Bits {
    let random =
      Bits(truncatingIfNeeded: generator.next())
      | Bits(truncatingIfNeeded: UInt128(generator.next()) << 64)
    return length == Bits.bitWidth ? bits : bits | random & (Bits.max >> length)
  }
}
