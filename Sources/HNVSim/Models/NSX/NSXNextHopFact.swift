import HNVCore

/// How the distributed router finds the MAC address of the next hop, for a packet of a machine in a
/// subnet.
enum NSXNextHopFact: Fact {
  case told(NSXNetwork, from: Int, MACAddress)
  case cached(NSXNetwork, from: Int, MACAddress)
  case replied(NSXNetwork, from: Int, MACAddress)
  /// The controller knows no machine with the address.
  case unknown(NSXNetwork, from: Int)
  /// Nobody answered the router's questions.
  case unanswered(NSXNetwork, from: Int)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let hop = nextHop(of: scene.row) else { return step.say(.received, "a frame") }
    let address = hop.address
    switch self {
    case .told(let network, _, let mac):
      step.say(.resolved, address, " is-at ", mac, ", from the controller of ", scene.name)
      step.table("the controller's addresses of ", network.segments.vni(of: hop.subnet).words)
      step.key(address)
      step.match(mac)
      scene.intent.writeNeighbor(address, at: mac, to: &step)
      step.setting(network.settings.routerNeighbors.text)
    case .cached(_, _, let mac):
      step.say(
        .resolved, address, " is-at ", mac, ", from the neighbour cache of the router on ",
        scene.name)
      step.entry(.address, address, " at ", mac, at: nil)
    case .replied(_, _, let mac): step.say(.resolved, address, " is-at ", mac, " (ARP reply)")
    case .unknown(let network, _):
      writeUnreachable(
        hop, network, "the controller knows no machine with this address", to: &step)
    case .unanswered(let network, _):
      writeUnreachable(
        hop, network,
        "no reply to \(NetworkStack.attempts) ARP requests of the router on \(scene.name)",
        to: &step)
    }
  }

  private func nextHop(of packet: Packet?) -> DistributedLogicalRouter.NextHop? {
    switch self {
    case .told(let network, let subnet, _), .cached(let network, let subnet, _),
      .replied(let network, let subnet, _), .unknown(let network, let subnet),
      .unanswered(let network, let subnet):
      packet.flatMap { network.router(of: subnet).nextHop(to: $0.destination) }
    }
  }

  private func writeUnreachable(
    _ hop: DistributedLogicalRouter.NextHop, _ network: NSXNetwork, _ why: String,
    to step: inout StepWriter
  ) {
    step.say(
      .dropped, "no machine in ", network.segments.vni(of: hop.subnet).words, " has ", hop.address,
      ": ", why)
    step.setting(network.settings.routerNeighbors.text)
    step.fix("assign the address to a machine in the subnet, or start the machine that has it")
  }
}
