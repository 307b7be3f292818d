import HNVCore

/// Words for what a host decided: asks the router again for entries not chosen and near misses.
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

  func step(for reason: Reason) -> Step {
    switch reason {
    case .filtered(let direction, let port, let ground): filtered(direction, port, ground)
    case .sourceChecked(let address, let mac, let record): checked(address, mac, record)
    case .bridged(let mac):
      Step(
        .forwarded, "\(mac) is on this host, in the same subnet: bridged",
        setting: settings.sameHost.text)
    case .routed(let destination, let domain, let entry): routed(destination, domain, entry)
    case .resolved(let address, let subnet, let record):
      Step(
        .resolved, "\(address) matches \(brief(.record(record)))",
        lookup: Step.Lookup(
          table: "lookup records of VSID \(subnet) on \(router.name)",
          key: "\(address)", match: text(.record(record))))
    case .foreignMAC(let sent, let record):
      Step(
        .rewritten,
        "destination MAC \(sent) ignored; the record has"
          + " \(tables.policy.lookupRecords[record].macAddress)",
        setting: settings.foreignMAC.text)
    case .crossed(let from, let to):
      Step(
        .forwarded, "VSID \(from) -> \(to)",
        setting: "\(settings.timeToLive.text), \(settings.sourceMAC.text)")
    case .flooded(let mac, let subnet, let record): flooded(mac, subnet, record)
    case .learned(let address, let record):
      Step(
        .resolved,
        "\(router.name) learns \(address) is-at \(tables.policy.lookupRecords[record].macAddress)",
        lookup: Step.Lookup(
          table: "lookup records on \(router.name)", key: "\(address)",
          match: text(.record(record))), setting: settings.learning.text)
    case .sourceKnown(let address, let record): sourceKnown(address, record)
    case .received(let mac, let subnet, let record):
      Step(
        .resolved, "\(mac) in VSID \(subnet) matches \(brief(.record(record)))",
        lookup: Step.Lookup(
          table: "lookup records of VSID \(subnet) on \(router.name)", key: "\(mac)",
          match: text(.record(record))))
    case .neighbor(let address, let record):
      Step(
        .resolved, "\(address) matches \(brief(.record(record)))",
        lookup: Step.Lookup(
          table: "lookup records on \(router.name)", key: "\(address)",
          match: text(.record(record))), setting: settings.neighborProxy.text)
    }
  }

  private func flooded(
    _ mac: MACAddress, _ subnet: VirtualSubnetID, _ record: Int?
  ) -> Step {
    guard let record else {
      return Step(
        .forwarded, "\(mac) is flooded in VSID \(subnet)",
        setting: "\(settings.groups.text), \(settings.unknownNeighbor.text)")
    }
    return Step(
      .resolved, "\(mac) matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records of VSID \(subnet) on \(router.name)",
        key: "\(tables.policy.lookupRecords[record].customerAddress)",
        match: text(.record(record))), setting: settings.groups.text)
  }

  private func sourceKnown(_ address: IPAddress, _ record: Int?) -> Step {
    guard let record else {
      return Step(
        .checked, "the sender \(address) is not checked",
        setting: settings.receiverValidation.text)
    }
    return Step(
      .checked, "the sender \(address) matches \(brief(.record(record)))",
      setting: settings.receiverValidation.text)
  }

  private func checked(_ address: IPAddress, _ mac: MACAddress, _ record: Int?) -> Step {
    guard let record else {
      return Step(
        .checked, "the sender \(address) is not checked", setting: settings.sourceValidation.text)
    }
    return Step(
      .checked, "the sender \(address) matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records on \(router.name)", key: "\(address) with \(mac)",
        match: text(.record(record))), setting: settings.sourceValidation.text)
  }

  private func routed(
    _ destination: IPAddress, _ domain: RoutingDomainID, _ entry: RouteEntry
  ) -> Step {
    let notChosen = tables.notChosen(by: entry, for: destination, in: domain)
    return Step(
      .routed, "\(destination) matches \(brief(entry))\(ignoredMAC(entry))",
      lookup: Step.Lookup(
        table: table(domain), key: "\(destination)", match: text(entry),
        notChosen: unrouted(destination)
          + notChosen.map { Step.Beaten(entry: text($0.entry), why: why($0, beats: entry)) }),
      setting: notChosen.contains { $0.cause == .routeFirst || $0.cause == .recordFirst }
        ? settings.recordPrecedence.text : nil)
  }

  /// Records of the destination that are in no table, because no route has their virtual subnet.
  private func unrouted(_ destination: IPAddress) -> [Step.Beaten] {
    tables.unroutedRecords(of: destination).map { index in
      Step.Beaten(
        entry: text(.record(index)),
        why: "no customer route on \(router.name) has its VSID")
    }
  }

  /// A note where the frame is addressed to another machine than the one with the destination.
  private func ignoredMAC(_ entry: RouteEntry) -> String {
    guard let sender, let frame, let index = tables.record(for: frame.destination, in: sender),
      entry != .record(index)
    else { return "" }
    let record = tables.policy.lookupRecords[index]
    guard !tables.isGatewayAddress(record) else { return "" }
    let name = record.vmName.isEmpty ? "\(record.customerAddress)" : record.vmName
    return "; destination MAC (\(name)'s) ignored"
  }

  private func why(_ notChosen: DistributedRouter.Beaten, beats match: RouteEntry) -> String {
    let length = tables.prefix(of: notChosen.entry).length
    let winning = tables.prefix(of: match).length
    switch notChosen.cause {
    case .shorterPrefix: return "its prefix /\(length) is shorter than /\(winning)"
    case .recordFirst: return "a lookup record takes precedence over a route with the same prefix"
    case .routeFirst:
      return "routes are searched first, and the best one is not on-link in this"
        + " subnet"
    case .higherMetric:
      guard case .route(let loser) = notChosen.entry, case .route(let best) = match,
        tables.policy.customerRoutes[loser].metric != tables.policy.customerRoutes[best].metric
      else { return "same prefix and metric: the route defined first is used" }
      return "its metric \(tables.policy.customerRoutes[loser].metric) is higher than"
        + " \(tables.policy.customerRoutes[best].metric)"
    }
  }

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
