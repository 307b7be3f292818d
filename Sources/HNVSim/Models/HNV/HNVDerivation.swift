import HNVCore

/// Derives the policy of HNV's hosts from the lab.
///
/// The common records and routes are derived once and given to every host as one value, so that
/// hosts share them; deviations are applied to a host's own copy afterwards. Each entry remembers
/// where in the lab it comes from.
struct HNVDerivation: TextReading {
  let intent: Intent
  let section: HNVSection
  var diagnostics: [Diagnostic] = []
  var settings = Settings()
  var domains: [RoutingDomainID] = []
  var subnetIDs: [VirtualSubnetID?] = []
  var records: RecordList = []
  var recordPlaces: [Place] = []
  var routes: [CustomerRoute] = []
  var routePlaces: [Place] = []
  var providers: [[ProviderAddress]] = []
  /// What the section says of single ports.
  var portPolicies: [Intent.Owner: PortPolicy] = [:]
  var providerRoutes: [[ProviderRoute]] = []
  var guests: [Int: GuestProfile] = [:]
  var origins = HNVOrigins()
  var policyRefresh: VirtualTime?

  init(_ intent: Intent, _ section: HNVSection) {
    self.intent = intent
    self.section = section
  }

  /// The policy of every host, and the place of every entry.
  mutating func derive() -> NetworkPolicy {
    readSettings()
    readIdentifiers()
    readProviderAddresses()
    readGuests()
    readPorts()
    readProviderRoutes()
    deriveRoutes()
    deriveRecords()
    policyRefresh = section.policyRefresh.flatMap { text in
      read(text) { text throws(Diagnostic) in try VirtualTime(parsing: text) }
    }
    let forwarding = ForwardingPolicy(lookupRecords: records, customerRoutes: routes)
    origins.common = HNVOrigins.Forwarding(records: recordPlaces, routes: routePlaces)
    var hosts = intent.hosts.indices.map { index in
      NetworkPolicy.Host(
        intent.hosts[index].name,
        policy: HostPolicy(
          forwarding: forwarding, providerAddresses: providers[index],
          providerRoutes: providerRoutes[index], underlayMTU: underlayMTU(of: index)))
    }
    for machine in intent.machines.indices {
      let name = hosts[intent.machines[machine].host].name
      for (port, place) in placedPorts(of: machine) {
        hosts[intent.machines[machine].host].policy.ports.append(port)
        origins.ports[name, default: []].append(place)
      }
    }
    for deviation in section.deviations { apply(deviation, to: &hosts) }
    return NetworkPolicy(settings: settings, hosts: hosts)
  }

  /// The ports of a machine: one for each adapter in a subnet.
  ///
  /// An adapter on the wire of an outside network belongs to another switch, which HNV does not
  /// see. Adapters of one MAC address are one, with a routing domain mapping for each.
  func ports(of machine: Int) -> [VMPort] { placedPorts(of: machine).map(\.port) }

  /// The ports, and where to look when something is wrong with one.
  private func placedPorts(of machine: Int) -> [(port: VMPort, place: Place)] {
    let typed = intent.machines[machine]
    return typed.interfaces.indices.compactMap { index in
      guard let port = port(of: machine, adapter: index) else { return nil }
      let policy = portPolicies[Intent.Owner(machine: machine, interface: index)]
      return (port, policy?.place ?? typed.place)
    }
  }

  /// What tells the port of one adapter from others; `nil` outside the lab's own subnets.
  func adapter(of machine: Int, _ index: Int) -> HNVAdapter? {
    intent.subnet(of: intent.machines[machine].interfaces[index]).map { subnet in
      HNVAdapter(
        macAddress: intent.machines[machine].interfaces[index].macAddress,
        virtualSubnetID: subnetIDs[subnet])
    }
  }

  /// The port of one adapter; `nil` outside the lab's own subnets.
  private func port(of machine: Int, adapter: Int) -> VMPort? {
    let typed = intent.machines[machine]
    let interface = typed.interfaces[adapter]
    guard let subnet = intent.subnet(of: interface) else { return nil }
    let isShared = typed.interfaces.indices.contains { other in
      other != adapter && typed.interfaces[other].macAddress == interface.macAddress
        && intent.subnet(of: typed.interfaces[other]) != nil
    }
    // Without a VSID, 0, the port is the switch's alone.
    var port = VMPort(
      vmName: typed.name, macAddress: interface.macAddress, virtualSubnetID: subnetIDs[subnet],
      routingDomainID: isShared ? domains[intent.subnets[subnet].network] : nil,
      accessRules: interface.rules)
    portPolicies[Intent.Owner(machine: machine, interface: adapter)]?.apply(to: &port)
    return port
  }

