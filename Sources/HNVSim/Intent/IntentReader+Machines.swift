import HNVCore

extension IntentReader {
  mutating func readMachines() {
    let hosts = elementNames
    for machine in lab.machines {
      let index = intent.machines.count
      guard
        attempt({ (reader) throws(Fault) in
          try reader.elementNames.declare(machine.name, as: .machine(index), "machine")
        })
      else { continue }
      guard let element = find(machine.host, in: hosts, "host") else {
        elementNames.forget(machine.name.text)
        continue
      }
      guard case .host(let host) = element else {
        elementNames.forget(machine.name.text)
        faults.append(
          Fault(
            .unknownName, value: machine.host.text, "\(machine.host.text) is not a host",
            at: machine.host.place))
        continue
      }
      var typed = Intent.Machine(
        name: machine.name.text, host: host, forwards: machine.forwards,
        place: machine.name.place)
      for interface in machine.interfaces {
        if let interface = readInterface(interface, of: typed.name) {
          typed.interfaces.append(interface)
        }
      }
      for route in machine.routes {
        if let route = readRoute(route) { typed.routes.append(route) }
      }
      typed.routes += readGateways(machine, typed)
      typed.open = machine.open.map { Set($0.compactMap { readOpenPort($0) }) }
      typed.mtu = check(
        machine.mtu, in: 576...65535, "the MTU", at: machine.name.place
      ).map { Int($0) }
      intent.machines.append(typed)
    }
  }

  /// The declared gateways, or those of the first adapter's subnet, as default routes.
  private mutating func readGateways(
    _ machine: Lab.Machine, _ typed: Intent.Machine
  ) -> [Intent.Route] {
    guard let gateways = machine.gateways else {
      guard let first = typed.interfaces.first, let subnet = intent.subnet(of: first)
      else { return [] }
      return intent.subnets[subnet].prefixes.compactMap { prefix in
        guard let gateway = prefix.lowestUsable,
          first.addresses.contains(where: { $0.address.family == prefix.family })
        else { return nil }
        return Intent.Route(
          prefix: .everything(prefix.family), via: gateway, metric: 0, place: typed.place)
      }
    }
    return gateways.compactMap { written in
      guard let via = read(written, { text throws(Fault) in try IPAddress(parsing: text) })
      else { return nil }
      return Intent.Route(
        prefix: .everything(via.family), via: via, metric: 0, place: written.place)
    }
  }

  private mutating func readInterface(
    _ interface: Lab.Interface, of machine: String
  ) -> Intent.Interface? {
    interfaceCount += 1
    let (attachment, prefixes, name): (Intent.Interface.Attachment, [IPPrefix], String)
    let place: Place
    switch interface.attachment {
    case .subnet(let written):
      guard let index = find(written, in: subnetNames, "subnet") else { return nil }
      (attachment, prefixes) = (.subnet(index), intent.subnets[index].prefixes)
      (name, place) = ("subnet \(written.text)", written.place)
    case .outside(let written):
      guard let found = find(written, in: elementNames, "outside network") else { return nil }
      guard case .outside(let element) = found else {
        faults.append(
          Fault(
            .unknownName, value: written.text, "\(written.text) is not an outside network",
            at: written.place))
        return nil
      }
      (attachment, prefixes) = (.outside(element), intent.outsides[element].link)
      (name, place) = ("the link of \(written.text)", written.place)
    }
    // 00-15-5D is Hyper-V's own range of addresses.
    var mac = MACAddress(bits: 0x0015_5D00_0000 + interfaceCount)
    if let written = interface.mac {
      mac = read(written) { text throws(Fault) in try MACAddress(parsing: text) } ?? mac
    }
    var typed = Intent.Interface(attachment: attachment, macAddress: mac, place: place)
    for written in interface.addresses {
      if let address = readAddress(written, within: prefixes, of: name) {
        typed.addresses.append(address)
      }
    }
    typed.rules = readRules(interface.rules, of: machine)
    return typed
  }

  /// An address, with the guest's own idea of its link where the lab gives one.
  private mutating func readAddress(
    _ written: Written, within prefixes: [IPPrefix], of name: String
  ) -> Intent.Interface.Address? {
    let parts = written.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let text = Written(String(parts[0]), at: written.place)
    guard let address = read(text, { text throws(Fault) in try IPAddress(parsing: text) })
    else { return nil }
    let own = prefixes.filter { $0.family == address.family }
    guard let prefix = own.first(where: { $0.contains(address) }) else {
      let expected = own.first.map { "\($0), the prefix of" } ?? "the families of"
      faults.append(
        Fault(
          .addressOutsideSubnet, value: written.text, "\(address) is outside \(expected) \(name)",
          mend: own.first.map { "choose an address within \($0)" }
            ?? "give \(name) a prefix of its family", at: written.place))
      return nil
    }
    guard !address.isMulticast, !address.isUnspecified, address != prefix.first || prefix.isHost,
      address != prefix.last || prefix.length >= 31 || address.family == .v6
    else {
      faults.append(
        Fault(
          .addressOutsideSubnet, value: written.text,
          "\(address) is the network or broadcast address of \(prefix)",
          mend: "choose an address between the first and the last of \(prefix)",
          at: written.place))
      return nil
    }
    var onLink = prefix
    if parts.count == 2 {
      let width = UInt64(address.family.bitWidth)
      guard let length = Digits.decimal(String(parts[1]), upTo: width),
        let own = IPPrefix(containing: address, length: Int(length))
      else {
        faults.append(
          Fault(
            .prefixLength, value: written.text,
            "the prefix length behind \(address) is no number up to \(width)",
            at: written.place))
        return nil
      }
      onLink = own
    }
    return Intent.Interface.Address(address: address, onLink: onLink, place: written.place)
  }

  private mutating func readOpenPort(_ written: Written) -> Intent.OpenPort? {
    read(written) { text throws(Fault) in
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let ipProtocol = IPProtocol(named: String(parts[0])),
        ipProtocol == .tcp || ipProtocol == .udp,
        let port = Digits.decimal(String(parts[1]), upTo: 65535)
      else {
        throw Fault(
          .portSyntax, value: text, "this is not a protocol and a port",
          mend: "write it like tcp/80 or udp/53")
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
