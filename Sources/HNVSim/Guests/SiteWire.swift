import HNVCore

/// The way between a machine and a site that shares no wire with it: a tunnel, and the line on
/// which the network that carries the tunnel reaches the site's gateway.
enum SiteWire {
  /// The compartment of a site's own network; its gateway's line is in the first.
  static let inside = 1

  /// The lines from an outside network to the gateways of sites.
  static func lines(from carrier: Int, in intent: Intent) -> [Link] {
    intent.outsides.indices.compactMap { site in
      guard let tunnel = intent.outsides[site].tunnel, tunnel.carrier == carrier
      else { return nil }
      var link = line(from: carrier, to: site, of: site, in: intent)
      link.beyond = [IPPrefix(host: tunnel.address)]
      return link
    }
  }

  /// The links of a site: its line, and a tunnel for each machine that has an adapter on it.
  static func links(of site: Int, _ tunnel: Intent.Tunnel, in intent: Intent) -> [Link] {
    let outside = intent.outsides[site]
    var line = line(
      from: site, to: tunnel.carrier, of: site, in: intent,
      addresses: [
        Intent.Interface.Address(
          address: tunnel.address, onLink: IPPrefix(host: tunnel.address), place: outside.place)
      ])
    line.beyond = [.everything(tunnel.address.family)]
    var links = [line]
    for (machine, adapter) in OutsideWire.adapters(on: site, in: intent) {
      guard let end = end(of: machine, adapter, in: intent) else { continue }
      let peer = intent.machines[machine]
      var link = Link(
        macAddress: outside.macAddress, addresses: OutsideWire.addresses(of: outside),
        mtu: end.mtu(over: line.mtu),
        cables: [
          Link.Peer(
            cable: .adapter(machine: machine, index: adapter), macAddress: nil, addresses: [])
        ])
      link.compartment = inside
      link.beyond = peer.interfaces[adapter].addresses.map { IPPrefix(host: $0.address) }
      link.medium = .tunnel(
        TunnelEnd(
          peer: peer.name, local: end.remote, remote: end.local,
          securityParametersIndex: end.securityParametersIndex, carrier: 0))
      links.append(link)
    }
    return links
  }

  /// A machine's end of the tunnel that an adapter of it is; `nil` for any other adapter, and for a
  /// machine that has no address on the network that should carry it.
  static func end(of machine: Int, _ adapter: Int, in intent: Intent) -> TunnelEnd? {
    let typed = intent.machines[machine]
    guard case .outside(let site) = typed.interfaces[adapter].attachment,
      let tunnel = intent.outsides[site].tunnel, let own = typed.end(of: tunnel)
    else { return nil }
    // Each tunnel of a site has a number of its own; numbers below 256 are reserved.
    let position = OutsideWire.adapters(on: site, in: intent).firstIndex {
      $0.machine == machine && $0.adapter == adapter
    }
    return TunnelEnd(
      peer: intent.outsides[site].name, local: own.address, remote: tunnel.address,
      securityParametersIndex: UInt32(truncatingIfNeeded: (site + 1) << 16 | (position ?? 0)),
      carrier: typed.interfaces[own.interface].compartment)
  }

  private static func line(
    from stack: Int, to peer: Int, of site: Int, in intent: Intent,
    addresses: [Intent.Interface.Address] = []
  ) -> Link {
    var link = Link(
      macAddress: intent.outsides[stack].macAddress, addresses: addresses, mtu: 1500,
      cables: [
        Link.Peer(
          cable: .line(site: site), macAddress: intent.outsides[peer].macAddress, addresses: [])
      ])
    link.medium = .line
    return link
  }
}

/// One end of a tunnel, as the stack there has it.
struct TunnelEnd: Hashable {
  /// The name of the stack at the other end.
  let peer: String
  /// The outer address of this end.
  let local: IPAddress
  /// The outer address of the other end.
  let remote: IPAddress
  /// The number of the tunnel, the same in both directions.
  let securityParametersIndex: UInt32
  /// The compartment by which the wrapped packets go.
  let carrier: Int

  /// The largest packet that fits the tunnel, in bytes, where a link of `limit` carries it.
  func mtu(over limit: Int) -> Int {
    let header =
      remote.family == .v4 ? IPv4Packet.headerByteCount : IPv6Packet.headerByteCount
    return ESPHeader.capacity(of: limit - header)
  }
}
