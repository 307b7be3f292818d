package import HNVCore

/// What Hyper-V Network Virtualization makes of a lab: every host's policy, checked and compiled.
package struct HNVPlan: ModelPlan {
  package let intent: Intent
  package let policy: NetworkPolicy
  package let faults: [Fault]
  /// The routers of the hosts, compiled once; hosts that hold the same share the tables.
  package let routers: [HostRouter]
  let derivation: HNVDerivation
  /// The host that has a provider address; these do not change while an experiment runs.
  let providerOwners: [IPAddress: Int]

  /// Derives, checks and, unless there are errors, compiles.
  init(_ intent: Intent, _ section: HNVSection) {
    self.intent = intent
    var derivation = HNVDerivation(intent, section)
    policy = derivation.derive()
    self.derivation = derivation
    var owners: [IPAddress: Int] = [:]
    for (index, host) in policy.hosts.enumerated() {
      for provider in host.policy.providerAddresses { owners[provider.address] = index }
    }
    providerOwners = owners
    var faults = derivation.faults
    let origins = derivation.origins
    for fault in policy.check() {
      faults.append(fault.blaming(fault.subject, at: origins.place(of: fault.subject)))
    }
    self.faults = faults + ForwardingLoops(intent).faults()
    routers =
      faults.contains { $0.rule.severity == .error } ? [] : HNVState.compile(policy)
  }

  package func initialState() -> any ModelState { HNVState(plan: self) }

  package func box(for element: ElementID) -> any Box {
    switch element {
    case .host(let index): HNVSwitch(index)
    case .underlay, .machine, .outside: Underlay(intent)
    }
  }

  /// A guest's MTU leaves room for the encapsulation, as 2012 R2 arranges at boot ("NVGRE MTU
  /// reduction", TechNet): 1458 over an IPv4 underlay of 1500.
  package func mtu(of machine: Int) -> Int {
    let family = policy.hosts[intent.machines[machine].host].policy.providerAddresses
      .first?.address.family
    let overhead = policy.settings.encapsulation.overhead(over: family ?? .v4)
    return min(1500, intent.underlay.mtu - overhead)
  }
}

/// What each host has been told by now.
struct HNVState: ModelState {
  let plan: HNVPlan
  private(set) var policy: NetworkPolicy
  private(set) var routers: [HostRouter]

  init(plan: HNVPlan) {
    self.plan = plan
    policy = plan.policy
    routers = plan.routers
  }

  /// The lab's name of a routing domain.
  func name(of domain: RoutingDomainID) -> String? {
    plan.derivation.domains.firstIndex(of: domain).map { plan.intent.networks[$0].name }
  }

  /// Compiles every different policy once.
  static func compile(_ policy: NetworkPolicy) -> [HostRouter] {
    var compiled: [DistributedRouter] = []
    return policy.hosts.map { host in
      let known = compiled.first { $0.policy == host.policy.forwarding }
      let router =
        known ?? DistributedRouter(host.policy.forwarding, settings: policy.settings)
      if known == nil { compiled.append(router) }
      return HostRouter(name: host.name, policy: host.policy, router: router)
    }
  }

  mutating func deliver(_ item: PolicyItem, to hosts: [Int], _ wiring: Wiring) {
    switch item {
    case .record(let address):
      let records = records(of: address)
      let keys = Set(records.map(\.key))
      for host in hosts {
        policy.hosts[host].policy.forwarding.remove(item)
        policy.hosts[host].policy.forwarding.lookupRecords.removeAll { keys.contains($0.key) }
        policy.hosts[host].policy.forwarding.lookupRecords += records.map { located($0, wiring) }
      }
    case .route(let prefix):
      let routes = plan.derivation.routes.filter { $0.destinationPrefix == prefix }
      for host in hosts {
        policy.hosts[host].policy.forwarding.remove(item)
        policy.hosts[host].policy.forwarding.customerRoutes += routes
      }
    }
    recompile(hosts)
  }

  mutating func withhold(_ item: PolicyItem, from hosts: [Int]) {
    for host in hosts { policy.hosts[host].policy.forwarding.remove(item) }
    recompile(hosts)
  }

  /// The ports go along, with their virtual subnet and rules; what hosts were told stays.
  mutating func move(_ machine: Int, from old: Int, to new: Int) {
    let ports = plan.derivation.ports(of: machine)
    policy.hosts[old].policy.ports.removeAll { ports.contains($0) }
    policy.hosts[new].policy.ports += ports
    recompile([old, new])
  }

  /// The records of an address, and the wildcards of the adapter that has it: a gateway that
  /// moved is of no use where only its own address is known.
  private func records(of address: IPAddress) -> [LookupRecord] {
    let own = plan.derivation.records.filter { $0.customerAddress == address }
    return plan.derivation.records.filter { record in
      record.customerAddress == address
        || (record.type == .gatewayWildcard
          && own.contains {
            $0.macAddress == record.macAddress && $0.virtualSubnetID == record.virtualSubnetID
          })
    }
  }

  /// The record as it should be by now: with the provider address of its machine's host.
  private func located(_ record: LookupRecord, _ wiring: Wiring) -> LookupRecord {
    guard let owner = plan.intent.elements[record.vmName], case .machine(let machine) = owner,
      let provider = policy.hosts[wiring.host(of: machine)].policy.providerAddresses.first
    else { return record }
    var record = record
    record.providerAddress = provider.address
    return record
  }

  private mutating func recompile(_ hosts: [Int]) {
    for index in hosts {
      let host = policy.hosts[index]
      let same = routers.first { $0.router.policy == host.policy.forwarding }?.router
      routers[index] = HostRouter(
        name: host.name, policy: host.policy,
        router: same ?? DistributedRouter(host.policy.forwarding, settings: policy.settings))
    }
  }
}

extension ForwardingPolicy {
  /// Removes every record or route that a piece of policy is about.
  fileprivate mutating func remove(_ item: PolicyItem) {
    switch item {
    case .record(let address): lookupRecords.removeAll { $0.customerAddress == address }
    case .route(let prefix): customerRoutes.removeAll { $0.destinationPrefix == prefix }
    }
  }
}
