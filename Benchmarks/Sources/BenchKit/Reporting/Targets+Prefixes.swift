extension Targets {
  static var prefixes: [Target] { handfuls + small + large + real + million }

  /// The better of them counts.
  private static let peers = ["rte_lpm", "rte_fib"]

  private static func row(_ setting: String, _ operation: String) -> Figure.Row {
    Figure.Row("prefixes", setting, operation)
  }

  /// Tables that the nearest cache holds.
  private static var small: [Target] {
    let (ten, thousand) = ("IPv4, 10 Internet-like", "IPv4, 1000 Internet-like")
    let bytes = row(thousand, "bytes a route")
    return [
      Target("\(ten), independent", row(ten, "hit, independent"), .value(3)),
      Target("\(ten), dependent", row(ten, "hit, dependent"), .value(12)),
      Target(
        "\(thousand), independent: quick, or small", row(thousand, "hit, independent"),
        .valueWhere(4, bytes, atMost: 300), .valueWhere(10, bytes, atMost: 120)),
      Target("\(thousand), dependent", row(thousand, "hit, dependent"), .value(12)),
    ]
  }

  private static var handfuls: [Target] {
    [
      Target(
        "ten prefixes, memory of one table",
        row(PrefixSetting<UInt32>.handfuls, "memory of one table"), .value(1_023))
    ]
  }

  /// Tables of 65,536 routes and more, beside DPDK's: how many times the better of them.
  private static var large: [Target] {
    let real = "IPv4, \(PrefixSetting<UInt32>.realTable)"
    let settings: [(name: String, dependent: Double, independent: Double, batched: Double)] = [
      ("IPv4, 100000 Internet-like", 1.15, 1.6, 2), ("IPv4, 1000000 Internet-like", 1.15, 1.6, 2),
      ("IPv4, 65536 host routes", 2, 2, 2), ("IPv4, 1000000 host routes", 1, 1.2, 1),
      (real, 1.3, 1.6, 2),
    ]
    return settings.flatMap { setting in
      [
        (Order.dependent, setting.dependent), (.independent, setting.independent),
        (.batched, setting.batched),
      ].map { order, factor in
        Target(
          "\(setting.name), \(order)", row(setting.name, "hit, \(order)"),
          .times(factor, of: peers))
      }
    }
  }

  private static var real: [Target] {
    let name = PrefixSetting<UInt32>.realTable
    return [
      Target("IPv6, \(name), independent", row("IPv6, \(name)", "hit, independent"), .value(60)),
      Target("IPv4, \(name), bytes a route", row("IPv4, \(name)", "bytes a route"), .value(30)),
    ]
  }

  private static var million: [Target] {
    let setting = "IPv4, 1000000 Internet-like"
    return [
      ("bytes a route", 40.0), ("insert", 350), ("delete", 400), ("bulk build", 0.35e9),
    ].map { operation, value in
      Target("\(setting), \(operation)", row(setting, operation), .value(value))
    }
  }
}
