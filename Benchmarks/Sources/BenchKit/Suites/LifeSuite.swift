import HNVCore

/// Suite 4: build, check, compile, change.
extension Bench {
  mutating func measureLife() {
    var patience = Patience()
    var changes = Patience()
    var shared = Patience()
    for size in [1_000, 10_000, 100_000, 1_024_000] where allows(size) {
      if let reason = patience.objection(to: size) {
        report.omit("life", Self.lifeSetting(size), reason)
        continue
      }
      report.begin("life", Self.lifeSetting(size))
      let network = Self.lifeNetwork(size)
      var compiled: CompiledNetwork?
      patience.note(size, build(network, into: &compiled))
      guard let compiled else { continue }
      measureHostRoutes(network)
      change(compiled, network, of: 0..<1, "one record changed", &changes)
      change(
        compiled, network, of: 0..<network.hostCount, "one VM moved, all hosts told", &shared)
      addRoute(compiled.policy, network)
    }
    measureLabs()
  }

  static func lifeSetting(_ size: Int) -> String { "\(size) VMs" }

  /// Fifty machines a host, and from a certain size on a thousand hosts.
  private static func lifeNetwork(_ size: Int) -> TenantNetwork {
    TenantNetwork(
      tenantCount: size / TenantNetwork.machinesPerTenant, family: .v4,
      hostCount: max(2, min(1_000, size / 50)))
  }

  private func row(_ network: TenantNetwork, _ operation: String) -> Figure.Row {
    Figure.Row("life", Self.lifeSetting(network.machineCount), operation)
  }

  /// Builds, checks and compiles; gives the time and the memory of it all.
  private mutating func build(
    _ network: TenantNetwork, into compiled: inout CompiledNetwork?
  ) -> Patience.Cost {
    let size = network.machineCount
    let before = Memory.inUse
    let (building, policy) = Spread.once { network.policy() }
    let (checking, diagnostics) = Spread.once { policy.check() }
    if let error = diagnostics.first(where: { $0.severity == .error }) {
      report.mismatch("\(Self.lifeSetting(size)): \(error.explanation)")
    }
    let between = Memory.inUse
    let (compiling, made) = Spread.once { CompiledNetwork(policy, warnings: diagnostics) }
    let after = Memory.inUse
    compiled = made
    let total = building.value + checking.value + compiling.value
    let steps = [
      ("build", building), ("check", checking), ("compile", compiling),
      ("build, check and compile", Spread([total])),
    ]
    for (name, spread) in steps { report.add(Figure(row(network, name), spread, size: size)) }
    guard let before, let between, let after else {
      return Patience.Cost(nanoseconds: total)
    }
    report.add(
      Figure(row(network, "memory in all"), Spread([Double(after - before)]), .bytes, size: size))
    report.add(
      Figure(
        row(network, "memory a VM"), Spread([Double(after - before) / Double(size)]), .bytes,
        size: size))
    compare(network, policy, hosts: after - between)
    return Patience.Cost(nanoseconds: total, bytes: after - before)
  }

  /// What the hosts' compiled state takes, beside that of one host with the same records.
  private mutating func compare(_ network: TenantNetwork, _ policy: NetworkPolicy, hosts: Int) {
    // One host with as many ports as all of them have: what is told apart is sharing alone.
    guard let first = policy.hosts.first else { return }
    var host = first
    host.policy.ports = policy.hosts.flatMap(\.policy.ports)
    let single = NetworkPolicy(settings: policy.settings, hosts: [host])
    guard let bytes = Memory.growth({ CompiledNetwork(single, warnings: []) }).bytes else { return }
    let row = row(network, "compiled state, all hosts")
    report.add(Figure(row, Spread([Double(bytes)]), .bytes, by: "one host"))
    report.add(Figure(row, Spread([Double(hosts)]), .bytes, size: network.machineCount))
  }

  /// How many records a host needs: all, or those of the tenants that it has a machine of.
  private mutating func measureHostRoutes(_ network: TenantNetwork) {
    let own = stride(from: 0, to: network.machineCount, by: network.hostCount).map {
      network.tenant(of: $0)
    }
    let needed = Set(own).count * TenantNetwork.machinesPerTenant
    let size = network.machineCount
    report.add(
      Figure(
        row(network, "host routes, every tenant's"), Spread([Double(size)]), .count, size: size))
    report.add(
      Figure(
        row(network, "host routes, of tenants here"), Spread([Double(needed)]), .count, size: size))
  }

  /// Changes a record on some hosts, and asks the first of them about the next packet.
  private mutating func change(
    _ compiled: CompiledNetwork, _ network: TenantNetwork, of hosts: Range<Int>,
    _ operation: String, _ patience: inout Patience
  ) {
    let size = network.machineCount
    if let reason = patience.objection(to: size) {
      report.omit("life", "\(Self.lifeSetting(size)), \(operation)", reason)
      return
    }
    let names = hosts.map { compiled.policy.hosts[$0].name }
    let target = network.providerAddress(of: 0)
    let row = row(network, operation)
    let spread = timeChanges(of: compiled, network, row) { sender in
      // The machine behind the sender runs on the second host and moves to the first. Its port
      // stays, so that the host reports that it is missing.
      let mover = sender + 1
      guard let frame = network.frame(from: sender, to: mover) else { return nil }
      let missed = Refusal.noPort(network.macAddress(of: mover), network.subnet(of: mover))
      return (
        PolicyUpdate(
          .setProviderAddress(of: network.record(of: mover).key, to: target), on: names),
        { router in
          let outcome = router.decide(
            frame, from: sender / network.hostCount, state: HostState(), at: 0)
          return outcome.decision == .refuse(missed)
        }
      )
    }
    patience.note(
      size,
      Patience.Cost(nanoseconds: spread.value, bytes: size * MemoryLayout<LookupRecord>.stride))
    report.add(Figure(row, spread, size: size))
  }

  /// A change, and whether the first host's router obeys it.
  typealias Change = (update: PolicyUpdate, isObeyed: (HostRouter) -> Bool)

  /// Times changes, one after the other on a copy of a network, until the next packet obeys each:
  /// one by which the copy parts from the original, then twenty that count, or as many as there
  /// are, for machines of the first host.
  mutating func timeChanges(
    of compiled: CompiledNetwork, _ network: TenantNetwork, _ row: Figure.Row,
    _ change: (Int) -> Change?
  ) -> Spread {
    let changes = (0...20).map { $0 * network.hostCount }.filter {
      $0 + 1 < network.machineCount && network.tenant(of: $0) == network.tenant(of: $0 + 1)
    }.compactMap(change)
    var changed = compiled
    var times: [Double] = []
    for change in changes {
      let (spread, isObeyed) = Spread.once {
        (try? changed.apply([change.update])) != nil && change.isObeyed(changed.routers[0])
      }
      times.append(spread.value)
      if !isObeyed { report.mismatch("\(row): the next packet does not obey") }
    }
    return Spread(times.count > 1 ? Array(times.dropFirst()) : times)
  }
}
