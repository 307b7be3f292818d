import HNVCore

/// The vRouter of a hypervisor: it answers its machines' questions, checks and filters flows, and
/// then bridges or routes.
struct VRouter: Element {
  let contrail: ContrailNetwork
  var ports: HostPorts
  /// The flows that the policies of its interfaces have let pass.
  var flows: FlowTable = []
  /// The latest number of a tunnel packet, which may be divided on its way.
  var identification: UInt32 = 0

  init(_ host: Int, _ contrail: ContrailNetwork) {
    self.contrail = contrail
    ports = HostPorts(host, in: contrail.intent)
  }

  var intent: Intent { contrail.intent }
  var settings: ContrailSettings { contrail.settings }
  var directory: AdapterDirectory { contrail.routing.directory }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    guard let adapter = directory.adapter(on: cable) else {
      if let part = ports.receive(packet, in: &world) { take(part, in: &world) }
      return
    }
    let row = world.packets[packet]
    if row.isQuestion, hears(row.subjects.destination.family) {
      answer(packet, from: adapter, in: &world)
    } else if passesFlow(packet, from: adapter, in: &world) {
      forward(packet, from: adapter, in: &world)
    }
  }

  /// Bridges or routes a machine's frame.
  private mutating func forward(_ packet: PacketID, from adapter: Adapter, in world: inout World) {
    let row = world.packets[packet]
    if isRouted(row, from: adapter) {
      route(packet, from: adapter, in: &world)
    } else if row.destinationMAC.isMulticast {
      flood(packet, from: adapter, in: &world)
    } else {
      bridge(packet, from: adapter, in: &world)
    }
  }

  /// Whether a machine's frame goes by its destination address, whatever its MAC address; in
  /// `l2_l3` that is what the machine addressed to the vRouter.
  func isRouted(_ packet: Packet, from adapter: Adapter) -> Bool {
    guard packet.isIP, !packet.isNeighborDiscovery, !packet.destinationMAC.isMulticast
    else { return false }
    return switch settings.mode(ofNetwork: network(of: adapter), packet.family) {
    case .routing: true
    case .bridgingAndRouting: packet.destinationMAC == .vRouter
    case .bridging: false
    }
  }

  /// The vRouter of 2013 knows no neighbour discovery, and bridges it.
  private func hears(_ family: IPFamily) -> Bool { settings.era == .bridging || family == .v4 }

  func network(of adapter: Adapter) -> Int { intent.subnets[adapter.subnet].network }

  mutating func timeout(_ timer: Timer, in world: inout World) { ports.timeout(timer, in: &world) }

  mutating func halt(in world: inout World) {
    flows = []
    ports.halt(in: &world)
  }
}
