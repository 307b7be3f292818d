/// What a lookup record says, as far as all hosts should hold the same.
struct RecordTerms: Hashable {
  let macAddress: MACAddress
  let type: LookupRecord.RecordType
  let rule: LookupRecord.TranslationMethod
  let usesVMMACAddress: Bool
  /// `nil` where other rules tell where the record should lead, or where it leads nowhere.
  let provider: IPAddress?

  init(_ record: LookupRecord, in group: PolicyGroup, _ directory: HostDirectory) {
    macAddress = record.macAddress
    type = record.type
    rule = record.rule
    usesVMMACAddress = record.usesVMMACAddress
    let isKnown = directory.host(of: record) != nil || group.isGatewayAddress(record)
    let leadsNowhere = directory.providers.hosts[record.providerAddress] == nil && !record.isGroup
    provider = isKnown || leadsNowhere ? nil : record.providerAddress
  }

  /// The terms that another record does not share, in words; empty where a provider address that
  /// other rules speak of is all that differs.
  func words(unlike other: RecordTerms) -> String {
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

/// What a customer route says, as far as all hosts should hold the same.
struct RouteTerms: Hashable {
  let virtualSubnetID: VirtualSubnetID
  let nextHop: NextHop
  let metric: UInt32

  init(_ route: CustomerRoute) {
    virtualSubnetID = route.virtualSubnetID
    nextHop = route.nextHop
    metric = route.metric
  }

  /// The terms that another route does not share, in words.
  func words(unlike other: RouteTerms) -> String {
    var words: [String] = []
    if virtualSubnetID != other.virtualSubnetID {
      words.append("the virtual subnet \(virtualSubnetID)")
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
