public import HNVCore

extension Lab {
  /// Reads a lab from the text of a JSON5 file.
  ///
  /// - Throws: everything that is wrong with the text and with its keys, each with its place. What
  ///   the values mean is checked by `Fabric`.
  public static func read(_ bytes: [UInt8], named file: String) throws(Diagnostics) -> Lab {
    let document = try JSON5Reader.read(bytes, named: file)
    var reader = LabReader()
    // A misspelt key is one diagnostic: what it means is read as if it were spelt right.
    let lab = reader.lab(LabShape.lab.corrected(document))
    let diagnostics = LabShape.lab.check(document) + reader.diagnostics
    guard diagnostics.isEmpty else {
      throw Diagnostics(diagnostics + further(lab, beside: diagnostics))
    }
    return lab
  }

  /// What else is wrong with a lab whose file has diagnostics: all that does not follow from those.
  private static func further(_ lab: Lab, beside diagnostics: [Diagnostic]) -> [Diagnostic] {
    let reported = Set(diagnostics.compactMap(\.place))
    let isPartial = diagnostics.contains {
      [.missingKey, .wrongType, .interfaceForm].contains($0.rule)
    }
    return Fabric.check(lab).filter { diagnostic in
      // The file's shape has the range of every number.
      guard diagnostic.severity == .error, !diagnostic.value.isEmpty,
        diagnostic.rule != .numberOutOfRange,
        diagnostic.place.map({ !reported.contains($0) }) ?? true
      else { return false }
      return !(isPartial && DiagnosticRule.rulesOfAbsence.contains(diagnostic.rule))
    }
  }

  /// The JSON Schema (2020-12) of lab files, for editors.
  public static var schema: String {
    LabShape.lab.schema(identifier: nil, title: "hnv lab")
  }
}

/// Turns a checked document into a lab.
struct LabReader {
  var diagnostics: [Diagnostic] = []

  mutating func lab(_ value: JSON5Value) -> Lab {
    var lab = Lab(name: value["name"]?.text ?? "")
    lab.about = value["about"]?.text ?? ""
    lab.hosts = items(value, "hosts").map { host in
      Lab.Host(name: written(host, "name"), address: optional(host, "address"))
    }
    if let underlay = value["underlay"] { lab.underlay = self.underlay(underlay) }
    lab.networks = items(value, "networks").map(network)
    lab.outside = items(value, "outside").map(outside)
    for machine in items(value, "machines") { lab.machines.append(self.machine(machine)) }
    for claim in items(value, "expect") {
      if let expectation = expectation(claim) { lab.expectations.append(expectation) }
    }
    for event in items(value, "timeline") {
      if let event = self.event(event) { lab.timeline.append(event) }
    }
    lab.model = optional(value, "model")
    if let hnv = value["hnv"] { lab.hnv = section(hnv) }
    if let vlan = value["vlan"] { lab.vlan = vlanSection(vlan) }
    if let vxlan = value["vxlan"] { lab.vxlan = vxlanSection(vxlan) }
    if let vpc = value["vpc"] { lab.vpc = vpcSection(vpc) }
    if let contrail = value["contrail"] { lab.contrail = contrailSection(contrail) }
    if let nsx = value["nsx"] { lab.nsx = nsxSection(nsx) }
    if let azure = value["azure"] { lab.azure = azureSection(azure) }
    if let ovn = value["ovn"] { lab.ovn = ovnSection(ovn) }
    return lab
  }

  private func network(_ value: JSON5Value) -> Lab.Network {
    Lab.Network(
      name: written(value, "name"),
      subnets: items(value, "subnets").map { subnet in
        Lab.Subnet(name: written(subnet, "name"), prefixes: list(subnet, "prefixes"))
      }, routes: items(value, "routes").map(route))
  }

  func route(_ value: JSON5Value) -> Lab.Route {
    Lab.Route(
      to: written(value, "to"), via: written(value, "via"), metric: value["metric"]?.integer,
      compartment: optional(value, "compartment"))
  }

  private func outside(_ value: JSON5Value) -> Lab.Outside {
    Lab.Outside(
      name: written(value, "name"), link: list(value, "link"),
      addresses: list(value, "addresses"), reaches: list(value, "reaches"),
      routes: items(value, "routes").map(route), latency: optional(value, "latency"),
      tunnel: value["tunnel"].map { tunnel in
        Lab.Tunnel(over: written(tunnel, "over"), address: written(tunnel, "address"))
      })
  }

