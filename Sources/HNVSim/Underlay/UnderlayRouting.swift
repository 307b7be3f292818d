import HNVCore

/// The routes that a routing protocol would compute for the underlay: the path with fewest routers.
///
/// It knows the declared routers, not which of them run: what stops stays stopped, and a trace
/// shows what is lost at it.
struct UnderlayRouting {
  private let underlay: Intent.Underlay
  private let members: [Int: [Member]]

  /// A router's interface in a network.
  private struct Member {
    let router: Int
    let address: IPAddress
  }

  init(_ underlay: Intent.Underlay) {
    self.underlay = underlay
    var members: [Int: [Member]] = [:]
    for (router, typed) in underlay.routers.enumerated() {
      for interface in typed.interfaces {
        guard let network = interface.network else { continue }
        members[network, default: []].append(
          Member(router: router, address: interface.address.address))
      }
    }
    self.members = members
  }

  /// The networks that a router is attached to.
  func networks(of router: Int) -> [Int] {
    underlay.routers[router].interfaces.compactMap(\.network)
  }

  /// The address of the first declared router in a network; `nil` when it has none.
  func gateway(of network: Int) -> IPAddress? { members[network]?.first?.address }

  /// The router that has an address.
  func router(at address: IPAddress) -> Int? {
    underlay.network(of: address).flatMap { network in
      members[network]?.first { $0.address == address }?.router
    }
  }

  /// A router's way to every network that it is not attached to and can reach; of ways equally long
  /// that of the router declared first.
  ///
  /// - Complexity: O(*n*) in the interfaces of all routers.
  func routes(of router: Int) -> [Intent.Route] {
    var routes: [Intent.Route] = []
    for family in IPFamily.allCases {
      var reached = Set(networks(of: router))
      var seen: Set<Int> = [router]
      var queue = next(after: router, family, via: nil, &seen)
      var position = 0
      while position < queue.count {
        let step = queue[position]
        position += 1
        for network in networks(of: step.router)
        where underlay.networks[network].prefix.family == family
          && reached.insert(network).inserted
        {
          routes.append(
            Intent.Route(
              prefix: underlay.networks[network].prefix, via: step.address, metric: 0,
              place: underlay.routers[router].place))
        }
        queue += next(after: step.router, family, via: step.address, &seen)
      }
    }
    return routes
  }

  /// For each network a number that it has in common with all that routers join to it.
  ///
  /// - Complexity: O(*n*) in networks and interfaces.
  var areas: [Int] {
    var areas = Array(repeating: -1, count: underlay.networks.count)
    for start in areas.indices where areas[start] < 0 {
      var open = [start]
      areas[start] = start
      while let network = open.popLast() {
        for member in members[network] ?? [] {
          for next in networks(of: member.router)
          where areas[next] < 0
            && underlay.networks[next].prefix.family == underlay.networks[start].prefix.family
          {
            areas[next] = start
            open.append(next)
          }
        }
      }
    }
    return areas
  }

  /// The routers that share a network with one and were not seen before, each with the address by
  /// which the search's first router sends to it.
  private func next(
    after router: Int, _ family: IPFamily, via first: IPAddress?, _ seen: inout Set<Int>
  ) -> [Member] {
    networks(of: router).filter { underlay.networks[$0].prefix.family == family }
      .flatMap { members[$0] ?? [] }
      .filter { seen.insert($0.router).inserted }
      .sorted { $0.router < $1.router }
      .map { Member(router: $0.router, address: first ?? $0.address) }
  }
}
