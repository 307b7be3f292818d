import HNVCore

/// Effective routes: the system's, and those that users define (Azure, "Virtual network traffic
/// routing").
extension AzureDerivation {
  /// Which of two routes to one prefix counts: the user's.
  private enum Rank: UInt32 {
    case user, system
  }

  /// The routes of each subnet's interfaces.
  mutating func effectiveRoutes(
    _ directory: AdapterDirectory, _ spaces: [[IPPrefix]], _ mappings: [PublicMapping]
  ) -> [RouteTable<AzureHop>] {
    var declared: [Int: AzureSection.RouteTable] = [:]
    var stated = DuplicateChecker<Int>()
    for table in section.routeTables.map({ single($0) }) {
      for written in table.subnets {
        guard let subnet = reader.subnet(written),
          reader.isFirst(
            of: subnet, among: &stated, written.text, "the route table of \(written.text)",
            at: written.place)
        else { continue }
        declared[subnet] = table
      }
    }
    return intent.subnets.indices.map { subnet in
      var table = RouteTable<AzureHop>(
        named: "effective routes of \(intent.subnets[subnet].name)")
      if let own = declared[subnet] {
        for route in own.routes { read(route, into: &table) }
      } else if !isPublic(subnet, directory, mappings) {
        for route in intent.networks[intent.subnets[subnet].network].routes {
          add(route, of: subnet, directory, into: &table)
        }
      }
      addSystemRoutes(spaces[intent.subnets[subnet].network], into: &table)
      return table
    }
  }

  /// A table with one route to each prefix.
  private mutating func single(_ table: AzureSection.RouteTable) -> AzureSection.RouteTable {
    var table = table
    var stated = DuplicateChecker<IPPrefix>()
    table.routes = table.routes.filter { route in
      guard let prefix = try? IPPrefix(parsing: route.to.text) else { return true }
      return reader.isFirst(
        of: prefix, among: &stated, route.to.text, "the table's route to \(prefix)",
        at: route.to.place)
    }
    return table
  }

  /// Whether only forwarding machines live in a subnet, one of which has a public address: they
  /// send to the internet themselves.
  private func isPublic(
    _ subnet: Int, _ directory: AdapterDirectory, _ mappings: [PublicMapping]
  ) -> Bool {
    let inhabitants = directory.adapters(in: subnet)
    return inhabitants.allSatisfy { intent.machines[$0.machine].forwards }
      && inhabitants.contains { own in mappings.contains { $0.machine == own.machine } }
  }

  private func add(
    _ prefix: IPPrefix, _ hop: AzureHop, _ rank: Rank, _ origin: String,
    at place: Place? = nil, into table: inout RouteTable<AzureHop>
  ) {
    table.add(
      RouteTable.Entry(
        prefix: prefix, target: hop, rank: rank.rawValue, words: "\(prefix) to \(hop), \(origin)",
        place: place))
  }

  private func addSystemRoutes(
    _ space: [IPPrefix], into table: inout RouteTable<AzureHop>
  ) {
    for prefix in space { add(prefix, .virtualNetwork, .system, "system", into: &table) }
    for family in IPFamily.allCases {
      add(.everything(family), .internet, .system, "system", into: &table)
    }
    for prefix in Self.unassigned where !space.contains(prefix) {
      add(prefix, .none, .system, "system", into: &table)
    }
  }

  /// What the system drops unless it is in the address space (RFC 1918; RFC 6598).
  private static let unassigned = [
    (IPv4Address(10, 0, 0, 0), 8), (IPv4Address(172, 16, 0, 0), 12),
    (IPv4Address(192, 168, 0, 0), 16), (IPv4Address(100, 64, 0, 0), 10),
  ].compactMap { IPPrefix(containing: .v4($0.0), length: $0.1) }

  /// A route of the network: its next hop is an appliance.
  private mutating func add(
    _ route: Intent.Route, of subnet: Int, _ directory: AdapterDirectory,
    into table: inout RouteTable<AzureHop>
  ) {
    add(
      route.prefix, .virtualAppliance(route.via), .user, "user", at: route.place, into: &table)
    guard
      let appliance = directory.adapter(
        at: route.via, inNetwork: intent.subnets[subnet].network), appliance.subnet == subnet
    else { return }
    let machine = intent.machines[appliance.machine]
    let way = StackRoutes(
      machine, compartment: machine.interfaces[appliance.index].compartment
    ).entry(for: route.prefix.first)
    guard machine.forwards, way?.link == appliance.index, way?.nextHop != .onLink else { return }
    reader.diagnostics.append(
      Diagnostic(
        .forwardingLoop, in: .named("machine \(machine.name)"), value: "\(route.prefix)",
        "\(machine.name) is in \(intent.subnets[subnet].name), which routes"
          + " \(route.prefix) back to \(machine.name): loop",
        fix: "put \(machine.name) into a subnet of its own, without that route",
        at: machine.place))
  }

  private mutating func read(
    _ route: AzureSection.Route, into table: inout RouteTable<AzureHop>
  ) {
    guard let prefix = reader.readPrefix(route.to) else { return }
    let hop: AzureHop
    switch route.nextHop.text {
    case "VirtualNetwork": hop = .virtualNetwork
    case "Internet": hop = .internet
    case "None": hop = .none
    default:
      guard let address = try? IPAddress(parsing: route.nextHop.text) else {
        reader.refuse(
          route.nextHop, noneOf: ["VirtualNetwork", "Internet", "None"], orElse: "an address")
        return
      }
      hop = .virtualAppliance(address)
    }
    add(prefix, hop, .user, "user", at: route.to.place, into: &table)
  }
}

extension AzureHop: CustomStringConvertible {
  /// The type in Azure's own words.
  var description: String {
    switch self {
    case .virtualNetwork: "Virtual network"
    case .internet: "Internet"
    case .none: "None"
    case .virtualAppliance(let address): "Virtual appliance \(address)"
    }
  }
}