  private mutating func machine(_ value: JSON5Value) -> Lab.Machine {
    var interfaces: [Lab.Interface] = []
    for interface in items(value, "interfaces") {
      if let interface = self.interface(interface) { interfaces.append(interface) }
    }
    return Lab.Machine(
      name: written(value, "name"), host: written(value, "host"),
      forwards: value["forwards"]?.boolean ?? false, interfaces: interfaces,
      gateways: value["gateways"].map { _ in list(value, "gateways") },
      routes: items(value, "routes").map(route),
      open: value["open"].map { _ in list(value, "open") }, mtu: value["mtu"]?.integer,
      groups: list(value, "groups"),
      acceptsRedirects: value["acceptsRedirects"]?.boolean ?? true)
  }

  private mutating func interface(_ value: JSON5Value) -> Lab.Interface? {
    let attachment: Lab.Interface.Attachment
    switch (optional(value, "subnet"), optional(value, "outside")) {
    case (let subnet?, nil): attachment = .subnet(subnet)
    case (nil, let outside?): attachment = .outside(outside)
    case (nil, nil) where value["subnet"] != nil || value["outside"] != nil:
      // A name of another type is refused already.
      return nil
    case (let subnet, _):
      let isBoth = subnet != nil
      refuse(
        .interfaceForm, value,
        isBoth
          ? "this adapter is in a subnet and on an outside network as well"
          : "this adapter is in no subnet and on no outside network",
        fix: isBoth ? "remove either subnet or outside" : "add either subnet or outside")
      return nil
    }
    return Lab.Interface(
      attachment: attachment, addresses: list(value, "addresses"), mac: optional(value, "mac"),
      rules: items(value, "rules").map { rule in
        Lab.PortRule(
          action: written(rule, "action"), direction: written(rule, "direction"),
          remote: optional(rule, "remote"), local: optional(rule, "local"),
          ipProtocol: optional(rule, "protocol"), remotePorts: optional(rule, "remotePorts"),
          localPorts: optional(rule, "localPorts"),
          isStateful: rule["stateful"]?.boolean ?? false,
          idleTimeout: optional(rule, "idleTimeout"))
      }, compartment: optional(value, "compartment"),
      translates: value["nat"]?.boolean ?? false,
      publications: items(value, "publish").map { publication in
        Lab.Publication(
          ipProtocol: written(publication, "protocol"), port: publication["port"]?.integer ?? 0,
          to: written(publication, "to"), toPort: publication["toPort"]?.integer,
          compartment: optional(publication, "compartment"))
      }, virtualRouters: items(value, "virtualRouters").map(virtualRouter))
  }

  private func virtualRouter(_ value: JSON5Value) -> Lab.VirtualRouter {
    Lab.VirtualRouter(
      id: value["id"]?.integer ?? 0, addresses: list(value, "addresses"),
      priority: value["priority"]?.integer ?? 100, preempts: value["preempt"]?.boolean ?? true,
      accepts: value["accept"]?.boolean ?? false,
      usesVirtualMAC: value["virtualMAC"]?.boolean ?? true, at: value.place)
  }

  /// Refuses an object for the keys it has together.
  mutating func refuse(
    _ rule: DiagnosticRule, _ value: JSON5Value, _ what: String, fix: String? = nil
  ) {
    let keys = value.members.map(\.key).joined(separator: ", ")
    diagnostics.append(
      Diagnostic(rule, value: keys.isEmpty ? "{}" : keys, what, fix: fix, at: value.place))
  }

  func items(_ value: JSON5Value, _ key: String) -> [JSON5Value] { value[key]?.items ?? [] }

  func optional(_ value: JSON5Value, _ key: String) -> Written? {
    value[key].flatMap { member in member.text.map { Written($0, at: member.place) } }
  }

  /// A text that the shape requires.
  func written(_ value: JSON5Value, _ key: String) -> Written {
    optional(value, key) ?? Written("", at: value.place)
  }

  func list(_ value: JSON5Value, _ key: String) -> [Written] {
    items(value, key).compactMap { item in item.text.map { Written($0, at: item.place) } }
  }
}
