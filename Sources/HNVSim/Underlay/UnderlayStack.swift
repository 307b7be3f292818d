import HNVCore

/// One hypervisor on the underlay: what it sends and takes there in its own name.
///
/// Each of its addresses is a link of its own, with its MAC address and VLAN. A packet leaves by
/// the link of its source address: that address decides the tag, so its prefix and the provider
/// routes within it are all that count (RFC 1122, section 3.3.4.2, the strong host model).
final class UnderlayStack {
  private let host: Int
  private let station: Station
  private let routes: [StationRoutes]
  /// What its addresses and routes are called: `provider` under HNV, `underlay` elsewhere.
  private let term: String

  /// A host with several addresses, as HNV gives it.
  convenience init(_ host: Int, _ own: NetworkPolicy.Host) {
    self.init(
      host, named: own.name, addresses: own.policy.providerAddresses,
      routes: own.policy.providerRoutes, term: "provider")
  }

  /// A host with the one address that the lab gives it, and a default route by the first router of
  /// its network.
  convenience init(_ host: Int, in intent: Intent) {
    let underlay = intent.underlay
    let address = intent.hosts[host].address
    let network = underlay.network(of: address)
    let gateway = network.flatMap { UnderlayRouting(underlay).gateway(of: $0) }
    self.init(
      host, named: intent.hosts[host].name, addresses: [underlay.providerAddress(address)],
      routes: gateway.map {
        [ProviderRoute(destinationPrefix: .everything($0.family), nextHop: .via($0))]
      } ?? [], term: "underlay")
  }

  private init(
    _ host: Int, named name: String, addresses: [ProviderAddress], routes: [ProviderRoute],
    term: String
  ) {
    self.host = host
    self.term = term
    let links = addresses.map { Link($0, of: host) }
    self.routes = links.indices.map { StationRoutes(link: $0, of: links, routes: routes) }
    station = Station(
      .host(host), name: name, links: links, routes: StationRoutes(links: links, routes: []),
      forwards: false)
  }

  /// Sends a packet: finds the route, then the next hop's MAC address, and puts the packet on the
  /// uplink, now or when that is known.
  ///
  /// It leaves by the link of its source. One that bears a customer's addresses leaves by the first
  /// link that leads towards the host that is named.
  func send(_ packet: IPPacket, towards host: IPAddress? = nil, in context: Context) {
    let target = host ?? packet.destination
    guard let link = link(for: packet, towards: target) else {
      context.drop(
        .providerUnreachable, "\(packet.source) is not a \(term) address of \(station.name)",
        fix: "assign \(packet.source) to \(station.name)")
      return
    }
    guard !target.isMulticast else {
      context.note(Step(.routed, "\(target) is a group: to its members"))
      station.transmit(packet, to: .group(target), on: link, in: context)
      return
    }
    guard let entry = routes[link].entry(for: target) else {
      let own = address(of: link)
      context.drop(
        .providerUnreachable,
        Step(
          .dropped, "\(station.name) has no \(term) route from \(own) to \(target)",
          lookup: lookup(target, from: link),
          fix: "add a \(term) route on \(station.name) via a router in the network of \(own)")
      )
      return
    }
    var nextHop = target
    if case .via(let router) = entry.nextHop { nextHop = router }
    context.note(
      Step(
        .routed, "\(target) matches \(term) route \(StationRoutes.text(entry))",
        lookup: lookup(target, from: link)))
    station.resolve(nextHop, for: packet, on: link, in: context)
  }

  private func address(of link: Int) -> String {
    station.links[link].addresses.first.map { "\($0.address)" } ?? ""
  }

  private func lookup(_ target: IPAddress, from link: Int) -> Step.Lookup {
    routes[link].lookup(target, in: "\(term) routes of \(address(of: link)) on \(station.name)")
  }

  private func link(for packet: IPPacket, towards target: IPAddress) -> Int? {
    let own = station.links.firstIndex { link in
      link.addresses.contains { $0.address == packet.source }
    }
    return own
      ?? (target == packet.destination
        ? nil : routes.firstIndex { $0.entry(for: target) != nil })
  }