  private mutating func deriveRoutes() {
    for (number, network) in intent.networks.enumerated() {
      for subnet in network.subnets {
        guard let identifier = subnetIDs[subnet] else { continue }
        for (prefix, place) in zip(
          intent.subnets[subnet].prefixes, intent.subnets[subnet].prefixPlaces)
        {
          add(
            CustomerRoute(
              routingDomainID: domains[number], virtualSubnetID: identifier,
              destinationPrefix: prefix, nextHop: .onLink), place)
        }
      }
      for route in network.routes { derive(route, in: number) }
    }
  }

  /// A route of the intent stands under the virtual subnet that holds its next hop.
  private mutating func derive(_ route: Intent.Route, in network: Int) {
    let subnet = intent.networks[network].subnets.first { index in
      intent.subnets[index].prefixes.contains { $0.contains(route.via) }
    }
    guard let subnet, let identifier = subnetIDs[subnet] else {
      diagnostics.append(
        Diagnostic(
          .unresolvedNextHop, value: "\(route.via)",
          "\(route.via), the next hop to \(route.prefix), is in no subnet of network"
            + " \(intent.networks[network].name); the route is left out",
          fix: "name the address of a machine in one of the network's subnets",
          at: route.place))
      return
    }
    add(
      CustomerRoute(
        routingDomainID: domains[network], virtualSubnetID: identifier,
        destinationPrefix: route.prefix, nextHop: .via(route.via), metric: route.metric),
      route.place)
  }

  /// Records: HNV's gateway of every subnet, every machine's addresses, and for each adapter of a
  /// forwarding machine a wildcard, behind which the addresses live that it forwards for.
  private mutating func deriveRecords() {
    for (index, subnet) in intent.subnets.enumerated() {
      guard let identifier = subnetIDs[index] else { continue }
      var gateways: Set<IPAddress> = []
      for (prefix, place) in zip(subnet.prefixes, subnet.prefixPlaces) {
        // Prefixes of one subnet, where more than one is let pass, may have one lowest address.
        guard let gateway = prefix.gatewayAddress, gateways.insert(gateway).inserted
        else { continue }
        add(
          LookupRecord(
            customerAddress: gateway, virtualSubnetID: identifier,
            macAddress: MACAddress(bits: 0x0215_5D00_0001 + UInt64(index)),
            providerAddress: Self.noHost, vmName: ""), place)
      }
    }
    let forms = readForms()
    for (index, machine) in intent.machines.enumerated() {
      let form = forms[index] ?? Form()
      for interface in machine.interfaces {
        guard let template = template(for: interface, of: machine, form) else { continue }
        derive(template, of: interface, form)
        if machine.forwards { deriveWildcards(template, of: interface) }
      }
    }
    for router in intent.virtualRouters { deriveShared(router, forms) }
    for record in section.records {
      if let typed = read(record) { add(typed, record.customerAddress.place) }
    }
  }

  /// What the records of an adapter have in common.
  private func template(
    for interface: Intent.Interface, of machine: Intent.Machine, _ form: Form
  ) -> LookupRecord? {
    guard let subnet = intent.subnet(of: interface), let identifier = subnetIDs[subnet],
      let provider = providers[machine.host].first?.address
    else { return nil }
    return LookupRecord(
      customerAddress: Self.noHost, virtualSubnetID: identifier,
      macAddress: interface.macAddress, providerAddress: form.provider ?? provider,
      rule: form.rule, vmName: machine.name, usesVMMACAddress: form.usesVMMACAddress)
  }

  /// The records of shared addresses name the adapter that has them at the start.
  ///
  /// They have the adapter's own MAC address, for that is what a management plane knows. The
  /// addresses of L2Only machines hosts learn.
  private mutating func deriveShared(_ router: Intent.VirtualRouter, _ forms: [Int: Form]) {
    guard let first = router.members.first else { return }
    let machine = intent.machines[first.machine]
    let form = forms[first.machine] ?? Form()
    let interface = machine.interfaces[first.interface]
    guard form.type == .static, let template = template(for: interface, of: machine, form)
    else { return }
    for address in router.addresses {
      var record = template
      record.customerAddress = .v4(address)
      add(record, interface.virtualRouters.first { $0.id == router.id }?.place ?? interface.place)
    }
  }

  /// How a machine's records are written.
  private struct Form {
    var type = LookupRecord.RecordType.static
    var rule = LookupRecord.TranslationMethod.encap
    var provider: IPAddress?
    var usesVMMACAddress = false
  }

