public import HNVCore

/// The current policy of each host, in one run.
public final class HNVState: ModelState {
  /// What the hosts hold by now; another object after every change.
  private(set) var snapshot: HNVSnapshot
  private var due: [Due] = []

  private var network: HNVNetwork { snapshot.network }
  var policy: NetworkPolicy { snapshot.policy }
  var routers: [HostRouter] { snapshot.routers }

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

  init(network: HNVNetwork) { snapshot = HNVSnapshot(of: network) }

  /// Tells hosts a record or a route as it should be by now, given where machines are.
  public func deliver(_ item: PolicyItem, to hosts: [Int], _ wiring: Wiring) {
    switch item {
    case .record(let address):
      let records = records(of: address).map { located($0, wiring) }
      change(hosts) { $0.deliver(records, of: address, $1) }
    case .route(let prefix):
      let routes = network.derivation.routes.filter { $0.destinationPrefix == prefix }
      change(hosts) { forwarding, _ in forwarding.deliver(routes, to: prefix) }
    case .everything:
      let whole = ForwardingPolicy(
        lookupRecords: RecordList(network.derivation.records.map { located($0, wiring) }),
        customerRoutes: network.derivation.routes)
      change(hosts) { forwarding, _ in forwarding.replace(by: whole) }
    }
  }

  /// Makes hosts lose a record or a route.
  public func withhold(_ item: PolicyItem, from hosts: [Int]) {
    change(hosts) { forwarding, router in
      switch item {
      case .record(let address): forwarding.withhold(router.records(of: address))
      case .route(let prefix): forwarding.deliver([], to: prefix)
      case .everything: forwarding.replace(by: ForwardingPolicy())
      }
    }
  }

  /// Changes the records and routes of hosts, once for all that share them: they do so afterwards,
  /// whether they get the change together or one after the other.
  private func change(
    _ hosts: [Int], _ edit: (inout ForwardingPolicy, DistributedRouter) -> Set<ForwardingEdit>
  ) {
    var (policy, routers) = (policy, routers)
    var pool = RouterPool(settings: policy.settings, of: routers)
    var results: [ObjectIdentifier: DistributedRouter] = [:]
    for host in hosts {
      let before = routers[host].router
      var after = results[ObjectIdentifier(before)]
      if after == nil {
        var forwarding = before.policy
        let edits = edit(&forwarding, before)
        after = pool.router(of: forwarding, after: before, by: edits)
      }
      guard let after else { continue }
      results[ObjectIdentifier(before)] = after
      policy.hosts[host].policy.forwarding = after.policy
      routers[host] = routers[host].with(after, of: policy.hosts[host].policy)
    }
    snapshot = HNVSnapshot(network, policy, routers)
  }

  /// The ports go along, with their virtual subnet and rules; what hosts were told stays.
  public func move(_ machine: Int, from old: Int, to new: Int) {
    var (policy, routers) = (policy, routers)
    let ports = network.derivation.ports(of: machine)
    policy.hosts[old].policy.ports.removeAll { ports.contains($0) }
    policy.hosts[new].policy.ports += ports
    for host in [old, new] {
      routers[host] = HostRouter(
        name: routers[host].name, policy: policy.hosts[host].policy, router: routers[host].router)
    }
    snapshot = HNVSnapshot(network, policy, routers)
  }

  /// A host joins the provider group of each of its virtual subnets that a record of its own maps
  /// to one.
  public func members(of group: IPAddress) -> [Int] {
    let subnets = Set(
      network.derivation.records.filter { $0.providerAddress == group }.map(\.virtualSubnetID))
    return policy.hosts.indices.filter { index in
      let host = policy.hosts[index].policy
      return host.ports.contains { $0.virtualSubnetID.map { subnets.contains($0) } ?? false }
        && host.forwarding.lookupRecords.contains { $0.providerAddress == group }
    }
  }

  /// A host that stops loses its policy, except if a setting keeps it.
  public func stop(_ host: Int) {
    guard policy.settings.hostRestart == .policyLost else { return }
    change([host]) { forwarding, _ in forwarding.replace(by: ForwardingPolicy()) }
  }

  /// Puts what a packet taught a host among its records.
  func learn(_ learned: LearnedAddress, on host: Int, at now: VirtualTime) {
    var learnedKey: LookupRecord.Key?
    change([host]) { forwarding, _ in
      learnedKey = forwarding.learn(learned)
      return [.other]
    }
    guard let key = learnedKey, policy.settings.learnedAgeing == .fiveMinutes else { return }
    due.removeAll { $0.host == host && $0.change == .forget(key) }
    due.append(Due(time: now + .seconds(300), host: host, change: .forget(key)))
  }

  /// Applies another host's message.
  ///
  /// - Returns: whether a record follows it, or policy comes again.
  func apply(_ message: ControlMessage, on host: Int, at now: VirtualTime) -> Bool {
    switch message.notice {
    case .redirect(let target):
      var isKnown = false
      change([host]) { forwarding, _ in
        isKnown = forwarding.redirect(
          message.destination, in: message.virtualSubnetID, from: message.reporter, to: target)
        return isKnown ? [.other] : []
      }
      return isKnown
    case .unreachable:
      guard let delay = network.policyRefresh else { return false }
      due.append(
        Due(
          time: now + delay, host: host,
          change: .refresh(message.virtualSubnetID, message.destination)))
      return true
    }
  }

  /// Whether a change of a host has come due.
  func hasDue(on host: Int, at now: VirtualTime) -> Bool {
    due.contains { $0.host == host && $0.time <= now }
  }

  /// Makes the changes of a host whose time has come.
  func advance(_ host: Int, to now: VirtualTime, _ wiring: Wiring) {
    let ripe = due.filter { $0.host == host && $0.time <= now }
    due.removeAll { $0.host == host && $0.time <= now }
    for entry in ripe {
      switch entry.change {
      case .forget(let key):
        change([host]) { forwarding, _ in
          forwarding.lookupRecords.removeAll { $0.key == key && $0.type == .dynamic }
          return [.other]
        }
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
    guard let common = network.common else { return [] }
    let records = common.policy.lookupRecords
    let own = common.records(of: address)
    let wildcards = common.wildcards(ofMachinesIn: own)
    // Of 0.0.0.0 they are the same.
    let all = wildcards.isEmpty ? own : Set(own + wildcards).sorted()
    return all.map { records[$0] }
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
    guard !intent.sharingAdapters.isEmpty,
      let subnet = network.derivation.subnetIDs.firstIndex(of: record.virtualSubnetID),
      let router = intent.virtualRouter(
        sharing: record.customerAddress, in: intent.subnets[subnet].network)
    else { return nil }
    return router.members.first { wiring.isRunning(.machine($0.machine)) }
  }
}

/// A state belongs to one run.
@available(*, unavailable)
extension HNVState: Sendable {}
