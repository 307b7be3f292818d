import HNVCore

/// Makes the route table of each subnet.
struct VPCTables {
  var reader: CloudReader
  private(set) var tables: [VPCTable] = []
  private let directory: AdapterDirectory
  /// The address blocks of each network.
  private let blocks: [[IPPrefix]]
  private let mappings: [PublicMapping]
  /// The networks that have an internet gateway.
  private let gateways: Set<Int>
  private let era: VPCEra

  private var intent: Intent { reader.intent }

  init(
    _ reader: CloudReader, _ directory: AdapterDirectory, blocks: [[IPPrefix]],
    mappings: [PublicMapping], gateways: Set<Int>, _ era: VPCEra
  ) {
    self.reader = reader
    self.directory = directory
    self.blocks = blocks
    self.mappings = mappings
    self.gateways = gateways
    self.era = era
  }

  /// Makes the declared tables, and derives the others.
  mutating func derive(_ declared: [VPCSection.RouteTable]) {
    var own: [Int: VPCSection.RouteTable] = [:]
    var stated = DuplicateChecker<Int>()
    for table in declared.map({ single($0) }) {
      for written in table.subnets {
        guard let subnet = reader.subnet(written),
          reader.isFirst(
            of: subnet, among: &stated, written.text, "the route table of \(written.text)",
            at: written.place)
        else { continue }
        own[subnet] = table
      }
    }
    for subnet in intent.subnets.indices {
      let network = intent.subnets[subnet].network
      var table = VPCTable(of: intent.subnets[subnet].name)
      for block in blocks[network] { table.add(block, .local, named: "local") }
      if let declared = own[subnet] {
        for route in declared.routes { read(route, of: subnet, into: &table) }
      } else {
        derive(subnet, of: network, into: &table)
      }
      tables.append(table)
      checkLoops(in: table, of: subnet)
    }
  }

  /// A table with one static and one propagated route to each prefix: it has no metrics.
  private mutating func single(_ table: VPCSection.RouteTable) -> VPCSection.RouteTable {
    var table = table
    var stated: (fixed: DuplicateChecker<IPPrefix>, propagated: DuplicateChecker<IPPrefix>) = (
      .init(), .init()
    )
    table.routes = table.routes.filter { route in
      guard let prefix = try? IPPrefix(parsing: route.to.text) else { return true }
      let what = "the table's route to \(prefix)"
      return route.isPropagated
        ? reader.isFirst(
          of: prefix, among: &stated.propagated, route.to.text, what, at: route.to.place)
        : reader.isFirst(of: prefix, among: &stated.fixed, route.to.text, what, at: route.to.place)
    }
    return table
  }

  private mutating func derive(_ subnet: Int, of network: Int, into table: inout VPCTable) {
    let inhabitants = directory.adapters(in: subnet)
    let known = mappings.filter { mapping in
      mapping.network == network && inhabitants.contains { $0.machine == mapping.machine }
    }
    let isPublic =
      !known.isEmpty && inhabitants.allSatisfy { intent.machines[$0.machine].forwards }
    let routes = intent.networks[network].routes.sorted { $0.metric < $1.metric }
    for route in routes where !isPublic {
      guard let interface = directory.adapter(at: route.via, inNetwork: network) else {
        reader.lack(
          "\(route.via)",
          "no network interface has \(route.via), and the target of a VPC route is an object,"
            + " never an address: \(intent.subnets[subnet].name) has no route to \(route.prefix)",
          fix: "name the address of a machine", at: route.place)
        continue
      }
      add(
        route.prefix, .interface(interface), named: intent.machines[interface.machine].name,
        of: subnet, into: &table, at: route.place)
    }
    for family in IPFamily.allCases
    where known.contains(where: { $0.address.family == family }) && gateways.contains(network) {
      let everything = IPPrefix.everything(family)
      if !table.has(everything) {
        table.add(everything, .internetGateway, named: "igw")
      }
    }
  }

