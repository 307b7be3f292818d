import HNVCore

/// Compartments, translation and tunnels.
extension IntentReader {
  /// The names of a machine's compartments beside its own, in the order of its adapters.
  static func compartments(of machine: Lab.Machine) -> [String] {
    var names: [String] = []
    for name in machine.interfaces.compactMap(\.compartment?.text)
    where !name.isEmpty && !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// A route of a machine, in one of its compartments.
  mutating func readRoute(_ route: Lab.Route, of machine: Intent.Machine) -> Intent.Route? {
    let compartment = readCompartment(route.compartment, of: machine)
    guard var typed = readRoute(route), let compartment else { return nil }
    typed.compartment = compartment
    return typed
  }

  /// A compartment is declared by an adapter that is in it.
  private mutating func readCompartment(
    _ written: Written?, of machine: Intent.Machine
  ) -> Int? {
    guard let written else { return 0 }
    if let index = machine.compartments.firstIndex(of: written.text) { return index }
    diagnostics.append(
      .unknownName(
        written, "no adapter of \(machine.name) is in a compartment \(written.text)",
        among: Array(machine.compartments.dropFirst())))
    return nil
  }

  mutating func readPublication(
    _ publication: Lab.Publication, of interface: Lab.Interface, of machine: Intent.Machine
  ) -> Intent.Interface.Publication? {
    let place = publication.ipProtocol.place
    let ipProtocol = readProtocol(publication.ipProtocol)
    let port = check(publication.port, in: 1...65535, "the port", at: place)
    let toPort = check(
      publication.toPort ?? publication.port, in: 1...65535, "the machine's port", at: place)
    let address = readAddress(publication.to)
    let compartment = readCompartment(publication.compartment, of: machine)
    guard let ipProtocol, let port, let toPort, let address, let compartment else { return nil }
    guard ipProtocol == .tcp || ipProtocol == .udp, interface.translates else {
      diagnostics.append(
        Diagnostic(
          .translationForm, in: .named("machine \(machine.name)"),
          value: "\(ipProtocol)/\(port)",
          interface.translates
            ? "\(ipProtocol) has no ports to publish"
            : "the adapter publishes \(ipProtocol)/\(port) and does not translate",
          fix: interface.translates ? "publish tcp or udp" : "write nat: true for the adapter",
          at: place))
      return nil
    }
    return Intent.Interface.Publication(
      ipProtocol: ipProtocol, port: UInt16(port), to: address, toPort: UInt16(toPort),
      compartment: compartment)
  }

  /// Tunnels run over networks that may be declared behind them.
  mutating func readTunnels() {
    for (index, outside) in lab.outside.enumerated() {
      guard let tunnel = outside.tunnel, intent.outsides.indices.contains(index) else { continue }
      let names = intent.outsides.indices.filter { lab.outside[$0].tunnel == nil }
        .map { intent.outsides[$0].name }
      let address = readAddress(tunnel.address)
      let over = find(tunnel.over, in: elementNames, "outside network", among: { _ in names })
      guard let address, let over else { continue }
      guard case .outside(let carrier) = over, lab.outside[carrier].tunnel == nil else {
        diagnostics.append(
          .unknownName(
            tunnel.over, "\(tunnel.over.text) is not an outside network with a wire", among: names))
        continue
      }
      intent.outsides[index].tunnel = Intent.Tunnel(carrier: carrier, address: address)
      checkEnd(tunnel, address, of: index)
    }
  }

  /// A tunnel's end is behind its carrier's router, and no other's.
  private mutating func checkEnd(_ tunnel: Lab.Tunnel, _ address: IPAddress, of index: Int) {
    guard let carrier = intent.outsides[index].tunnel?.carrier else { return }
    let isDoubled = intent.outsides.indices.contains(where: { other in
      other != index && intent.outsides[other].tunnel?.address == address
    })
    let isOnWire = intent.outsides[carrier].link.contains { $0.contains(address) }
    let isNobody = address.isUnspecified || address.isMulticast || address.isLimitedBroadcast
    guard isDoubled || isOnWire || isNobody else { return }
    diagnostics.append(
      Diagnostic(
        .tunnelForm, in: .named("outside network \(intent.outsides[index].name)"),
        value: "\(address)",
        isDoubled
          ? "\(address) is already the end of another tunnel"
          : "\(address) cannot be a site's gateway behind \(tunnel.over.text)",
        fix: "choose a unicast address outside the link of \(tunnel.over.text)",
        at: tunnel.address.place))
  }
}
