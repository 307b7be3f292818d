import HNVCore

/// A machine's own network stack: routing table, neighbour cache, and the answers it gives.
///
/// What a machine puts on the wire depends on its own configuration, right or wrong. The same
/// stack serves VMs, forwarding machines, the router of an outside network, routers of the underlay
/// and the provider side of hypervisors.
final class Station: Box {
  let element: ElementID
  let configuration: StationConfiguration
  let forwards: Bool
  let open: Set<Intent.OpenPort>?
  /// Destinations that the station takes beside its own addresses: an outside network's.
  let reaches: [IPPrefix]
  /// Destinations that it does not take all the same.
  let excludes: [IPPrefix]
  /// The groups that the machine's owner had it join.
  let joined: Set<IPAddress>
  /// The compartment in which it takes those destinations: a site's gateway keeps them off its
  /// line.
  let inside: Int
  /// What each link that translates remembers.
  var translations: [Int: TranslationTable]
  /// How many packets have left by each tunnel.
  var sequences: [Int: UInt32] = [:]
  var neighbors: [NeighborKey: NeighborEntry] = [:]
  var conversations: Set<Conversation> = []
  /// The latest number of a packet that may be divided.
  var identification: UInt32 = 0
  var assemblies: [AssemblyKey: Assembly] = [:]
  var pathMTUs: [DestinationKey: PathMTU] = [:]
  /// Whether the station accepts redirects.
  private(set) var acceptsRedirects = true
  var redirects: [DestinationKey: RedirectedRoute] = [:]
  /// When the station, if it forwards, sends redirects.
  let redirection: RedirectRule
  /// Whether the packets are those of hypervisors, in which a machine's own may travel.
  let isOnUnderlay: Bool
  /// What it sits in, where its links are no cables.
  weak var chassis: (any Chassis)?
  /// Its parts in virtual routers.
  var virtualRouters: [VirtualRouter] = []
  /// On a wire where machines share addresses: by which cable each MAC address was last heard.
  var places: [MACAddress: Cable] = [:]

  /// A VM or a forwarding machine.
  init(machine index: Int, in intent: Intent, mtu: GuestMTU) {
    let machine = intent.machines[index]
    element = .machine(index)
    let links = machine.interfaces.indices.map { number in
      Link(adapter: number, of: index, mtu: mtu, in: intent)
    }
    translations = Self.translations(of: index, in: intent)
    configuration = StationConfiguration(
      name: machine.name, links: links,
      tables: machine.compartments.indices.map {
        StationRoutes(links: links, routes: machine.routes, compartment: $0)
      },
      compartments: machine.compartments, translatingLinks: Set(translations.keys))
    forwards = machine.forwards
    open = machine.open
    joined = machine.groups
    acceptsRedirects = machine.acceptsRedirects
    reaches = []
    excludes = []
    inside = 0
    redirection = .rfc1812
    isOnUnderlay = false
    virtualRouters = Self.virtualRouters(of: index, in: intent)
  }

  /// The router of an outside network, with everything behind it.
  init(outside index: Int, in intent: Intent) {
    let outside = intent.outsides[index]
    element = .outside(index)
    let inside = outside.tunnel == nil ? 0 : SiteWire.inside
    let lines = SiteWire.lines(from: index, in: intent)
    let links =
      outside.tunnel.map { SiteWire.links(of: index, $0, in: intent) }
      ?? [OutsideWire.link(of: index, in: intent)] + lines
    var routes = OutsideWire.routes(of: index, in: intent).routes
    for number in routes.indices { routes[number].compartment = inside }
    self.inside = inside
    configuration = StationConfiguration(
      name: outside.name, links: links,
      tables: (0...inside).map { StationRoutes(links: links, routes: routes, compartment: $0) },
      compartments: ["", "inside"].prefix(inside + 1).map { $0 })
    forwards = false
    open = nil
    joined = []
    reaches = outside.reaches
    excludes = outside.excludes + lines.flatMap(\.beyond)
    translations = [:]
    redirection = .off
    isOnUnderlay = false
  }

  /// A router of the underlay, or the provider side of a hypervisor.
  init(_ element: ElementID, name: String, links: [Link], routes: StationRoutes, forwards: Bool) {
    self.element = element
    configuration = StationConfiguration(name: name, links: links, tables: [routes])
    inside = 0
    self.forwards = forwards
    open = nil
    joined = []
    reaches = []
    excludes = []
    translations = [:]
    redirection = .off
    isOnUnderlay = true
  }

  /// The router within a device of the platform, for machines' packets: each compartment is a table
  /// of its own.
  init(_ element: ElementID, _ router: PlatformRouter, in chassis: any Chassis) {
    self.element = element
    configuration = StationConfiguration(
      name: router.name, links: router.links,
      tables: router.tables.indices.map {
        StationRoutes(links: router.links, routes: router.routes, compartment: $0)
      },
      compartments: router.tables, isPlatformRouter: true, proxy: router.proxy)
    forwards = true
    // Nothing listens on it; to pings it answers like everyone.
    open = []
    joined = []
    reaches = []
    excludes = []
    inside = 0
    translations = [:]
    redirection = router.redirection
    isOnUnderlay = false
    self.chassis = chassis
  }

