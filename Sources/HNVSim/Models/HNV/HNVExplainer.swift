import HNVCore

/// Words for what a host decided and did: asks its router again for entries not chosen and near
/// misses.
struct HNVExplainer {
  let router: HostRouter
  let snapshot: HNVSnapshot
  let scene: Scene?
  /// The frame at hand as a row, where there is one.
  let row: Packet?

  init(_ snapshot: HNVSnapshot, router: HostRouter, in scene: Scene? = nil) {
    self.router = router
    self.snapshot = snapshot
    self.scene = scene
    row = scene?.row
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

  /// The packet at hand as a row; `nil` for a frame without one.
  var ipRow: Packet? { row.flatMap { $0.isIP ? $0 : nil } }

  var tables: DistributedRouter { router.router }
  var settings: Settings { tables.settings }

  /// An entry of a table in words.
  func text(_ entry: RouteEntry) -> Words {
    switch entry {
    case .record(let index): "lookup record \(tables.policy.lookupRecords[index].words)"
    case .route(let index): "customer route \(tables.policy.customerRoutes[index].words)"
    }
  }

  /// An entry of a table in a few words.
  func brief(_ entry: RouteEntry) -> Words {
    switch entry {
    case .record(let index):
      let record = tables.policy.lookupRecords[index]
      if tables.isGatewayAddress(record) { return "lookup record \(record.customerAddress)" }
      let kind = record.type == .gatewayWildcard ? "wildcard" : "lookup"
      return "\(kind) record \(record.whose) at \(record.providerAddress)"
    case .route(let index): return "customer route \(tables.policy.customerRoutes[index].name)"
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
    let name: Words =
      if let subnet = port.virtualSubnetID {
        "\(port.vmName), \(port.macAddress) in VSID \(subnet)"
      } else {
        "\(port.vmName), \(port.macAddress)"
      }
    return Step.Entry(.port, name, at: snapshot.network.place(of: port))
  }

  func table(_ domain: RoutingDomainID) -> Words {
    "routing domain \(name(of: domain)) on \(router.name)"
  }

  /// The lab's name of a routing domain.
  func name(of domain: RoutingDomainID) -> String {
    snapshot.network.networkName(of: domain) ?? "\(domain)"
  }
}

extension LookupRecord {
  /// What tells the record from others: several may have one address that is no machine's.
  fileprivate var name: Words {
    type == .static
      ? "\(customerAddress) in VSID \(virtualSubnetID)"
      : "\(customerAddress) in VSID \(virtualSubnetID), \(macAddress)"
  }

  /// The address and the machine that has it.
  fileprivate var whose: Words {
    vmName.isEmpty ? "\(customerAddress)" : "\(customerAddress) (\(vmName))"
  }

  /// The record in words: whose, where and behind which MAC.
  package var words: Words {
    let kind = type == .static ? "" : " \(type)"
    return "\(whose)\(kind), VSID \(virtualSubnetID), \(macAddress) at \(providerAddress)"
  }
}

extension CustomerRoute {
  /// The destinations and the way to them.
  fileprivate var name: Words {
    if case .via(let address) = nextHop {
      "\(destinationPrefix) via \(address)"
    } else {
      "\(destinationPrefix) on-link"
    }
  }

  /// The route in words.
  package var words: Words {
    metric == 0
      ? "\(name), VSID \(virtualSubnetID)"
      : "\(name), VSID \(virtualSubnetID), metric \(metric)"
  }
}
