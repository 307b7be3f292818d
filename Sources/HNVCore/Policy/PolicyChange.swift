/// One change to a host's policy, after the cmdlets New-, Set- and Remove-….
public enum PolicyChange: Hashable, Sendable {
  /// New-NetVirtualizationLookupRecord.
  case newLookupRecord(LookupRecord, on: String)
  /// Set-NetVirtualizationLookupRecord with -ProviderAddress: the machine has moved.
  case setProviderAddress(of: LookupRecord.Key, to: IPAddress, on: String)
  /// Remove-NetVirtualizationLookupRecord.
  case removeLookupRecord(LookupRecord.Key, on: String)
  /// New-NetVirtualizationCustomerRoute.
  case newCustomerRoute(CustomerRoute, on: String)
  /// Remove-NetVirtualizationCustomerRoute.
  case removeCustomerRoute(CustomerRoute.Key, on: String)
  /// A VM's adapter is connected to the host's switch.
  case connect(VMPort, on: String)
  /// A VM's adapter is disconnected from the host's switch.
  case disconnect(MACAddress, VirtualSubnetID, on: String)

  /// The host whose policy changes.
  public var host: String {
    switch self {
    case .newLookupRecord(_, let host), .setProviderAddress(_, _, let host),
      .removeLookupRecord(_, let host), .newCustomerRoute(_, let host),
      .removeCustomerRoute(_, let host), .connect(_, let host), .disconnect(_, _, let host):
      host
    }
  }
}

extension PolicyChange {
  /// Whether it changes records or routes, which hosts may share.
  fileprivate var isOfForwarding: Bool {
    switch self {
    case .newLookupRecord, .setProviderAddress, .removeLookupRecord, .newCustomerRoute,
      .removeCustomerRoute:
      true
    case .connect, .disconnect: false
    }
  }

  /// The diagnostic of a change to a host that does not exist.
  var unknownHost: Diagnostic {
    Diagnostic(.unknownEntry, in: .network, value: host, "there is no host \(host)")
  }

  /// Whether both make the same change to records or routes, on any host.
  func hasSameEffect(as other: PolicyChange) -> Bool {
    switch (self, other) {
    case (.newLookupRecord(let one, _), .newLookupRecord(let other, _)): one == other
    case (
      .setProviderAddress(let one, let target, _),
      .setProviderAddress(let other, let otherTarget, _)
    ):
      one == other && target == otherTarget
    case (.removeLookupRecord(let one, _), .removeLookupRecord(let other, _)): one == other
    case (.newCustomerRoute(let one, _), .newCustomerRoute(let other, _)): one == other
    case (.removeCustomerRoute(let one, _), .removeCustomerRoute(let other, _)): one == other
    default: false
    }
  }

  /// The same change on another host.
  fileprivate func moved(to host: String) -> PolicyChange {
    switch self {
    case .newLookupRecord(let record, _): .newLookupRecord(record, on: host)
    case .setProviderAddress(let key, let address, _):
      .setProviderAddress(of: key, to: address, on: host)
    case .removeLookupRecord(let key, _): .removeLookupRecord(key, on: host)
    case .newCustomerRoute(let route, _): .newCustomerRoute(route, on: host)
    case .removeCustomerRoute(let key, _): .removeCustomerRoute(key, on: host)
    case .connect(let port, _): .connect(port, on: host)
    case .disconnect(let mac, let subnet, _): .disconnect(mac, subnet, on: host)
    }
  }
}

extension NetworkPolicy {
  /// Makes a change; `known` returns the index of a record where the caller knows it.
  mutating func make(
    _ change: PolicyChange, on host: Int, _ made: inout ChangesMade,
    known: (LookupRecord.Key) -> Int?
  ) throws(Diagnostic) {
    let before = hosts[host].policy.forwarding
    if let after = made.result(of: change, on: before) {
      hosts[host].policy.forwarding = after
      return
    }
    try hosts[host].make(change, known: known)
    made.note(change, before, after: hosts[host].policy.forwarding)
  }
}

/// The results of changes, so that hosts which share records and routes and get the same change
/// share them afterwards.
struct ChangesMade {
  private var results: [PolicyChange: [(before: ForwardingPolicy, after: ForwardingPolicy)]] = [:]

  func result(of change: PolicyChange, on before: ForwardingPolicy) -> ForwardingPolicy? {
    guard change.isOfForwarding else { return nil }
    // Constant time where storage is shared; where it is not, equal values may become one as well.
    return results[change.moved(to: "")]?.first { $0.before == before }?.after
  }

  mutating func note(
    _ change: PolicyChange, _ before: ForwardingPolicy, after: ForwardingPolicy
  ) {
    if change.isOfForwarding { results[change.moved(to: ""), default: []].append((before, after)) }
  }
}

extension NetworkPolicy.Host {
  fileprivate mutating func make(
    _ change: PolicyChange, known: (LookupRecord.Key) -> Int?
  ) throws(Diagnostic) {
    switch change {
    case .newLookupRecord(let record, _):
      policy.forwarding.lookupRecords.append(record)
    case .setProviderAddress(let key, let address, _):
      policy.forwarding.lookupRecords[try index(of: key, known)].providerAddress = address
    case .removeLookupRecord(let key, _):
      policy.forwarding.lookupRecords.remove(at: try index(of: key, known))
    case .newCustomerRoute(let route, _):
      policy.forwarding.customerRoutes.append(route)
    case .removeCustomerRoute(let key, _):
      guard let index = policy.forwarding.customerRoutes.firstIndex(where: { $0.key == key })
      else { throw missing("customer route to \(key.destinationPrefix) via \(key.nextHop)") }
      policy.forwarding.customerRoutes.remove(at: index)
    case .connect(let port, _):
      policy.ports.append(port)
    case .disconnect(let mac, let subnet, _):
      let index = policy.ports.firstIndex {
        $0.macAddress == mac && $0.virtualSubnetID == subnet
      }
      guard let index else { throw missing("port with \(mac) in VSID \(subnet)") }
      policy.ports.remove(at: index)
    }
  }

  private func index(
    of key: LookupRecord.Key, _ known: (LookupRecord.Key) -> Int?
  ) throws(Diagnostic) -> Int {
    let records = policy.forwarding.lookupRecords
    if let known = known(key), known < records.count, records[known].key == key { return known }
    let index = policy.forwarding.lookupRecords.firstIndex { $0.key == key }
    guard let index else {
      throw missing(
        "lookup record for \(key.customerAddress) with \(key.macAddress) in VSID"
          + " \(key.virtualSubnetID)")
    }
    return index
  }

  private func missing(_ entry: String) -> Diagnostic {
    Diagnostic(.unknownEntry, in: .host(name), value: entry, "\(name) has no \(entry)")
  }
}
