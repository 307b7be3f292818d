/// One change to a host's policy, after the cmdlets New-, Set- and Remove-….
public enum PolicyChange: Hashable, Sendable {
  /// New-NetVirtualizationLookupRecord.
  case newLookupRecord(LookupRecord)
  /// Set-NetVirtualizationLookupRecord with -ProviderAddress: the machine has moved.
  case setProviderAddress(of: LookupRecord.Key, to: IPAddress)
  /// Remove-NetVirtualizationLookupRecord.
  case removeLookupRecord(LookupRecord.Key)
  /// New-NetVirtualizationCustomerRoute.
  case newCustomerRoute(CustomerRoute)
  /// Remove-NetVirtualizationCustomerRoute.
  case removeCustomerRoute(CustomerRoute.Key)
  /// A VM's adapter is connected to the host's switch.
  case connect(VMPort)
  /// A VM's adapter is disconnected from the host's switch.
  case disconnect(MACAddress, VirtualSubnetID)
}

/// A change and the hosts whose policy it changes.
///
/// Hosts that share records and routes share them afterwards, and the change is made once for all
/// of them.
public struct PolicyUpdate: Hashable, Sendable {
  /// What changes.
  public var change: PolicyChange

  /// The hosts by name, in any order, each once.
  public var hosts: [String]

  /// Addresses a change to hosts.
  public init(_ change: PolicyChange, on hosts: [String]) {
    self.change = change
    self.hosts = hosts
  }
}

/// What a change of records or routes did to their lists, by number in the lists that came of it.
package enum ForwardingEdit: Hashable, Sendable {
  /// A record got another provider address.
  case moved(Int)
  /// A record was written behind all others.
  case record(Int)
  /// A route was written behind all others.
  case route(Int)
  /// Anything else, such as the removal of an entry, behind which all get other numbers.
  case other
}

/// An entry that is to change but is not there.
struct MissingEntry: Error {
  /// The entry in words.
  let entry: String

  /// The diagnostic that a host does not have it.
  func diagnostic(on host: String) -> Diagnostic {
    Diagnostic(.unknownEntry, in: .host(host), value: entry, "\(host) has no \(entry)")
  }
}

extension PolicyUpdate {
  /// The diagnostic of an update of a host that does not exist.
  static func unknownHost(_ name: String) -> Diagnostic {
    Diagnostic(.unknownEntry, in: .network, value: name, "there is no host \(name)")
  }
}

extension ForwardingPolicy {
  /// Makes a change of records or routes; `known` returns the number of a record where the caller
  /// knows it.
  ///
  /// - Returns: what it did; `nil` for a change of ports.
  mutating func make(
    _ change: PolicyChange, known: (LookupRecord.Key) -> Int?
  ) throws(MissingEntry) -> ForwardingEdit? {
    switch change {
    case .newLookupRecord(let record):
      lookupRecords.append(record)
      return .record(lookupRecords.count - 1)
    case .setProviderAddress(let key, let address):
      let number = try number(of: key, known)
      lookupRecords[number].providerAddress = address
      return .moved(number)
    case .removeLookupRecord(let key):
      lookupRecords.remove(at: try number(of: key, known))
      return .other
    case .newCustomerRoute(let route):
      customerRoutes.append(route)
      return .route(customerRoutes.count - 1)
    case .removeCustomerRoute(let key):
      guard let number = customerRoutes.firstIndex(where: { $0.key == key }) else {
        throw MissingEntry(entry: "customer route to \(key.destinationPrefix) via \(key.nextHop)")
      }
      customerRoutes.remove(at: number)
      return .other
    case .connect, .disconnect: return nil
    }
  }

  private func number(
    of key: LookupRecord.Key, _ known: (LookupRecord.Key) -> Int?
  ) throws(MissingEntry) -> Int {
    if let known = known(key), known < lookupRecords.count, lookupRecords[known].key == key {
      return known
    }
    guard let number = lookupRecords.firstIndex(where: { $0.key == key }) else {
      throw MissingEntry(
        entry: "lookup record for \(key.customerAddress) with \(key.macAddress) in VSID"
          + " \(key.virtualSubnetID)")
    }
    return number
  }
}

extension [VMPort] {
  /// Makes a change of ports; one of records or routes does nothing here.
  ///
  /// - Returns: the number of the port that is gone; `nil` for none.
  mutating func make(_ change: PolicyChange) throws(MissingEntry) -> Int? {
    switch change {
    case .connect(let port): append(port)
    case .disconnect(let mac, let subnet):
      let port = firstIndex { $0.macAddress == mac && $0.virtualSubnetID == subnet }
      guard let port else { throw MissingEntry(entry: "port with \(mac) in VSID \(subnet)") }
      remove(at: port)
      return port
    case .newLookupRecord, .setProviderAddress, .removeLookupRecord, .newCustomerRoute,
      .removeCustomerRoute:
      break
    }
    return nil
  }
}

/// The results of one change, each once, so that hosts which share records and routes and get the
/// same change share them afterwards.
struct ChangeResults {
  let change: PolicyChange
  private var results: [(before: ForwardingPolicy, after: ForwardingPolicy, edit: ForwardingEdit)] =
    []

  init(_ change: PolicyChange) { self.change = change }

  /// Makes the change in a policy.
  ///
  /// - Returns: what it did; `nil` for a change of ports.
  mutating func make(
    on policy: inout ForwardingPolicy, known: (LookupRecord.Key) -> Int?
  ) throws(MissingEntry) -> ForwardingEdit? {
    // Constant time where storage is shared; where it is not, equal values may become one as well.
    if let result = results.last(where: { $0.before == policy }) {
      policy = result.after
      return result.edit
    }
    let before = policy
    guard let edit = try policy.make(change, known: known) else { return nil }
    results.append((before, policy, edit))
    return edit
  }
}
