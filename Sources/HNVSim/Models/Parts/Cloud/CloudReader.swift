import HNVCore

/// Reads what the sections of clouds have in common, and notes what is wrong with it.
struct CloudReader: TextReading {
  var intent: Intent
  var diagnostics: [Diagnostic] = []
  /// What the platform is called, as `Amazon VPC`.
  let platform: String

  mutating func subnet(_ written: Written) -> Int? {
    index(written, "subnet", among: intent.subnets.map(\.name))
  }

  mutating func network(_ written: Written) -> Int? {
    index(written, "network", among: intent.networks.map(\.name))
  }

  mutating func machine(_ written: Written) -> Int? {
    if case .machine(let index) = intent.elements[written.text] { return index }
    refuse(written, "no machine named \(written.text)", among: intent.machines.map(\.name))
    return nil
  }

  private mutating func index(
    _ written: Written, _ kind: String, among names: [String]
  ) -> Int? {
    if let index = names.firstIndex(of: written.text) { return index }
    refuse(written, "there is no \(kind) \(written.text)", among: names)
    return nil
  }

  private mutating func refuse(_ written: Written, _ what: String, among names: [String]) {
    guard !intent.damaged.contains(written.text) else { return }
    diagnostics.append(.unknownName(written, what, among: names))
  }

  /// Notes that a text is neither one of some words nor what else it may be.
  mutating func refuse(_ written: Written, noneOf words: [String], orElse kind: String) {
    diagnostics.append(
      Diagnostic(
        .notAChoice, value: written.text,
        "\(written.text) is not one of \(words.joined(separator: ", ")), nor \(kind)",
        fix: NearestName.of(written.text, among: words).map { "did you mean \($0)?" }
          ?? "write one of \(words.joined(separator: ", ")), or \(kind)", at: written.place))
  }

  /// Whether a number that a section gives is within its range.
  mutating func isWithin(
    _ range: ClosedRange<UInt64>, _ number: UInt64, _ what: String, at place: Place?
  ) -> Bool {
    if range.contains(number) { return true }
    diagnostics.append(
      Diagnostic(
        .numberOutOfRange, value: "\(number)",
        "\(what) \(number) is outside \(range.lowerBound) to \(range.upperBound)", at: place))
    return false
  }

  /// Notes what the platform cannot honour.
  mutating func lack(_ value: String, _ what: String, fix: String? = nil, at place: Place) {
    diagnostics.append(Diagnostic(.notInModel, value: value, what, fix: fix, at: place))
  }

  /// A public address of a machine's first adapter in a subnet.
  mutating func mapping(_ written: CloudAddress) -> PublicMapping? {
    guard let machine = machine(written.machine), let address = readAddress(written.address)
    else { return nil }
    return mapping(address, written.address, of: machine)
  }

  /// Makes an address on the wire of an outside network stand for a machine's own.
  mutating func mapping(
    _ address: IPAddress, _ written: Written, of machine: Int
  ) -> PublicMapping? {
    let outside = intent.outsides.firstIndex { outside in
      outside.tunnel == nil && outside.link.contains { $0.contains(address) }
    }
    if let outside, let owner = owner(of: address, on: outside) {
      refuse(address, taken: "\(address) is already the address of \(owner)", at: written.place)
      return nil
    }
    let typed = intent.machines[machine]
    for interface in typed.interfaces {
      guard let subnet = intent.subnet(of: interface), let outside,
        let own = interface.addresses.first(where: { $0.address.family == address.family })
      else { continue }
      intent.change(machine) {
        $0.publicAddresses.append(
          Intent.PublicAddress(outside: outside, address: address, place: written.place))
      }
      return PublicMapping(
        machine: machine, network: intent.subnets[subnet].network, inside: own.address,
        outside: outside, address: address)
    }
    diagnostics.append(
      Diagnostic(
        .unknownName, value: written.text,
        outside == nil
          ? "\(address) is not in the link prefix of an outside network"
          : "\(typed.name) has no address in a subnet that \(address) could map to",
        fix: outside == nil
          ? "choose an address in the link prefix of an outside network"
          : "assign \(typed.name) an \(address.family) address in a subnet", at: written.place))
    return nil
  }

  /// Who has an address on the wire of an outside network; `nil` for nobody.
  private func owner(of address: IPAddress, on outside: Int) -> String? {
    let wire = intent.outsides[outside]
    if wire.link.gatewayAddresses.contains(address) {
      return "the router of \(wire.name)"
    }
    if wire.addresses.contains(address) { return wire.name }
    return intent.machines.first { machine in
      machine.publicAddresses.contains { $0.outside == outside && $0.address == address }
    }?.name
  }

  /// Notes that somebody else has an address.
  mutating func refuse(_ address: IPAddress, taken what: String, at place: Place) {
    diagnostics.append(
      Diagnostic(
        .duplicateCustomerAddress, value: "\(address)", what, fix: "choose another address",
        at: place))
  }

