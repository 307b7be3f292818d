import HNVCore

/// Reads the lab's section on the vRouter, and tells what of the lab it cannot honour.
struct ContrailReader: TextReading {
  let intent: Intent
  var diagnostics: [Diagnostic] = []
  private(set) var settings = ContrailSettings()

  init(_ intent: Intent, _ section: ContrailSection) {
    self.intent = intent
    settings.era = read(section.era, default: settings.era)
    settings.encapsulation = read(section.encapsulation, default: settings.encapsulation)
    settings.labelTimeToLive = read(section.labelTimeToLive, default: settings.labelTimeToLive)
    settings.ipv6HopLimit = read(section.ipv6HopLimit, default: settings.ipv6HopLimit)
    var common = ContrailSettings.Network()
    common.mode = read(section.mode, default: common.mode)
    common.rpf = read(section.rpf, default: common.rpf)
    common.floodUnknownUnicast = read(
      section.floodUnknownUnicast, default: common.floodUnknownUnicast)
    settings.networks = intent.networks.map { _ in common }
    for network in section.networks { read(network) }
    checkMode(section.mode)
    for network in section.networks { checkMode(network.mode) }
    let directory = AdapterDirectory(intent)
    for network in intent.networks.indices {
      check(network, section)
      checkNextHops(of: network, directory)
    }
  }

  private mutating func read(_ section: ContrailSection.Network) {
    let names = intent.networks.map(\.name)
    guard let index = names.firstIndex(of: section.network.text) else {
      diagnostics.append(
        .unknownName(section.network, "there is no network \(section.network.text)", among: names))
      return
    }
    var own = settings.networks[index]
    own.mode = read(section.mode, default: own.mode)
    own.rpf = read(section.rpf, default: own.rpf)
    own.floodUnknownUnicast = read(section.floodUnknownUnicast, default: own.floodUnknownUnicast)
    settings.networks[index] = own
  }

  private mutating func read<Value: ContrailSettings.Word>(
    _ written: Written?, default value: Value
  ) -> Value {
    guard let written else { return value }
    if let known = Value(rawValue: written.text) { return known }
    diagnostics.append(
      .unknownName(written, "\(written.text) is not one of the choices", among: Value.texts))
    return value
  }

  /// A mode that is said of a vRouter that has none.
  private mutating func checkMode(_ mode: Written?) {
    guard settings.era == .routing, let mode,
      mode.text != ContrailSettings.Mode.bridgingAndRouting.rawValue
    else { return }
    diagnostics.append(
      Diagnostic(
        .notInModel, value: mode.text,
        "the vRouter of 2013 has no mode \(mode.text): it routes IPv4 and bridges everything else",
        fix: "omit the mode, or set era: 2014-11", at: mode.place))
  }

  /// What a network means and its mode does not give it.
  private mutating func check(_ network: Int, _ section: ContrailSection) {
    let typed = intent.networks[network]
    let families = IPFamily.allCases.filter { family in
      typed.subnets.contains { intent.subnets[$0].prefixes.contains { $0.family == family } }
    }
    let bridged = families.filter { settings.mode(ofNetwork: network, $0) == .bridging }
    if let first = bridged.first, typed.subnets.count > 1 || hasRoutes(typed, bridged) {
      let own = section.networks.last { $0.network.text == typed.name && $0.mode != nil }
      let word = "\(settings.decision(ofNetwork: network))"
      diagnostics.append(
        Diagnostic(
          .notInModel, in: .named("network \(typed.name)"), value: word,
          "network \(typed.name) has several subnets or routes, but under \(word) \(first) is only"
            + " bridged within each subnet",
          fix: settings.era == .routing
            ? "set era: 2014-11, or remove \(first)" : "set mode: l2_l3",
          at: settings.era == .routing
            ? section.era?.place : own?.mode?.place ?? section.mode?.place))
    }
  }

  private func hasRoutes(_ network: Intent.Network, _ families: [IPFamily]) -> Bool {
    network.routes.contains { families.contains($0.prefix.family) }
  }

  /// A static route names an interface, and thus a machine that is there.
  private mutating func checkNextHops(of network: Int, _ directory: AdapterDirectory) {
    let typed = intent.networks[network]
    for route in typed.routes where directory.adapter(at: route.via, inNetwork: network) == nil {
      diagnostics.append(
        Diagnostic(
          .notInModel, in: .named("network \(typed.name)"), value: "\(route.via)",
          "an interface route table points to a machine's interface, but no machine of"
            + " \(typed.name) has \(route.via)",
          fix: "use the address of a machine, or assign the address to one", at: route.place))
    }
  }
}
