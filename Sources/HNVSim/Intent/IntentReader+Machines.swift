import HNVCore

extension IntentReader {
  mutating func readMachines() {
    let hosts = elementNames
    for machine in lab.machines {
      let index = intent.machines.count
      attempt { (reader) throws(Diagnostic) in
        try reader.elementNames.declare(machine.name, as: .machine(index), "machine")
      }
      let host = readHost(machine.host, among: hosts)
      var typed = Intent.Machine(
        name: machine.name.text, host: host ?? 0, forwards: machine.forwards,
        place: machine.name.place)
      let diagnosticCount = diagnostics.count
      typed.compartments += Self.compartments(of: machine)
      typed.interfaces = machine.interfaces.compactMap { readInterface($0, of: typed) }
      if diagnostics.count > diagnosticCount { intent.damaged.insert(typed.name) }
      typed.routes = machine.routes.compactMap { readRoute($0, of: typed) }
      typed.routes += readGateways(machine, typed)
      typed.open = machine.open.map { Set($0.compactMap { readOpenPort($0) }) }
      typed.mtu = check(
        machine.mtu, in: 576...65535, "the MTU", at: machine.name.place
      ).map { Int($0) }
      typed.groups = Set(machine.groups.compactMap { readGroup($0) })
      typed.acceptsRedirects = machine.acceptsRedirects
      // On an unknown host the machine counts as one of the first host, for what else is wrong.
      if host != nil || !intent.hosts.isEmpty {
        intent.add(typed)
      } else {
        elementNames.forget(typed.name)
        intent.damaged.insert(typed.name)
      }
    }
  }

  private mutating func readHost(_ written: Written, among names: NameSpace<ElementID>) -> Int? {
    if intent.damaged.contains(written.text) { return nil }
    switch find(written, in: names, "host", among: { $0.hosts.map(\.name) }) {
    case .host(let index): return index
    case nil: return nil
    case .machine, .outside, .underlay, .router, .device:
      diagnostics.append(
        .unknownName(written, "\(written.text) is not a host", among: intent.hosts.map(\.name)))
      return nil
    }
  }

  /// The declared gateways, or those of the first adapter's subnet, as default routes.
  private mutating func readGateways(
    _ machine: Lab.Machine, _ typed: Intent.Machine
  ) -> [Intent.Route] {
    guard let gateways = machine.gateways else {
      guard let first = typed.interfaces.first, let subnet = intent.subnet(of: first)
      else { return [] }
      return IPFamily.allCases.compactMap { family in
        let own = first.addresses.filter { $0.address.family == family }
        let prefixes = intent.subnets[subnet].prefixes.filter { $0.family == family }
        let prefix = prefixes.first { prefix in own.contains { prefix.contains($0.address) } }
        guard !own.isEmpty, let gateway = (prefix ?? prefixes.first)?.gatewayAddress
        else { return nil }
        return Intent.Route(
          prefix: .everything(family), via: gateway, metric: 0, place: typed.place)
      }
    }
    return gateways.compactMap { written in
      guard let via = readAddress(written) else { return nil }
      return Intent.Route(
        prefix: .everything(via.family), via: via, metric: 0, place: written.place)
    }
  }

  private mutating func readGroup(_ written: Written) -> IPAddress? {
    guard let address = readAddress(written) else { return nil }
    guard address.isMulticast else {
      diagnostics.append(
        Diagnostic(
          .groupAddress, value: written.text, "\(address) is not a multicast address",
          at: written.place))
      return nil
    }
    return address
  }

  private mutating func readOpenPort(_ written: Written) -> Intent.OpenPort? {
    read(written) { text throws(Diagnostic) in
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let ipProtocol = IPProtocol(named: String(parts[0])),
        ipProtocol == .tcp || ipProtocol == .udp,
        let port = Digits.decimal(String(parts[1]), upTo: 65535)
      else {
        throw Diagnostic(
          .portSyntax, value: text, "this is not a protocol and a port",
          fix: "write it like tcp/80 or udp/53")
      }
      return Intent.OpenPort(ipProtocol: ipProtocol, port: UInt16(port))
    }
  }
}

extension IPProtocol {
  /// Reads `icmp`, `udp`, `tcp` or a number; `nil` for anything else.
  init?(named text: String) {
    switch text {
    case "icmp": self = .icmp
    case "udp": self = .udp
    case "tcp": self = .tcp
    default:
      guard let number = Digits.decimal(text, upTo: 255) else { return nil }
      self.init(number: UInt8(number))
    }
  }
}
