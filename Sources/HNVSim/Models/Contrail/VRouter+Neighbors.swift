import HNVCore

/// ARP and neighbour discovery (the Contrail documents on ARP processing; tf-vrouter, `vr_arp.c`;
/// tf-controller, `RouteKSyncEntry::BuildArpFlags`).
extension VRouter {
  /// What becomes of a question.
  private enum Treatment {
    case answered(MACAddress, VRouterNeighborFact.Answer)
    case flooded
    case dropped(VRouterNeighborFact.Refusal)
  }

  /// Answers a machine's question, floods it or drops it.
  mutating func answer(_ question: PacketID, from adapter: Adapter, in world: inout World) {
    let network = network(of: adapter)
    let row = world.packets[question]
    switch treatment(of: row, from: adapter) {
    case .answered(let mac, let why):
      if settings.era == .bridging {
        world.note(VRouterNeighborFact.hasRoute(contrail, network: network), question)
      }
      ports.answer(
        NeighborAnswer(target: row.subjects.destination, macAddress: mac), to: question,
        by: adapter.cable,
        VRouterNeighborFact.answered(why, settings.decision(ofNetwork: network)), in: &world)
    case .flooded: flood(question, from: adapter, in: &world)
    case .dropped(let why):
      world.drop(
        .notCarried, VRouterNeighborFact.dropped(contrail, network: network, why), question)
    }
  }

  private func treatment(of question: Packet, from adapter: Adapter) -> Treatment {
    let network = network(of: adapter)
    guard let asked = question.askedAddress else {
      return settings.era == .bridging ? .flooded : .dropped(.ownAddress)
    }
    guard settings.era == .bridging else { return .answered(.vRouter, .routesEverything) }
    let target = contrail.routing.tables[network].entry(for: asked)?.target
    if case .bridging = settings.networks[network].mode { return .flooded }
    if case .gateway = target { return .answered(.vRouter, .isGateway) }
    guard let target else { return .flooded }
    guard settings.networks[network].mode == .bridgingAndRouting else {
      return .answered(.vRouter, .networkRoutes)
    }
    guard target.subnet == adapter.subnet else {
      return .answered(.vRouter, .otherNetwork)
    }
    switch target {
    case .machine(let owner):
      return .answered(owner.macAddress, .machine)
    // A neighbour solicitation without a proxy is flooded, an ARP request dropped.
    case .staticRoute where asked.family == .v4:
      return .dropped(.staticRoute)
    case .staticRoute, .unassigned, .gateway: return .flooded
    }
  }
}

extension VirtualRouting.NextHop {
  /// The subnet in which the next hop is.
  fileprivate var subnet: Int {
    switch self {
    case .machine(let adapter), .staticRoute(let adapter): adapter.subnet
    case .gateway(let subnet), .unassigned(let subnet): subnet
    }
  }
}
