/// The hosts of a network by the records and routes that they share.
struct HostGroups: Sendable {
  /// Hosts with one router.
  struct Group: Sendable {
    fileprivate(set) var router: DistributedRouter
    /// In ascending order; at least one.
    fileprivate(set) var hosts: [UInt32]

    /// The host that reports name for all of them.
    var first: Int { Int(hosts[0]) }
  }

  private var groups: [Group] = []
  private var groupOfHost: [UInt32] = []
  /// Counts how often hosts started or stopped sharing.
  private(set) var regroupings = 0

  init(_ routers: [HostRouter]) {
    var places: [ObjectIdentifier: Int] = [:]
    // Mostly a host shares with the one before it.
    var last: (router: DistributedRouter, place: Int)?
    for (host, router) in routers.enumerated() {
      let router = router.router
      let place =
        if let last, last.router === router { last.place } else {
          places[ObjectIdentifier(router)] ?? groups.count
        }
      if place == groups.count { groups.append(Group(router: router, hosts: [])) }
      groups[place].hosts.append(UInt32(truncatingIfNeeded: host))
      groupOfHost.append(UInt32(truncatingIfNeeded: place))
      places[ObjectIdentifier(router)] = place
      last = (router, place)
    }
  }

  /// The groups in the order of their first hosts.
  var inOrder: [Group] { groups.sorted { $0.hosts[0] < $1.hosts[0] } }

  /// The different routers, in no order that says anything.
  var routers: [DistributedRouter] { groups.map { $0.router } }

  /// The router of a host.
  func router(of host: Int) -> DistributedRouter { groups[group(of: host)].router }

  /// The place of a host's group in no order that says anything.
  func group(of host: Int) -> Int { Int(groupOfHost[host]) }
}

extension HostGroups {
  /// Hosts of one group that get one router.
  private struct Move {
    let group: Int
    let router: DistributedRouter
    var hosts: [UInt32]
  }

  /// Gives hosts, in ascending order, other routers.
  ///
  /// - Complexity: O(*h*) for *h* hosts of the groups that are not moved as a whole, and linear in
  ///   the groups.
  mutating func assign(_ routers: [(host: Int, router: DistributedRouter)]) {
    for move in moves(routers) {
      let target = groups.firstIndex { $0.router === move.router }
      if target == move.group { continue }
      if target == nil, move.hosts.count == groups[move.group].hosts.count {
        groups[move.group].router = move.router
        continue
      }
      regroupings += 1
      let left = Set(move.hosts)
      groups[move.group].hosts.removeAll { left.contains($0) }
      if target == nil { groups.append(Group(router: move.router, hosts: [])) }
      add(move.hosts, to: target ?? groups.count - 1)
    }
    removeEmpty()
  }

  private func moves(_ routers: [(host: Int, router: DistributedRouter)]) -> [Move] {
    var moves: [Move] = []
    for (host, router) in routers {
      let group = group(of: host)
      let place = moves.lastIndex { $0.group == group && $0.router === router } ?? moves.count
      if place == moves.count { moves.append(Move(group: group, router: router, hosts: [])) }
      moves[place].hosts.append(UInt32(truncatingIfNeeded: host))
    }
    return moves
  }

  private mutating func add(_ hosts: [UInt32], to group: Int) {
    let isBehind = groups[group].hosts.last ?? 0 <= hosts[0]
    groups[group].hosts += hosts
    if !isBehind { groups[group].hosts.sort() }
    for host in hosts { groupOfHost[Int(host)] = UInt32(truncatingIfNeeded: group) }
  }

  private mutating func removeEmpty() {
    for group in groups.indices.reversed() where groups[group].hosts.isEmpty {
      let last = groups.removeLast()
      guard group < groups.count else { continue }
      groups[group] = last
      for host in last.hosts { groupOfHost[Int(host)] = UInt32(truncatingIfNeeded: group) }
    }
  }
}
