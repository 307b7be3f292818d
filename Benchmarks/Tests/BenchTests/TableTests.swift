import Testing

@testable import BenchKit

@Suite("Tables that are compared")
struct TableTests {
  @Test("every table gives the obvious one's answers, also after changes")
  func answers() { check(UInt32.self) }

  @Test("so do they for IPv6")
  func answersOfIPv6() { check(UInt128.self) }

  private func check<Bits: AddressNumber>(_ family: Bits.Type) {
    let routes = RouteMaker<Bits>.internetLike(500)
    let entries = RouteTable<Bits>.entries(routes)
    var own = RouteTable<Bits>(entries)
    var byLength = DictionaryByLength(routes)
    #expect(own.count == routes.count)
    compare(own, byLength, routes)
    for place in 0..<250 {
      own.remove(entries[place])
      byLength.remove(routes[place])
    }
    compare(own, byLength, Array(routes[250...]), asking: routes)
    for place in 0..<250 {
      own.insert(entries[place])
      byLength.insert(routes[place])
    }
    compare(own, byLength, routes)
  }

  private func compare<Bits: AddressNumber>(
    _ own: RouteTable<Bits>, _ byLength: DictionaryByLength<Bits>, _ routes: [Route<Bits>],
    asking all: [Route<Bits>]? = nil
  ) {
    let golden = GoldenTable(routes)
    for kind in Destinations.allCases {
      let keys = kind.make(300, for: all ?? routes)
      let wanted = golden.run(keys, .independent)
      for order in Order.allCases {
        #expect(own.run(keys.map(\.address), order) == wanted)
        #expect(byLength.run(keys, order) == wanted)
      }
    }
  }
}
