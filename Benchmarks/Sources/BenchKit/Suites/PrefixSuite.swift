/// Suite 1: longest-prefix match.
extension Bench {
  mutating func measurePrefixTables() {
    let peer = DPDKPeer()
    measureHandfuls()
    for size in Self.internetSizes where allows(size) {
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
    measureRealTables(peer)
    compareTables()
  }

  private static let internetSizes = [10, 1_000, 100_000, 1_000_000]

  private mutating func measureRealTables(_ peer: DPDKPeer?) {
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

  /// Sets the tables of the largest Internet-like setting against each other.
  private func compareTables() {
    guard let size = Self.internetSizes.last(where: { $0 >= 1_000 && allows($0) }) else { return }
    let setting = PrefixSetting<UInt32>.name("Internet-like", size)
    let comparison = Comparison(
      report, setting, routeCount: size, load: floors.dependentLoadFromOneGibibyte)
    print(comparison.text)
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
    let routes = RouteTable<UInt32>.entries(.internetLike(10))
    let (tables, bytes) = Memory.growth {
      (0..<count).map { _ in RouteTable<UInt32>(routes) }
    }
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
struct PrefixSetting<Bits: AddressNumber> {
  let name: String
  let routes: [Route<Bits>]
  /// Whether all routes are of full length, so that a dictionary would do.
  let areHosts: Bool

  init(
    _ kind: String, _ routes: [Route<Bits>], areHosts: Bool = false, isReal: Bool = false
  ) {
    name = isReal ? "\(Bits.family), \(kind)" : Self.name(kind, routes.count)
    self.routes = routes
    self.areHosts = areHosts
  }

  static func name(_ kind: String, _ count: Int) -> String { "\(Bits.family), \(count) \(kind)" }

  static var realTable: String { "real Internet table" }
  static var handfuls: String { "IPv4, many tables of ten prefixes" }

  /// Whether it has so many routes that the allocator tells the memory of one, and that it takes
  /// time to change some of them.
  var isLarge: Bool { routes.count >= 1_000 }

  func row(_ operation: String) -> Figure.Row { Figure.Row("prefixes", name, operation) }
}
