import HNVCore

/// What the host of a logical switch's ports does with packets of tunnels; keys are those of ports.
enum OVNTunnelFact: Fact {
  case encapsulated(subnet: Int)
  case decapsulated(subnet: Int, key: UInt16)
  case notGeneve
  /// The frame is for everyone, and nobody is on the host.
  case noReceiver(subnet: Int)
  case noPort(subnet: Int, key: UInt16)

  func write(to step: inout StepWriter, in scene: Scene) {
    let subnets = scene.intent.subnets
    switch self {
    case .encapsulated(let subnet):
      step.sayEncapsulated("Geneve, logical switch \(subnets[subnet].name)", in: scene)
    case .decapsulated(let subnet, let key):
      let source = scene.ipRow.map { "\($0.source)" } ?? ""
      step.say(
        .decapsulated, "logical switch ", subnets[subnet].name, ", port ", key, ", from ", source)
      Self.writePort(key, of: subnet, in: scene.intent, to: &step)
    case .notGeneve:
      step.say(.dropped, "not a Geneve packet of a logical switch")
      step.fix("send Geneve")
    case .noReceiver(let subnet):
      step.say(.dropped, "no port of ", subnets[subnet].name, " is on this host")
      step.fix("send to another host")
    case .noPort(let subnet, let key):
      step.say(.dropped, "port ", key, " of ", subnets[subnet].name, " is not on this host")
      Self.writePort(key, of: subnet, in: scene.intent, to: &step)
      step.fix("send to its host")
    }
  }

  /// The port with a key; nothing for a key of nobody, or of everyone.
  private static func writePort(
    _ key: UInt16, of subnet: Int, in intent: Intent, to step: inout StepWriter
  ) {
    let ports = AdapterDirectory(intent).adapters(in: subnet)
    guard ports.indices.contains(Int(key) - 1) else { return }
    let adapter = ports[Int(key) - 1]
    intent.writePort(of: adapter.machine, adapter.macAddress, to: &step)
  }
}
