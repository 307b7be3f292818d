extension Targets {
  static var prefixes: [Target] { handfuls + small + large + real + million }

  private static let peers = ["rte_lpm", "rte_fib"]

  private static var handfuls: [Target] {
    [
      Target(
        "ten prefixes, memory of one table",
        Figure.Row("prefixes", PrefixSetting<UInt32>.handfuls, "memory of one table"),
        .value(1_024))
    ]
  }

  private static func row(_ setting: String, _ operation: String) -> Figure.Row {
    Figure.Row("prefixes", setting, operation)
  }

  private static var small: [Target] {
    [(10, 2.0), (1_000, 3.0)].flatMap { size, independent in
      let setting = "IPv4, \(size) Internet-like"
      return [
        Target(
          "IPv4 lookup, \(size) prefixes, independent", row(setting, "hit, independent"),
          .value(independent)),
        Target(
          "IPv4 lookup, \(size) prefixes, dependent", row(setting, "hit, dependent"), .value(11)),
      ]
    }
  }

  /// Tables of 65,536 routes and more, beside DPDK's.
  private static var large: [Target] {
    let settings = [
      "IPv4, 100000 Internet-like", "IPv4, 1000000 Internet-like", "IPv4, 65536 host routes",
      "IPv4, 1000000 host routes", "IPv4, \(PrefixSetting<UInt32>.realTable)",
    ]
    return settings.flatMap { setting in
      [("independent", 1.2), ("batched", 1.2), ("dependent", 1.15)].map { order, factor in
        Target(
          "\(setting), \(order)", row(setting, "hit, \(order)"), .times(factor, of: peers))
      }
    }
  }

  private static var real: [Target] {
    let name = PrefixSetting<UInt32>.realTable
    return [
      Target(
        "IPv6 lookup, real Internet table, independent",
        row("IPv6, \(name)", "hit, independent"), .value(15)),
      Target(
        "real Internet table, IPv4, bytes a route", row("IPv4, \(name)", "bytes a route"),
        .value(48)),
    ]
  }

  private static var million: [Target] {
    let setting = "IPv4, 1000000 Internet-like"
    return [
      Target("insert at 1,000,000 routes: 5 M/s", row(setting, "insert"), .value(200)),
      Target("delete at 1,000,000 routes: 3.6 M/s", row(setting, "delete"), .value(1e3 / 3.6)),
      Target("bulk build of 1,000,000 routes", row(setting, "bulk build"), .value(0.25e9)),
    ]
  }
}
