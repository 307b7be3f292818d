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

  func write(to step: inout StepWriter, in scene: Scene) {
    let intent = scene.intent
    switch self {
    case .encapsulated(let subnet):
      step.sayEncapsulated(
        "unpublished encapsulation, subnet \(intent.subnets[subnet].name)", in: scene)
    case .decapsulated(let subnet): writeDecapsulated(subnet, scene, to: &step)
    case .notEncapsulated:
      step.say(.dropped, "the packet does not have the platform's encapsulation")
      step.fix("send through the virtual network")
    case .moved(let machine):
      step.say(.dropped, scene.machine(machine), " is no longer on ", scene.name)
      step.fix("send again")
    case .spoofedMAC(let machine, let own):
      writeSpoofedMAC(machine, own, scene, to: &step)
    case .announced(let machine):
      step.say(
        .accepted, "the announcement of ", scene.machine(machine),
        " has no effect: the platform assigns the addresses")
    case .group:
      step.say(.dropped, "the platform forwards neither multicast nor broadcast")
      step.fix("send unicast to each receiver")
    case .notIP:
      step.say(.dropped, "the platform forwards only IP")
      step.fix("send IP")
    case .noEdge(let network):
      step.say(.dropped, intent.networks[network].name, " has no route to outside networks")
      step.fix("add an adapter on an outside network to a machine, or a public address")
    case .fragmented(let count): writeFragmented(count, scene, to: &step)
    case .tooBig: writeTooBig(scene, to: &step)
    }
  }

  private func writeDecapsulated(
    _ subnet: Int, _ scene: Scene, to step: inout StepWriter
  ) {
    let outer = scene.before?.packet.map { "\($0.source)" } ?? "another host"
    step.say(
      .decapsulated, "subnet ", scene.intent.subnets[subnet].name, ", from ", outer,
      "; inner frame to ", scene.destination)
  }

  private func writeSpoofedMAC(
    _ machine: Int, _ own: MACAddress, _ scene: Scene, to step: inout StepWriter
  ) {
    let source = scene.frame.map { "\($0.source)" } ?? "of the frame"
    step.say(
      .dropped, "source MAC ", source, " is not that of ", scene.machine(machine), " (", own, ")")
    scene.intent.writePort(of: machine, own, to: &step)
    step.fix("send with the adapter's own MAC address")
  }

  private func writeFragmented(_ count: Int, _ scene: Scene, to step: inout StepWriter) {
    step.say(
      .fragmented, scene.packet?.byteCount ?? 0, " bytes sent as ", count, " fragments of at most ",
      CloudPorts.edgeMTU, ", the MTU of the edge")
  }

  private func writeTooBig(_ scene: Scene, to step: inout StepWriter) {
    let size = scene.packet?.byteCount ?? 0
    step.say(
      .dropped, "packet of ", size, " bytes exceeds the MTU of the edge (", CloudPorts.edgeMTU,
      ") and must not be fragmented")
    step.fix("send ", size - CloudPorts.edgeMTU, " bytes fewer")
  }
}
