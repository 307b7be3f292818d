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
  /// Who is where on the underlay.
  let directory: UnderlayDirectory

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
    directory = UnderlayDirectory(intent, policy)
    var faults = derivation.faults
    let origins = derivation.origins
    for fault in policy.check() {
      faults.append(fault.blaming(fault.subject, at: origins.place(of: fault.subject)))
    }
    faults += UnderlayCheck(intent: intent, policy: policy, origins: origins).faults()
    self.faults = faults + ForwardingLoops(intent).faults()
    routers =
      faults.contains { $0.severity == .error } ? [] : HNVState.compile(policy)
  }

  package func initialState() -> any ModelState { HNVState(plan: self) }

  package func box(for element: ElementID) -> any Box {
    switch element {
    case .host(let index): HNVSwitch(index, ProviderStack(index, policy.hosts[index]))
    case .underlay, .machine, .outside, .router: Underlay(intent, directory)
    }
  }

  package func mtu(of machine: Int) -> Int { policy.guestMTU(of: machine, in: intent) }
}

extension NetworkPolicy {
  /// A guest's MTU leaves room for the encapsulation, as 2012 R2 arranges at boot ("NVGRE MTU
  /// reduction", TechNet): 1458 over an IPv4 underlay of 1500.
  ///
  /// It follows the network of the guest's own host, whatever lies behind that.
  func guestMTU(of machine: Int, in intent: Intent) -> Int {
    let mtu = hosts[intent.machines[machine].host].policy.underlayMTU
    return min(1500, mtu - overhead(of: machine, in: intent))
  }

  /// The bytes that the host of a machine adds to its packets.
  func overhead(of machine: Int, in intent: Intent) -> Int {
    let provider = hosts[intent.machines[machine].host].policy.providerAddresses.first
    return settings.encapsulation.overhead(over: provider?.address.family ?? .v4)
  }
}

extension UnderlayDirectory {
  /// The underlay with the provider addresses of its hosts.
  init(_ intent: Intent, _ policy: NetworkPolicy) {
    var addresses: [HostAddress] = []
    for (host, own) in policy.hosts.enumerated() {
      for provider in own.policy.providerAddresses {
        addresses.append(
          HostAddress(
            host: host, address: provider.address,
            macAddress: provider.macAddress ?? .adapter(ofHost: host), vlan: provider.vlanID))
      }
    }
    var plain = PlainMachines()
    for (index, machine) in intent.machines.enumerated() {
      let ports = policy.hosts[machine.host].policy.ports
      for interface in machine.interfaces where intent.subnet(of: interface) != nil {
        let isPlain = ports.contains {
          $0.virtualSubnetID == nil && $0.macAddress == interface.macAddress
        }
        if isPlain { plain.add(index, interface) }
      }
    }
    self.init(intent, hosts: addresses, plain: plain)
  }
}
