import HNVCore

/// The physical switch: a trunk to every host, and a router with an interface in every VLAN (a
/// switched virtual interface, SVI), whose tables keep the lab's networks apart.
///
/// Its lists stand in Cisco's order: a bridged packet meets those of its VLAN, in and out; a routed
/// one those of its VLAN in, of its SVI in, of the other SVI out and of the other VLAN out.
final class LayerThreeSwitch: FrameBox, Bridge {
  enum Port: Hashable, Sendable {
    case trunk(host: Int)
    case router
  }

  private let layout: VLANLayout
  private let hosts: Range<Int>
  private let platform: PlatformRouter
  private lazy var router = Station(
    StationConfiguration(.underlay, platform), in: self)
  var database = FilteringDatabase<Port>()

  init(_ intent: Intent, _ layout: VLANLayout) {
    self.layout = layout
    hosts = intent.hosts.indices
    platform = PlatformRouter(intent, layout)
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    guard case .uplink(let host) = cable, let (vlan, frame) = layout.untag(frame) else {
      return world.drop(.notCarried, VLANFact.notOnTrunk, frame)
    }
    learn(from: frame, of: vlan, at: .trunk(host: host), in: &world)
    guard fits(frame, &world), layout.lets(frame, .in, .vlan, of: vlan.subnet, in: &world)
    else { return }
    if frame.destination == platform.links[vlan.subnet].macAddress {
      route(frame, from: vlan, in: &world)
    } else {
      bridge(frame, of: vlan, from: .trunk(host: host), in: &world)
    }
  }

  /// Switches drop what is too large in silence.
  private func fits(_ frame: EthernetFrame, _ world: inout World) -> Bool {
    guard let packet = frame.packet, packet.byteCount > layout.mtu else { return true }
    world.drop(.underlayMTU, VLANFact.tooLarge(mtu: layout.mtu), frame)
    return false
  }

  private func bridge(
    _ frame: EthernetFrame, of vlan: VLAN, from port: Port, in world: inout World
  ) {
    guard layout.lets(frame, .out, .vlan, of: vlan.subnet, in: &world) else { return }
    relay(frame, of: vlan, from: port, in: &world)
  }

  private func route(_ frame: EthernetFrame, from vlan: VLAN, in world: inout World) {
    guard layout.lets(frame, .in, .svi, of: vlan.subnet, in: &world) else { return }
    world.note(VLANFact.routed(subnet: vlan.subnet), frame)
    router.receive(frame, on: vlan.subnet, in: &world)
  }

  // Whoever floods to everyone reaches the router too; frames for unknown machines are none for it.
  func members(of vlan: VLAN, for frame: EthernetFrame, in world: inout World) -> [Port] {
    let isForRouter =
      frame.destination == .broadcast || frame.neighborAddress != nil
      || frame.packet?.isNeighborDiscovery ?? false
    return hosts.map { .trunk(host: $0) }
      + (isForRouter && frame.destination.isMulticast ? [.router] : [])
  }

  func has(_ port: Port, in world: inout World) -> Bool { true }

  func put(_ frame: EthernetFrame, of vlan: VLAN, outBy port: Port, in world: inout World) {
    switch port {
    case .trunk(let host): world.emit(frame.tagged(vlan), on: .uplink(host: host))
    case .router: route(frame, from: vlan, in: &world)
    }
  }

  func timeout(_ timer: Timer, in world: inout World) { router.timeout(timer, in: &world) }

  func halt(in world: inout World) {
    database = FilteringDatabase()
    router.halt(in: &world)
  }
}

extension LayerThreeSwitch: Chassis {
  func carry(_ frame: EthernetFrame, from link: Int, in world: inout World) {
    guard let vlan = layout.vlans[link] else {
      return world.drop(.notCarried, VLANFact.withoutVLAN(subnet: link), frame)
    }
    bridge(frame, of: vlan, from: .router, in: &world)
  }

  func letsOut(_ packet: IPPacket, by link: Int, in world: inout World) -> Bool {
    let mac = platform.links[link].macAddress
    let frame = EthernetFrame(destination: mac, source: mac, payload: .ip(packet))
    return layout.lets(frame, .out, .svi, of: link, in: &world)
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
