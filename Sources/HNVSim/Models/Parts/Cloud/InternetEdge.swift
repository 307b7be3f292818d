import HNVCore

/// Where a network of a cloud meets the outside: Amazon's internet gateway, Azure's internet edge.
///
/// It stands for no machine: it pays no hop, and translates each public address to the one address
/// that it stands for.
struct InternetEdge: Sendable {
  let network: Int
  let element: ElementID
  let macAddress: MACAddress
  let mappings: [PublicMapping]
  /// The families whose addresses it translates; those of others are public as they are.
  let translated: Set<IPFamily>
  /// The cables to outside networks.
  let wires: [Int: Cable]
  /// The cables to the hosts, by their positions.
  let hosts: [Cable]

  /// Adds the edge to an intent, with its cables.
  init(
    of network: Int, named name: String, _ mappings: [PublicMapping],
    translating translated: Set<IPFamily>, in intent: inout Intent
  ) {
    let own = mappings.filter { $0.network == network }
    let mac = MACAddress(bits: 0x0215_5D80_0001 + UInt64(network))
    element = intent.addDevice(named: name)
    var wires: [Int: Cable] = [:]
    for outside in Set(own.map(\.outside)).sorted() {
      wires[outside] = intent.join(
        element, .outside(outside), latency: intent.outsides[outside].latency, macAddress: mac,
        addresses: own.filter { $0.outside == outside }.map(\.address))
    }
    let latency = intent.underlay.latency + intent.underlay.latency
    var hosts: [Cable] = []
    for host in intent.hosts.indices {
      hosts.append(intent.join(.host(host), element, latency: latency))
    }
    self.network = network
    self.mappings = own
    self.translated = translated
    self.wires = wires
    self.hosts = hosts
    macAddress = mac
    lead(back: own.filter { !translated.contains($0.address.family) }, in: &intent)
  }

  /// Addresses that are public as they are have a way back by the edge.
  private func lead(back own: [PublicMapping], in intent: inout Intent) {
    for mapping in own {
      for subnet in intent.networks[network].subnets {
        for prefix in intent.subnets[subnet].prefixes
        where prefix.family == mapping.address.family {
          intent.outsides[mapping.outside].routes.append(
            Intent.Route(
              prefix: prefix, via: mapping.address, metric: 0,
              place: intent.outsides[mapping.outside].place))
        }
      }
    }
  }

  /// How a packet of a machine leaves: its public source, and the outside network that takes it;
  /// `nil` without a public address.
  func departure(of packet: Packet, in intent: Intent) -> (source: IPAddress, outside: Int)? {
    guard translated.contains(packet.source.family) else {
      return nearest(wires.keys.sorted(), to: packet.destination, in: intent).map {
        (packet.source, $0)
      }
    }
    let own = mappings.filter { $0.inside == packet.source }
    let outside = nearest(own.map(\.outside), to: packet.destination, in: intent)
    return own.first { $0.outside == outside }.map { ($0.address, $0.outside) }
  }

  /// The outside network that has or reaches a destination, or else the first.
  private func nearest(_ outsides: [Int], to destination: IPAddress, in intent: Intent) -> Int? {
    outsides.first { index in
      let outside = intent.outsides[index]
      return outside.link.contains { $0.contains(destination) }
        || outside.reaches.contains { $0.contains(destination) }
    } ?? outsides.first
  }

  /// The address of a machine that a public one stands for; `nil` for nobody's.
  func receiver(of address: IPAddress) -> IPAddress? {
    guard translated.contains(address.family) else { return address }
    return mappings.first { $0.address == address }?.inside
  }
}
