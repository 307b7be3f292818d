import HNVCore

/// What is wrong with a machine as a gateway.
extension IntentReader {
  mutating func check(gateway machine: Intent.Machine) {
    checkTranslation(machine)
    checkTunnels(machine)
    checkSharedAdapters(machine)
    checkForwarding(machine)
  }

  private mutating func checkTranslation(_ machine: Intent.Machine) {
    let own = Set(machine.interfaces.flatMap { $0.addresses.map(\.address) })
    for interface in machine.interfaces where interface.translates {
      if !machine.forwards || interface.addresses.isEmpty {
        refuse(
          .translationForm, machine, "nat", at: interface.place,
          machine.forwards
            ? "an adapter of \(machine.name) translates and has no address to translate to"
            : "an adapter of \(machine.name) translates, and the machine does not forward",
          fix: machine.forwards ? "give it an address" : "write forwards: true for \(machine.name)")
      }
      var published: Set<String> = []
      for publication in interface.publications {
        let name = "\(publication.ipProtocol)/\(publication.port)"
        let isNew = published.insert("\(name), \(publication.to.family)").inserted
        let hasFamily = interface.addresses.contains {
          $0.address.family == publication.to.family
        }
        if own.contains(publication.to) {
          refuse(
            .translationForm, machine, "\(publication.to)", at: interface.place,
            "\(publication.to), to which the adapter publishes \(name), is an address of"
              + " \(machine.name) itself", fix: "publish a port of another machine")
        }
        guard !isNew || !hasFamily else { continue }
        refuse(
          .translationForm, machine, name, at: interface.place,
          isNew
            ? "the adapter has no \(publication.to.family) address to publish \(name) at"
            : "\(name) is published already",
          fix: isNew ? "give it one, or publish an address of its family" : "choose another port")
      }
    }
  }

  /// The end of a tunnel has an address on the network that carries it.
  private mutating func checkTunnels(_ machine: Intent.Machine) {
    for interface in machine.interfaces {
      guard case .outside(let site) = interface.attachment,
        let tunnel = intent.outsides[site].tunnel,
        machine.end(of: tunnel) == nil
      else { continue }
      let name = intent.outsides[tunnel.carrier].name
      refuse(
        .tunnelForm, machine, intent.outsides[site].name, at: interface.place,
        "\(machine.name) has no \(tunnel.address.family) address on \(name), which carries the"
          + " tunnel to \(intent.outsides[site].name)",
        fix: "give \(machine.name) an adapter on \(name)")
    }
  }

  private mutating func checkSharedAdapters(_ machine: Intent.Machine) {
    var networks: [MACAddress: [(compartment: Int, network: Int)]] = [:]
    for interface in machine.interfaces {
      guard let subnet = intent.subnet(of: interface) else { continue }
      let network = intent.subnets[subnet].network
      let shared = networks[interface.macAddress, default: []].first {
        ($0.compartment == interface.compartment) != ($0.network == network)
      }
      networks[interface.macAddress, default: []].append((interface.compartment, network))
      guard let shared else { continue }
      refuse(
        .sharedAdapter, machine, "\(interface.macAddress)", at: interface.place,
        shared.network == network
          ? "the adapter \(interface.macAddress) serves \(intent.networks[network].name) in two"
            + " compartments"
          : "the adapter \(interface.macAddress) serves \(intent.networks[network].name) and"
            + " \(intent.networks[shared.network].name) in one compartment")
    }
  }

  private mutating func checkForwarding(_ machine: Intent.Machine) {
    guard machine.forwards else { return }
    var tenants: [Int: Int] = [:]
    for interface in machine.interfaces where !interface.translates {
      guard case .outside(let outside) = interface.attachment,
        intent.outsides[outside].tunnel == nil,
        machine.interfaces.contains(where: {
          $0.compartment == interface.compartment && intent.subnet(of: $0) != nil
        })
      else { continue }
      let first = tenants[outside] ?? interface.compartment
      tenants[outside] = first
      guard first != interface.compartment else { continue }
      refuse(
        .sharedForwardingGateway, machine, intent.outsides[outside].name,
        at: interface.place,
        "\(machine.name) forwards to \(intent.outsides[outside].name) for two compartments without"
          + " translation")
    }
  }

  private mutating func refuse(
    _ rule: DiagnosticRule, _ machine: Intent.Machine, _ value: String, at place: Place,
    _ what: String,
    fix: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        rule, in: .named("machine \(machine.name)"), value: value, what, fix: fix, at: place))
  }
}

extension Intent.Machine {
  /// The machine's end of a tunnel: its adapter on the network that carries it, and the address;
  /// `nil` without one.
  func end(of tunnel: Intent.Tunnel) -> (interface: Int, address: IPAddress)? {
    for (index, interface) in interfaces.enumerated()
    where interface.attachment == .outside(tunnel.carrier) {
      let own = interface.addresses.first { $0.address.family == tunnel.address.family }
      if let own { return (index, own.address) }
    }
    return nil
  }
}
