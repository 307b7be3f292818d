/// The usable records of a policy by what they are looked up by.
struct RecordIndex: Sendable {
  /// The record that resolves an address; of contradictory ones the setting's choice.
  private(set) var byAddress: [AddressKey: Int] = [:]
  /// The first record of a MAC address.
  private(set) var byMAC: [MACKey: Int] = [:]
  /// The records that map multicast and broadcast addresses to provider groups.
  private(set) var groups: [AddressKey: Int] = [:]
  /// The L2Only record of a MAC address.
  private(set) var l2Only: [MACKey: Int] = [:]
  /// The records that translate a provider address (Rule Nat).
  private(set) var byProvider: [IPAddress: Int] = [:]
  /// The provider addresses that records of several machines translate, against the rule.
  private(set) var sharedProviders: Set<IPAddress> = []
  /// The GatewayWildcard records, in written order.
  private(set) var wildcards: [Int] = []
  private var bySubnet: [VirtualSubnetID: [Int]] = [:]

  struct AddressKey: Hashable {
    let subnet: VirtualSubnetID
    let address: IPAddress
  }

  struct MACKey: Hashable {
    let subnet: VirtualSubnetID
    let address: MACAddress
  }

  /// - Complexity: O(*n*) for *n* records.
  init(_ records: [LookupRecord], _ settings: Settings) {
    for (index, record) in records.enumerated() where !record.isUnusable {
      bySubnet[record.virtualSubnetID, default: []].append(index)
      let mac = MACKey(subnet: record.virtualSubnetID, address: record.macAddress)
      if byMAC[mac] == nil { byMAC[mac] = index }
      let key = AddressKey(subnet: record.virtualSubnetID, address: record.customerAddress)
      if record.type == .gatewayWildcard { wildcards.append(index) }
      if record.type == .l2Only, l2Only[mac] == nil { l2Only[mac] = index }
      if record.isGroup, record.providerAddress.isMulticast, groups[key] == nil {
        groups[key] = index
      }
      if record.isUnicast {
        if byAddress[key].map({ record.beats(records[$0], settings) }) ?? true {
          byAddress[key] = index
        }
        // Of a machine with addresses of both families only one can be translated.
        if record.rule == .nat,
          record.customerAddress.family == record.providerAddress.family
        {
          translate(index, records)
        }
      }
    }
  }

  private mutating func translate(_ index: Int, _ records: [LookupRecord]) {
    let record = records[index]
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

  /// The usable records of a virtual subnet, in written order.
  func records(of subnet: VirtualSubnetID) -> [Int] { bySubnet[subnet] ?? [] }

  /// The records that stand for one machine's address each, in written order.
  var hostRecords: [Int] { byAddress.values.sorted() }
}

extension LookupRecord {
  /// Whether the record counts before an earlier one of the same address.
  fileprivate func beats(_ other: LookupRecord, _ settings: Settings) -> Bool {
    switch settings.learnedConflict {
    case .staticWins: type == .static && other.type == .dynamic
    case .learnedWins: type == .dynamic && other.type == .static
    }
  }
}
