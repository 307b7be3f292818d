extension Bench {
  /// Builds a table, changes it and looks things up in it, beside the references that fit.
  mutating func measure<Bits>(_ setting: PrefixSetting<Bits>, _ peer: DPDKPeer?) {
    report.begin("prefixes", setting.name)
    let entries = RouteTable<Bits>.entries(setting.routes)
    var (table, bytes) = Memory.growth { RouteTable<Bits>(entries) }
    let sets = Destinations.allCases.map { kind in
      kind.make(Order.lookupCount(setting.routes.count), for: setting.routes)
    }
    verify(table, setting, sets)
    let answer = ask(peer, setting, sets)
    var others = LanguageTables(setting)
    measureBuild(setting, entries)
    if setting.isLarge {
      addMemory(setting, answer, others, bytes)
      measureChanges(of: &table, entries, &others, setting, beside: answer)
    }
    let floor = floors.floor(of: bytes ?? setting.routes.count * 32)
    for (number, kind) in Destinations.allCases.enumerated() {
      let found = answer?.lookups.filter { $0.set == number } ?? []
      measure(table, others, setting, kind, sets[number], beside: found, floor)
    }
  }

  /// Looks up destinations of one kind in every order.
  private mutating func measure<Bits>(
    _ table: RouteTable<Bits>, _ others: LanguageTables<Bits>, _ setting: PrefixSetting<Bits>,
    _ kind: Destinations, _ keys: [Bits], beside found: [DPDKPeer.Lookup], _ floor: MemoryFloor
  ) {
    // In the form in which a user has them.
    let addresses = keys.map(\.address)
    var first: UInt64?
    for order in Order.allCases {
      let row = setting.row("\(kind.rawValue), \(order.rawValue)")
      for peer in found where peer.order == order {
        report.add(Figure(row, peer.spread, by: peer.table, checksum: peer.checksum))
      }
      if order == .independent { add(others, kind, keys, row) }
      if kind == .hit { addFloor(floor, row, order) }
      let (spread, sum) = Spread.of(keys.count) { table.run(addresses, order) }
      report.add(Figure(row, spread, checksum: sum, size: setting.routes.count))
      if sum != first ?? sum { report.mismatch("\(row): other answers than in another order") }
      first = sum
    }
  }

  /// The peer's figures; it knows IPv4 alone.
  private mutating func ask<Bits>(
    _ peer: DPDKPeer?, _ setting: PrefixSetting<Bits>, _ sets: [[Bits]]
  ) -> DPDKPeer.Answer? {
    guard let routes = setting.routes as? [Route<UInt32>], let sets = sets as? [[UInt32]],
      let answer = peer?.measure(routes, sets)
    else { return nil }
    if Pages.areHuge {
      let size = FigureText.value(Double(answer.hugeByteCount), .bytes)
      print("  of the memory of DPDK's program \(size) was in pages of 2 MiB")
    }
    return answer
  }

  /// What the language's own tables cost, independently.
  private mutating func add<Bits>(
    _ others: LanguageTables<Bits>, _ kind: Destinations, _ keys: [Bits], _ row: Figure.Row
  ) {
    if let hosts = others.hosts {
      let (spread, sum) = Spread.of(keys.count) { hosts.run(keys, .independent) }
      report.add(Figure(row, spread, by: "Dictionary", checksum: sum))
    } else if let byLength = others.byLength, kind == .hit {
      let (spread, sum) = Spread.of(keys.count) { byLength.run(keys, .independent) }
      report.add(Figure(row, spread, by: Comparison.byLength, checksum: sum))
    }
  }

  /// What one load costs in a region of the table's size.
  mutating func addFloor(_ floor: MemoryFloor, _ row: Figure.Row, _ order: Order) {
    switch order {
    case .dependent: report.add(Figure(row, floor.dependent, by: "dependent load"))
    case .independent, .batched: report.add(Figure(row, floor.independent, by: "independent load"))
    }
  }

  private mutating func measureBuild<Bits>(
    _ setting: PrefixSetting<Bits>, _ entries: [RouteTable<Bits>.Entry]
  ) {
    let (spread, count) = Spread.of(1, runs: 5, budget: .seconds(5)) {
      UInt64(RouteTable<Bits>(entries).count)
    }
    report.add(Figure(setting.row("bulk build"), spread, size: setting.routes.count))
    if count != setting.routes.count {
      report.mismatch(
        "\(setting.name): \(count) of \(setting.routes.count) routes are in the table")
    }
  }

  /// The memory of a route in each table.
  private mutating func addMemory<Bits>(
    _ setting: PrefixSetting<Bits>, _ answer: DPDKPeer.Answer?,
    _ others: LanguageTables<Bits>, _ own: Int?
  ) {
    let row = setting.row("bytes a route")
    let count = setting.routes.count
    func perRoute(_ bytes: Int) -> Spread { Spread([Double(bytes) / Double(count)]) }
    for peer in answer?.bytes ?? [] {
      report.add(Figure(row, perRoute(peer.count), .bytes, by: peer.table))
    }
    if let bytes = others.byLengthByteCount {
      report.add(Figure(row, perRoute(bytes), .bytes, by: Comparison.byLength))
    }
    if let own { report.add(Figure(row, perRoute(own), .bytes, size: count)) }
  }

  /// Removes routes from all over the tables and puts them back.
  private mutating func measureChanges<Bits>(
    of table: inout RouteTable<Bits>, _ entries: [RouteTable<Bits>.Entry],
    _ others: inout LanguageTables<Bits>, _ setting: PrefixSetting<Bits>,
    beside answer: DPDKPeer.Answer?
  ) {
    let count = setting.routes.count
    let places = Array(stride(from: 0, to: count, by: max(1, count / 20_000)))
    for peer in answer?.changes ?? [] {
      report.add(Figure(setting.row(peer.operation), peer.spread, by: peer.table))
    }
    let byLength = others.byLength?.timeChanges(places.map { setting.routes[$0] })
    let own = table.timeChanges(places.map { entries[$0] })
    for operation in ["insert", "delete"] {
      let row = setting.row(operation)
      if let byLength {
        let spread = operation == "insert" ? byLength.insert : byLength.delete
        report.add(Figure(row, spread, by: Comparison.byLength))
      }
      report.add(Figure(row, operation == "insert" ? own.insert : own.delete, size: count))
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
      for key in some where table.value(for: key.address) != golden.value(for: key) {
        report.mismatch(
          "\(setting.name): another answer than the obvious table's for \(key.address.ipAddress)")
        return
      }
    }
    guard let keys = sets.dropFirst().first?.prefix(patience) else { return }
    let row = setting.row("hit, independent")
    let (spread, _) = Spread.of(keys.count) { golden.run(Array(keys), .independent) }
    report.add(Figure(row, spread, by: "obvious table"))
  }
}

/// The tables that the language has, where they fit.
private struct LanguageTables<Bits: AddressNumber> {
  /// A dictionary of hosts, where all routes are.
  let hosts: DictionaryTable<Bits>?
  var byLength: DictionaryByLength<Bits>?
  let byLengthByteCount: Int?

  init(_ setting: PrefixSetting<Bits>) {
    hosts = setting.areHosts ? DictionaryTable(setting.routes.map(\.bits)) : nil
    guard setting.isLarge, !setting.areHosts else {
      byLengthByteCount = nil
      return
    }
    let (table, bytes) = Memory.growth { DictionaryByLength(setting.routes) }
    (byLength, byLengthByteCount) = (table, bytes)
  }
}
