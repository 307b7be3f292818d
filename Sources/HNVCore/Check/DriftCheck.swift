/// Finds records and routes that differ from those of most hosts with machines in their domain.
///
/// The entries that take effect are compared: the record that resolves an address, and the route
/// that is used for a prefix. `DeliveryCheck` reports entries that a host lacks altogether.
struct DriftCheck {
  typealias Records = EffectiveEntry<SubnetAddress, RecordSignature>
  typealias Routes = EffectiveEntry<DomainPrefix, RouteSignature>

  /// An entry of a group that differs from the one that most hosts have.
  private struct Drift<Key: Hashable, Signature: Hashable> {
    let group: Int
    let entry: EffectiveEntry<Key, Signature>
    let common: Consensus<Key, Signature>.Variant
  }

  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]
  /// The hosts of each group that have machines in a routing domain.
  private let hostsByDomain: [[RoutingDomainID: [Int]]]
  private var records: [Drift<SubnetAddress, RecordSignature>] = []
  private var routes: [Drift<DomainPrefix, RouteSignature>] = []
  /// The addresses of each group whose records differ.
  private(set) var addresses: [Set<SubnetAddress>]
  /// The prefixes of each group whose routes differ.
  private(set) var prefixes: [Set<DomainPrefix>]

  init(
    hosts: [NetworkPolicy.Host], groups: [PolicyGroup], hostDomains: HostDomains,
    directory: HostDirectory, settings: Settings
  ) {
    self.hosts = hosts
    self.groups = groups
    hostsByDomain = groups.map { hostDomains.hosts(of: $0) }
    addresses = groups.map { _ in [] }
    prefixes = groups.map { _ in [] }
    // Hosts with the same policy cannot disagree.
    guard groups.count > 1 else { return }
    records = drifts(
      groups.map { group in
        Self.records(of: group, hostDomains, directory, settings)
      }
    ).filter { drift in
      // Hosts need not agree on learned records.
      drift.common.signature.type == .static
        && !drift.entry.signature.difference(from: drift.common.signature).isEmpty
    }
    routes = drifts(groups.map { Self.routes(of: $0, settings) })
    for drift in records { addresses[drift.group].insert(drift.entry.key) }
    for drift in routes { prefixes[drift.group].insert(drift.entry.key) }
  }

  private func drifts<Key, Signature>(
    _ effective: [[EffectiveEntry<Key, Signature>]]
  ) -> [Drift<Key, Signature>] {
    var consensus = Consensus<Key, Signature>()
    for (group, entries) in effective.enumerated() {
      consensus.count(entries, on: hostsByDomain[group])
    }
    var drifts: [Drift<Key, Signature>] = []
    for (group, entries) in effective.enumerated() {
      for entry in entries {
        guard let common = consensus.variant(for: entry.key), common.signature != entry.signature
        else { continue }
        drifts.append(Drift(group: group, entry: entry, common: common))
      }
    }
    return drifts
  }

  /// Whether all groups have the same records in the same order, as far as hosts should agree:
  /// then none lacks one, and none differs.
  static func agree(_ groups: [PolicyGroup], _ directory: HostDirectory) -> Bool {
    guard let first = groups.first else { return true }
    return groups.dropFirst().allSatisfy { group in
      group.records.count == first.records.count
        && zip(group.records, first.records).allSatisfy { own, other in
          own.entry.key == other.entry.key
            && RecordSignature(own.entry, in: group, directory)
              == RecordSignature(other.entry, in: first, directory)
        }
    }
  }

  private static func records(
    of group: PolicyGroup, _ hostDomains: HostDomains, _ directory: HostDirectory,
    _ settings: Settings
  ) -> [Records] {
    let selected = group.records.numbers
    let records = selected.map { selected in
      RecordList(selected.map { group.policy.lookupRecords[$0] })
    }
    let index = RecordIndex(
      records ?? group.policy.lookupRecords, settings, subnets: group.virtualSubnets,
      routingDomains: [])
    return (index.hostRecords + index.special.groups.values.sorted()).compactMap { position in
      let recordIndex = selected?[position] ?? position
      let record = group.policy.lookupRecords[recordIndex]
      return hostDomains.domains[record.virtualSubnetID].map { domain in
        Records(
          key: SubnetAddress(record), signature: RecordSignature(record, in: group, directory),
          domain: domain, index: recordIndex)
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
        guard case .route(let routeIndex) = match.value else { continue }
        routes.append(
          Routes(
            key: DomainPrefix(domain: domain, prefix: match.prefix),
            signature: RouteSignature(group.policy.customerRoutes[routeIndex]), domain: domain,
            index: routeIndex))
      }
    }
    return routes
  }
}

