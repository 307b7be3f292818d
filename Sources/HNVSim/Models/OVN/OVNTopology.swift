import HNVCore

/// What all hosts know of the logical network; the southbound database gives it to each.
final class OVNTopology: Sendable {
  typealias Routes = RouteTable<NextHop>

  let adapters: AdapterDirectory
  /// Whether a port's frames must bear its own addresses.
  let portSecurity: Bool
  /// The access lists of the switches, by subnet.
  let accessLists: [OVNAccessList]
  /// The routers' tables, by network.
  let routes: [Routes]
  /// The addresses of the routers' ports, by network.
  let routerAddresses: [Set<IPAddress>]
  /// The keys of ports in tunnels, from 1 within each switch.
  private let keys: [Adapter: UInt16]
  private let adaptersByKey: [Int: [Adapter]]

  /// The key of everyone on a switch (ovn-architecture(7): multicast groups have keys from 32768).
  static let flood: UInt16 = 0x8000

  init(_ intent: Intent, _ accessLists: [OVNAccessList], portSecurity: Bool) {
    adapters = AdapterDirectory(intent)
    self.accessLists = accessLists
    self.portSecurity = portSecurity
    var keys: [Adapter: UInt16] = [:]
    var adaptersByKey: [Int: [Adapter]] = [:]
    for adapter in adapters.all {
      adaptersByKey[adapter.subnet, default: []].append(adapter)
      keys[adapter] = UInt16(clamping: adaptersByKey[adapter.subnet]?.count ?? 0) & 0x7fff
    }
    self.keys = keys
    self.adaptersByKey = adaptersByKey
    routes = intent.networks.indices.map { Self.routes(of: $0, in: intent) }
    routerAddresses = intent.networks.map { network in
      Set(network.subnets.flatMap { intent.routerAddresses(of: $0) })
    }
  }

  /// Connected routes win over static ones of their prefix, as ovn-northd ranks them.
  private static func routes(of network: Int, in intent: Intent) -> Routes {
    let own = intent.networks[network]
    var table = Routes(named: "routes of the logical router \(own.name)")
    for subnet in own.subnets {
      for (prefix, place) in intent.subnets[subnet].placedPrefixes {
        table.add(
          Routes.Entry(
            prefix: prefix, target: .onLink, words: "\(prefix) connected", place: place))
      }
    }
    for route in own.routes {
      let rank = 1 + (route.metric == .max ? route.metric - 1 : route.metric)
      table.add(
        Routes.Entry(
          prefix: route.prefix, target: .via(route.via), rank: rank,
          words: "\(route.prefix) via \(route.via)", place: route.place))
    }
    return table
  }

  /// The next hop from a network's router to a destination; `nil` where no route covers it.
  func nextHop(to destination: IPAddress, inNetwork network: Int) -> IPAddress? {
    guard let entry = routes[network].entry(for: destination) else { return nil }
    return if case .via(let address) = entry.target { address } else { destination }
  }

  /// The key of a port in tunnels.
  func key(of adapter: Adapter) -> UInt16 { keys[adapter] ?? 0 }

  /// The port of a key; `nil` for none.
  func adapter(withKey key: UInt16, in subnet: Int) -> Adapter? {
    guard let own = adaptersByKey[subnet], key > 0, Int(key) <= own.count else { return nil }
    return own[Int(key) - 1]
  }

  /// The ports of a switch, in declared order.
  func ports(of subnet: Int) -> [Adapter] { adaptersByKey[subnet] ?? [] }
}

/// A port of a logical switch.
enum OVNPort: Hashable {
  /// A machine's.
  case machine(Adapter)
  /// The patch to the router.
  case router
}
