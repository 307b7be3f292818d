import Testing

@testable import HNVCore

/// Changes in networks full of flaws against their slow twin: everything checked and compiled from
/// nothing.
struct ChangePropertyTests {
  /// Networks that can be checked in part, whose flaws are warnings.
  private static func network(
    _ family: IPFamily, _ seed: UInt64, _ random: inout SplitMix64
  ) throws -> (RandomNetwork, CompiledNetwork)? {
    let network = try RandomNetwork(family, &random) { settings in
      settings.policyChecks = .lenient
      settings.externalGateway = .anySubnet
    }
    var policy = network.policy
    let domains = Dictionary(
      network.machines.map { ($0.subnet, RandomNetwork.domain($0.domain)) },
      uniquingKeysWith: { first, _ in first })
    for host in policy.hosts.indices {
      var forwarding = policy.hosts[host].policy.forwarding
      forwarding.lookupRecords.removeAll { !$0.isSeparable }
      forwarding.customerRoutes.removeAll { domains[$0.virtualSubnetID] != $0.routingDomainID }
      policy.hosts[host].policy.forwarding = forwarding
      // The first two are of all hosts alike; the others are those of single machines.
      policy.hosts[host].policy.providerAddresses.removeLast(
        policy.hosts[host].policy.providerAddresses.count - 2)
      policy.hosts[host].policy.ports.removeAll { port in
        port.virtualSubnetID.map { domains[$0] == nil } ?? true
      }
    }
    // Every other network begins with hosts that share.
    if seed % 2 == 0 {
      for host in policy.hosts.indices {
        policy.hosts[host].policy.forwarding = policy.hosts[0].policy.forwarding
      }
    }
    return (try? CompiledNetwork(policy)).map { (network, $0) }
  }

  @Test(arguments: IPFamily.allCases, UInt64(0)..<20)
  func `a change is judged and obeyed as if all were checked and compiled from nothing`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    guard case (let network, var compiled)? = try Self.network(family, seed, &random) else {
      return
    }
    #expect(compiled.isSeparable)
    for _ in 0..<30 {
      let updates = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in
        network.randomUpdate(of: compiled.policy, &random)
      }
      let before = compiled
      var expected = compiled.policy
      let expectedErrors = Self.errors { () throws(Diagnostics) in try expected.apply(updates) }
      let errors = Self.errors { () throws(Diagnostics) in try compiled.apply(updates) }
      #expect(Self.difference(errors, expectedErrors).isEmpty)
      #expect(compiled.policy == expected)
      if !errors.isEmpty { #expect(compiled.warnings == before.warnings) }
      let warnings = expected.check()
      #expect(Self.difference(compiled.warnings, warnings).isEmpty, "\(updates)")
      try expectSameDecisions(
        compiled, CompiledNetwork(expected, warnings: warnings), network, &random)
    }
  }

  @Test func `enough networks and changes are compared`() throws {
    var (networks, accepted, rejected, warnings) = (0, 0, 0, 0)
    for seed in UInt64(0)..<20 {
      var random = SplitMix64(seed: seed)
      guard case (let network, var compiled)? = try Self.network(.v4, seed, &random) else {
        continue
      }
      networks += 1
      for _ in 0..<30 {
        guard let update = network.randomUpdate(of: compiled.policy, &random) else { continue }
        let errors = Self.errors { () throws(Diagnostics) in try compiled.apply([update]) }
        if errors.isEmpty { accepted += 1 } else { rejected += 1 }
        warnings += compiled.warnings.count
      }
    }
    #expect(networks >= 5 && accepted >= 100 && rejected >= 20 && warnings >= 100)
  }

  private static func errors(_ apply: () throws(Diagnostics) -> Void) -> [Diagnostic] {
    do throws(Diagnostics) {
      try apply()
      return []
    } catch {
      return error.all
    }
  }

  /// By how much diagnostics are there more often than others.
  private static func difference(
    _ some: [Diagnostic], _ others: [Diagnostic]
  ) -> [Diagnostic: Int] {
    Dictionary(some.map { ($0, 1) } + others.map { ($0, -1) }, uniquingKeysWith: +).filter {
      $0.value != 0
    }
  }

  private func expectSameDecisions(
    _ one: CompiledNetwork, _ other: CompiledNetwork, _ network: RandomNetwork,
    _ random: inout SplitMix64
  ) throws {
    for (one, other) in zip(one.routers, other.routers) {
      #expect(one.ports == other.ports)
      for (port, sender) in one.ports.enumerated() {
        for _ in 0..<4 {
          let frame = try network.frame(from: sender, &random)
          #expect(one.decide(frame, from: port) == other.decide(frame, from: port))
        }
      }
    }
    for first in one.routers.indices {
      for second in one.routers.indices {
        #expect(
          (one.routers[first].router === one.routers[second].router)
            == (one.policy.hosts[first].policy.forwarding
              == one.policy.hosts[second].policy.forwarding))
      }
    }
  }
}

extension RandomNetwork {
  /// A change that may be sensible, wrong, or of what is not there, on some hosts; `nil` where a
  /// list is empty.
  func randomUpdate(
    of policy: NetworkPolicy, _ random: inout SplitMix64
  ) -> PolicyUpdate? {
    let count = random.hits(1, in: 2) ? policy.hosts.count : 1
    let names = policy.hosts.map(\.name).shuffled(using: &random).prefix(count)
    let host = policy.hosts.first { $0.name == names.first }
    return host.flatMap { randomChange(of: $0.policy, &random) }.map {
      PolicyUpdate($0, on: Array(names))
    }
  }

  private func randomChange(
    of policy: HostPolicy, _ random: inout SplitMix64
  ) -> PolicyChange? {
    let record = policy.forwarding.lookupRecords.randomElement(using: &random)
    let route = policy.forwarding.customerRoutes.randomElement(using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<6:
      return record.map {
        .setProviderAddress(
          of: $0.key, to: Article.provider(Int.random(in: 0...Self.hostCount, using: &random)))
      }
    case 6, 7: return record.flatMap { deviating($0, &random) }.map { .newLookupRecord($0) }
    case 8: return record.map { .removeLookupRecord($0.key) }
    case 9:
      guard var route else { return nil }
      route.metric += 1
      return random.hits(1, in: 2) ? .newCustomerRoute(route) : .removeCustomerRoute(route.key)
    case 10:
      let machine = machines[Int.random(in: 0..<machines.count, using: &random)]
      return .connect(
        VMPort(
          vmName: "\(machine.address)", macAddress: machine.macAddress,
          virtualSubnetID: machine.subnet))
    default:
      let port = policy.ports.randomElement(using: &random)
      return port.flatMap { port in
        port.virtualSubnetID.map { .disconnect(port.macAddress, $0) }
      }
    }
  }
}
