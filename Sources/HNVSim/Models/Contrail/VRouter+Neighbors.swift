import HNVCore

/// A machine's question for a MAC address.
struct NeighborQuestion {
  let target: IPAddress
  /// Whether the sender asks for its own address, to tell others of it or to find it taken: without
  /// a source address (RFC 5227, section 1.1; RFC 4862, section 5.4), or from that address.
  let isAboutItself: Bool

  /// `nil` for a frame that asks nothing.
  init?(_ frame: EthernetFrame) {
    switch frame.payload {
    case .arp(let message) where message.operation == .request:
      let sender = IPAddress.v4(message.senderAddress)
      target = .v4(message.targetAddress)
      isAboutItself = sender == target || sender.isUnspecified
    case .ip(let packet):
      guard case .icmpv6(.neighborSolicitation(let target, _)) = packet.transport
      else { return nil }
      self.target = .v6(target)
      isAboutItself = packet.source.isUnspecified
    default: return nil
    }
  }
}

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
  func answer(
    _ question: NeighborQuestion, _ frame: EthernetFrame, from adapter: Adapter,
    in world: inout World
  ) {
    let network = network(of: adapter)
    switch treatment(of: question, from: adapter) {
    case .answered(let mac, let why):
      if settings.era == .bridging {
        world.note(VRouterNeighborFact.hasRoute(contrail, network: network), frame)
      }
      ports.answer(
        NeighborAnswer(target: question.target, macAddress: mac), to: frame, by: adapter.cable,
        VRouterNeighborFact.answered(why, settings.decision(ofNetwork: network)), in: &world)
    case .flooded: flood(frame, from: adapter, in: &world)
    case .dropped(let why):
      world.drop(
        .notCarried, VRouterNeighborFact.dropped(contrail, network: network, why), frame)
    }
  }

  private func treatment(
    of question: NeighborQuestion, from adapter: Adapter
  ) -> Treatment {
    let network = network(of: adapter)
    guard settings.era == .bridging else {
      return question.isAboutItself
        ? .dropped(.ownAddress)
        : .answered(.vRouter, .routesEverything)
    }
    if question.isAboutItself { return .flooded }
    let target = contrail.routing.tables[network].entry(for: question.target)?.target
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
    case .staticRoute where question.target.family == .v4:
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
