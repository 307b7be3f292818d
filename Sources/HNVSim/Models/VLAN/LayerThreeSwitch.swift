import HNVCore

/// The physical switch: a trunk to every host, and a router with an interface in every VLAN (a
/// switched virtual interface, SVI), whose tables keep the lab's networks apart.
///
/// Its lists stand in Cisco's order: a bridged packet meets those of its VLAN, in and out; a routed
/// one those of its VLAN in, of its SVI in, of the other SVI out and of the other VLAN out.
struct LayerThreeSwitch: Element, Bridge {
  enum Port: Hashable, Sendable {
    case trunk(host: Int)
    case router
  }

  private let layout: VLANLayout
  private let hosts: Range<Int>
  private let platform: PlatformRouter
  private var router: NetworkStack
  var database = FilteringDatabase<Port>()

  init(_ intent: Intent, _ layout: VLANLayout) {
    self.layout = layout
    hosts = intent.hosts.indices
    platform = PlatformRouter(intent, layout)
    router = NetworkStack(StackConfiguration(.underlay, platform), in: layout)
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    guard case .uplink(let host) = cable,
      let (vlan, packet) = layout.untag(packet, in: &world.packets)
    else { return world.drop(.notCarried, VLANFact.notOnTrunk, packet) }
    learn(from: packet, of: vlan, at: .trunk(host: host), in: &world)
    guard fits(packet, &world), layout.lets(packet, .in, .vlan, of: vlan.subnet, in: &world)
    else { return }
    if world.packets[packet].destinationMAC == platform.links[vlan.subnet].macAddress {
      route(packet, from: vlan, in: &world)
    } else {
      bridge(packet, of: vlan, from: .trunk(host: host), in: &world)
    }
  }

  /// Switches drop what is too large in silence.
  private func fits(_ packet: PacketID, _ world: inout World) -> Bool {
    guard world.packets[packet].byteCount > layout.mtu else { return true }
    world.drop(.underlayMTU, VLANFact.tooLarge(mtu: layout.mtu), packet)
    return false
  }

  private mutating func bridge(
    _ packet: PacketID, of vlan: VLAN, from port: Port, in world: inout World
  ) {
    guard layout.lets(packet, .out, .vlan, of: vlan.subnet, in: &world) else { return }
    relay(packet, of: vlan, from: port, in: &world)
  }

  private mutating func route(_ packet: PacketID, from vlan: VLAN, in world: inout World) {
    guard layout.lets(packet, .in, .svi, of: vlan.subnet, in: &world) else { return }
    world.note(VLANFact.routed(subnet: vlan.subnet), packet)
    router.receive(packet, on: vlan.subnet, in: &world)
    carryOutgoing(in: &world)
  }

  // Whoever floods to everyone reaches the router too; frames for unknown machines are none for it.
  func members(of vlan: VLAN, for packet: PacketID, in world: inout World) -> [Port] {
    let row = world.packets[packet]
    let isForRouter = row.destinationMAC == .broadcast || row.isARP || row.isNeighborDiscovery
    return hosts.map { .trunk(host: $0) }
      + (isForRouter && row.destinationMAC.isMulticast ? [.router] : [])
  }

  func has(_ port: Port, in world: inout World) -> Bool { true }

  mutating func put(_ packet: PacketID, of vlan: VLAN, outBy port: Port, in world: inout World) {
    switch port {
    case .trunk(let host): world.emit(world.packets.tag(packet, vlan), on: .uplink(host: host))
    case .router: route(packet, from: vlan, in: &world)
    }
  }

  mutating func timeout(_ timer: Timer, in world: inout World) {
    router.timeout(timer, in: &world)
    carryOutgoing(in: &world)
  }

  mutating func halt(in world: inout World) {
    database = FilteringDatabase()
    router.halt(in: &world)
  }
}

extension LayerThreeSwitch {
  /// Bridges what the router has sent.
  private mutating func carryOutgoing(in world: inout World) {
    for sent in router.takeOutgoing() {
      world.following(sent.journey) { carry(sent.packet, from: sent.link, in: &$0) }
    }
  }

  private mutating func carry(_ packet: PacketID, from link: Int, in world: inout World) {
    guard let vlan = layout.vlans[link] else {
      return world.drop(.notCarried, VLANFact.withoutVLAN(subnet: link), packet)
    }
    bridge(packet, of: vlan, from: .router, in: &world)
  }
}

extension VLANLayout: RouterHost {
  func letsOut(_ packet: PacketID, by link: Int, in world: inout World) -> Bool {
    lets(packet, .out, .svi, of: link, in: &world)
  }
}

extension PlatformRouter {
  /// The router of a layer-3 switch: a link for each subnet, a table for each network.
  init(_ intent: Intent, _ layout: VLANLayout) {
    let isShared = intent.networks.count > 1
    self.init(
      name: intent.underlay.name,
      links: intent.subnets.enumerated().map { index, subnet in
        Link(
          macAddress: .router(ofSubnet: index),
          addresses: zip(subnet.prefixes, subnet.prefixPlaces).compactMap { prefix, place in
            prefix.gatewayAddress.map {
              Intent.Interface.Address(address: $0, onLink: prefix, place: place)
            }
          }, mtu: layout.mtu, cables: [], compartment: subnet.network)
      },
      tables: isShared ? intent.networks.map(\.name) : [""],
      routes: intent.networks.enumerated().flatMap { number, network in
        network.routes.map { route in
          var route = route
          route.compartment = number
          return route
        }
      }, redirection: layout.redirects, proxy: layout.proxy)
  }
}
