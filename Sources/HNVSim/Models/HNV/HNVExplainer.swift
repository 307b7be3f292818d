import HNVCore

/// Words for what a host decided and did: asks its router again for entries not chosen and near
/// misses.
struct HNVExplainer {
  let router: HostRouter
  let snapshot: HNVSnapshot
  let scene: Scene?

  init(_ snapshot: HNVSnapshot, router: HostRouter, in scene: Scene? = nil) {
    self.router = router
    self.snapshot = snapshot
    self.scene = scene
  }

  /// Words for what was noted on a host.
  init(_ snapshot: HNVSnapshot, in scene: Scene) {
    guard case .host(let host) = scene.element else {
      preconditionFailure("only hosts note what HNV does")
    }
    self.init(snapshot, router: snapshot.routers[host], in: scene)
  }

  /// The frame at hand, where there is one.
  var frame: EthernetFrame? { scene?.frame }
  var tables: DistributedRouter { router.router }
  var settings: Settings { tables.settings }

  /// An entry of a table in words.
  func text(_ entry: RouteEntry) -> String {
    switch entry {
    case .record(let index):
      let record = tables.policy.lookupRecords[index]
      return "lookup record \(record.words)"
    case .route(let index):
      let route = tables.policy.customerRoutes[index]
      return "customer route \(route.words)"
    }
  }

  /// An entry of a table in a few words.
  func brief(_ entry: RouteEntry) -> String {
    switch entry {
    case .record(let index):
      let record = tables.policy.lookupRecords[index]
      let name = record.vmName.isEmpty ? "" : " (\(record.vmName))"
      if tables.isGatewayAddress(record) { return "lookup record \(record.customerAddress)" }
      let kind = record.type == .gatewayWildcard ? "wildcard" : "lookup"
      return "\(kind) record \(record.customerAddress)\(name) at \(record.providerAddress)"
    case .route(let index):
      let route = tables.policy.customerRoutes[index]
      return "customer route \(route.name)"
    }
  }

  /// An entry of a table, so that a program finds it again.
  func entry(_ entry: RouteEntry) -> Step.Entry {
    let place = snapshot.network.place(of: entry, in: tables, on: router.name)
    switch entry {
    case .record(let index):
      return Step.Entry(.lookupRecord, tables.policy.lookupRecords[index].name, at: place)
    case .route(let index):
      return Step.Entry(.customerRoute, tables.policy.customerRoutes[index].name, at: place)
    }
  }

  /// A port, so that a program finds it again.
  func entry(_ port: VMPort) -> Step.Entry {
    let subnet = port.virtualSubnetID.map { " in VSID \($0)" } ?? ""
    return Step.Entry(
      .port, "\(port.vmName), \(port.macAddress)\(subnet)",
      at: snapshot.network.place(of: port))
  }

  func table(_ domain: RoutingDomainID) -> String {
    "routing domain \(name(of: domain)) on \(router.name)"
  }

  /// The lab's name of a routing domain.
  func name(of domain: RoutingDomainID) -> String {
    snapshot.network.networkName(of: domain) ?? "\(domain)"
  }
}

extension LookupRecord {
  /// What tells the record from others: several may have one address that is no machine's.
  fileprivate var name: String {
    "\(customerAddress) in VSID \(virtualSubnetID)" + (type == .static ? "" : ", \(macAddress)")
  }

  /// The record in words: whose, where and behind which MAC.
  package var words: String {
    let name = vmName.isEmpty ? "" : " (\(vmName))"
    let kind = type == .static ? "" : " \(type)"
    return "\(customerAddress)\(name)\(kind), VSID \(virtualSubnetID), \(macAddress)"
      + " at \(providerAddress)"
  }
}

extension CustomerRoute {
  /// The destinations and the way to them.
  fileprivate var name: String {
    let way = if case .via(let address) = nextHop { "via \(address)" } else { "on-link" }
    return "\(destinationPrefix) \(way)"
  }

  /// The route in words.
  package var words: String {
    "\(name), VSID \(virtualSubnetID)" + (metric == 0 ? "" : ", metric \(metric)")
  }
}
