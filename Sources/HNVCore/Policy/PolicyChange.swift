/// One change to what a host has been told, after the cmdlets New-, Set- and Remove-….
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

  /// The host that is told.
  public var host: String {
    switch self {
    case .newLookupRecord(_, let host), .setProviderAddress(_, _, let host),
      .removeLookupRecord(_, let host), .newCustomerRoute(_, let host),
      .removeCustomerRoute(_, let host), .connect(_, let host), .disconnect(_, _, let host):
      host
    }
  }
}

extension NetworkPolicy {
  /// Makes all the changes, or none.
  ///
  /// - Returns: the findings of the changed network.
  /// - Throws: every change that cannot be made, or else every error of the network that the
  ///   changes would lead to; the network is then as it was.
  /// - Complexity: that of `check()`, and for each change O(*n*) in the entries of its host.
  @discardableResult
  public mutating func apply(_ changes: [PolicyChange]) throws(Faults) -> [Fault] {
    var changed = self
    var faults: [Fault] = []
    for change in changes {
      do throws(Fault) {
        try changed.make(change)
      } catch {
        faults.append(error)
      }
    }
    guard faults.isEmpty else { throw Faults(faults) }
    let report = Faults(changed.check())
    guard report.errors.isEmpty else { throw Faults(report.errors) }
    self = changed
    return report.findings
  }

  private mutating func make(_ change: PolicyChange) throws(Fault) {
    guard let host = hosts.firstIndex(where: { $0.name == change.host }) else {
      throw Fault(
        .unknownEntry, in: .network, value: change.host, "there is no host \(change.host)")
    }
    try hosts[host].make(change)
  }
}

extension NetworkPolicy.Host {
  fileprivate mutating func make(_ change: PolicyChange) throws(Fault) {
    switch change {
    case .newLookupRecord(let record, _):
      policy.forwarding.lookupRecords.append(record)
    case .setProviderAddress(let key, let address, _):
      policy.forwarding.lookupRecords[try index(of: key)].providerAddress = address
    case .removeLookupRecord(let key, _):
      policy.forwarding.lookupRecords.remove(at: try index(of: key))
    case .newCustomerRoute(let route, _):
      policy.forwarding.customerRoutes.append(route)
    case .removeCustomerRoute(let key, _):
      guard let index = policy.forwarding.customerRoutes.firstIndex(where: { $0.key == key })
      else { throw missing("customer route to \(key.destinationPrefix) by \(key.nextHop)") }
      policy.forwarding.customerRoutes.remove(at: index)
    case .connect(let port, _):
      policy.ports.append(port)
    case .disconnect(let mac, let subnet, _):
      let index = policy.ports.firstIndex {
        $0.macAddress == mac && $0.virtualSubnetID == subnet
      }
      guard let index else { throw missing("port with \(mac) in virtual subnet \(subnet)") }
      policy.ports.remove(at: index)
    }
  }

  private func index(of key: LookupRecord.Key) throws(Fault) -> Int {
    let index = policy.forwarding.lookupRecords.firstIndex { $0.key == key }
    guard let index else {
      throw missing(
        "lookup record for \(key.customerAddress) with \(key.macAddress) in virtual subnet"
          + " \(key.virtualSubnetID)")
    }
    return index
  }

  private func missing(_ entry: String) -> Fault {
    Fault(.unknownEntry, in: .host(name), value: entry, "\(name) has no \(entry)")
  }
}
