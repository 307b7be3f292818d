import HNVCore

/// What the host of a logical switch's ports does with packets of tunnels; keys are those of ports.
enum OVNTunnelFact: Fact {
  case encapsulated(subnet: Int)
  case decapsulated(subnet: Int, key: UInt16)
  case notGeneve
  /// The frame is for everyone, and nobody is on the host.
  case noReceiver(subnet: Int)
  case noPort(subnet: Int, key: UInt16)

  func step(in scene: Scene) -> Step {
    let subnets = scene.intent.subnets
    switch self {
    case .encapsulated(let subnet):
      return .encapsulated("Geneve, logical switch \(subnets[subnet].name)", in: scene)
    case .decapsulated(let subnet, let key):
      let source = scene.packet.map { "\($0.source)" } ?? ""
      return Step(
        .decapsulated, "logical switch \(subnets[subnet].name), port \(key), from \(source)",
        entry: Self.port(key, of: subnet, in: scene.intent))
    case .notGeneve:
      return Step(.dropped, "not a Geneve packet of a logical switch", fix: "send Geneve")
    case .noReceiver(let subnet):
      return Step(
        .dropped, "no port of \(subnets[subnet].name) is on this host",
        fix: "send to another host")
    case .noPort(let subnet, let key):
      return Step(
        .dropped, "port \(key) of \(subnets[subnet].name) is not on this host",
        entry: Self.port(key, of: subnet, in: scene.intent), fix: "send to its host")
    }
  }

  /// The port with a key; `nil` for a key of nobody, or of everyone.
  private static func port(_ key: UInt16, of subnet: Int, in intent: Intent) -> Step.Entry? {
    let ports = AdapterDirectory(intent).adapters(in: subnet)
    guard ports.indices.contains(Int(key) - 1) else { return nil }
    let adapter = ports[Int(key) - 1]
    return intent.port(of: adapter.machine, adapter.macAddress)
  }
}
