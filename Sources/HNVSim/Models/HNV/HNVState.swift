import HNVCore

/// The current policy of each host.
struct HNVState: ModelState {
  let network: HNVNetwork
  private(set) var policy: NetworkPolicy
  private(set) var routers: [HostRouter]
  private var due: [Due] = []
  /// The last policy that was delivered: the next may be the same.
  private var last: Told?

  /// What is to change on a host when its time has come.
  private struct Due {
    let time: VirtualTime
    let host: Int
    let change: Change

    enum Change: Hashable {
      /// A learned record that was not heard again is forgotten.
      case forget(LookupRecord.Key)
      /// The records of a machine are delivered again.
      case refresh(VirtualSubnetID, MACAddress)
    }
  }

  init(network: HNVNetwork) {
    self.network = network
    policy = network.policy
    routers = network.routers
  }

  mutating func deliver(_ item: PolicyItem, to hosts: [Int], _ wiring: Wiring) {
    switch item {
    case .record(let address):
      tell(hosts, .records(item, records(of: address).map { located($0, wiring) }))
    case .route(let prefix):
      tell(
        hosts, .routes(item, network.derivation.routes.filter { $0.destinationPrefix == prefix }))
    case .everything:
      tell(
        hosts,
        .everything(
          ForwardingPolicy(
            lookupRecords: RecordList(network.derivation.records.map { located($0, wiring) }),
            customerRoutes: network.derivation.routes)))
    }
  }

  mutating func withhold(_ item: PolicyItem, from hosts: [Int]) { tell(hosts, .withheld(item)) }

  /// Tells hosts something; those that held the same do so afterwards, and share it, whether they
  /// are told together or one after the other.
  private mutating func tell(_ hosts: [Int], _ telling: Telling) {
    var told = last.flatMap { $0.telling == telling ? $0 : nil } ?? Told(telling: telling)
    for host in hosts {
      policy.hosts[host].policy.forwarding = told.result(
        on: policy.hosts[host].policy.forwarding)
    }
    last = told
    recompile(hosts)
  }

  /// The ports go along, with their virtual subnet and rules; what hosts were told stays.
  mutating func move(_ machine: Int, from old: Int, to new: Int) {
    let ports = network.derivation.ports(of: machine)
    policy.hosts[old].policy.ports.removeAll { ports.contains($0) }
    policy.hosts[new].policy.ports += ports
    recompile([old, new])
  }

  /// A host joins the provider group of each of its virtual subnets that a record of its own maps
  /// to one.
  func members(of group: IPAddress) -> [Int] {
    let subnets = Set(
      network.derivation.records.filter { $0.providerAddress == group }.map(\.virtualSubnetID))
    return policy.hosts.indices.filter { index in
      let host = policy.hosts[index].policy
      return host.ports.contains { $0.virtualSubnetID.map { subnets.contains($0) } ?? false }
        && host.forwarding.lookupRecords.contains { $0.providerAddress == group }
    }
  }

  /// A host that stops loses its policy, except if a setting keeps it.
  mutating func stop(_ host: Int) {
    guard policy.settings.hostRestart == .policyLost else { return }
    policy.hosts[host].policy.forwarding = ForwardingPolicy()
    recompile([host])
  }

  /// Puts what a packet taught a host among its records.
  mutating func learn(_ learned: LearnedAddress, on host: Int, at now: VirtualTime) {
    guard let key = policy.hosts[host].policy.forwarding.learn(learned) else { return }
    recompile([host])
    guard policy.settings.learnedAgeing == .fiveMinutes else { return }
    due.removeAll { $0.host == host && $0.change == .forget(key) }
    due.append(Due(time: now + .seconds(300), host: host, change: .forget(key)))
  }

  /// Applies another host's message; returns what was done, in words.
  mutating func obey(
    _ message: ControlMessage, on host: Int, at now: VirtualTime
  ) -> String {
    let (name, mac) = (policy.hosts[host].name, message.destination)
    switch message.notice {
    case .redirect(let target):
      let isKnown = policy.hosts[host].policy.forwarding.redirect(
        mac, in: message.virtualSubnetID, from: message.reporter, to: target)
      guard isKnown else {
        return "no record of \(mac) on \(name) points to \(message.reporter);"
          + " ignored"
      }
      recompile([host])
      return "the records of \(mac) on \(name) now point to \(target)"
    case .unreachable:
      guard let delay = network.policyRefresh else {
        return "\(name) would request its policy again, but the lab defines no policy refresh"
      }
      due.append(
        Due(
          time: now + delay, host: host, change: .refresh(message.virtualSubnetID, mac)))
      return "\(name) requests its policy again, due in \(delay)"
    }
  }

  /// Whether a change of a host has come due.
  func hasDue(on host: Int, at now: VirtualTime) -> Bool {
    due.contains { $0.host == host && $0.time <= now }
  }

  /// Makes the changes of a host whose time has come.
  mutating func advance(_ host: Int, to now: VirtualTime, _ wiring: Wiring) {
    let ripe = due.filter { $0.host == host && $0.time <= now }
    due.removeAll { $0.host == host && $0.time <= now }
    for entry in ripe {
      switch entry.change {
      case .forget(let key):
        policy.hosts[host].policy.forwarding.lookupRecords.removeAll {
          $0.key == key && $0.type == .dynamic
        }
        recompile([host])
      case .refresh(let subnet, let mac):
        let addresses = network.derivation.records.filter {
          $0.virtualSubnetID == subnet && $0.macAddress == mac
        }
        for record in addresses {
          deliver(.record(record.customerAddress), to: [host], wiring)
        }
      }
    }
  }

  /// The records of an address, and the wildcards of the adapter that has it: a gateway that
  /// moved is of no use where only its own address is known.
  private func records(of address: IPAddress) -> [LookupRecord] {
    let own = network.derivation.records.filter { $0.customerAddress == address }
    return network.derivation.records.filter { record in
      record.customerAddress == address
        || (record.type == .gatewayWildcard
          && own.contains {
            $0.macAddress == record.macAddress && $0.virtualSubnetID == record.virtualSubnetID
          })
    }
  }

  /// The record as it should be by now: with the provider address of its machine's host, and of
  /// machines that share an address, that of the best one that runs.
  private func located(_ record: LookupRecord, _ wiring: Wiring) -> LookupRecord {
    var record = record
    if let holder = holder(of: record, wiring) {
      let machine = network.intent.machines[holder.machine]
      record.macAddress = machine.interfaces[holder.interface].macAddress
      record.vmName = machine.name
    }
    guard let owner = network.intent.elements[record.vmName], case .machine(let machine) = owner,
      let provider = policy.hosts[wiring.host(of: machine)].policy.providerAddresses.first
    else { return record }
    record.providerAddress = provider.address
    return record
  }

  private func holder(of record: LookupRecord, _ wiring: Wiring) -> Intent.Owner? {
    let intent = network.intent
    guard let subnet = network.derivation.subnetIDs.firstIndex(of: record.virtualSubnetID),
      let router = intent.virtualRouter(
        sharing: record.customerAddress, in: intent.subnets[subnet].network)
    else { return nil }
    return router.members.first { wiring.isRunning(.machine($0.machine)) }
  }

  private mutating func recompile(_ hosts: [Int]) {
    var pool = RouterPool(settings: policy.settings, of: routers)
    for index in hosts {
      let host = policy.hosts[index]
      routers[index] = HostRouter(
        name: host.name, policy: host.policy, router: pool.router(of: host.policy.forwarding))
    }
  }
}
