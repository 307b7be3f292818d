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

  /// Words for what was noted on a host; `nil` on any other element.
  init?(_ snapshot: HNVSnapshot, in scene: Scene) {
    guard case .host(let host) = scene.element else { return nil }
    self.init(snapshot, router: snapshot.routers[host], in: scene)
  }

  /// The frame at hand, where there is one.
  var frame: EthernetFrame? { scene?.frame }

  /// The packet at hand as a row; `nil` for a frame without one.
  var ipRow: Packet? { row.flatMap { $0.isIP ? $0 : nil } }

  var tables: DistributedRouter { router.router }
  var settings: Settings { tables.settings }

  /// An entry of a table in words.
  func text(_ entry: RouteEntry) -> RouteEntryText { RouteEntryText(entry, in: tables) }

  /// An entry of a table in a few words.
  func brief(_ entry: RouteEntry) -> RouteEntryText {
    RouteEntryText(entry, in: tables, isBrief: true)
  }

  /// An entry of a table, so that a program finds it again.
  func writeEntry(_ entry: RouteEntry, to step: inout StepWriter) {
    let place = snapshot.network.place(of: entry, in: tables, on: router.name)
    switch entry {
    case .record(let index):
      let (address, subnet) = tables.policy.lookupRecords[index].site
      step.entry(.lookupRecord, address, " in VSID ", subnet, at: place)
      // Several records may have one address that is no machine's.
      if tables.policy.lookupRecords[index].type != .static {
        step.add(", ", tables.policy.lookupRecords[index].macAddress)
      }
    case .route(let index):
      step.entry(.customerRoute, tables.policy.customerRoutes[index].name, at: place)
    }
  }

  /// A port, so that a program finds it again.
  func writeEntry(_ port: VMPort, to step: inout StepWriter) {
    step.entry(
      .port, port.vmName, ", ", port.macAddress, at: snapshot.network.place(of: port))
    if let subnet = port.virtualSubnetID { step.add(" in VSID ", subnet) }
  }

  /// A look into the host's records of a virtual subnet, or into all of them.
  func writeTable(ofRecordsIn subnet: VirtualSubnetID? = nil, to step: inout StepWriter) {
    step.table("lookup records")
    if let subnet { step.add(" of VSID ", subnet) }
    step.add(" on ", router.name)
  }

  /// The table of a routing domain.
  func table(_ domain: RoutingDomainID) -> some Phrase {
    Phrases("routing domain ", name(of: domain), Phrases(" on ", router.name))
  }

  /// The lab's name of a routing domain.
  func name(of domain: RoutingDomainID) -> String {
    snapshot.network.networkName(of: domain) ?? "\(domain)"
  }
}

/// A record or route of a host in words: a record's are whose, where and behind which MAC.
struct RouteEntryText: Phrase {
  private let entry: RouteEntry
  private let tables: DistributedRouter
  private let isBrief: Bool

  init(_ entry: RouteEntry, in tables: DistributedRouter, isBrief: Bool = false) {
    self.entry = entry
    self.tables = tables
    self.isBrief = isBrief
  }

  func write(to text: inout TextBuffer) {
    switch entry {
    case .record(let index): writeRecord(index, to: &text)
    case .route(let index):
      let route = tables.policy.customerRoutes[index]
      text.append(phrases: "customer route ", route.name)
      guard !isBrief else { return }
      text.append(phrases: ", VSID ", route.virtualSubnetID)
      if route.metric != 0 { text.append(phrases: ", metric ", route.metric) }
    }
  }

  // A field at a time, because a copy of the record would count a reference for each of its texts,
  // and without packs, which the runtime unpacks: this is most of what a trace says.
  private func writeRecord(_ index: Int, to text: inout TextBuffer) {
    let records = tables.policy.lookupRecords
    let type = records[index].type
    text.append(isBrief && type == .gatewayWildcard ? "wildcard record " : "lookup record ")
    text.append(ascii: records[index].customerAddress)
    guard !isBrief || !tables.isGatewayAddress(records[index]) else { return }
    if !records[index].vmName.isEmpty {
      text.append(" (")
      text.append(records[index].vmName)
      text.append(")")
    }
    if !isBrief {
      if type != .static { text.append(" \(type)") }
      text.append(", VSID ")
      text.append(ascii: records[index].virtualSubnetID)
      text.append(", ")
      text.append(ascii: records[index].macAddress)
    }
    text.append(" at ")
    text.append(ascii: records[index].providerAddress)
  }
}

extension LookupRecord {
  /// What tells a machine's record from others.
  fileprivate var site: (IPAddress, VirtualSubnetID) { (customerAddress, virtualSubnetID) }
}

extension CustomerRoute {
  /// The destinations and the way to them.
  fileprivate var name: Phrases<IPPrefix, String, IPAddress?> {
    guard case .via(let address) = nextHop else {
      return Phrases(destinationPrefix, " on-link", nil)
    }
    return Phrases(destinationPrefix, " via ", address)
  }
}
