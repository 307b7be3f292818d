import HNVCore

/// Words for what a host decided: asks the router again for what was beaten and what came near.
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
        .forwarded, "\(mac) is on this host and in this subnet: the switch bridges the frame",
        setting: settings.sameHost.text)
    case .routed(let destination, let domain, let entry): routed(destination, domain, entry)
    case .resolved(let address, let subnet, let record):
      Step(
        .resolved, "\(address) by \(brief(.record(record)))",
        lookup: Step.Lookup(
          table: "lookup records of virtual subnet \(subnet) on \(router.name)",
          key: "\(address)", match: text(.record(record))))
    case .foreignMAC(let sent, let record):
      Step(
        .rewritten,
        "the frame was addressed to \(sent), the record says"
          + " \(tables.policy.lookupRecords[record].macAddress); the destination address decides",
        setting: settings.foreignMAC.text)
    case .crossed(let from, let to):
      Step(
        .forwarded, "from virtual subnet \(from) to \(to)",
        setting: "\(settings.timeToLive.text), \(settings.sourceMAC.text)")
    case .flooded(let mac, let subnet, let record): flooded(mac, subnet, record)
    case .learned(let address, let record):
      Step(
        .resolved,
        "\(router.name) learns that \(tables.policy.lookupRecords[record].macAddress) has \(address)",
        lookup: Step.Lookup(
          table: "lookup records on \(router.name)", key: "\(address)",
          match: text(.record(record))), setting: settings.learning.text)
    case .sourceKnown(let address, let record): sourceKnown(address, record)
    case .received(let mac, let subnet, let record):
      Step(
        .resolved, "\(mac) in virtual subnet \(subnet) by \(brief(.record(record)))",
        lookup: Step.Lookup(
          table: "lookup records of virtual subnet \(subnet) on \(router.name)", key: "\(mac)",
          match: text(.record(record))))
    case .neighbor(let address, let record):
      Step(
        .resolved, "\(address) by \(brief(.record(record)))",
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
        .forwarded, "\(mac) is for all of virtual subnet \(subnet)",
        setting: "\(settings.groups.text), \(settings.unknownNeighbor.text)")
    }
    return Step(
      .resolved, "\(mac) by \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records of virtual subnet \(subnet) on \(router.name)",
        key: "\(tables.policy.lookupRecords[record].customerAddress)",
        match: text(.record(record))), setting: settings.groups.text)
  }

  private func sourceKnown(_ address: IPAddress, _ record: Int?) -> Step {
    guard let record else {
      return Step(
        .checked, "no record of \(address) is asked for here",
        setting: settings.receiverValidation.text)
    }
    return Step(
      .checked, "the customer source \(address) by \(brief(.record(record)))",
      setting: settings.receiverValidation.text)
  }

  private func checked(_ address: IPAddress, _ mac: MACAddress, _ record: Int?) -> Step {
    guard let record else {
      return Step(
        .checked, "the sender is not checked", setting: settings.sourceValidation.text)
    }
    return Step(
      .checked, "the sender matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records on \(router.name)", key: "\(address) with \(mac)",
        match: text(.record(record))), setting: settings.sourceValidation.text)
  }

  private func routed(
    _ destination: IPAddress, _ domain: RoutingDomainID, _ entry: RouteEntry
  ) -> Step {
    let notChosen = tables.notChosen(by: entry, for: destination, in: domain)
    return Step(
      .routed, "\(destination) by \(brief(entry))\(ignoredMAC(entry))",
      lookup: Step.Lookup(
        table: table(domain), key: "\(destination)", match: text(entry),
        notChosen: unrouted(destination)
          + notChosen.map { Step.Beaten(entry: text($0.entry), why: why($0, beats: entry)) }),
      setting: notChosen.contains { $0.cause == .routeFirst || $0.cause == .recordFirst }
        ? settings.recordPrecedence.text : nil)
  }

  /// Records of the destination that stand in no table, since nothing says in which they would.
  private func unrouted(_ destination: IPAddress) -> [Step.Beaten] {
    tables.unroutedRecords(of: destination).map { index in
      Step.Beaten(
        entry: text(.record(index)),
        why: "no customer route on \(router.name) names its virtual subnet")
    }
  }

  /// Says so where the guest meant its frame for a machine that the destination does not lead to.
  private func ignoredMAC(_ entry: RouteEntry) -> String {
    guard let sender, let frame, let index = tables.record(for: frame.destination, in: sender),
      entry != .record(index)
    else { return "" }
    let record = tables.policy.lookupRecords[index]
    guard !tables.isGatewayAddress(record) else { return "" }
    let name = record.vmName.isEmpty ? "\(record.customerAddress)" : record.vmName
    return "; that the frame is addressed to \(name) plays no part"
  }

  private func why(_ notChosen: DistributedRouter.Beaten, beats match: RouteEntry) -> String {
    let length = tables.prefix(of: notChosen.entry).length
    let winning = tables.prefix(of: match).length
    switch notChosen.cause {
    case .shorterPrefix: return "its prefix /\(length) is shorter than /\(winning)"
    case .recordFirst: return "a lookup record comes before a route of the same prefix"
    case .routeFirst: return "the routes are searched first, and the best is not on-link here"
    case .higherMetric:
      guard case .route(let loser) = notChosen.entry, case .route(let best) = match,
        tables.policy.customerRoutes[loser].metric != tables.policy.customerRoutes[best].metric
      else { return "of equal prefix and metric, the one written first counts" }
      return "its metric \(tables.policy.customerRoutes[loser].metric) is higher than"
        + " \(tables.policy.customerRoutes[best].metric)"
    }
  }

  func rewritten(_ before: EthernetFrame, _ after: EthernetFrame) -> Step {
    Step(.rewritten, changes: Step.Change.changes(before, after))
  }

  func encapsulated(_ tunnel: Tunnel) -> Step {
    Step(
      .encapsulated,
      "\(tunnel.encapsulation.rawValue.uppercased()), virtual subnet \(tunnel.virtualSubnetID),"
        + " \(tunnel.source) to \(tunnel.destination)", setting: tunnel.encapsulation.text)
  }

  func translated(_ before: IPPacket, _ after: IPPacket, _ translation: Translation) -> Step {
    let changes = Step.Change.changes(before, after)
    guard !changes.isEmpty else {
      return Step(
        .forwarded, "as it is to the host with \(translation.nextHop)",
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
      .accepted, "\(router.name) takes the announcement in and passes it to nobody",
      setting: settings.gratuitousARP.text)
  }

  func answeredEcho() -> Step {
    Step(
      .answered, "\(router.name) answers in the gateway's name",
      setting: settings.gatewayEcho.text)
  }

  func originated(_ notice: ControlNotice, to provider: IPAddress) -> Step {
    Step(
      .originated, "\(router.name) tells \(provider): \(notice.words)",
      setting: settings.controlMessages.text)
  }

  func bypassed(_ port: Int) -> Step {
    Step(
      .forwarded,
      "the port of \(router.ports[port].vmName) has no virtual subnet: HNV leaves the frame to the"
        + " switch")
  }

  func delivered(to port: VMPort) -> Step {
    let mapping =
      if let domain = port.routingDomainID, let subnet = port.virtualSubnetID {
        ", mapped to routing domain \(name(of: domain)) by virtual subnet \(subnet)"
      } else {
        ""
      }
    return Step(.delivered, "to the port of \(port.vmName), \(port.macAddress)\(mapping)")
  }

  func answered(_ answer: NeighborAnswer) -> Step {
    Step(
      .answered,
      "\(router.name) answers for \(answer.target) with \(answer.macAddress), the record's MAC")
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
    return "\(customerAddress)\(name)\(kind), virtual subnet \(virtualSubnetID), \(macAddress)"
      + " at \(providerAddress)"
  }
}

extension CustomerRoute {
  /// The route in words.
  package var words: String {
    let way = if case .via(let address) = nextHop { "via \(address)" } else { "on-link" }
    return "\(destinationPrefix) \(way), virtual subnet \(virtualSubnetID)"
      + (metric == 0 ? "" : ", metric \(metric)")
  }
}
