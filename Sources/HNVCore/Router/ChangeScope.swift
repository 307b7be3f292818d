/// What a change of a network affects.
struct ChangeScope {
  /// The virtual subnets in which more changes than where records lead; `nil` where no part can be
  /// checked by itself.
  private(set) var subnets: Set<VirtualSubnetID>? = []
  /// The records whose machines change hosts.
  private(set) var moved: Set<SubnetAddress> = []
  /// What was done to the policies, by the router of each before.
  private var edits: [ObjectIdentifier: Set<ForwardingEdit>] = [:]
  /// The ports that are gone, by their host and number at the time.
  private(set) var gone: [(host: Int, port: Int)] = []
  /// The last edit of this update: mostly the next host shares with the one before it.
  private var last: (router: DistributedRouter, edit: ForwardingEdit)?

  /// What was done to the policy of a router.
  func edits(of router: DistributedRouter) -> Set<ForwardingEdit> {
    edits[ObjectIdentifier(router)] ?? []
  }

  /// Notes that the edits of another update follow.
  mutating func beginUpdate() { last = nil }

  /// Notes what a change did to the policy of hosts that had a router, given the policy after it.
  mutating func note(
    _ edit: ForwardingEdit, of router: DistributedRouter, _ policy: ForwardingPolicy
  ) {
    if let last, last.router === router, last.edit == edit { return }
    last = (router, edit)
    edits[ObjectIdentifier(router), default: []].insert(edit)
    switch edit {
    case .moved(let number): note(policy.lookupRecords[number])
    case .record(let number):
      let record = policy.lookupRecords[number]
      widen(record.isSeparable ? record.virtualSubnetID : nil)
    case .route(let number):
      let route = policy.customerRoutes[number]
      let domain = router.virtualSubnets[route.virtualSubnetID]?.routingDomainID
      widen(domain == route.routingDomainID ? route.virtualSubnetID : nil)
    case .other: widen(nil)
    }
  }

  /// Notes a change of ports, and which port of its host is gone.
  mutating func note(_ change: PolicyChange, on host: Int, gone port: Int?) {
    switch change {
    case .connect(let port): widen(port.virtualSubnetID)
    case .disconnect(_, let subnet): widen(subnet)
    case .newLookupRecord, .setProviderAddress, .removeLookupRecord, .newCustomerRoute,
      .removeCustomerRoute:
      break
    }
    if let port { gone.append((host, port)) }
  }

  /// Notes that a record has another target: what is said of others depends on that only where it
  /// stands for more than a machine's address.
  private mutating func note(_ record: LookupRecord) {
    if record.type == .static && record.isUnicast {
      moved.insert(SubnetAddress(record))
    } else {
      widen(record.virtualSubnetID)
    }
  }

  private mutating func widen(_ subnet: VirtualSubnetID?) {
    if let subnet { subnets?.insert(subnet) } else { subnets = nil }
  }
}

/// What a change may alter of a network, as it was before.
struct Snapshot {
  /// The hosts that get the change, in ascending order.
  var hosts: [Host] = []
  var groups: HostGroups
  var subnetHosts: SubnetHosts

  /// A host's router, which knows its records, routes and ports.
  struct Host {
    let number: Int
    var router: HostRouter
  }
}

extension LookupRecord {
  /// Whether what it says concerns its own routing domain alone: an address into which several
  /// records translate is common to all.
  var isSeparable: Bool { rule != .nat && !isUnusable }
}
