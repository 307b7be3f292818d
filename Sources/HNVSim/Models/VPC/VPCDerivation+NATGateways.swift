import HNVCore

/// NAT gateways: machines of the platform, on a host that no lab stops.
extension VPCDerivation {
  /// Adds the section's NAT gateways; gives their public addresses.
  mutating func addNATGateways() -> [PublicMapping] {
    guard !section.natGateways.isEmpty, let host = addServiceHost() else { return [] }
    return section.natGateways.compactMap { add($0, on: host) }
  }

  private mutating func addServiceHost() -> Int? {
    let taken =
      intent.hosts.map(\.address)
      + intent.underlay.routers.flatMap { $0.interfaces.map(\.address.address) }
    var free = UnderlayAddresses(prefix: intent.underlay.prefix, taken: Set(taken))
    guard let address = free.next(), let place = section.natGateways.first?.name.place
    else { return nil }
    let name = intent.free("amazon")
    reader.intent.elements[name] = .host(intent.hosts.count)
    reader.intent.hosts.append(Intent.Host(name: name, address: address, place: place))
    return intent.hosts.count - 1
  }

  private mutating func add(_ gateway: VPCSection.NATGateway, on host: Int) -> PublicMapping? {
    let (name, place) = (gateway.name.text, gateway.name.place)
    guard let subnet = reader.subnet(gateway.subnet),
      let address = reader.readAddress(gateway.address),
      let publicAddress = reader.readAddress(gateway.publicAddress)
    else { return nil }
    guard isFree(gateway.name) else { return nil }
    let prefix = intent.subnets[subnet].prefixes.first { $0.contains(address) }
    guard let prefix, let router = prefix.gatewayAddress else {
      reader.diagnostics.append(
        Diagnostic(
          .addressOutsideSubnet, value: gateway.address.text,
          "\(address) is outside subnet \(gateway.subnet.text)",
          fix: "choose an address within the subnet", at: gateway.address.place))
      return nil
    }
    guard isFree(address, in: subnet, prefix, at: gateway.address.place) else { return nil }
    let number = intent.machines.count
    reader.intent.elements[name] = .machine(number)
    reader.intent.add(
      machine(named: name, on: host, in: subnet, address, prefix, by: router, place))
    return reader.mapping(publicAddress, gateway.publicAddress, of: number)
  }

  /// Whether nothing has a name: no element of the lab, no internet gateway, and no word that a
  /// route leads to.
  private mutating func isFree(_ written: Written) -> Bool {
    let own = intent.networks.map { "igw-\($0.name)" } + ["local", "igw", "blackhole"]
    var names = NameSpace<Void>()
    do throws(Diagnostic) {
      try names.declare(written, as: (), "NAT gateway")
      guard intent.elements[written.text] == nil, !own.contains(written.text) else {
        throw Diagnostic(
          .duplicateName, value: written.text,
          "the name \(written.text) of a NAT gateway is already in use", at: written.place)
      }
      return true
    } catch {
      reader.diagnostics.append(error)
      return false
    }
  }

  /// Whether neither a machine of the network has an address, nor the platform.
  private mutating func isFree(
    _ address: IPAddress, in subnet: Int, _ prefix: IPPrefix, at place: Place
  ) -> Bool {
    let network = intent.subnets[subnet].network
    if let owner = AdapterDirectory(intent).adapter(at: address, inNetwork: network) {
      let name = intent.machines[owner.machine].name
      reader.refuse(address, taken: "\(address) is already the address of \(name)", at: place)
      return false
    }
    guard prefix.reserves(address) else { return true }
    reader.refuse(
      address,
      taken: "Amazon VPC reserves \(address), like the first four addresses and the last of every"
        + " subnet",
      at: place)
    return false
  }

  private func machine(
    named name: String, on host: Int, in subnet: Int, _ address: IPAddress, _ prefix: IPPrefix,
    by router: IPAddress, _ place: Place
  ) -> Intent.Machine {
    var interface = Intent.Interface(
      attachment: .subnet(subnet),
      macAddress: MACAddress(bits: 0x0215_5DC0_0001 + UInt64(intent.machines.count)),
      place: place, macPlace: place)
    interface.addresses = [
      Intent.Interface.Address(address: address, onLink: prefix, place: place)
    ]
    interface.translates = true
    interface.inside = intent.networks[intent.subnets[subnet].network].subnets.flatMap {
      intent.subnets[$0].prefixes
    }
    var machine = Intent.Machine(name: name, host: host, forwards: true, place: place)
    machine.interfaces = [interface]
    machine.open = []
    machine.routes = [
      Intent.Route(prefix: .everything(address.family), via: router, metric: 0, place: place)
    ]
    return machine
  }
}