extension DriftCheck {
  /// A host without machines in a routing domain may have any entries of it.
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
            + comparison(drift) { $0.difference(from: $1) },
          fix: fix(drift, "record")))
    }
    for drift in routes {
      guard let subject = subject(.customerRoute, drift) else { continue }
      diagnostics.append(
        Diagnostic(
          .driftedRoute, in: subject, value: "\(drift.entry.key.prefix)",
          "the route to \(drift.entry.key.prefix) has"
            + comparison(drift) { $0.difference(from: $1) },
          fix: fix(drift, "route")))
    }
    return diagnostics
  }

  private func comparison<Key, Signature>(
    _ drift: Drift<Key, Signature>, difference: (Signature, Signature) -> String
  ) -> String {
    let (own, common) = (drift.entry.signature, drift.common.signature)
    return " \(difference(own, common)) on \(holders(drift)), but"
      + " \(difference(common, own)) on \(others(drift))"
  }

  /// The hosts of the group that have machines in the routing domain.
  private func concerned<Key, Signature>(_ drift: Drift<Key, Signature>) -> [Int] {
    hostsByDomain[drift.group][drift.entry.domain] ?? []
  }

  private func subject<Key, Signature>(
    _ kind: Subject.Kind, _ drift: Drift<Key, Signature>
  ) -> Subject? {
    concerned(drift).first.map {
      .entry(kind, index: drift.entry.index, host: hosts[$0].name)
    }
  }

  private func holders<Key, Signature>(_ drift: Drift<Key, Signature>) -> String {
    let concerned = concerned(drift)
    return counted(concerned.first ?? 0, of: concerned.count)
  }

  private func others<Key, Signature>(_ drift: Drift<Key, Signature>) -> String {
    counted(drift.common.firstHost, of: drift.common.hostCount)
  }

  private func counted(_ first: Int, of count: Int) -> String {
    switch count {
    case ...1: hosts[first].name
    case 2: "\(hosts[first].name) and 1 other host"
    default: "\(hosts[first].name) and \(count - 1) other hosts"
    }
  }

  private func fix<Key, Signature>(_ drift: Drift<Key, Signature>, _ noun: String) -> String {
    "deliver the \(noun) that \(hosts[drift.common.firstHost].name) has to \(holders(drift))"
  }
}

/// A record or route that takes effect on the hosts of a group.
struct EffectiveEntry<Key: Hashable, Signature: Hashable> {
  let key: Key
  let signature: Signature
  /// The routing domain whose machines use it.
  let domain: RoutingDomainID
  /// Its index in the group's policy.
  let index: Int
}

/// The entry that most hosts have for each key, among those with machines in its routing domain.
struct Consensus<Key: Hashable, Signature: Hashable> {
  /// What some hosts have.
  struct Variant {
    let signature: Signature
    /// How many hosts have it.
    var hostCount: Int
    /// The first of them.
    var firstHost: Int
  }

  /// Rarely more than one for a key, so that this is about as large as one host's policy.
  private var variants: [Key: [Variant]] = [:]

  /// Counts the hosts of one group.
  mutating func count(
    _ entries: [EffectiveEntry<Key, Signature>], on hosts: [RoutingDomainID: [Int]]
  ) {
    for entry in entries {
      guard let hosts = hosts[entry.domain], let first = hosts.first else { continue }
      var known = variants.removeValue(forKey: entry.key) ?? []
      if let index = known.firstIndex(where: { $0.signature == entry.signature }) {
        known[index].hostCount += hosts.count
        known[index].firstHost = min(known[index].firstHost, first)
      } else {
        known.append(Variant(signature: entry.signature, hostCount: hosts.count, firstHost: first))
      }
      variants[entry.key] = known
    }
  }

  /// What most hosts have, and of a tie the first host; `nil` where no host with machines has any.
  func variant(for key: Key) -> Variant? {
    variants[key]?.max { one, other in
      (one.hostCount, -one.firstHost) < (other.hostCount, -other.firstHost)
    }
  }
}

/// The fields of a lookup record that should be equal on all hosts.
struct RecordSignature: Hashable {
  let macAddress: MACAddress
  let type: LookupRecord.RecordType
  let rule: LookupRecord.TranslationMethod
  let usesVMMACAddress: Bool
  /// `nil` where other rules say which host the record should name, or where it names none.
  let provider: IPAddress?

  init(_ record: LookupRecord, in group: PolicyGroup, _ directory: HostDirectory) {
    macAddress = record.macAddress
    type = record.type
    rule = record.rule
    usesVMMACAddress = record.usesVMMACAddress
    let isKnown = directory.host(of: record) != nil || group.isGatewayAddress(record)
    let namesNoHost = directory.providers.hosts[record.providerAddress] == nil && !record.isGroup
    provider = isKnown || namesNoHost ? nil : record.providerAddress
  }

  /// The fields that differ from another record's, as text; empty where only a provider address
  /// differs that other rules check.
  func difference(from other: RecordSignature) -> String {
    var words: [String] = []
    if macAddress != other.macAddress { words.append("the MAC address \(macAddress)") }
    if type != other.type { words.append("the type \(type)") }
    if rule != other.rule { words.append("the rule \(rule)") }
    if usesVMMACAddress != other.usesVMMACAddress {
      words.append("UseVmMACAddress \(usesVMMACAddress ? "set" : "unset")")
    }
    if let provider, let otherProvider = other.provider, provider != otherProvider {
      words.append("the provider address \(provider)")
    }
    return words.listed
  }
}

/// The fields of a customer route that should be equal on all hosts.
struct RouteSignature: Hashable {
  let virtualSubnetID: VirtualSubnetID
  let nextHop: NextHop
  let metric: UInt32

  init(_ route: CustomerRoute) {
    virtualSubnetID = route.virtualSubnetID
    nextHop = route.nextHop
    metric = route.metric
  }

  /// The fields that differ from another route's, as text.
  func difference(from other: RouteSignature) -> String {
    var words: [String] = []
    if virtualSubnetID != other.virtualSubnetID {
      words.append("VSID \(virtualSubnetID)")
    }
    if nextHop != other.nextHop { words.append("the next hop \(nextHop)") }
    if metric != other.metric { words.append("the metric \(metric)") }
    return words.listed
  }
}

/// A prefix in the table of a routing domain.
struct DomainPrefix: Hashable {
  let domain: RoutingDomainID
  let prefix: IPPrefix
}

extension DomainPrefix {
  init(_ route: CustomerRoute) {
    self.init(domain: route.routingDomainID, prefix: route.destinationPrefix)
  }
}

extension [String] {
  /// The parts with "and" between them.
  fileprivate var listed: String {
    var text = ""
    for part in self { text += (text.isEmpty ? "" : " and ") + part }
    return text
  }
}
