import HNVCore

/// One hypervisor on the underlay: what it sends and takes there in its own name.
///
/// Each of its addresses is a link of its own, with its MAC address and VLAN. A packet leaves by
/// the link of its source address: that address decides the tag, so its prefix and the provider
/// routes within it are all that count (RFC 1122, section 3.3.4.2, the strong host model).
struct UnderlayStack {
  private let configuration: Configuration
  private var stack: NetworkStack

  private var host: Int { configuration.host }
  private var tables: [UnderlayTable] { configuration.tables }
  private var term: UnderlayTable.Term { configuration.term }

  /// What the stack was given, which runs share.
  final class Configuration: Sendable {
    let host: Int
    let stack: StackConfiguration
    /// The routes of each link.
    let tables: [UnderlayTable]
    let term: UnderlayTable.Term

    fileprivate init(
      _ host: Int, named name: String, addresses: [(ProviderAddress, Place)],
      routes: [(ProviderRoute, Place)], term: UnderlayTable.Term
    ) {
      self.host = host
      self.term = term
      let links = addresses.map { Link($0, of: host, at: $1) }
      tables = links.indices.map {
        UnderlayTable(link: $0, of: links, routes: routes, term: term)
      }
      stack = StackConfiguration(
        .host(host), name: name, links: links,
        tables: [StackRoutes(links: links, routes: [])], isOnUnderlay: true)
    }
  }

  init(_ configuration: Configuration) {
    self.configuration = configuration
    stack = NetworkStack(configuration.stack)
  }

  /// Sends a packet: finds the route, then the next hop's MAC address, and puts the packet on the
  /// uplink, now or when that is known.
  ///
  /// It leaves by the link of its source. One that bears a customer's addresses leaves by the first
  /// link that leads towards the host that is named.
  mutating func send(_ packet: PacketID, towards host: IPAddress? = nil, in world: inout World) {
    let row = world.packets[packet]
    let target = host ?? row.destination
    guard let link = link(for: row, towards: target) else {
      return world.drop(.providerUnreachable, UnderlayStackFact.foreignSource(term), packet)
    }
    let toward = host.map { UnderlayStackFact.Target.host($0) } ?? .destination
    guard !target.isMulticast else {
      world.note(UnderlayStackFact.group(toward), packet)
      stack.transmit(packet, to: .group(target), on: link, in: &world)
      return
    }
    let fact = UnderlayStackFact.lookedUp(toward, tables[link])
    guard let entry = tables[link].routes.entry(for: target) else {
      return world.drop(.providerUnreachable, fact, packet)
    }
    var nextHop = target
    if case .via(let router) = entry.nextHop { nextHop = router }
    world.note(fact, packet)
    stack.resolve(nextHop, for: packet, on: link, in: &world)
  }

  private func link(for packet: Packet, towards target: IPAddress) -> Int? {
    let own = configuration.stack.addresses.first { $0.address == packet.source }?.link
    return own
      ?? (target == packet.destination
        ? nil : tables.firstIndex { $0.routes.entry(for: target) != nil })
  }

  /// Whether a frame from the uplink is for one of the host's own addresses there.
  mutating func isMeant(_ packet: PacketID, in world: inout World) -> Bool {
    link(of: world.packets[packet]) != nil
  }

  /// Receives a frame from the uplink; returns whether it is for the virtual network.
  ///
  /// The stack handles what is for the host itself.
  mutating func receive(_ packet: PacketID, in world: inout World) -> Bool {
    let row = world.packets[packet]
    guard let link = link(of: row) else {
      world.drop(.notAddressed, UnderlayStackFact.foreignDestination(term), packet)
      return false
    }
    guard row.isIP, !row.isNeighborDiscovery else {
      stack.receive(packet, on: link, in: &world)
      return false
    }
    guard row.mayQuote, world.packets.quoted(in: packet)?.isOfTunnel ?? false else { return true }
    hear(packet, in: &world)
    return false
  }

