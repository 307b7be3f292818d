import HNVCore

/// A machine's own network stack: routing table, neighbour cache, and the answers it gives.
///
/// What a machine puts on the wire depends on its own configuration, right or wrong. The same
/// stack serves VMs, forwarding machines, the router of an outside network, routers of the underlay
/// and the provider side of hypervisors.
final class Station: FrameBox {
  let configuration: StationConfiguration
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
  var redirects: [DestinationKey: RedirectedRoute] = [:]
  /// What it sits in, where its links are no cables.
  weak var chassis: (any Chassis)?
  /// Its parts in virtual routers.
  var virtualRouters: [VirtualRouter]
  /// On a wire where machines share addresses: by which cable each MAC address was last heard.
  var places: [MACAddress: Cable] = [:]

  init(_ configuration: StationConfiguration, in chassis: (any Chassis)? = nil) {
    self.configuration = configuration
    self.chassis = chassis
    translations = configuration.translations
    virtualRouters = configuration.virtualRouters
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

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    guard let link = links.firstIndex(where: { $0.cables.contains { $0.cable == cable } })
    else { return }
    guard pass(frame, from: cable, on: link, in: &world) else { return }
    receive(frame, on: link, in: &world)
  }

  /// Takes a frame that arrives on a link.
  func receive(_ frame: EthernetFrame, on link: Int, in world: inout World) {
    if case .tunnel(let end) = links[link].medium {
      world.drop(.notCarried, FrameFact.outsideTunnel(end), frame)
      return
    }
    if let peer = relay(frame, on: link) {
      world.note(WireFact.relayed)
      world.emit(frame, on: peer)
      return
    }
    guard takes(frame.destination, on: link) || frame.destination.isMulticast else {
      // What a switch sends everywhere comes to all but one in vain.
      guard !world.isCopy else {
        world.finish(.ignored, FrameFact.ignoredCopy(by: configuration), frame)
        return
      }
      if let router = backup(of: frame.destination, on: link) {
        world.drop(
          .notAddressed,
          FrameFact.forActiveRouter(virtualRouter: router.terms.id, backup: configuration), frame)
        return
      }
      world.drop(.notAddressed, FrameFact.forAnother(link: link, of: configuration), frame)
      return
    }
    switch frame.payload {
    case .arp(let message): receive(message, frame, on: link, in: &world)
    case .ip(let packet): receive(packet, frame, on: link, in: &world)
    case .other: world.drop(.notCarried, FrameFact.unknownPayload, frame)
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
  func transmit(_ frame: EthernetFrame, on link: Int, in world: inout World) {
    if let chassis { return chassis.carry(frame, from: link, in: &world) }
    var frame = frame
    frame.tag = links[link].vlan.map { VLANTag(identifier: $0) }
    let peers = links[link].cables
    if links[link].isSwitched { return spread(frame, on: link, in: &world) }
    let target = peers.first { $0.macAddress == frame.destination } ?? peers.first
    if frame.destination.isMulticast, peers.count > 1 {
      // The outside router asks for a machine on its wire: the one that has the address hears it.
      let asked = relay(frame, on: link)
      guard let cable = asked else {
        world.drop(.neighborUnreachable, WireFact.nobodyHasAddress(wireOf: configuration))
        return
      }
      world.emit(frame, on: cable)
      return
    }
    guard let target else {
      world.drop(.linkDown, WireFact.nothingConnected(to: configuration))
      return
    }
    world.emit(frame, on: target.cable)
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
