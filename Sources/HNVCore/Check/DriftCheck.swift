/// Finds entries that differ from what most hosts hold that have machines of their routing domain.
///
/// What counts is compared: of each address the record that resolves it, of each prefix the route
/// that wins. That a host lacks an entry altogether is another matter, that of `DeliveryCheck`.
struct DriftCheck {
  typealias Records = Held<SubnetAddress, RecordTerms>
  typealias Routes = Held<DomainPrefix, RouteTerms>

  /// An entry of a group that differs, and what most hosts hold.
  private struct Drift<Slot: Hashable, Terms: Hashable> {
    let group: Int
    let entry: Held<Slot, Terms>
    let common: Consensus<Slot, Terms>.Opinion
  }

  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  private let attending: [[RoutingDomainID: [Int]]]
  private var records: [Drift<SubnetAddress, RecordTerms>] = []
  private var routes: [Drift<DomainPrefix, RouteTerms>] = []
  /// The addresses of each group whose records differ.
  private(set) var addresses: [Set<SubnetAddress>]
  /// The prefixes of each group whose routes differ.
  private(set) var prefixes: [Set<DomainPrefix>]

  init(
    hosts: [NetworkPolicy.Host], groups: [PolicyGroup], participation: HostDomains,
    directory: HostDirectory, settings: Settings
  ) {
    self.hosts = hosts
    self.groups = groups
    attending = groups.map { participation.hosts(of: $0) }
    addresses = groups.map { _ in [] }
    prefixes = groups.map { _ in [] }
    // Hosts that were all told the same cannot disagree.
    guard groups.count > 1 else { return }
    records = drifts(
      groups.map { group in
        Self.records(of: group, participation, directory, settings)
      }
    ).filter { drift in
      // What was learned is nobody's to agree on.
      drift.common.terms.type == .static
        && !drift.entry.terms.words(unlike: drift.common.terms).isEmpty
    }
    routes = drifts(groups.map { Self.routes(of: $0, settings) })
    for drift in records { addresses[drift.group].insert(drift.entry.slot) }
    for drift in routes { prefixes[drift.group].insert(drift.entry.slot) }
  }

  private func drifts<Slot, Terms>(_ held: [[Held<Slot, Terms>]]) -> [Drift<Slot, Terms>] {
    var majority = Consensus<Slot, Terms>()
    for (group, entries) in held.enumerated() { majority.count(entries, on: attending[group]) }
    var drifts: [Drift<Slot, Terms>] = []
    for (group, entries) in held.enumerated() {
      for entry in entries {
        guard let common = majority.opinion(on: entry.slot), common.terms != entry.terms
        else { continue }
        drifts.append(Drift(group: group, entry: entry, common: common))
      }
    }
    return drifts
  }

  private static func records(
    of group: PolicyGroup, _ participation: HostDomains, _ directory: HostDirectory,
    _ settings: Settings
  ) -> [Records] {
    let numbers = group.records.numbers
    let records = numbers.map { numbers in
      RecordList(numbers.map { group.policy.lookupRecords[$0] })
    }
    let index = RecordIndex(
      records ?? group.policy.lookupRecords, settings, subnets: group.virtualSubnets,
      routingDomains: [])
    return (index.hostRecords + index.special.groups.values.sorted()).compactMap { place in
      let number = numbers?[place] ?? place
      let record = group.policy.lookupRecords[number]
      return participation.domains[record.virtualSubnetID].map { domain in
        Records(
          slot: SubnetAddress(record), terms: RecordTerms(record, in: group, directory),
          domain: domain, index: number)
      }
    }
  }

  private static func routes(of group: PolicyGroup, _ settings: Settings) -> [Routes] {
    let compiler = RoutingTableCompiler(
      policy: group.policy, settings: settings, virtualSubnets: group.virtualSubnets)
    let tables = compiler.routeTables(of: group.routes)
    var routes: [Routes] = []
    for domain in tables.keys.sorted() {
      for match in tables[domain] ?? PrefixTable() {
        guard case .route(let number) = match.value else { continue }
        routes.append(
          Routes(
            slot: DomainPrefix(domain: domain, prefix: match.prefix),
            terms: RouteTerms(group.policy.customerRoutes[number]), domain: domain, index: number))
      }
    }
    return routes
  }
}

extension DriftCheck {
  /// A host without machines of a routing domain may hold what it likes of it.
  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for drift in records {
      guard let subject = subject(.lookupRecord, drift) else { continue }
      let record = groups[drift.group].policy.lookupRecords[drift.entry.index]
      let machine = record.vmName.isEmpty ? "" : " (\(record.vmName))"
      diagnostics.append(
        Diagnostic(
          .driftedRecord, in: subject, value: "\(record.customerAddress)",
          "the record of \(record.customerAddress)\(machine) has"
            + " \(drift.entry.terms.words(unlike: drift.common.terms)) on \(holders(drift)), and"
            + " \(drift.common.terms.words(unlike: drift.entry.terms)) on \(others(drift))",
          fix: fix(drift, "record")))
    }
    for drift in routes {
      guard let subject = subject(.customerRoute, drift) else { continue }
      diagnostics.append(
        Diagnostic(
          .driftedRoute, in: subject, value: "\(drift.entry.slot.prefix)",
          "the route to \(drift.entry.slot.prefix) has"
            + " \(drift.entry.terms.words(unlike: drift.common.terms)) on \(holders(drift)), and"
            + " \(drift.common.terms.words(unlike: drift.entry.terms)) on \(others(drift))",
          fix: fix(drift, "route")))
    }
    return diagnostics
  }

  /// The hosts of the group that have machines of the routing domain.
  private func concerned<Slot, Terms>(_ drift: Drift<Slot, Terms>) -> [Int] {
    attending[drift.group][drift.entry.domain] ?? []
  }

  private func subject<Slot, Terms>(
    _ kind: Subject.Kind, _ drift: Drift<Slot, Terms>
  ) -> Subject? {
    concerned(drift).first.map {
      .entry(kind, index: drift.entry.index, host: hosts[$0].name)
    }
  }

  private func holders<Slot, Terms>(_ drift: Drift<Slot, Terms>) -> String {
    let concerned = concerned(drift)
    return counted(concerned.first ?? 0, of: concerned.count)
  }

  private func others<Slot, Terms>(_ drift: Drift<Slot, Terms>) -> String {
    counted(drift.common.firstHost, of: drift.common.hostCount)
  }

  private func counted(_ first: Int, of count: Int) -> String {
    switch count {
    case ...1: hosts[first].name
    case 2: "\(hosts[first].name) and 1 other host"
    default: "\(hosts[first].name) and \(count - 1) other hosts"
    }
  }

  private func fix<Slot, Terms>(_ drift: Drift<Slot, Terms>, _ noun: String) -> String {
    "deliver the \(noun) that \(hosts[drift.common.firstHost].name) has to \(holders(drift))"
  }
}
