import HNVCore

/// What the host of a cloud does with the frames of machines.
enum CloudFact: Fact {
  case encapsulated(subnet: Int)
  case decapsulated(subnet: Int)
  case notEncapsulated
  case moved(machine: Int)
  case spoofedMAC(machine: Int, own: MACAddress)
  case announced(machine: Int)
  case group
  case notIP
  case noEdge(network: Int)
  case fragmented(count: Int)
  case tooBig

  func step(in scene: Scene) -> Step {
    let intent = scene.intent
    switch self {
    case .encapsulated(let subnet):
      return .encapsulated(
        "unpublished encapsulation, subnet \(intent.subnets[subnet].name)", in: scene)
    case .decapsulated(let subnet): return decapsulated(subnet, scene)
    case .notEncapsulated:
      return Step(
        .dropped, "the packet does not have the platform's encapsulation",
        fix: "send through the virtual network")
    case .moved(let machine):
      return Step(
        .dropped, "\(scene.machine(machine)) is no longer on \(scene.name)", fix: "send again")
    case .spoofedMAC(let machine, let own):
      return spoofedMAC(machine, own, scene)
    case .announced(let machine):
      return Step(
        .accepted,
        "the announcement of \(scene.machine(machine)) has no effect: the platform assigns the"
          + " addresses")
    case .group:
      return Step(
        .dropped, "the platform forwards neither multicast nor broadcast",
        fix: "send unicast to each receiver")
    case .notIP: return Step(.dropped, "the platform forwards only IP", fix: "send IP")
    case .noEdge(let network):
      return Step(
        .dropped, "\(intent.networks[network].name) has no route to outside networks",
        fix: "add an adapter on an outside network to a machine, or a public address")
    case .fragmented(let count): return fragmented(count, scene)
    case .tooBig: return tooBig(scene)
    }
  }

  private func decapsulated(_ subnet: Int, _ scene: Scene) -> Step {
    let outer = scene.before?.packet.map { "\($0.source)" } ?? "another host"
    return Step(
      .decapsulated,
      "subnet \(scene.intent.subnets[subnet].name), from \(outer); inner frame to"
        + " \(scene.destination)")
  }

  private func spoofedMAC(_ machine: Int, _ own: MACAddress, _ scene: Scene) -> Step {
    let source = scene.frame.map { "\($0.source)" } ?? "of the frame"
    return Step(
      .dropped, "source MAC \(source) is not that of \(scene.machine(machine)) (\(own))",
      entry: scene.intent.port(of: machine, own),
      fix: "send with the adapter's own MAC address")
  }

  private func fragmented(_ count: Int, _ scene: Scene) -> Step {
    Step(
      .fragmented,
      "\(scene.packet?.byteCount ?? 0) bytes sent as \(count) fragments of at most"
        + " \(CloudPorts.edgeMTU), the MTU of the edge")
  }

  private func tooBig(_ scene: Scene) -> Step {
    let size = scene.packet?.byteCount ?? 0
    return Step(
      .dropped,
      "packet of \(size) bytes exceeds the MTU of the edge (\(CloudPorts.edgeMTU)) and must not be"
        + " fragmented", fix: "send \(size - CloudPorts.edgeMTU) bytes fewer")
  }
}
