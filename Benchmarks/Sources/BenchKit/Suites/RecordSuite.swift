import HNVCore

/// Exact match of (VSID, customer address), the record that says where a machine is.
struct RecordTable: LookupTable {
  let router: DistributedRouter

  func value(for key: SubnetAddress) -> UInt32 {
    Self.number(router.record(for: key.address, in: key.subnet))
  }

  var newBatch: RecordBatch { RecordBatch() }

  func values(
    for keys: ArraySlice<SubnetAddress>, _ batch: inout RecordBatch, into values: inout [UInt32]
  ) {
    batch.find(keys, in: router)
    for place in batch.records.indices { values[place] = Self.number(batch.records[place]) }
  }

  private static func number(_ record: Int?) -> UInt32 { record.map { UInt32($0 + 1) } ?? 0 }
}

extension Bench {
  mutating func measureRecords() {
    for family in IPFamily.allCases {
      var patience = Patience()
      for tenantCount in [262, 4_096, 40_000] {
        let size = tenantCount * TenantNetwork.machinesPerTenant
        let setting = Self.recordSetting(family, size)
        // The smallest is measured in any case, cut to what was asked for.
        let fitting = tenantCount == 262 ? min(size, options.largest) : size
        guard allows(fitting) else { continue }
        if let reason = patience.objection(to: fitting) {
          report.omit("records", setting, reason)
          continue
        }
        let cost = measureRecords(
          TenantNetwork(
            tenantCount: max(1, fitting / TenantNetwork.machinesPerTenant), family: family))
        patience.note(fitting, cost)
      }
    }
  }

  static func recordSetting(_ family: IPFamily, _ size: Int) -> String {
    "\(family), \(size) records"
  }

  private mutating func measureRecords(_ network: TenantNetwork) -> Patience.Cost {
    let setting = Self.recordSetting(network.family, network.machineCount)
    func row(_ operation: String) -> Figure.Row { Figure.Row("records", setting, operation) }
    report.begin("records", setting)
    let forwarding = network.forwarding()
    let (compiling, (router, bytes)) = Spread.once {
      Memory.growth { DistributedRouter(forwarding) }
    }
    let keys = (0..<network.machineCount).map { network.key(of: $0) }
    var generator = SplitMix64(seed: 3)
    let wanted = (0..<Order.lookupCount(keys.count)).map { _ in
      keys[Int(generator.next().multipliedFullWidth(by: UInt64(keys.count)).high)]
    }
    guard let peer = ExactTable(keys, lookingUp: wanted, isIPv6: network.family == .v6) else {
      report.omit("records", setting, "memory is short")
      return Patience.Cost()
    }
    let dictionary = Memory.growth { DictionaryTable(keys) }
    addMemory(row("bytes a record"), peer.byteCount, dictionary.bytes, bytes, keys.count)
    let table = RecordTable(router: router)
    let floor = floors.floor(of: peer.byteCount)
    for order in Order.allCases {
      let row = row(order.rawValue)
      let (peerSpread, peerSum) = Spread.of(wanted.count) { peer.run(order) }
      report.add(Figure(row, peerSpread, by: "table in C", checksum: peerSum))
      if order != .batched {
        let (spread, sum) = Spread.of(wanted.count) { dictionary.made.run(wanted, order) }
        report.add(Figure(row, spread, by: "Dictionary", checksum: sum))
      }
      addFloor(floor, row, order)
      let (spread, sum) = Spread.of(wanted.count) { table.run(wanted, order) }
      report.add(Figure(row, spread, checksum: sum, size: keys.count))
    }
    return Patience.Cost(nanoseconds: compiling.value, bytes: bytes ?? 0)
  }

  private mutating func addMemory(
    _ row: Figure.Row, _ peer: Int, _ dictionary: Int?, _ own: Int?, _ count: Int
  ) {
    func perRecord(_ bytes: Int) -> Spread { Spread([Double(bytes) / Double(count)]) }
    report.add(Figure(row, perRecord(peer), .bytes, by: "table in C"))
    if let dictionary { report.add(Figure(row, perRecord(dictionary), .bytes, by: "Dictionary")) }
    if let own { report.add(Figure(row, perRecord(own), .bytes, size: count)) }
  }
}
