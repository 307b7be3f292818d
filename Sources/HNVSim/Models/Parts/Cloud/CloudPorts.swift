import HNVCore

/// What the hosts of every cloud do alike: tell whose frame it is, carry frames to one another and
/// to the edges.
struct CloudPorts {
  var ports: HostPorts
  private let directory: AdapterDirectory
  /// The edges, by the networks that they belong to.
  private let edges: [Int: InternetEdge]

  init(
    _ host: Int, _ directory: AdapterDirectory, edges: [Int: InternetEdge], in intent: Intent
  ) {
    ports = HostPorts(host, in: intent)
    self.directory = directory
    self.edges = edges
  }

  /// A frame that comes to a host, and the adapter that it is about.
  enum Arrival {
    /// A machine of the host sent it.
    case outbound(Adapter)
    /// It is for a machine of the host.
    case inbound(PacketID, Adapter)
  }

  /// Whose a frame is; `nil` for one that the host deals with itself, or that is lost here.
  mutating func arrival(
    of packet: PacketID, from cable: Cable, in world: inout World
  ) -> Arrival? {
    switch cable {
    case .adapter:
      guard let adapter = directory.adapter(on: cable) else { return nil }
      guard isHere(adapter, packet, .elementDown, in: &world) else { return nil }
      return .outbound(adapter)
    case .wire: return fromEdge(packet, cable, in: &world)
    case .uplink, .line, .port: return fromHost(packet, in: &world)
    }
  }

  private mutating func fromEdge(
    _ packet: PacketID, _ cable: Cable, in world: inout World
  ) -> Arrival? {
    let row = world.packets[packet]
    guard let edge = edges.values.first(where: { $0.hosts.contains(cable) }), row.isIP,
      let adapter = directory.adapter(at: row.destination, inNetwork: edge.network),
      isHere(adapter, packet, .noPort, in: &world)
    else { return nil }
    return .inbound(packet, adapter)
  }

  private mutating func fromHost(_ packet: PacketID, in world: inout World) -> Arrival? {
    guard let outer = ports.receive(packet, in: &world) else { return nil }
    guard let (inner, subnet) = CloudTunnel.open(outer, in: &world.packets),
      let adapter = directory.adapter(with: world.packets[inner].destinationMAC, in: subnet)
    else {
      world.drop(.notCarried, CloudFact.notEncapsulated, packet)
      return nil
    }
    world.note(CloudFact.decapsulated(subnet: subnet), inner, before: packet)
    guard isHere(adapter, inner, .noPort, in: &world) else { return nil }
    return .inbound(inner, adapter)
  }

  /// What a machine can send: a question for a MAC address, or a packet.
  enum Sent {
    case question(IPAddress)
    case packet
  }

  /// What a frame of a machine is; `nil` for one that goes nowhere.
  ///
  /// Announcements have no effect (RFC 5227, section 2.3, and what answers nobody's question):
  /// whose an address is, the platform was told. Groups have no members on it.
  mutating func read(_ packet: PacketID, of adapter: Adapter, in world: inout World) -> Sent? {
    let row = world.packets[packet]
    guard row.sourceMAC == adapter.macAddress else {
      world.drop(
        .spoofedMAC, CloudFact.spoofedMAC(machine: adapter.machine, own: adapter.macAddress),
        packet)
      return nil
    }
    if row.isARP || row.isNeighborDiscovery {
      let (asker, target) = row.subjects
      if row.isQuestion, row.isNeighborDiscovery || asker != target { return .question(target) }
      world.finish(.absorbed, CloudFact.announced(machine: adapter.machine), packet)
      return nil
    }
    guard row.isIP else {
      world.drop(.notCarried, CloudFact.notIP, packet)
      return nil
    }
    guard !row.destination.isMulticast, !row.destinationMAC.isMulticast else {
      world.drop(.notCarried, CloudFact.group, packet)
      return nil
    }
    return .packet
  }

  private mutating func isHere(
    _ adapter: Adapter, _ packet: PacketID, _ otherwise: Disposition, in world: inout World
  ) -> Bool {
    guard !ports.has(adapter, in: &world) else { return true }
    world.drop(otherwise, CloudFact.moved(machine: adapter.machine), packet)
    return false
  }

  /// Gives a frame other MAC addresses, and notes what that changed.
  mutating func readdress(
    _ packet: PacketID, from source: MACAddress, to destination: MACAddress? = nil,
    in world: inout World
  ) -> PacketID {
    let row = world.packets[packet]
    let destination = destination ?? row.destinationMAC
    guard source != row.sourceMAC || destination != row.destinationMAC else { return packet }
    let changed = world.packets.changing(packet) { $0.readdress(from: source, to: destination) }
    world.noteChange(from: packet, to: changed)
    return changed
  }

  /// Wraps a frame for the host of the adapter that it is to; `false` when that is this host, which
  /// takes it itself.
  mutating func carries(_ packet: PacketID, to adapter: Adapter, in world: inout World) -> Bool {
    guard !ports.has(adapter, in: &world) else { return false }
    ports.tunnel(
      packet, in: CloudTunnel.header(into: adapter.subnet),
      CloudFact.encapsulated(subnet: adapter.subnet),
      to: world.wiring.host(of: adapter.machine), in: &world)
    return true
  }

  /// The largest packet that passes an edge (Amazon EC2 User Guide, "Network MTU").
  static let edgeMTU = 1500

  /// Sends a machine's packet to the edge of its network; what is too large goes on in parts, or is
  /// reported by the router where it must not.
  mutating func leave(
    _ packet: PacketID, of adapter: Adapter, router: MACAddress, in world: inout World
  ) {
    let network = world.intent.subnets[adapter.subnet].network
    guard let edge = edges[network] else {
      return world.drop(.noRoute, CloudFact.noEdge(network: network), packet)
    }
    let packet = world.packets.changing(packet) { $0.destinationMAC = edge.macAddress }
    let cable = edge.hosts[ports.host]
    let row = world.packets[packet]
    guard row.byteCount > Self.edgeMTU else { return world.emit(packet, on: cable) }
    guard !row.dontFragment, case .v4(let whole) = world.packets.ipPacket(packet),
      let parts = whole.fragments(fitting: Self.edgeMTU)
    else {
      return refuse(packet, of: adapter, router, in: &world)
    }
    world.note(CloudFact.fragmented(count: parts.count), packet)
    var frame = world.packets.frame(packet)
    for part in parts {
      frame.payload = .ip(.v4(part))
      let part = world.packets.add(frame)
      world.following(world.fragment()) { $0.emit(part, on: cable) }
    }
  }

  private mutating func refuse(
    _ packet: PacketID, of adapter: Adapter, _ router: MACAddress, in world: inout World
  ) {
    world.drop(.fragmentationNeeded, CloudFact.tooBig, packet)
    let sender = world.packets[packet].source
    guard let own = world.intent.routerAddress(of: adapter.subnet, near: sender) else { return }
    ports.report(
      .tooBig(mtu: Self.edgeMTU), about: packet, from: own, router, by: adapter.cable, in: &world)
  }
}
