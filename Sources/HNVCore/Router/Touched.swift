/// What changes touch.
struct Touched {
  var hosts: Set<Int> = []
  /// The virtual subnets in which more changes than where records lead; `nil` where no part can be
  /// checked by itself.
  var subnets: Set<VirtualSubnetID>? = []
  /// The records whose machines change hosts.
  private(set) var moved: Set<SubnetAddress> = []
  /// What was done to the policies, by the router of each before.
  var edits: [ObjectIdentifier: Set<DistributedRouter.Edit>] = [:]
  /// The routers of whose policies more changes.
  var outdated: Set<ObjectIdentifier> = []
  /// The ports that are gone, by their host and number at the time.
  var gone: [(host: String, port: Int)] = []

  /// Notes that a record has another target: what is said of others depends on that only where it
  /// stands for more than a machine's address.
  mutating func note(_ record: LookupRecord) {
    if record.type == .static && record.isUnicast {
      moved.insert(SubnetAddress(record))
    } else {
      subnets?.insert(record.virtualSubnetID)
    }
  }
}

/// What changes may alter of a network, as it was before them.
struct Former {
  var hosts: [Host]
  var subnetHosts: SubnetHosts

  struct Host {
    let number: Int
    var host: NetworkPolicy.Host
    var router: HostRouter
  }

  /// The routers of the hosts, each once.
  var routers: [DistributedRouter] { RouterPool.distinct(hosts.map { $0.router }) }
}

extension LookupRecord {
  /// Whether what it says concerns its own routing domain alone: an address into which several
  /// records translate is common to all.
  var isSeparable: Bool { rule != .nat && !isUnusable }
}
