import HNVCore

/// The switches of the physical network: each frame goes to whoever has its destination MAC address
/// in its own VLAN.
///
/// ARP and neighbour discovery concern only the one who has the address that is asked for; only
/// that one hears the question, and no copies are made for all others.
struct Underlay: Element {
  typealias Segment = UnderlayDirectory.Segment

  let directory: UnderlayDirectory

  init(_ directory: UnderlayDirectory) { self.directory = directory }

  func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    let row = world.packets[packet]
    guard let segment = segment(tagged: row.tag?.identifier, from: cable, world) else {
      let sender = otherEnd(of: cable, &world)
      return world.drop(.providerUnreachable, UnderlayLoss.notCarried(from: sender), packet)
    }
    if let asked = row.targetAddress, row.destinationMAC.isMulticast {
      ask(for: asked, packet, from: cable, in: segment, &world)
    } else if !row.isIP || fits(packet, row.byteCount, segment, &world) {
      forward(packet, from: cable, in: segment, &world)
    }
  }

  private func segment(tagged vlan: UInt16?, from cable: Cable, _ world: World) -> Segment? {
    switch cable {
    case .uplink(let host): directory.segment(tagged: vlan, of: host)
    case .port(let router, let index):
      world.intent.underlay.segment(
        of: world.intent.underlay.routers[router].interfaces[index])
    case .adapter, .line, .wire: nil
    }
  }

  private func ask(
    for address: IPAddress, _ packet: PacketID, from cable: Cable, in segment: Segment,
    _ world: inout World
  ) {
    let owner = directory.cable(to: address, in: segment) ?? plainCable(of: packet, segment, &world)
    // A switch sends no frame back to where it came from.
    guard let owner, owner != cable else {
      return world.drop(.neighborUnreachable, absence(of: address, from: segment), packet)
    }
    let peer = otherEnd(of: owner, &world)
    world.note(UnderlayFact.hasAddress(peer), packet)
    world.emit(packet, on: owner)
  }

  /// Nobody in the segment has the address: somebody elsewhere may.
  private func absence(of address: IPAddress, from segment: Segment) -> UnderlayLoss {
    guard let other = directory.places(of: address).first else { return .nowhere }
    return .elsewhere(from: segment, other.element, in: other.segment)
  }

  /// Whether the switches carry a packet; one that is too large is dropped silently.
  private func fits(
    _ packet: PacketID, _ byteCount: Int, _ segment: Segment, _ world: inout World
  ) -> Bool {
    world.note(UnderlayFact.received(segment), packet)
    let mtu = directory.mtu(of: segment)
    guard byteCount > mtu else { return true }
    world.drop(.underlayMTU, UnderlayLoss.tooLarge(mtu: mtu, segment), packet)
    return false
  }

  private func forward(
    _ packet: PacketID, from cable: Cable, in segment: Segment, _ world: inout World
  ) {
    let mac = world.packets[packet].destinationMAC
    guard !mac.isMulticast else { return flood(packet, from: cable, in: segment, &world) }
    let known = directory.cable(to: mac, in: segment)
    guard let receiving = known ?? plainCable(of: packet, segment, &world) else {
      return world.drop(.providerUnreachable, UnderlayLoss.unknownMAC(segment), packet)
    }
    let peer = otherEnd(of: receiving, &world)
    world.note(UnderlayFact.hasMAC(peer), packet)
    world.emit(packet, on: receiving)
  }

  private func otherEnd(of cable: Cable, _ world: inout World) -> ElementID {
    world.wiring.otherEnd(of: cable, from: .underlay)
  }
}
