import HNVCore

/// Words for what a host decided and did: asks the router again for entries not chosen and near
/// misses.
struct HNVWords {
  let router: HostRouter
  let network: HNVNetwork
  /// What the hosts have by now.
  let hosts: [NetworkPolicy.Host]
  /// The frame at hand, where there is one.
  let frame: EthernetFrame?
  /// The virtual subnet that the frame came from, where it came from a port.
  var sender: VirtualSubnetID?
  /// The machine to which the packet at hand keeps coming back, if any.
  var loopingMachine: String?

  init(
    router: HostRouter, state: HNVState, frame: EthernetFrame?, sender: VirtualSubnetID? = nil
  ) {
    self.router = router
    network = state.network
    hosts = state.policy.hosts
    self.frame = frame
    self.sender = sender
  }

  var tables: DistributedRouter { router.router }
  var settings: Settings { tables.settings }

  func encapsulated(_ tunnel: Tunnel) -> Step {
    Step(
      .encapsulated,
      "\(tunnel.encapsulation.rawValue.uppercased()), VSID \(tunnel.virtualSubnetID),"
        + " \(tunnel.source) -> \(tunnel.destination)", setting: tunnel.encapsulation.text)
  }

  func translated(_ before: IPPacket, _ after: IPPacket, _ translation: Translation) -> Step {
    let changes = Step.Change.changes(before, after)
    guard !changes.isEmpty else {
      return Step(
        .forwarded, "unchanged, to the host with PA \(translation.nextHop)",
        setting: settings.untranslated.text)
    }
    return Step(.translated, changes: changes)
  }

  func replicated(_ replication: Replication) -> Step {
    let ports = replication.ports.count
    let hosts = replication.tunnels.count
    return Step(
      .replicated,
      "\(ports) \(ports == 1 ? "copy" : "copies") for machines on \(router.name), \(hosts) for"
        + " other hosts", setting: settings.groups.text)
  }

  func absorbed() -> Step {
    Step(
      .accepted, "\(router.name) accepts the announcement and does not forward it",
      setting: settings.gratuitousARP.text)
  }

  func answeredEcho() -> Step {
    Step(
      .answered, "\(router.name) replies for the gateway",
      setting: settings.gatewayEcho.text)
  }

  func originated(_ notice: ControlNotice, to provider: IPAddress) -> Step {
    Step(
      .originated, "\(router.name) sends \(notice.words) to \(provider)",
      setting: settings.controlMessages.text)
  }

  func bypassed(_ port: Int) -> Step {
    Step(
      .forwarded,
      "the port of \(router.ports[port].vmName) has no VSID: the switch bridges the frame without"
        + " HNV")
  }

  func delivered(to port: VMPort) -> Step {
    let mapping =
      if let domain = port.routingDomainID, let subnet = port.virtualSubnetID {
        ", mapped to routing domain \(name(of: domain)) by VSID \(subnet)"
      } else {
        ""
      }
    return Step(.delivered, "to the port of \(port.vmName), \(port.macAddress)\(mapping)")
  }

  func answered(_ answer: NeighborAnswer) -> Step {
    Step(
      .answered,
      "\(answer.target) is-at \(answer.macAddress) (proxy reply from the lookup record)")
  }
}

extension HNVWords {
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
      let way = if case .via(let address) = route.nextHop { "via \(address)" } else { "on-link" }
      return "customer route \(route.destinationPrefix) \(way)"
    }
  }

  func table(_ domain: RoutingDomainID) -> String {
    "routing domain \(name(of: domain)) on \(router.name)"
  }

  /// The lab's name of a routing domain.
  func name(of domain: RoutingDomainID) -> String {
    network.networkName(of: domain) ?? "\(domain)"
  }
}

extension LookupRecord {
  /// The record in words: whose, where and behind which MAC.
  package var words: String {
    let name = vmName.isEmpty ? "" : " (\(vmName))"
    let kind = type == .static ? "" : " \(type)"
    return "\(customerAddress)\(name)\(kind), VSID \(virtualSubnetID), \(macAddress)"
      + " at \(providerAddress)"
  }
}

extension CustomerRoute {
  /// The route in words.
  package var words: String {
    let way = if case .via(let address) = nextHop { "via \(address)" } else { "on-link" }
    return "\(destinationPrefix) \(way), VSID \(virtualSubnetID)"
      + (metric == 0 ? "" : ", metric \(metric)")
  }
}