  /// Whether the station takes a packet for this address, in one of its compartments, as its own.
  ///
  /// The addresses of a link that translates belong to its table, unless the link serves the inside
  /// as well.
  func owns(_ address: IPAddress, in compartment: Int) -> Bool {
    let isOwn = links.indices.contains { number in
      links[number].compartment == compartment
        && (translations[number] == nil || !links[number].inside.isEmpty)
        && (links[number].has(address)
          || virtualRouters.contains {
            $0.link == number && $0.isActive && $0.terms.accepts && $0.terms.shares(address)
          })
    }
    return isOwn
      || (compartment == inside && reaches.contains { $0.contains(address) }
        && !isOnWire(address) && !excludes.contains { $0.contains(address) })
  }

  /// Addresses of an outside wire belong to the machines on it, whatever the network reaches.
  private func isOnWire(_ address: IPAddress) -> Bool {
    links.contains { link in link.addresses.contains { $0.onLink.contains(address) } }
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    guard let link = links.firstIndex(where: { $0.cables.contains { $0.cable == cable } })
    else { return }
    guard let context = pass(frame, from: cable, on: link, in: context) else { return }
    receive(frame, on: link, in: context)
  }

  /// Takes a frame that arrives on a link.
  func receive(_ frame: EthernetFrame, on link: Int, in context: Context) {
    if case .tunnel(let end) = links[link].medium {
      context.drop(.notCarried, FrameFact.outsideTunnel(end), frame)
      return
    }
    if let peer = relay(frame, on: link) {
      context.note(WireFact.relayed)
      context.emit(frame, on: peer)
      return
    }
    guard takes(frame.destination, on: link) || frame.destination.isMulticast else {
      // What a switch sends everywhere comes to all but one in vain.
      guard !context.isCopy else {
        context.finish(.ignored, FrameFact.ignoredCopy(by: configuration), frame)
        return
      }
      if let router = backup(of: frame.destination, on: link) {
        context.drop(
          .notAddressed,
          FrameFact.forActiveRouter(virtualRouter: router.terms.id, backup: configuration), frame)
        return
      }
      context.drop(.notAddressed, FrameFact.forAnother(link: link, of: configuration), frame)
      return
    }
    switch frame.payload {
    case .arp(let message): receive(message, frame, on: link, in: context)
    case .ip(let packet): receive(packet, frame, on: link, in: context)
    case .other: context.drop(.notCarried, FrameFact.unknownPayload, frame)
    }
  }

  /// On a wire that several machines share, the cable to the one that a frame is meant for.
  private func relay(_ frame: EthernetFrame, on link: Int) -> Cable? {
    guard !links[link].isSwitched else { return nil }
    let target = frame.neighborAddress
    return links[link].cables.first { peer in
      guard let mac = peer.macAddress, mac != frame.source else { return false }
      if frame.destination == mac { return true }
      return frame.destination.isMulticast && target.map { peer.addresses.contains($0) } ?? false
    }?.cable
  }

  /// Puts a frame on a link, in its VLAN.
  func transmit(_ frame: EthernetFrame, on link: Int, in context: Context) {
    if let chassis { return chassis.carry(frame, from: link, in: context) }
    var frame = frame
    frame.tag = links[link].vlan.map { VLANTag(identifier: $0) }
    let peers = links[link].cables
    if links[link].isSwitched { return spread(frame, on: link, in: context) }
    let target = peers.first { $0.macAddress == frame.destination } ?? peers.first
    if frame.destination.isMulticast, peers.count > 1 {
      // The outside router asks for a machine on its wire: the one that has the address hears it.
      let asked = relay(frame, on: link)
      guard let cable = asked else {
        context.drop(.neighborUnreachable, WireFact.nobodyHasAddress(wireOf: configuration))
        return
      }
      context.emit(frame, on: cable)
      return
    }
    guard let target else {
      context.drop(.linkDown, WireFact.nothingConnected(to: configuration))
      return
    }
    context.emit(frame, on: target.cable)
  }
}

extension EthernetFrame {
  /// The address that ARP or neighbour discovery is about; `nil` for any other frame.
  var neighborAddress: IPAddress? {
    switch payload {
    case .arp(let message): return .v4(message.targetAddress)
    case .ip(.v6(let packet)):
      guard case .icmpv6(.neighborSolicitation(let target, _)) = packet.transport else {
        return nil
      }
      return .v6(target)
    default: return nil
    }
  }
}

extension IPPacket {
  /// Whether the packet takes part in neighbour discovery.
  var isNeighborDiscovery: Bool {
    switch transport {
    case .icmpv6(.neighborSolicitation), .icmpv6(.neighborAdvertisement): true
    default: false
    }
  }
}

/// A neighbour on a link.
struct NeighborKey: Hashable {
  let link: Int
  let address: IPAddress
}

/// What the neighbour cache knows (RFC 1122, section 2.3.2; RFC 4861, section 7.3.2).
enum NeighborEntry {
  /// Asked for, with the packets that wait.
  case incomplete([Waiting])
  /// Answered, and believed until a time.
  case reachable(MACAddress, until: VirtualTime)
}

/// A packet that waits for its next hop's MAC address.
struct Waiting {
  let packet: IPPacket
  let origin: Origin
  let journey: Int
}

/// A destination, as one of the station's compartments knows it.
struct DestinationKey: Hashable {
  let compartment: Int
  let address: IPAddress
}

/// An exchange that a station began, whose answers it does not answer in turn.
struct Conversation: Hashable {
  let compartment: Int
  let ipProtocol: IPProtocol
  let peer: IPAddress
  let localPort: UInt16
  let peerPort: UInt16
}