  /// Whether a frame from the uplink is for one of the host's own addresses there.
  func isMeant(_ frame: EthernetFrame) -> Bool { link(of: frame) != nil }

  /// Receives a frame from the uplink; returns whether it is for the virtual network.
  ///
  /// The stack handles what is for the host itself.
  func receive(_ frame: EthernetFrame, in context: Context) -> Bool {
    guard let link = link(of: frame) else {
      context.drop(
        .notAddressed,
        "\(station.name) has no \(term) address with \(frame.destination) on this"
          + " link",
        fix: "clear the sender's neighbour cache")
      return false
    }
    guard let packet = frame.packet, !packet.isNeighborDiscovery else {
      station.receive(frame, on: link, in: context)
      return false
    }
    guard packet.isAboutTunnel else { return true }
    hear(packet, frame, in: context)
    return false
  }

  /// Takes an error about a packet in a tunnel.
  ///
  /// It is the host's, whoever sent what was inside, and goes no further: no source says that HNV
  /// passes it on to the machine.
  private func hear(_ packet: IPPacket, _ frame: EthernetFrame, in context: Context) {
    context.note(
      Step(
        .accepted,
        "\(packet.transport.words) from \(packet.source): received by \(station.name), not passed"
          + " on to machines"))
    context.mean(.host(host))
    context.accept(frame, .accepted)
  }

  /// The link of a frame: that of the address it is for, since several may share a MAC address, or
  /// else the first with its MAC address.
  private func link(of frame: EthernetFrame) -> Int? {
    let tag = frame.tag?.identifier
    func isFit(_ link: Link) -> Bool {
      link.vlan == tag
        && (frame.destination.isMulticast || frame.destination == link.macAddress)
    }
    let address = frame.neighborAddress ?? frame.packet?.destination
    let own = station.links.firstIndex { link in
      isFit(link) && link.addresses.contains { $0.address == address }
    }
    if let own { return own }
    let isTunnel = frame.packet?.transport.isTunnel ?? false
    if frame.destination.isMulticast && !isTunnel { return nil }
    return station.links.firstIndex(where: isFit)
  }

  /// Keeps a part of a packet for the host; gives the packet, and its context, when nothing of it
  /// is missing any more.
  func assemble(
    _ part: IPPacket, in context: Context
  ) -> (packet: IPPacket, context: Context)? {
    station.assemble(part, in: 0, context)
  }

  func timeout(_ timer: Timer, in context: Context) { station.timeout(timer, in: context) }

  func halt(in context: Context) { station.halt(in: context) }
}

extension IPPacket {
  /// Whether this is an error about a packet in a tunnel, rather than about a machine's own.
  fileprivate var isAboutTunnel: Bool {
    let quoted: QuotedPacket? =
      switch transport {
      case .icmp(let message): message.isError ? message.quoted : nil
      case .icmpv6(let message): message.isError ? message.quoted : nil
      default: nil
      }
    guard let quoted else { return false }
    return switch quoted.destinationPort {
    case VXLANHeader.destinationPort, GeneveHeader.destinationPort, MPLSHeader.destinationPort:
      quoted.ipProtocol == .udp
    default: quoted.ipProtocol == .gre
    }
  }
}

extension Transport {
  /// Whether this carries a customer's frame or packet.
  var isTunnel: Bool {
    switch self {
    case .nvgre, .vxlan, .geneve, .mpls: true
    default: false
    }
  }
}

extension Link {
  /// The largest packet that a host puts on its uplink: whatever HNV gives it.
  ///
  /// What its network cannot carry is lost there.
  private static let uplinkMTU = 65535

  fileprivate init(_ provider: ProviderAddress, of host: Int) {
    let address = provider.address
    self.init(
      macAddress: provider.macAddress ?? .adapter(ofHost: host),
      addresses: [
        Intent.Interface.Address(
          address: address, onLink: provider.prefix ?? IPPrefix(host: address),
          place: Place(file: "", line: 0))
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
