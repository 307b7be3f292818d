import HNVCore

/// What the hosts of every cloud do alike: tell whose frame it is, carry frames to one another and
/// to the edges.
final class CloudPorts {
  let ports: HostPorts
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
    case inbound(EthernetFrame, Adapter)
  }

  /// Whose a frame is; `nil` for one that the host deals with itself, or that is lost here.
  func arrival(
    of frame: EthernetFrame, from cable: Cable, in world: inout World
  ) -> Arrival? {
    switch cable {
    case .adapter:
      guard let adapter = directory.adapter(on: cable) else { return nil }
      guard isHere(adapter, frame, .elementDown, in: &world) else { return nil }
      return .outbound(adapter)
    case .wire: return fromEdge(frame, cable, in: &world)
    case .uplink, .line, .port: return fromHost(frame, in: &world)
    }
  }

  private func fromEdge(
    _ frame: EthernetFrame, _ cable: Cable, in world: inout World
  ) -> Arrival? {
    guard let edge = edges.values.first(where: { $0.hosts.contains(cable) }),
      let address = frame.packet?.destination,
      let adapter = directory.adapter(at: address, inNetwork: edge.network),
      isHere(adapter, frame, .noPort, in: &world)
    else { return nil }
    return .inbound(frame, adapter)
  }

  private func fromHost(_ frame: EthernetFrame, in world: inout World) -> Arrival? {
    guard let packet = ports.receive(frame, in: &world) else { return nil }
    guard let tunnel = CloudTunnel(packet.transport),
      let adapter = directory.adapter(with: tunnel.frame.destination, in: tunnel.subnet)
    else {
      world.drop(.notCarried, CloudFact.notEncapsulated, frame)
      return nil
    }
    world.note(CloudFact.decapsulated(subnet: tunnel.subnet), tunnel.frame, before: frame)
    guard isHere(adapter, tunnel.frame, .noPort, in: &world) else { return nil }
    return .inbound(tunnel.frame, adapter)
  }

  /// What a machine can send: a question for a MAC address, or a packet.
  enum Sent {
    case question(IPAddress)
    case packet(IPPacket)
  }

  /// What a frame of a machine is; `nil` for one that goes nowhere.
  ///
  /// Announcements have no effect (RFC 5227, section 2.3, and what answers nobody's question):
  /// whose an address is, the platform was told. Groups have no members on it.
  func read(_ frame: EthernetFrame, of adapter: Adapter, in world: inout World) -> Sent? {
    guard frame.source == adapter.macAddress else {
      world.drop(
        .spoofedMAC, CloudFact.spoofedMAC(machine: adapter.machine, own: adapter.macAddress), frame)
      return nil
    }
    switch frame.payload {
    case .arp(let message):
      guard message.operation == .request, message.senderAddress != message.targetAddress
      else { break }
      return .question(.v4(message.targetAddress))
    case .ip(let packet):
      if case .icmpv6(.neighborSolicitation(let target, _)) = packet.transport {
        return .question(.v6(target))
      }
      if packet.isNeighborDiscovery { break }
      guard !packet.destination.isMulticast, !frame.destination.isMulticast else {
        world.drop(.notCarried, CloudFact.group, frame)
        return nil
      }
      return .packet(packet)
    case .other:
      world.drop(.notCarried, CloudFact.notIP, frame)
      return nil
    }
    world.finish(.absorbed, CloudFact.announced(machine: adapter.machine), frame)
    return nil
  }

  private func isHere(
    _ adapter: Adapter, _ frame: EthernetFrame, _ otherwise: Disposition, in world: inout World
  ) -> Bool {
    guard !ports.has(adapter, in: &world) else { return true }
    world.drop(otherwise, CloudFact.moved(machine: adapter.machine), frame)
    return false
  }

  /// Wraps a frame for the host of the adapter that it is to; `false` when that is this host, which
  /// takes it itself.
  func carries(_ frame: EthernetFrame, to adapter: Adapter, in world: inout World) -> Bool {
    guard !ports.has(adapter, in: &world) else { return false }
    ports.tunnel(
      CloudTunnel(frame, into: adapter.subnet).transport,
      CloudFact.encapsulated(subnet: adapter.subnet),
      to: world.wiring.host(of: adapter.machine), in: &world)
    return true
  }

  /// The largest packet that passes an edge (Amazon EC2 User Guide, "Network MTU").
  static let edgeMTU = 1500

  /// Sends a machine's packet to the edge of its network; what is too large goes on in parts, or is
  /// reported by the router where it must not.
  func leave(
    _ frame: EthernetFrame, of adapter: Adapter, router: MACAddress, in world: inout World
  ) {
    let network = world.intent.subnets[adapter.subnet].network
    guard let edge = edges[network], let packet = frame.packet else {
      return world.drop(.noRoute, CloudFact.noEdge(network: network), frame)
    }
    var frame = frame
    frame.destination = edge.macAddress
    let cable = edge.hosts[ports.host]
    guard packet.byteCount > Self.edgeMTU else { return world.emit(frame, on: cable) }
    guard case .v4(let whole) = packet, !whole.dontFragment,
      let parts = whole.fragments(fitting: Self.edgeMTU)
    else {
      return refuse(frame, packet, of: adapter, router, in: &world)
    }
    world.note(CloudFact.fragmented(count: parts.count), frame)
    for part in parts {
      frame.payload = .ip(.v4(part))
      world.following(world.fragment()) { $0.emit(frame, on: cable) }
    }
  }

  private func refuse(
    _ frame: EthernetFrame, _ packet: IPPacket, of adapter: Adapter, _ router: MACAddress,
    in world: inout World
  ) {
    world.drop(.fragmentationNeeded, CloudFact.tooBig, frame)
    let own = world.intent.routerAddress(of: adapter.subnet, near: packet.source)
    guard let own else { return }
    ports.report(
      .tooBig(mtu: Self.edgeMTU), about: frame, from: own, router, by: adapter.cable, in: &world)
  }
}
