package import HNVCore

/// Hyper-V Network Virtualization.
public struct HNVModel: ForwardingModel {
  /// The model; what a lab sets stands in its `hnv` section.
  public init() {}

  /// `hnv`.
  public var name: String { "hnv" }

  /// Its name in full.
  public var title: String { "Hyper-V Network Virtualization" }

  /// Derives every host's policy, checks and compiles it.
  public func makeNetwork(from intent: Intent, of lab: Lab) -> any ModelNetwork {
    HNVNetwork(intent, lab.hnv)
  }
}

/// What Hyper-V Network Virtualization makes of a lab: every host's policy, checked and compiled.
///
/// It never changes, and every run refers to it.
package final class HNVNetwork: ModelNetwork {
  package let intent: Intent
  package let policy: NetworkPolicy
  package let diagnostics: [Diagnostic]
  /// The routers of the hosts, compiled once; hosts that hold the same share the tables.
  package let routers: [HostRouter]
  let derivation: HNVDerivation
  /// The host that has a provider address; these do not change while an experiment runs.
  let providerOwners: [IPAddress: Int]
  /// The network of the lab that a routing domain stands for.
  private let networks: [RoutingDomainID: Int]
  /// How long a host waits for its policy after it requests it again; `nil` for ever.
  let policyRefresh: VirtualTime?
  /// Who is where on the underlay.
  let directory: UnderlayDirectory
  let sizes: GuestSizes

  /// Derives, checks and, unless there are errors, compiles.
  init(_ intent: Intent, _ section: HNVSection) {
    self.intent = intent
    var derivation = HNVDerivation(intent, section)
    policy = derivation.derive()
    policyRefresh = derivation.policyRefresh
    self.derivation = derivation
    networks = Dictionary(
      zip(derivation.domains, derivation.domains.indices), uniquingKeysWith: { first, _ in first })
    var owners: [IPAddress: Int] = [:]
    for (index, host) in policy.hosts.enumerated() {
      for provider in host.policy.providerAddresses { owners[provider.address] = index }
    }
    providerOwners = owners
    directory = UnderlayDirectory(intent, policy)
    var diagnostics = derivation.diagnostics
    let origins = derivation.origins
    for diagnostic in policy.check() {
      diagnostics.append(
        diagnostic.attributed(to: diagnostic.subject, at: origins.place(of: diagnostic.subject)))
    }
    let sizes = GuestSizes(intent: intent, policy: policy, facts: derivation.guests)
    self.sizes = sizes
    diagnostics += UnderlayCheck(intent: intent, policy: policy, origins: origins, sizes: sizes)
      .diagnostics()
    self.diagnostics = diagnostics + ForwardingLoops(intent).diagnostics()
    routers =
      diagnostics.contains { $0.severity == .error }
      ? [] : CompiledNetwork(policy, warnings: []).routers
  }

  /// What tells the port of a machine's adapter from others; `nil` outside the lab's own subnets.
  func adapter(of machine: Int, _ index: Int) -> HNVAdapter? {
    derivation.adapter(of: machine, index)
  }

  /// The lab's name of a routing domain; `nil` for one that it does not have.
  func networkName(of domain: RoutingDomainID) -> String? {
    networks[domain].map { intent.networks[$0].name }
  }

  package func initialState() -> any ModelState { HNVState(network: self) }

  package func box(for element: ElementID) -> any Box {
    switch element {
    case .host(let index): HNVSwitch(index, UnderlayStack(index, policy.hosts[index]))
    case .underlay, .machine, .outside, .router, .device: Underlay(intent, directory)
    }
  }

  package func mtu(of machine: Int) -> GuestMTU { sizes.mtu(of: machine) }

  package func adjustingSeverity(of diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.adjustingSeverity(by: policy.settings)
  }

  package var tellsHosts: Bool { true }

  package var errorSetting: String? { policy.settings.icmpErrors.text }
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
    let plainAdapters = policy.hosts.map { host in
      Set(host.policy.ports.filter { $0.virtualSubnetID == nil }.map(\.macAddress))
    }
    var plain = PlainMachines()
    for (index, machine) in intent.machines.enumerated() {
      for interface in machine.interfaces where intent.subnet(of: interface) != nil {
        if plainAdapters[machine.host].contains(interface.macAddress) {
          plain.add(index, interface)
        }
      }
    }
    self.init(intent, hosts: addresses, plain: plain)
  }
}
