import HNVCore

/// What becomes of adapters on the wires of outside networks where machines have none.
///
/// A cloud's machines meet the outside at the platform's edge. A machine loses such an adapter;
/// what it routed that way goes by the router of its subnet, and the adapter's addresses become
/// public ones that the edge translates. Where the adapter translated, its subnet's adapter does.
struct EdgeTranslation {
  private(set) var intent: Intent
  /// What changed, and what was lost by it.
  private(set) var diagnostics: [Diagnostic] = []
  /// The public addresses, in declared order.
  private(set) var mappings: [PublicMapping] = []
  /// What the platform is called, as `Amazon VPC`.
  private let platform: String

  init(_ intent: Intent, under platform: String) {
    self.intent = intent
    self.platform = platform
    for machine in intent.machines.indices { fold(machine) }
  }

  private mutating func fold(_ index: Int) {
    let machine = intent.machines[index]
    guard machine.interfaces.contains(where: { intent.subnet(of: $0) == nil }) else { return }
    var folded = machine
    folded.interfaces = machine.interfaces.filter { intent.subnet(of: $0) != nil }
    for interface in machine.interfaces {
      guard case .outside(let outside) = interface.attachment else { continue }
      let partner = folded.interfaces.firstIndex { $0.compartment == interface.compartment }
      let hasWire = intent.outsides[outside].tunnel == nil
      let router = hasWire ? partner.map { Router(folded.interfaces[$0], intent) } : nil
      reroute(&folded, around: interface, by: router)
      guard let partner, hasWire else {
        diagnostics.append(lost(interface, of: machine, outside, hasSubnet: partner != nil))
        continue
      }
      if interface.translates {
        folded.interfaces[partner].translates = true
        folded.interfaces[partner].publications += interface.publications
        folded.interfaces[partner].inside = inside(of: folded.interfaces[partner])
      }
      let own = publish(interface, of: index, at: folded.interfaces[partner], to: outside)
      folded.publicAddresses += own.map { mapping in
        Intent.PublicAddress(
          outside: outside, address: mapping.address,
          place: interface.addresses.first { $0.address == mapping.address }?.place
            ?? interface.place)
      }
      diagnostics.append(moved(interface, of: machine, outside, own))
    }
    intent.change(index) { $0 = folded }
  }

  /// Every prefix of the network that an adapter is in.
  private func inside(of interface: Intent.Interface) -> [IPPrefix] {
    guard let subnet = intent.subnet(of: interface) else { return [] }
    return intent.networks[intent.subnets[subnet].network].subnets.flatMap {
      intent.subnets[$0].prefixes
    }
  }

  /// The router addresses that an adapter has in its subnet.
  private struct Router {
    private let addresses: [IPAddress]

    init(_ interface: Intent.Interface, _ intent: Intent) {
      guard let subnet = intent.subnet(of: interface) else {
        addresses = []
        return
      }
      addresses = interface.addresses.compactMap {
        intent.routerAddress(of: subnet, near: $0.address)
      }
    }

    func address(_ family: IPFamily) -> IPAddress? { addresses.first { $0.family == family } }
  }

  /// Sends what went by way of a lost adapter to the router of the subnet; without one it is lost.
  private func reroute(
    _ machine: inout Intent.Machine, around interface: Intent.Interface, by router: Router?
  ) {
    let links = interface.addresses.map(\.onLink)
    machine.routes = machine.routes.compactMap { route in
      guard route.compartment == interface.compartment,
        links.contains(where: { $0.contains(route.via) })
      else { return route }
      return router?.address(route.prefix.family).map { Self.route(route.prefix, $0, route) }
    }
    for address in interface.addresses {
      guard let via = router?.address(address.address.family) else { continue }
      var route = Intent.Route(
        prefix: address.onLink, via: via, metric: 0, place: interface.place)
      route.compartment = interface.compartment
      machine.routes.append(route)
    }
  }

  private static func route(
    _ prefix: IPPrefix, _ via: IPAddress, _ old: Intent.Route
  ) -> Intent.Route {
    var route = Intent.Route(prefix: prefix, via: via, metric: old.metric, place: old.place)
    route.compartment = old.compartment
    return route
  }

  /// Makes a lost adapter's addresses public ones of another.
  private mutating func publish(
    _ interface: Intent.Interface, of machine: Int, at partner: Intent.Interface, to outside: Int
  ) -> [PublicMapping] {
    guard let subnet = intent.subnet(of: partner) else { return [] }
    let own = interface.addresses.compactMap { address in
      partner.addresses.first { $0.address.family == address.address.family }.map {
        PublicMapping(
          machine: machine, network: intent.subnets[subnet].network, inside: $0.address,
          outside: outside, address: address.address)
      }
    }
    mappings += own
    return own
  }

  private func moved(
    _ interface: Intent.Interface, of machine: Intent.Machine, _ outside: Int,
    _ own: [PublicMapping]
  ) -> Diagnostic {
    let name = intent.outsides[outside].name
    let addresses = own.map { "\($0.address) is mapped to \($0.inside)" }
    let rules = interface.rules.isEmpty ? "" : ", and the adapter's rules do not apply"
    let translation = interface.translates ? ", used for NAT of what it forwards" : ""
    return Diagnostic(
      .notInModel, in: .named("machine \(machine.name)"), value: name,
      "under \(platform) machines have no outside adapter; \(machine.name)'s public address"
        + " \(addresses.joined(separator: ", "))\(translation)\(rules)",
      fix: "none needed if this is intended", at: interface.place)
  }

  private func lost(
    _ interface: Intent.Interface, of machine: Intent.Machine, _ outside: Int, hasSubnet: Bool
  ) -> Diagnostic {
    let name = intent.outsides[outside].name
    return Diagnostic(
      .notInModel, in: .named("machine \(machine.name)"), value: name,
      hasSubnet
        ? "the tunnel from \(machine.name) to \(name) would be a VPN connection of \(platform),"
          + " which is not simulated: \(machine.name) does not reach \(name)"
        : "under \(platform) \(machine.name) has no adapter on \(name), and none in a subnet:"
          + " \(machine.name) does not reach \(name)", at: interface.place)
  }
}

/// A public address, and the address of a machine that it stands for.
struct PublicMapping: Hashable, Sendable {
  let machine: Int
  /// The isolated network of the machine's address.
  let network: Int
  /// The machine's address.
  let inside: IPAddress
  /// The outside network on whose wire the public address is.
  let outside: Int
  /// The public address.
  let address: IPAddress
}
