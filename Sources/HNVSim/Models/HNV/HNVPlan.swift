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
  /// How long a host waits for its policy when it asks for it anew; `nil` when nobody answers.
  let policyRefresh: VirtualTime?

  /// Derives, checks and, unless there are errors, compiles.
  init(_ intent: Intent, _ section: HNVSection) {
    self.intent = intent
    var derivation = HNVDerivation(intent, section)
    policy = derivation.derive()
    policyRefresh = derivation.policyRefresh
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
      faults.contains { $0.severity == .error } ? [] : HNVState.compile(policy)
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
