/// Suite 1: longest-prefix match.
extension Bench {
  mutating func measurePrefixTables() {
    let peer = DPDKPeer()
    measureHandfuls()
    for size in [10, 1_000, 100_000, 1_000_000] where allows(size) {
      measure(PrefixSetting<UInt32>("Internet-like", .internetLike(size)), peer)
    }
    for size in [65_536, 1_000_000] where allows(size) {
      let within: (UInt32, Int) = size == 65_536 ? (0x0a01_0000, 16) : (0x0a00_0000, 8)
      measure(
        PrefixSetting<UInt32>(
          "host routes", RouteMaker.hosts(size, in: within.0, length: within.1), areHosts: true),
        peer)
    }
    for size in [10, 1_000, 100_000] where allows(size) {
      measure(PrefixSetting<UInt128>("Internet-like", RouteMaker.internetLike(size)), nil)
    }
    for size in [65_536, 1_000_000] where allows(size) {
      let prefix = UInt128(0xfd00) << 112
      measure(
        PrefixSetting<UInt128>(
          "host routes", RouteMaker.hosts(size, in: prefix, length: 64), areHosts: true), nil)
    }
    guard let list else {
      for family in [UInt32.family, UInt128.family] {
        report.omit(
          "prefixes", "\(family), \(PrefixSetting<UInt32>.realTable)",
          "no list was given: --prefixes FILE (--help names a public one)")
      }
      return
    }
    if !list.v4.isEmpty {
      measure(
        PrefixSetting<UInt32>(realName(list.v4.count), capped(list.v4), isReal: true), peer)
    }
    if !list.v6.isEmpty {
      measure(
        PrefixSetting<UInt128>(realName(list.v6.count), capped(list.v6), isReal: true), nil)
    }
  }

  /// Whether a setting of this size is within `--largest`.
  func allows(_ size: Int) -> Bool { size <= options.largest }

  /// The routes of a list, or as many of them, from all over it, as `--largest` allows.
  private func capped<Bits>(_ routes: [Route<Bits>]) -> [Route<Bits>] {
    guard routes.count > options.largest else { return routes }
    let step = routes.count / options.largest + 1
    return stride(from: 0, to: routes.count, by: step).map { routes[$0] }
  }

  /// A part is called one, so that no target of the whole table is judged by it.
  private func realName(_ count: Int) -> String {
    count > options.largest ? "part of a real Internet table" : PrefixSetting<UInt32>.realTable
  }

  /// Tables of ten routes, as the routing domains of a host have them.
  private mutating func measureHandfuls() {
    let count = min(10_000, options.largest)
    report.begin("prefixes", PrefixSetting<UInt32>.handfuls)
    let routes = RouteMaker<UInt32>.internetLike(10)
    let (tables, bytes) = Memory.growth { (0..<count).map { _ in RouteTable(routes) } }
    guard let bytes, tables.allSatisfy({ $0.count == 10 }) else { return }
    report.add(
      Figure(
        Figure.Row("prefixes", PrefixSetting<UInt32>.handfuls, "memory of one table"),
        Spread([Double(bytes) / Double(count)]), .bytes))
  }
}

extension [Route<UInt32>] {
  fileprivate static func internetLike(_ count: Int) -> Self { RouteMaker.internetLike(count) }
}

/// A table to measure.
struct PrefixSetting<Bits: AddressNumber & IPNumber> {
  let name: String
  let routes: [Route<Bits>]
  /// Whether all routes are of full length, so that a dictionary would do.
  let areHosts: Bool

  init(
    _ kind: String, _ routes: [Route<Bits>], areHosts: Bool = false, isReal: Bool = false
  ) {
    name = isReal ? "\(Bits.family), \(kind)" : "\(Bits.family), \(routes.count) \(kind)"
    self.routes = routes
    self.areHosts = areHosts
  }

  static var realTable: String { "real Internet table" }
  static var handfuls: String { "IPv4, many tables of ten prefixes" }

  /// So many lookups that a large table does not fit the caches by their choice.
  var lookupCount: Int { routes.count < 60_000 ? 1 << 16 : 1 << 20 }

  func row(_ operation: String) -> Figure.Row { Figure.Row("prefixes", name, operation) }
}
