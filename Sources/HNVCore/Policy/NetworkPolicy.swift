/// A whole network as declared: the behaviour of its release, and the policy of each host.
///
/// The value is unchecked while it is built; `check()` returns everything that is wrong with it,
/// and `apply(_:)` changes it only if the result has no errors.
public struct NetworkPolicy: Hashable, Sendable {
  /// How HNV behaves where releases differ or sources are silent.
  public var settings: Settings

  /// The hosts, in declared order.
  public var hosts: [Host]

  /// A hypervisor and its policy.
  public struct Host: Hashable, Sendable {
    /// The hypervisor's name.
    public let name: String
    /// Its policy.
    public var policy: HostPolicy

    /// Names a host and its policy.
    public init(_ name: String, policy: HostPolicy) {
      self.name = name
      self.policy = policy
    }
  }

  /// Gathers a network.
  public init(settings: Settings = Settings(), hosts: [Host] = []) {
    self.settings = settings
    self.hosts = hosts
  }
}

/// The policy of one hypervisor: NetWNV state belongs to a host, not to the network.
///
/// A management plane usually gives all hosts the same records and routes. This library models that
/// they may differ: undelivered policy is how real deployments fail.
public struct HostPolicy: Hashable, Sendable {
  /// Records and routes: what hosts have in common when all goes well.
  public var forwarding: ForwardingPolicy

  /// The host's own transport addresses.
  public var providerAddresses: [ProviderAddress]

  /// The host's routes on the underlay.
  public var providerRoutes: [ProviderRoute]

  /// The ports of the VMs that run here.
  public var ports: [VMPort]

  /// The largest packet that the host's physical adapter sends, in bytes.
  public var underlayMTU: Int

  /// Gathers a host's policy.
  public init(
    forwarding: ForwardingPolicy = ForwardingPolicy(), providerAddresses: [ProviderAddress] = [],
    providerRoutes: [ProviderRoute] = [], ports: [VMPort] = [], underlayMTU: Int = 1500
  ) {
    self.forwarding = forwarding
    self.providerAddresses = providerAddresses
    self.providerRoutes = providerRoutes
    self.ports = ports
    self.underlayMTU = underlayMTU
  }
}

/// The lookup records and customer routes of a host, in declared order.
///
/// Hosts with one value share its storage, its check and its compiled table.
public struct ForwardingPolicy: Hashable, Sendable {
  /// The host's lookup records.
  public var lookupRecords: RecordList

  /// The host's customer routes.
  public var customerRoutes: [CustomerRoute]

  /// Gathers records and routes.
  public init(lookupRecords: RecordList = [], customerRoutes: [CustomerRoute] = []) {
    self.lookupRecords = lookupRecords
    self.customerRoutes = customerRoutes
  }

  /// The virtual subnets that the customer routes name, by number.
  ///
  /// A number that two routing domains claim belongs to the one with the first route; `check()`
  /// reports it.
  ///
  /// - Complexity: O(*r* log *r*) for *r* routes.
  public var virtualSubnets: [VirtualSubnet] { VirtualSubnet.named(by: customerRoutes) }
}

/// Changes that a host makes to its own policy, without an administrator.
extension ForwardingPolicy {
  /// Puts a Dynamic record beside the L2Only record of a machine whose address was learned.
  ///
  /// Earlier records learned for the address are removed: a machine that takes over an address
  /// announces it.
  ///
  /// - Returns: the record's key.
  @discardableResult
  package mutating func learn(_ learned: LearnedAddress) -> LookupRecord.Key? {
    guard lookupRecords.indices.contains(learned.record) else { return nil }
    var record = lookupRecords[learned.record]
    record.customerAddress = learned.address
    record.type = .dynamic
    let key = record.key
    lookupRecords.removeAll { other in
      other.type == .dynamic && other.virtualSubnetID == record.virtualSubnetID
        && other.customerAddress == record.customerAddress && other.key != key
    }
    if !lookupRecords.contains(where: { $0.key == key }) { lookupRecords.append(record) }
    return key
  }

  /// Applies a REDIRECT: the machine's records that point to the reporting host point to the
  /// target.
  ///
  /// - Returns: whether any record changed.
  package mutating func redirect(
    _ mac: MACAddress, in subnet: VirtualSubnetID, from reporter: IPAddress, to target: IPAddress
  ) -> Bool {
    var found = false
    for index in lookupRecords.indices
    where lookupRecords[index].macAddress == mac
      && lookupRecords[index].virtualSubnetID == subnet
      && lookupRecords[index].providerAddress == reporter
    {
      lookupRecords[index].providerAddress = target
      found = true
    }
    return found
  }
}

/// An address that a host saw a machine use.
public struct LearnedAddress: Hashable, Sendable {
  /// The address.
  public var address: IPAddress

  /// The L2Only record of the machine's MAC address, by its index among the host's records.
  public var record: Int
}
