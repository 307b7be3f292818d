import HNVCore

/// A machine's own network stack: routing table, neighbour cache, and the answers it gives.
///
/// What a machine puts on the wire depends on its own configuration, right or wrong. The same
/// stack serves VMs, forwarding machines, the router of an outside network, routers of the underlay
/// and the provider side of hypervisors.
struct NetworkStack: Element {
  let configuration: StackConfiguration
  /// What each link that translates remembers.
  var translations: [Int: TranslationTable]
  /// How many packets have left by each tunnel.
  var sequences: [Int: UInt32] = [:]
  var neighbors = NeighborCache()
  var conversations: Set<Session> = []
  /// The latest number of a packet that may be divided.
  var identification: UInt32 = 0
  var assemblies: [AssemblyKey: Assembly] = [:]
  var pathMTUs: [DestinationKey: PathMTU] = [:]
  var redirects: [DestinationKey: RedirectedRoute] = [:]
  /// What it sits in, where its links are no cables.
  let chassis: (any RouterHost)?
  /// What is for the chassis to carry.
  private var outgoing: [Outgoing] = []
  /// Its parts in virtual routers.
  var virtualRouters: [VirtualRouter]
  /// On a wire where machines share addresses: by which cable each MAC address was last heard.
  var places: [MACAddress: Cable] = [:]

  init(_ configuration: StackConfiguration, in chassis: (any RouterHost)? = nil) {
    self.configuration = configuration
    self.chassis = chassis
    translations = configuration.translations
    virtualRouters = configuration.virtualRouters
  }

  /// Whether the stack takes a packet for this address, in one of its compartments, as its own.
  func owns(_ address: IPAddress, in compartment: Int) -> Bool {
    configuration.addresses.contains {
      $0.address == address && $0.compartment == compartment && listens(on: $0.link)
    }
      || virtualRouters.contains {
        $0.isActive && $0.terms.accepts && links[$0.link].compartment == compartment
          && listens(on: $0.link) && $0.terms.shares(address)
      }
      || (compartment == inside && reaches.contains { $0.contains(address) }
        && !isOnWire(address) && !excludes.contains { $0.contains(address) })
  }

  /// The addresses of a link that translates belong to its table, unless the link serves the inside
  /// as well.
  private func listens(on link: Int) -> Bool {
    translations[link] == nil || !links[link].inside.isEmpty
  }

  /// Addresses of an outside wire belong to the machines on it, whatever the network reaches.
  private func isOnWire(_ address: IPAddress) -> Bool {
    links.contains { link in link.addresses.contains { $0.onLink.contains(address) } }
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    guard let link = configuration.link(of: cable),
      pass(packet, from: cable, on: link, in: &world)
    else { return }
    receive(packet, on: link, in: &world)
  }

  /// Takes a frame that arrives on a link.
  mutating func receive(_ packet: PacketID, on link: Int, in world: inout World) {
    if case .tunnel(let end) = links[link].medium {
      return world.drop(.notCarried, FrameFact.outsideTunnel(end), packet)
    }
    let row = world.packets[packet]
    if let peer = relay(row, on: link) {
      world.note(WireFact.relayed)
      return world.emit(packet, on: peer)
    }
    guard takes(row.destinationMAC, on: link) || row.destinationMAC.isMulticast else {
      return ignore(packet, on: link, in: &world)
    }
    if row.isIP {
      receiveIP(packet, on: link, in: &world)
    } else if row.isARP {
      hearNeighbor(packet, on: link, in: &world)
    } else {
      world.drop(.notCarried, FrameFact.unknownPayload, packet)
    }
  }

  /// Loses a frame for another machine.
  private mutating func ignore(_ packet: PacketID, on link: Int, in world: inout World) {
    // What a switch sends everywhere comes to all but one in vain.
    guard !world.isCopy else {
      return world.finish(.ignored, FrameFact.ignoredCopy(by: configuration), packet)
    }
    guard let router = backup(of: world.packets[packet].destinationMAC, on: link) else {
      return world.drop(
        .notAddressed, FrameFact.forAnother(link: link, of: configuration), packet)
    }
    world.drop(
      .notAddressed,
      FrameFact.forActiveRouter(virtualRouter: router.terms.id, backup: configuration), packet)
  }

  /// On a wire that several machines share, the cable to the one that a frame is meant for.
  private func relay(_ packet: Packet, on link: Int) -> Cable? {
    guard !links[link].isSwitched else { return nil }
    let (destination, target) = (packet.destinationMAC, packet.targetAddress)
    return links[link].cables.first { peer in
      guard let mac = peer.macAddress, mac != packet.sourceMAC else { return false }
      if destination == mac { return true }
      return destination.isMulticast && target.map { peer.addresses.contains($0) } ?? false
    }?.cable
  }

  /// What the stack has sent since it was last asked, in order.
  mutating func takeOutgoing() -> [Outgoing] {
    defer { outgoing = [] }
    return outgoing
  }

  /// Puts a frame on a link, in its VLAN.
  mutating func transmit(_ packet: PacketID, on link: Int, in world: inout World) {
    guard chassis == nil else {
      return outgoing.append(Outgoing(packet: packet, link: link, journey: world.journey))
    }
    let packet = tagged(packet, on: link, in: &world)
    if links[link].isSwitched { return spread(packet, on: link, in: &world) }
    let (row, peers) = (world.packets[packet], links[link].cables)
    if row.destinationMAC.isMulticast, peers.count > 1 {
      // The outside router asks for a machine on its wire: the one that has the address hears it.
      guard let asked = relay(row, on: link) else {
        return world.drop(.neighborUnreachable, WireFact.nobodyHasAddress(wireOf: configuration))
      }
      return world.emit(packet, on: asked)
    }
    guard let target = peers.first(where: { $0.macAddress == row.destinationMAC }) ?? peers.first
    else { return world.drop(.linkDown, WireFact.nothingConnected(to: configuration)) }
    world.emit(packet, on: target.cable)
  }

  private mutating func tagged(_ packet: PacketID, on link: Int, in world: inout World) -> PacketID
  {
    let tag = links[link].tag
    guard world.packets[packet].tag != tag else { return packet }
    return world.packets.changing(packet) { $0.tag = tag }
  }
}

extension Packet {
  /// The address that ARP or a neighbour solicitation is addressed to; `nil` for any other packet.
  var targetAddress: IPAddress? {
    if isARP { return destination }
    return isNeighborDiscovery && isQuestion ? subjects.destination : nil
  }
}

/// A destination, as one of the stack's compartments knows it.
struct DestinationKey: Hashable {
  let compartment: Int
  let address: IPAddress
}

/// An exchange that a stack began, whose answers it does not answer in turn.
struct Session: Hashable {
  let compartment: Int
  let ipProtocol: IPProtocol
  let peer: IPAddress
  let localPort: UInt16
  let peerPort: UInt16
}
