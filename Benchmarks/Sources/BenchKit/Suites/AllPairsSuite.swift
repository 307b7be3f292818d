import HNVCore

/// A verdict for every pair of machines inside each tenant.
extension Bench {
  mutating func measureAllPairs() {
    let tenants = TenantNetwork(tenantCount: fitting(4_096), family: .v4)
    let setting = "\(tenants.tenantCount) tenants of \(TenantNetwork.machinesPerTenant)"
    report.begin("pairs", setting)
    let network = CompiledNetwork(tenants.policy(), warnings: [])
    // The same pair by pair, for a few tenants: what is found at once and what is not must agree.
    let few = 0..<min(8, tenants.tenantCount)
    let single = decideOnEach(few, tenants, network.routers[0])
    let oneByOne = Figure.Row("pairs", setting, "one, asked alone")
    report.add(
      Figure(oneByOne, single.time.mapped { $0 / Double(few.count * Self.pairsPerTenant) }))
    report.expect(UInt64(few.count * Self.pairsPerTenant), single.count, oneByOne)

    let (time, count) = Spread.once { reach(tenants, network) }
    let row = Figure.Row("pairs", setting, "all")
    report.expect(UInt64(tenants.tenantCount * Self.pairsPerTenant), count, row)
    report.add(Figure(row, time, size: tenants.machineCount))
    report.add(
      Figure(
        Figure.Row("pairs", setting, "one"),
        time.mapped { $0 / Double(tenants.tenantCount * Self.pairsPerTenant) }))
  }

  private static var pairsPerTenant: Int {
    TenantNetwork.machinesPerTenant * (TenantNetwork.machinesPerTenant - 1)
  }

  private func reach(_ tenants: TenantNetwork, _ network: CompiledNetwork) -> UInt64 {
    var count: UInt64 = 0
    for tenant in 0..<tenants.tenantCount {
      let matrix = network.reach(
        in: tenants.routingDomain(of: tenant), by: tenants.family,
        carrying: TenantNetwork.transport)
      count += UInt64(matrix.reachedCount)
    }
    return count
  }

  /// How many pairs there are of which the first is found to reach the second, one decision each.
  private func decideOnEach(
    _ some: Range<Int>, _ tenants: TenantNetwork, _ router: HostRouter
  ) -> (time: Spread, count: UInt64) {
    let decider = Decider(router: router)
    let (time, count) = Spread.once {
      var count: UInt64 = 0
      for tenant in some {
        let machines = Self.machines(of: tenant)
        for sender in machines {
          guard let frame = tenants.frame(from: sender, to: sender) else { continue }
          let header = FlowKey(frame)
          for receiver in machines where receiver != sender {
            let sent = header.sent(
              to: tenants.address(of: receiver), at: tenants.nextHop(from: sender, to: receiver))
            guard let sent else { continue }
            let verdict = decider.verdict(sent, from: sender)
            if verdict == Flow.number(ofPort: receiver) { count += 1 }
          }
        }
      }
      return count
    }
    return (time, count)
  }

  private static func machines(of tenant: Int) -> Range<Int> {
    let first = tenant * TenantNetwork.machinesPerTenant
    return first..<first + TenantNetwork.machinesPerTenant
  }
}
