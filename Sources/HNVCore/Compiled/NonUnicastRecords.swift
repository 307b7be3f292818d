/// The usable records that stand for no machine's address, or for one that another record has.
struct NonUnicastRecords: Sendable {
  /// The records of this kind by routing domain, in written order.
  var others: [Int: [Int]] = [:]
  /// The records that map multicast and broadcast addresses to provider groups.
  private(set) var groups: [SubnetAddress: Int] = [:]
  /// The L2Only record of a MAC address.
  private(set) var l2Only: [AdapterKey: Int] = [:]
  /// The GatewayWildcard records, by routing domain in written order.
  private(set) var wildcards: [Int: [Int]] = [:]
  /// The records that translate a provider address (Rule Nat).
  private(set) var byProvider: [IPAddress: Int] = [:]
  /// The provider addresses that records of several machines translate, against the rule.
  private(set) var sharedProviders: Set<IPAddress> = []
  /// The records of machines in virtual subnets that no route names, the unusable included, in
  /// written order.
  var unrouted: [Int] = []
  /// The records that are unusable, in written order.
  var unusable: [Int] = []
  /// The first record, of each family, of machines that take what is for other addresses.
  private(set) var machines: [AdapterKey: FirstRecords] = [:]

  struct FirstRecords {
    var v4: Int?
    var v6: Int?
  }

  /// Adds a record that is not of one machine's address.
  mutating func add(_ index: Int, _ record: LookupRecord, in domain: Int) {
    others[domain, default: []].append(index)
    if record.type == .gatewayWildcard { wildcards[domain, default: []].append(index) }
    let mac = AdapterKey(record)
    if record.type == .l2Only, l2Only[mac] == nil { l2Only[mac] = index }
    let key = SubnetAddress(record)
    if record.isGroup, record.providerAddress.isMulticast, groups[key] == nil {
      groups[key] = index
    }
  }

  /// Notes whose address a provider address is translated to.
  mutating func translate(_ index: Int, _ records: RecordList) {
    let record = records[index]
    // Of a machine with addresses of both families only one can be translated.
    guard record.customerAddress.family == record.providerAddress.family else { return }
    guard let first = byProvider[record.providerAddress].map({ records[$0] }) else {
      byProvider[record.providerAddress] = index
      return
    }
    if first.customerAddress != record.customerAddress
      || first.virtualSubnetID != record.virtualSubnetID
    {
      sharedProviders.insert(record.providerAddress)
    }
  }

  /// Finds the first record of each of some machines.
  mutating func remember(_ keys: Set<AdapterKey>, _ records: RecordList) {
    machines = [:]
    guard !keys.isEmpty else { return }
    for index in records.indices where !records[index].isUnusable {
      let key = AdapterKey(records[index])
      guard keys.contains(key) else { continue }
      switch records[index].customerAddress.family {
      case .v4 where machines[key]?.v4 == nil: machines[key, default: FirstRecords()].v4 = index
      case .v6 where machines[key]?.v6 == nil: machines[key, default: FirstRecords()].v6 = index
      case .v4, .v6: break
      }
    }
  }
}
