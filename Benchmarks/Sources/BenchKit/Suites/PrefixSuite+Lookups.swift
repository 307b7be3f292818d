extension Bench {
  /// Builds a table, changes it and looks things up in it, beside the references that fit.
  mutating func measure<Bits>(_ setting: PrefixSetting<Bits>, _ peer: DPDKPeer?) {
    report.begin("prefixes", setting.name)
    var (table, bytes) = Memory.growth { RouteTable(setting.routes) }
    measureBuild(setting, bytes)
    let sets = Destinations.allCases.map { kind in
      kind.make(setting.lookupCount, for: setting.routes)
    }
    verify(table, setting, sets)
    let answer = ask(peer, setting, sets)
    measureChanges(of: &table, setting, beside: answer)
    let floor = floors.floor(of: bytes ?? setting.routes.count * 32)
    let dictionary = setting.areHosts ? DictionaryTable(setting.routes.map(\.bits)) : nil
    for (number, (kind, keys)) in zip(Destinations.allCases, sets).enumerated() {
      for order in Order.allCases {
        let row = setting.row("\(kind.rawValue), \(order.rawValue)")
        for found in answer?.lookups ?? [] where found.set == number && found.order == order {
          report.add(Figure(row, found.spread, by: found.table, checksum: found.checksum))
        }
        if let dictionary, order == .independent {
          let (spread, sum) = Spread.of(keys.count) { dictionary.run(keys, order) }
          report.add(Figure(row, spread, by: "Dictionary", checksum: sum))
        }
        if kind == .hit { addFloor(floor, row, order) }
        let (spread, sum) = Spread.of(keys.count) { table.run(keys, order) }
        report.add(Figure(row, spread, checksum: sum, size: setting.routes.count))
      }
    }
  }

  /// The peer's figures; it knows IPv4 alone.
  private func ask<Bits>(
    _ peer: DPDKPeer?, _ setting: PrefixSetting<Bits>, _ sets: [[Bits]]
  ) -> DPDKPeer.Answer? {
    guard let routes = setting.routes as? [Route<UInt32>], let sets = sets as? [[UInt32]] else {
      return nil
    }
    return peer?.measure(routes, sets)
  }

  /// What one load costs in a region of the table's size.
  mutating func addFloor(_ floor: MemoryFloor, _ row: Figure.Row, _ order: Order) {
    switch order {
    case .dependent: report.add(Figure(row, floor.dependent, by: "dependent load"))
    case .independent, .batched: report.add(Figure(row, floor.independent, by: "independent load"))
    }
  }

  private mutating func measureBuild<Bits>(_ setting: PrefixSetting<Bits>, _ bytes: Int?) {
    let (spread, count) = Spread.of(1, runs: 3) { UInt64(RouteTable(setting.routes).count) }
    report.add(Figure(setting.row("bulk build"), spread, size: setting.routes.count))
    if count != setting.routes.count {
      report.mismatch(
        "\(setting.name): \(count) of \(setting.routes.count) routes are in the table")
    }
    // Of a handful of routes the allocator does not tell: tables of that kind are counted together.
    if let bytes, setting.routes.count >= 1_000 {
      report.add(
        Figure(
          setting.row("bytes a route"), Spread([Double(bytes) / Double(setting.routes.count)]),
          .bytes, size: setting.routes.count))
    }
  }

  /// Removes routes from all over the table and puts them back.
  private mutating func measureChanges<Bits>(
    of table: inout RouteTable<Bits>, _ setting: PrefixSetting<Bits>,
    beside answer: DPDKPeer.Answer?
  ) {
    guard setting.routes.count >= 1_000 else { return }
    let step = max(1, setting.routes.count / 20_000)
    let some = stride(from: 0, to: setting.routes.count, by: step).map { setting.routes[$0] }
    var inserts: [Double] = []
    var deletes: [Double] = []
    let clock = ContinuousClock()
    for _ in 0..<4 {
      deletes.append(clock.measure { for route in some { table.remove(route) } }.inNanoseconds)
      inserts.append(clock.measure { for route in some { table.insert(route) } }.inNanoseconds)
    }
    // The first round warms up, and makes the table its caller's alone.
    let count = Double(some.count)
    let changes = [
      ("insert", inserts, answer?.changes?.insert), ("delete", deletes, answer?.changes?.delete),
    ]
    for (name, runs, peer) in changes {
      if let peer { report.add(Figure(setting.row(name), Spread([peer]), by: "rte_fib")) }
      report.add(
        Figure(
          setting.row(name), Spread(runs.dropFirst().map { $0 / count }),
          size: setting.routes.count))
    }
  }

  /// Compares answers with those of the obvious table, for so many keys as it has patience for.
  private mutating func verify<Bits>(
    _ table: RouteTable<Bits>, _ setting: PrefixSetting<Bits>, _ sets: [[Bits]]
  ) {
    let golden = GoldenTable(setting.routes)
    let patience = max(64, min(4_096, 20_000_000 / setting.routes.count))
    for keys in sets {
      let some = Array(keys.prefix(patience))
      for key in some where table.value(for: key) != golden.value(for: key) {
        report.mismatch(
          "\(setting.name): another answer than the obvious table's for \(key.ipAddress)")
        return
      }
    }
    guard let keys = sets.dropFirst().first?.prefix(patience) else { return }
    let row = setting.row("hit, independent")
    let (spread, _) = Spread.of(keys.count, runs: 2) { golden.run(Array(keys), .independent) }
    report.add(Figure(row, spread, by: "obvious table"))
  }
}
