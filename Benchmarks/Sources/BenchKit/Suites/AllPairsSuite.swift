import HNVCore

/// A verdict for every pair of machines inside each tenant.
extension Bench {
  mutating func measureAllPairs() {
    let network = TenantNetwork(tenantCount: fitting(4_096), family: .v4)
    let setting = "\(network.tenantCount) tenants of \(TenantNetwork.machinesPerTenant)"
    report.begin("pairs", setting)
    let forwarding = network.forwarding()
    let decider = Decider(
      router: HostRouter(
        name: "hv1", policy: network.hostPolicy(0, forwarding),
        router: DistributedRouter(forwarding)))
    // A few tenants first: they say how many can be judged in half a minute.
    let few = 0..<min(8, network.tenantCount)
    let (trial, _) = Spread.once { judge(few, network, decider) }
    let affordable = Int(30e9 / (trial.median / Double(few.count)))
    let some = 0..<min(network.tenantCount, max(few.count, affordable))
    let (time, sum) = Spread.once { judge(some, network, decider) }
    let row = Figure.Row("pairs", setting, "all")
    report.expect(expected(some), sum, row)
    if some.count < network.tenantCount {
      report.omit("pairs", setting, "more than \(some.count) tenants; the time is extrapolated")
    }
    let factor = Double(network.tenantCount) / Double(some.count)
    report.add(Figure(row, time.mapped { $0 * factor }, size: network.machineCount))
    report.add(
      Figure(
        Figure.Row("pairs", setting, "one"),
        time.mapped { $0 / Double(some.count * Self.pairsPerTenant) }))
  }

  private static var pairsPerTenant: Int {
    TenantNetwork.machinesPerTenant * (TenantNetwork.machinesPerTenant - 1)
  }

  private func judge(_ tenants: Range<Int>, _ network: TenantNetwork, _ decider: Decider) -> UInt64
  {
    var sum: UInt64 = 0
    for tenant in tenants {
      let machines = Self.machines(of: tenant)
      for sender in machines {
        guard let frame = network.frame(from: sender, to: sender) else { continue }
        let header = FrameHeader(frame)
        for receiver in machines where receiver != sender {
          guard
            let sent = header.sent(
              to: network.address(of: receiver),
              at: network.nextHop(from: sender, to: receiver))
          else { continue }
          sum &+= UInt64(decider.verdict(sent, from: sender))
        }
      }
    }
    return sum
  }

  /// The sum of the verdicts when each machine reaches each other one.
  private func expected(_ tenants: Range<Int>) -> UInt64 {
    var sum: UInt64 = 0
    for machine in tenants.flatMap(Self.machines) {
      sum &+= UInt64(Flow.number(ofPort: machine)) * UInt64(TenantNetwork.machinesPerTenant - 1)
    }
    return sum
  }

  private static func machines(of tenant: Int) -> Range<Int> {
    let first = tenant * TenantNetwork.machinesPerTenant
    return first..<first + TenantNetwork.machinesPerTenant
  }
}
