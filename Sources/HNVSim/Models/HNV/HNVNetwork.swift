public import HNVCore

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
public final class HNVNetwork: ModelNetwork {
  /// The lab with what the model added.
  public let intent: Intent
  package let policy: NetworkPolicy
  /// What is wrong with the lab under HNV, and what HNV cannot honour of it.
  public let diagnostics: [Diagnostic]
  /// The routers of the hosts in the lab's initial state, in declared order.
  ///
  /// Hosts with the same policy share tables. There are none where the lab has errors.
  public let routers: [HostRouter]
  /// The router of the records and routes that hosts have unless the lab deviates; `nil` where
  /// there are no routers.
  let common: DistributedRouter?
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
  /// The hosts' stacks on the underlay, as far as a packet has touched them.
  private let stacks = Cache<UnderlayStack.Configuration>()

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
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      (routers, common) = ([], nil)
      return
    }
    routers = CompiledNetwork(policy, warnings: []).routers
    var pool = RouterPool(settings: policy.settings, of: routers)
    common = pool.router(
      of: ForwardingPolicy(
        lookupRecords: derivation.records, customerRoutes: derivation.routes))
  }

  /// What tells the port of a machine's adapter from others; `nil` outside the lab's own subnets.
  func adapter(of machine: Int, _ index: Int) -> HNVAdapter? {
    derivation.adapter(of: machine, index)
  }

  /// The lab's name of a routing domain; `nil` for one that it does not have.
  public func networkName(of domain: RoutingDomainID) -> String? {
    networks[domain].map { intent.networks[$0].name }
  }

  /// The policy of every host, before anything changes.
  public func initialState() -> HNVState { HNVState(network: self) }

  /// A virtual switch for a host, or the underlay.
  public func cell(for element: ElementID, sharing state: HNVState) -> any Cell {
    switch element {
    case .host(let index):
      ElementCell(
        HNVSwitch(index, UnderlayStack(stacks.value(index) { stack(of: index) }), state))
    case .underlay, .machine, .outside, .router, .device: ElementCell(Underlay(directory))
    }
  }

  private func stack(of host: Int) -> UnderlayStack.Configuration {
    let (own, origins) = (policy.hosts[host], derivation.origins)
    return UnderlayStack.Configuration(
      host, own, addresses: origins.providers[own.name] ?? [],
      routes: origins.providerRoutes[own.name] ?? [])
  }

  /// The MTU that a machine uses by default.
  public func mtu(of machine: Int) -> GuestMTU { sizes.mtu(of: machine) }

  /// The diagnostic with its severity by the policy's settings.
  public func adjustingSeverity(of diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.adjustingSeverity(by: policy.settings)
  }

  /// `true`.
  public var tellsHosts: Bool { true }

  /// The setting `icmpErrors`.
  public var errorSetting: String? { policy.settings.icmpErrors.text }
}

extension HNVNetwork {
  /// The router of a host, as the lab's initial state has it.
  ///
  /// - Throws: an unknown host, with the nearest name.
  public func router(of host: String) throws(Diagnostics) -> HostRouter {
    let names = intent.hosts.map(\.name)
    guard let index = names.firstIndex(of: host), routers.indices.contains(index) else {
      let nearest = NearestName.of(host, among: names).map { "did you mean \($0)?" }
      throw Diagnostics([
        Diagnostic(
          .unknownName, in: .named("host"), value: host, "no host named \(host)",
          fix: nearest ?? "name one of \(names.prefix(20).joined(separator: ", "))")
      ])
    }
    return routers[index]
  }

  /// Why a host has no next hop, and what would fix it, as text of several lines.
  public func explanation(of refusal: Refusal, on host: HostRouter) -> String {
    let explainer = HNVExplainer(HNVSnapshot(of: self), router: host)
    var writer = StepWriter()
    writer.begin()
    explainer.write(refusal, to: &writer)
    let step = writer.finished()[0]
    var lines = ["\(refusal.disposition)  \(step.detail)"]
    for near in step.lookup?.nearest ?? [] { lines.append("  nearest: \(near)") }
    if let fix = step.fix { lines.append("  fix: \(fix)") }
    return lines.joined(separator: "\n")
  }
}
