import HNVCore

/// Where frames can be captured: a machine's adapter, a host's uplink, a site's line, a router's
/// port on the underlay, or a cable that the model adds.
///
/// Each cable has one, at its end away from the switch: in the guest, or at the host's network
/// card.
extension Intent {
  /// The element at whose end of a cable frames are captured.
  func capturingElement(of cable: Cable) -> ElementID {
    switch cable {
    case .adapter(let machine, _): .machine(machine)
    case .uplink(let host): .host(host)
    case .line(let site): .outside(site)
    case .port(let router, _): .router(router)
    case .wire(let number): lines[number].one
    }
  }

  /// `A`, `GW/2` for the second adapter of several, `hv1 uplink`.
  func captureName(of cable: Cable) -> String {
    switch cable {
    case .uplink(let host): return "\(hosts[host].name) uplink"
    case .line(let site): return "\(outsides[site].name) line"
    case .wire(let number): return "\(name(lines[number].one)) to \(name(lines[number].other))"
    case .port(let router, let index):
      let router = underlay.routers[router]
      return router.interfaces.count == 1 ? router.name : "\(router.name)/\(index + 1)"
    case .adapter(let machine, let index):
      let name = machines[machine].name
      return machines[machine].interfaces.count == 1 ? name : "\(name)/\(index + 1)"
    }
  }

  /// The element and where its cable leads, at the start of a run.
  func captureDescription(of cable: Cable) -> String {
    switch cable {
    case .uplink(let host): return "uplink of \(hosts[host].name), \(hosts[host].address)"
    case .wire(let number):
      return "cable from \(name(lines[number].one)) to \(name(lines[number].other))"
    case .line(let site):
      let address = outsides[site].tunnel.map { ", \($0.address)" } ?? ""
      return "line of \(outsides[site].name)\(address)"
    case .port(let router, let index):
      let interface = underlay.routers[router].interfaces[index]
      return "port of underlay router \(underlay.routers[router].name), \(interface.macAddress),"
        + " \(interface.address.address)"
    case .adapter(let machine, let index):
      let interface = machines[machine].interfaces[index]
      let place =
        switch interface.attachment {
        case .subnet(let subnet):
          "subnet \(subnets[subnet].name), on \(hosts[machines[machine].host].name)"
        case .outside(let outside): "outside network \(outsides[outside].name)"
        }
      return "\(machines[machine].name), \(interface.macAddress), in \(place)"
    }
  }

  /// The capture points that a name stands for: a machine's adapters or one of them, the uplink of
  /// a host, the ports of an underlay router, `underlay` for all of these, the adapters on the wire
  /// of an outside network, or the line of a site.
  func capturePoints(named name: String) throws(Diagnostic) -> [Cable] {
    switch elements[name] {
    case .machine(let machine): return adapters(of: machine)
    case .host(let host): return [.uplink(host: host)]
    case .outside(let outside):
      // A site has no wire of its own: its tunnels come by its line.
      if outsides[outside].tunnel != nil { return [.line(site: outside)] }
      return OutsideWire.adapters(on: outside, in: self).map {
        .adapter(machine: $0.machine, index: $0.adapter)
      }
    case .router(let router): return ports(of: router)
    case .device(let number):
      return lines.indices.filter {
        lines[$0].one == .device(number) || lines[$0].other == .device(number)
      }.map { .wire($0) }
    case .underlay, nil: break
    }
    if name == underlay.name || name == "underlay" {
      return hosts.indices.map { .uplink(host: $0) } + underlay.routers.indices.flatMap(ports)
    }
    if let adapter = adapter(named: name) { return [adapter] }
    let names = elements.keys.sorted() + ["underlay"]
    throw Diagnostic(
      .unknownName, in: .named("capture point"), value: name,
      "nothing in the lab is called \(name)",
      fix: NearestName.of(name, among: names).map { "did you mean \($0)?" }
        ?? (names.count <= 20 ? "name one of \(names.joined(separator: ", "))" : nil))
  }

  /// The one adapter that a name stands for: `A`, or `GW/2` where the machine has several.
  func port(named name: String) throws(Diagnostic) -> Cable {
    if case .machine(let machine) = elements[name] {
      let adapters = adapters(of: machine)
      if adapters.count == 1 { return adapters[0] }
      throw Diagnostic(
        .unknownName, in: .named("port"), value: name, "\(name) has \(adapters.count) adapters",
        fix: adapters.isEmpty
          ? "name a machine with an adapter"
          : "name one of \(adapters.map(captureName).joined(separator: ", "))")
    }
    if let adapter = adapter(named: name) { return adapter }
    throw .unknownMachine(name, "port", among: machines.map(\.name))
  }

  /// The adapter that `GW/2` names; `nil` for other texts and for numbers that the machine lacks.
  private func adapter(named name: String) -> Cable? {
    guard let slash = name.lastIndex(of: "/"),
      case .machine(let machine) = elements[String(name[..<slash])],
      let number = Digits.decimal(
        String(name[slash...].dropFirst()), upTo: UInt64(machines[machine].interfaces.count)),
      number > 0
    else { return nil }
    return .adapter(machine: machine, index: Int(number) - 1)
  }

  private func ports(of router: Int) -> [Cable] {
    underlay.routers[router].interfaces.indices.map { .port(router: router, index: $0) }
  }

  private func adapters(of machine: Int) -> [Cable] {
    machines[machine].interfaces.indices.map { .adapter(machine: machine, index: $0) }
  }
}