  /// Takes an error about a packet in a tunnel.
  ///
  /// It is the host's, whoever sent what was inside, and goes no further: no source says that HNV
  /// passes it on to the machine.
  private mutating func hear(_ packet: PacketID, in world: inout World) {
    world.note(UnderlayStackFact.heard, packet)
    world.mean(.host(host))
    world.accept(packet, .accepted)
  }

  /// The link of a frame: that of the address it is for, since several may share a MAC address, or
  /// else the first with its MAC address.
  private func link(of frame: Packet) -> Int? {
    let (links, mac) = (configuration.stack.links, frame.destinationMAC)
    let tag = frame.tag?.identifier
    func isFit(_ link: Int) -> Bool {
      links[link].vlan == tag && (mac.isMulticast || mac == links[link].macAddress)
    }
    let address = frame.targetAddress ?? frame.destination
    let own = configuration.stack.addresses.first {
      $0.address == address && isFit($0.link)
    }
    if let own { return own.link }
    guard !mac.isMulticast || frame.tunnelHeader != nil else { return nil }
    return links.indices.first(where: isFit)
  }

  /// Keeps a part of a packet for the host; gives the packet when nothing of it is missing any
  /// more, which is then the one at hand.
  mutating func assemble(_ part: PacketID, in world: inout World) -> PacketID? {
    stack.assemble(part, in: 0, &world)
  }

  mutating func timeout(_ timer: Timer, in world: inout World) {
    stack.timeout(timer, in: &world)
  }

  mutating func halt(in world: inout World) { stack.halt(in: &world) }
}

extension UnderlayStack.Configuration {
  /// A host with several addresses, as HNV gives it, and where the lab says them and its routes.
  convenience init(
    _ host: Int, _ own: NetworkPolicy.Host, addresses: [Place], routes: [Place]
  ) {
    self.init(
      host, named: own.name, addresses: Array(zip(own.policy.providerAddresses, addresses)),
      routes: Array(zip(own.policy.providerRoutes, routes)), term: .provider)
  }

  /// A host with the one address that the lab gives it, and a default route by the first router of
  /// its network.
  convenience init(_ host: Int, in intent: Intent) {
    let underlay = intent.underlay
    let (address, place) = (intent.hosts[host].address, intent.hosts[host].place)
    let network = underlay.network(of: address)
    let gateway = network.flatMap { UnderlayRouting(underlay).gateway(of: $0) }
    self.init(
      host, named: intent.hosts[host].name,
      addresses: [(underlay.providerAddress(address), place)],
      routes: gateway.map {
        [(ProviderRoute(destinationPrefix: .everything($0.family), nextHop: .via($0)), place)]
      } ?? [], term: .underlay)
  }
}

extension QuotedPacket {
  /// Whether this is a packet in a tunnel, rather than a machine's own.
  fileprivate var isOfTunnel: Bool {
    switch destinationPort {
    case VXLANHeader.destinationPort, GeneveHeader.destinationPort, MPLSHeader.destinationPort:
      ipProtocol == .udp
    default: ipProtocol == .gre
    }
  }
}

extension Link {
  /// The largest packet that a host puts on its uplink: whatever HNV gives it.
  ///
  /// What its network cannot carry is lost there.
  private static let uplinkMTU = 65535

  fileprivate init(_ provider: ProviderAddress, of host: Int, at place: Place) {
    let address = provider.address
    self.init(
      macAddress: provider.macAddress ?? .adapter(ofHost: host),
      addresses: [
        Intent.Interface.Address(
          address: address, onLink: provider.prefix ?? IPPrefix(host: address),
          place: place)
      ], mtu: Self.uplinkMTU, vlan: provider.vlanID.flatMap { $0 == 0 ? nil : $0 },
      cables: [Peer(cable: .uplink(host: host), macAddress: nil, addresses: [])])
  }
}

extension MACAddress {
  /// The MAC address of a host's adapter on the underlay, where a lab gives none: locally
  /// administered, and none that machines derive theirs from.
  static func adapter(ofHost host: Int) -> MACAddress {
    MACAddress(bits: 0x0250_4100_0001 + UInt64(host))
  }
}
