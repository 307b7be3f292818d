import HNVCore

/// Finds the parts of the underlay that machines' packets do not fit once they are encapsulated.
struct UnderlayMTUCheck {
  let intent: Intent
  let sizes: any OverlaySizes
  private let routing: UnderlayRouting

  init(intent: Intent, sizes: any OverlaySizes) {
    self.intent = intent
    self.sizes = sizes
    routing = UnderlayRouting(intent.underlay)
  }

  /// What a packet crosses and may be too large for; `nil` for the switch of an underlay without
  /// networks.
  private enum Crossing: Hashable {
    case network(Int?)
    case router(Int)
  }

  /// The largest packet that crosses something, and whose it is.
  private struct MTURequirement {
    var size: Int
    var machine: Int

    /// Of two packets alike that of the machine declared first counts, in whatever order they come.
    func exceeds(_ other: MTURequirement) -> Bool {
      (size, other.machine) > (other.size, machine)
    }
  }

  func diagnostics() -> [Diagnostic] {
    let residences = UnderlayPlacement.all(intent, sizes)
    let largest = residences.flatMap { $0.sites.values.map(\.largest) }.max() ?? 0
    guard largest > leastMTU else { return [] }
    var requirements: [Crossing: MTURequirement] = [:]
    for residence in residences {
      for (from, site) in residence.sites {
        let others = residence.sites.keys.filter { $0 != from }
        guard site.hosts.count > 1 || !others.isEmpty else { continue }
        var crossed: Set<Crossing> = [.network(from)]
        for other in others { crossed.formUnion(way(from: from, to: other)) }
        let requirement = MTURequirement(size: site.largest, machine: site.machine)
        for crossing in crossed
        where requirements[crossing].map({ requirement.exceeds($0) }) ?? true {
          requirements[crossing] = requirement
        }
      }
    }
    return all.compactMap { crossing in requirements[crossing].flatMap { diagnostic(crossing, $0) }
    }
  }

  private var underlay: Intent.Underlay { intent.underlay }

  private var all: [Crossing] {
    [.network(nil)] + underlay.networks.indices.map { .network($0) }
      + underlay.routers.indices.map { .router($0) }
  }

  private var leastMTU: Int { all.map { mtu(of: $0) }.min() ?? 0 }

  private func mtu(of crossing: Crossing) -> Int {
    switch crossing {
    case .network(let index): index.map { underlay.networks[$0].mtu } ?? underlay.mtu
    case .router(let index): underlay.routers[index].mtu ?? .max
    }
  }

  /// What lies between two networks, the second included, as far as the routers lead.
  private func way(from: Int?, to: Int?) -> [Crossing] {
    guard let from, let to, var router = routing.gateway(of: from).flatMap(routing.router(at:))
    else { return [] }
    var crossed: [Crossing] = []
    for _ in underlay.routers.indices {
      crossed.append(.router(router))
      if routing.networks(of: router).contains(to) { return crossed + [.network(to)] }
      guard let next = nextHop(of: router, to: to), let network = underlay.network(of: next),
        let other = routing.router(at: next)
      else { break }
      crossed.append(.network(network))
      router = other
    }
    return crossed
  }

  private func nextHop(of router: Int, to network: Int) -> IPAddress? {
    let own = underlay.routers[router].routes
    let routes = own.isEmpty ? routing.routes(of: router) : own
    return routes.filter { $0.prefix.contains(underlay.networks[network].prefix.address) }
      .max { $0.prefix.length < $1.prefix.length }?.via
  }

  private func diagnostic(_ crossing: Crossing, _ requirement: MTURequirement) -> Diagnostic? {
    let mtu = mtu(of: crossing)
    guard requirement.size > mtu else { return nil }
    let machine = intent.machines[requirement.machine]
    let (guest, overhead) = (
      sizes.mtu(of: requirement.machine), sizes.overhead(of: requirement.machine)
    )
    let (name, place): (String, Place) =
      switch crossing {
      case .network(let index?):
        ("network \(underlay.networks[index].name)", underlay.networks[index].place)
      case .network(nil): ("the underlay", machine.place)
      case .router(let index):
        ("router \(underlay.routers[index].name)", underlay.routers[index].place)
      }
    return Diagnostic(
      .underlayMTU, in: .named(name), value: "\(mtu)",
      "a packet of \(machine.name) (\(guest.bytes) bytes, \(guest.reason)) plus \(overhead) for"
        + " \(sizes.encapsulation) exceeds the MTU of \(name) (\(mtu)) by"
        + " \(requirement.size - mtu) bytes",
      fix: "raise the MTU of \(name) to \(requirement.size), or lower that of \(machine.name) to"
        + " \(mtu - overhead)", at: place)
  }
}
