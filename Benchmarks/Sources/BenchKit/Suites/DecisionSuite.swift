import HNVCore

/// Suite 2: the whole decision of a host's router, from the sender's rules to the receiver's.
extension Bench {
  mutating func measureDecisions() {
    for family in IPFamily.allCases {
      var patience = Patience()
      for tenantCount in [16, 4_096] {
        let tenantCount = fitting(tenantCount)
        let network = TenantNetwork(tenantCount: tenantCount, family: family)
        if let reason = patience.objection(to: network.machineCount) {
          report.omit("decisions", Self.decisionSetting(network), reason)
          continue
        }
        let forwarding = network.forwarding()
        let (compiling, (router, bytes)) = Spread.once {
          Memory.growth { DistributedRouter(forwarding) }
        }
        for ruleCount in [1, 8] { measureDelivery(network, router, rules: ruleCount) }
        measureEncapsulation(tenantCount, family)
        // Ports with their rules take several times what the tables do.
        patience.note(
          network.machineCount,
          Patience.Cost(nanoseconds: compiling.value, bytes: (bytes ?? 0) * 4))
        // What is capped to one size is measured once.
        if fitting(4_096) == tenantCount { break }
      }
    }
  }

  /// As many tenants as `--largest` allows.
  func fitting(_ tenantCount: Int) -> Int {
    min(tenantCount, max(1, options.largest / TenantNetwork.machinesPerTenant))
  }

  static func decisionSetting(_ network: TenantNetwork) -> String {
    "\(network.family), \(network.tenantCount) tenants, \(network.ruleCount) + \(network.ruleCount)"
      + " rules, \(network.hostCount == 1 ? "delivered" : "encapsulated")"
  }

  /// All machines on one host: both ports' rules are asked, whoever sends to whom.
  private mutating func measureDelivery(
    _ network: TenantNetwork, _ router: DistributedRouter, rules: Int
  ) {
    let network = TenantNetwork(
      tenantCount: network.tenantCount, family: network.family, ruleCount: rules)
    report.begin("decisions", Self.decisionSetting(network))
    let decider = Decider(
      router: HostRouter(
        name: "hv1", policy: network.hostPolicy(0, router.policy), router: router))
    measure(decider, Flows(network), network)
  }

  /// The sender on one host, the receiver on another.
  private mutating func measureEncapsulation(_ tenantCount: Int, _ family: IPFamily) {
    let network = TenantNetwork(tenantCount: tenantCount, family: family, hostCount: 2)
    report.begin("decisions", Self.decisionSetting(network))
    let forwarding = network.forwarding()
    let decider = Decider(
      router: HostRouter(
        name: "hv1", policy: network.hostPolicy(0, forwarding),
        router: DistributedRouter(forwarding)))
    measure(decider, Flows(network), network)
  }

  private mutating func measure(_ decider: Decider, _ flows: Flows, _ network: TenantNetwork) {
    let setting = Self.decisionSetting(network)
    func row(_ operation: String) -> Figure.Row { Figure.Row("decisions", setting, operation) }
    let size = network.machineCount
    for order in Order.allCases {
      let row = row(order.rawValue)
      addFloor(floors.floor(of: size < 100_000 ? 32 << 10 : 1 << 30), row, order)
      let (spread, sum) = Spread.of(flows.count) { decider.run(flows, order) }
      report.add(Figure(row, spread, checksum: sum, size: size))
      report.expect(flows.checksum, sum, row)
    }
    let (spread, sum) = Spread.of(flows.count) { decider.runExplained(flows) }
    let kept = row("independent, reasons kept")
    if let plain = report.figure(row(Order.independent.rawValue)) {
      report.add(Figure(kept, plain.spread, by: "without reasons"))
    }
    report.add(Figure(kept, spread, checksum: sum, size: size))
    report.expect(flows.checksum, sum, kept)
  }
}