  /// The address space of each network: what the section says, or the block around each subnet.
  mutating func blocks(_ declared: [CloudBlocks]) -> [[IPPrefix]] {
    var blocks: [[IPPrefix]] = intent.networks.map { _ in [] }
    var stated = DuplicateChecker<Int>()
    for entry in declared {
      guard let network = network(entry.network),
        isFirst(
          of: network, among: &stated, entry.network.text,
          "the address space of \(entry.network.text)", at: entry.network.place)
      else { continue }
      blocks[network] = entry.prefixes.compactMap { readPrefix($0) }
      for subnet in intent.networks[network].subnets {
        for (prefix, place) in zip(
          intent.subnets[subnet].prefixes, intent.subnets[subnet].prefixPlaces)
        where !blocks[network].contains(where: { $0.contains(prefix) }) {
          lack(
            "\(prefix)",
            "\(prefix) is in no block of \(entry.network.text), and has no local route",
            fix: "add a block that contains \(prefix)", at: place)
        }
      }
    }
    for (network, typed) in intent.networks.enumerated() where blocks[network].isEmpty {
      let around = typed.subnets.flatMap { intent.subnets[$0].prefixes.map(\.block) }
      blocks[network] = Set(around).sorted()
    }
    return blocks
  }

  /// The ports of a rule's destinations; a rule that names ports is of a protocol that has some.
  mutating func rule(
    _ name: String, _ action: AccessRule.Action, _ direction: AccessRule.Direction,
    peer: IPPrefix?, _ ipProtocol: Written?, _ ports: Written?
  ) -> AccessRule? {
    let number = ipProtocol.flatMap { readProtocol($0) }
    let range = ports.flatMap { readPorts($0) }
    guard (number != nil) == (ipProtocol != nil), (range != nil) == (ports != nil)
    else { return nil }
    if let ports, number != .tcp, number != .udp {
      diagnostics.append(
        Diagnostic(
          .accessRuleForm, value: ports.text,
          "the rule has ports, but only tcp and udp have ports",
          fix: "set the protocol to tcp or udp, or remove the ports", at: ports.place))
      return nil
    }
    return AccessRule(
      name: name, action: action, direction: direction, remotePrefix: peer, ipProtocol: number,
      localPorts: direction == .inbound ? range : nil,
      remotePorts: direction == .outbound ? range : nil, weight: 0)
  }

  /// Addresses that the platform keeps in every subnet: the first four and the last.
  mutating func checkReservedAddresses() {
    for machine in intent.machines {
      for interface in machine.interfaces {
        guard let subnet = intent.subnet(of: interface) else { continue }
        for address in interface.addresses
        where intent.subnets[subnet].prefixes.contains(where: { $0.reserves(address.address) }) {
          lack(
            "\(address.address)",
            "\(platform) reserves the first four addresses and the last of subnet"
              + " \(intent.subnets[subnet].name); here \(machine.name) has \(address.address)"
              + " nevertheless",
            fix: "assign another address to"
              + " \(machine.name)", at: address.place)
        }
      }
    }
  }

  /// Machines whose adapters are in several networks.
  mutating func checkNetworks() {
    for (index, machine) in intent.machines.enumerated() {
      let networks = intent.networks(of: .machine(index)).sorted().map { intent.networks[$0].name }
      guard networks.count > 1 else { continue }
      lack(
        machine.name,
        "under \(platform) a machine is in one network, but \(machine.name) is in"
          + " \(networks.joined(separator: " and ")); here it has an interface in each",
        fix: "use a separate machine for each network", at: machine.place)
    }
  }

  /// What the lab says of an underlay that is no tenant's.
  mutating func checkUnderlay(of lab: Lab, needing bytes: Int) {
    guard let mtu = lab.underlay.mtu, mtu < UInt64(bytes + CloudTunnel.overhead) else { return }
    lack(
      "\(mtu)",
      "the platform owns the underlay: the MTU of \(mtu) is ignored, and its own is assumed to suffice",
      fix: "remove the MTU of the underlay",
      at: lab.underlayPlace)
  }
}

extension IPPrefix {
  /// The block around a subnet's prefix: a /16, or a /56 for IPv6 (Amazon VPC User Guide, "Subnet
  /// sizing"); itself where it is larger.
  fileprivate var block: IPPrefix {
    IPPrefix(containing: address, length: min(length, family == .v4 ? 16 : 56)) ?? self
  }

  /// Whether the platform keeps an address of the prefix: its first four and its last.
  func reserves(_ address: IPAddress) -> Bool {
    guard contains(address) else { return false }
    let width = family.bitWidth
    return address == last
      || IPPrefix(containing: first, length: width - 2)?.contains(address) ?? false
  }
}

/// A switch in the section of a cloud.
enum OnOff: String, CaseIterable {
  case on, off
}
