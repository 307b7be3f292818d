import HNVCore

/// Copies of frames for many (VMware, NSX 6.4 installation guide, "Understanding Replication
/// Modes").
extension NSXHost {
  /// Who gets a copy of a frame that a machine on this host sent.
  func receivers(
    of packet: PacketID, in subnet: Int, but sender: Adapter?, in world: inout World
  ) -> SegmentSwitch.Receivers {
    var receivers = SegmentSwitch.Receivers()
    receivers.ports = ports(for: packet, in: subnet, but: sender, &world)
    let peers = segment.peers(in: subnet)
    let near = peers.filter { area(of: $0) == area(of: segment.host) }
    switch network.settings.replication {
    case .unicast: receivers.hosts = near + proxies(among: peers)
    case .hybrid:
      receivers.group = !near.isEmpty
      receivers.hosts = proxies(among: peers)
    case .multicast: receivers.group = !peers.isEmpty
    }
    return receivers
  }

  /// Who gets a copy of a frame that came by a tunnel: the ports here, and where this host is the
  /// proxy of its network, the other hosts there.
  func receivers(
    of arrival: SegmentSwitch.Arrival, in world: inout World
  ) -> SegmentSwitch.Receivers {
    var receivers = SegmentSwitch.Receivers()
    receivers.ports = ports(for: arrival.packet, in: arrival.subnet, but: nil, &world)
    guard !arrival.target.isMulticast, network.intent.underlay.network(of: arrival.source) != own
    else { return receivers }
    let near = segment.peers(in: arrival.subnet).filter { area(of: $0) == own }
    if network.settings.replication == .hybrid {
      receivers.group = !near.isEmpty
    } else {
      receivers.hosts = near
    }
    return receivers
  }

  private var own: Int? { area(of: segment.host) }

  /// The network of the underlay in which a host is; `nil` where all are in one.
  private func area(of host: Int) -> Int? {
    network.intent.underlay.network(of: network.intent.hosts[host].address)
  }

  /// The first host of each other network.
  private func proxies(among peers: [Int]) -> [Int] {
    var seen: Set<Int?> = [own]
    return peers.filter { seen.insert(area(of: $0)).inserted }
  }

  /// A port gets what is for everyone, and in promiscuous mode also what no port has.
  private func ports(
    for packet: PacketID, in subnet: Int, but sender: Adapter?, _ world: inout World
  ) -> [Adapter] {
    guard
      world.packets[packet].destinationMAC.isMulticast
        || network.settings.promiscuousMode == .accepted
    else { return [] }
    return segment.locals(in: subnet, but: sender, in: &world)
  }
}