  /// The forms that the section names, by machine; a provider address of its own goes to the host.
  private mutating func readForms() -> [Int: Form] {
    var forms: [Int: Form] = [:]
    for written in section.recordsOf {
      guard case .machine(let machine) = intent.elements[written.machine.text] else {
        refuse(written.machine, "not a machine", among: intent.machines.map(\.name))
        continue
      }
      let type = choose(
        written.type, ["Static": LookupRecord.RecordType.static, "L2Only": .l2Only],
        default: .static)
      let rule = choose(written.rule, Self.rules, default: .encap)
      let provider = written.providerAddress.flatMap { readAddress($0) }
      guard let type, let rule else { continue }
      forms[machine] = Form(
        type: type, rule: rule, provider: provider, usesVMMACAddress: written.usesVMMACAddress)
      if let provider { give(provider, to: intent.machines[machine].host, written) }
    }
    return forms
  }

  private mutating func give(
    _ provider: IPAddress, to host: Int, _ written: HNVSection.RecordForm
  ) {
    guard let first = providers[host].first,
      !providers[host].contains(where: { $0.address == provider })
    else { return }
    // Under the rule Nat the address is the machine's alone, so that its MAC address can be too.
    let machine = intent.elements[written.machine.text].flatMap { element in
      if case .machine(let index) = element { intent.machines[index] } else { nil }
    }
    providers[host].append(
      ProviderAddress(
        provider, prefixLength: first.prefixLength, vlanID: first.vlanID,
        macAddress: written.usesVMMACAddress ? machine?.interfaces.first?.macAddress : nil))
    origins.providers[intent.hosts[host].name, default: []].append(written.machine.place)
  }

  private mutating func derive(
    _ template: LookupRecord, of interface: Intent.Interface, _ form: Form
  ) {
    guard form.type == .static else {
      // Of an L2Only machine the MAC address is known, one record a family (Microsoft Press).
      for family in families(of: interface) {
        var record = template
        record.customerAddress = IPPrefix.everything(family).address
        record.type = .l2Only
        add(record, interface.place)
      }
      return
    }
    for address in interface.addresses {
      var record = template
      record.customerAddress = address.address
      add(record, address.place)
    }
  }

  private mutating func deriveWildcards(
    _ template: LookupRecord, of interface: Intent.Interface
  ) {
    for family in families(of: interface) {
      var record = template
      record.customerAddress = IPPrefix.everything(family).address
      record.type = .gatewayWildcard
      add(record, interface.place)
    }
  }

  /// The families that an adapter has addresses of, IPv4 first.
  private func families(of interface: Intent.Interface) -> [IPFamily] {
    IPFamily.allCases.filter { family in
      interface.addresses.contains { $0.address.family == family }
    }
  }

  /// What Microsoft's gateway sample writes for a gateway address, which is on no host.
  private static let noHost = IPAddress.v4(IPv4Address(169, 254, 254, 254))

  private mutating func add(_ route: CustomerRoute, _ place: Place) {
    routes.append(route)
    routePlaces.append(place)
  }

  private mutating func add(_ record: LookupRecord, _ place: Place) {
    records.append(record)
    recordPlaces.append(place)
  }
}

/// Where in the lab the entries of derived policies come from.
struct HNVOrigins: Sendable {
  struct Forwarding: Sendable {
    var records: [Place] = []
    var routes: [Place] = []
  }

  /// The places of the entries that hosts have in common.
  var common = Forwarding()
  /// Those of hosts that deviate.
  var deviating: [String: Forwarding] = [:]
  /// The places of each host's ports.
  var ports: [String: [Place]] = [:]
  /// The places of each host's provider addresses.
  var providers: [String: [Place]] = [:]
  /// The places of each host's provider routes.
  var providerRoutes: [String: [Place]] = [:]

  /// The places of a host's records and routes.
  func forwarding(of host: String) -> Forwarding { deviating[host] ?? common }

  /// The place of what a diagnostic is about; `nil` for the network as a whole.
  func place(of subject: Subject) -> Place? {
    guard case .entry(let kind, let index, let host) = subject else { return nil }
    let forwarding = forwarding(of: host)
    let places: [Place]
    switch kind {
    case .lookupRecord: places = forwarding.records
    case .customerRoute: places = forwarding.routes
    case .port: places = ports[host] ?? []
    case .providerAddress: places = providers[host] ?? []
    case .providerRoute: places = providerRoutes[host] ?? []
    }
    return places.indices.contains(index) ? places[index] : nil
  }
}