  private mutating func read(
    _ route: VPCSection.Route, of subnet: Int, into table: inout VPCTable
  ) {
    guard let prefix = reader.readPrefix(route.to),
      let target = target(route.target, in: intent.subnets[subnet].network)
    else { return }
    let name = route.target.text
    guard !route.isPropagated else {
      table.add(
        propagated: prefix, target, named: name, in: blocks[intent.subnets[subnet].network],
        at: route.to.place)
      return
    }
    add(prefix, target, named: name, of: subnet, into: &table, at: route.to.place)
  }

  private mutating func target(_ written: Written, in network: Int) -> VPCTarget? {
    switch written.text {
    case "local": return .local
    case "igw": return .internetGateway
    case "blackhole": return .blackhole
    default:
      guard let machine = reader.machine(written) else { return nil }
      let interface = directory.all.first {
        $0.machine == machine && intent.subnets[$0.subnet].network == network
      }
      guard let interface else {
        reader.lack(
          written.text,
          "\(written.text) has no network interface in \(intent.networks[network].name), so routes"
            + " of that network cannot point to it", at: written.place)
        return nil
      }
      return .interface(interface)
    }
  }

  /// Adds a static route, unless the platform refuses it.
  private mutating func add(
    _ prefix: IPPrefix, _ target: VPCTarget, named name: String, of subnet: Int,
    into table: inout VPCTable, at place: Place
  ) {
    if let refusal = refusal(of: prefix, to: target, in: intent.subnets[subnet].network, table) {
      reader.lack(
        "\(prefix)",
        "the route table of \(intent.subnets[subnet].name) accepts no route to \(prefix):"
          + " \(refusal)",
        at: place)
    } else {
      table.add(prefix, target, named: name, at: place)
    }
  }

  /// Why the platform refuses a static route; `nil` when it takes it.
  private func refusal(
    of prefix: IPPrefix, to target: VPCTarget, in network: Int, _ table: VPCTable
  ) -> String? {
    if Self.linkLocal?.contains(prefix) ?? false {
      return "169.254.168.0/22 is reserved by the platform"
    }
    guard blocks[network].contains(where: { $0.contains(prefix) }) else {
      return table.has(prefix) ? "it already has one, and routes have no metrics" : nil
    }
    if target == .local, blocks[network].contains(prefix) { return nil }
    guard era == .since2021 else {
      return "within the VPC only the local route applies (era 2013, before August 2021)"
    }
    let isSubnet = intent.networks[network].subnets.contains {
      intent.subnets[$0].prefixes.contains(prefix)
    }
    guard case .interface = target, isSubnet else {
      return "within the VPC a route covers a whole subnet, and its target is a network interface"
        + " or a NAT gateway (era 2021)"
    }
    return nil
  }

  /// No routes lead into this prefix (Amazon VPC User Guide, "Route tables").
  private static let linkLocal =
    IPPrefix(containing: .v4(IPv4Address(169, 254, 168, 0)), length: 22)

  /// A route to an interface of its own subnet takes what its machine forwards back to it.
  private mutating func checkLoops(in table: VPCTable, of subnet: Int) {
    for entry in table.entries {
      guard case .interface(let adapter) = entry.target, adapter.subnet == subnet else { continue }
      let machine = intent.machines[adapter.machine]
      let compartment = machine.interfaces[adapter.index].compartment
      let way = StackRoutes(machine, compartment: compartment).entry(for: entry.prefix.first)
      guard machine.forwards, way?.link == adapter.index, way?.nextHop != .onLink
      else { continue }
      reader.diagnostics.append(
        Diagnostic(
          .forwardingLoop, in: .named("machine \(machine.name)"), value: "\(entry.prefix)",
          "\(machine.name) is in \(intent.subnets[subnet].name), whose route table routes"
            + " \(entry.prefix) back to \(machine.name): loop",
          fix: "put \(machine.name) into a subnet of its own, with another route table",
          at: machine.place))
    }
  }
}
