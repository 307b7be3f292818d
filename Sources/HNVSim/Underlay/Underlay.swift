import HNVCore

/// The switches of the physical network: each frame goes to whoever has its destination MAC address
/// in its own VLAN.
///
/// ARP and neighbour discovery concern only the one who has the address that is asked for; only
/// that one hears the question, and no copies are made for all others.
final class Underlay: FrameBox {
  typealias Segment = UnderlayDirectory.Segment

  let intent: Intent
  let directory: UnderlayDirectory

  init(_ intent: Intent, _ directory: UnderlayDirectory) {
    self.intent = intent
    self.directory = directory
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    guard let segment = segment(of: frame, from: cable) else {
      let sender = otherEnd(of: cable, &world)
      return world.drop(.providerUnreachable, UnderlayLoss.notCarried(from: sender), frame)
    }
    if let asked = frame.neighborAddress, frame.destination.isMulticast {
      ask(for: asked, frame, from: cable, in: segment, &world)
    } else if fits(frame, segment, &world) {
      forward(frame, from: cable, in: segment, &world)
    }
  }

  private func segment(of frame: EthernetFrame, from cable: Cable) -> Segment? {
    switch cable {
    case .uplink(let host): directory.segment(tagged: frame.tag?.identifier, of: host)
    case .port(let router, let index):
      intent.underlay.segment(of: intent.underlay.routers[router].interfaces[index])
    case .adapter, .line, .wire: nil
    }
  }

  private func ask(
    for address: IPAddress, _ frame: EthernetFrame, from cable: Cable, in segment: Segment,
    _ world: inout World
  ) {
    let owner = directory.cable(to: address, in: segment) ?? plainCable(of: frame, segment, &world)
    // A switch sends no frame back to where it came from.
    guard let owner, owner != cable else {
      return world.drop(.neighborUnreachable, absence(of: address, from: segment), frame)
    }
    let peer = otherEnd(of: owner, &world)
    world.note(UnderlayFact.hasAddress(peer), frame)
    world.emit(frame, on: owner)
  }

  /// Nobody in the segment has the address: somebody elsewhere may.
  private func absence(of address: IPAddress, from segment: Segment) -> UnderlayLoss {
    guard let other = directory.places(of: address).first else { return .nowhere }
    return .elsewhere(from: segment, other.element, in: other.segment)
  }

  /// Whether the switches carry a frame; one that is too large is dropped silently.
  private func fits(_ frame: EthernetFrame, _ segment: Segment, _ world: inout World) -> Bool {
    guard let packet = frame.packet else { return true }
    world.note(UnderlayFact.received(segment), frame)
    let mtu = directory.mtu(of: segment)
    guard packet.byteCount > mtu else { return true }
    world.drop(.underlayMTU, UnderlayLoss.tooLarge(mtu: mtu, segment), frame)
    return false
  }

  private func forward(
    _ frame: EthernetFrame, from cable: Cable, in segment: Segment, _ world: inout World
  ) {
    guard !frame.destination.isMulticast else {
      return flood(frame, from: cable, in: segment, &world)
    }
    let known = directory.cable(to: frame.destination, in: segment)
    guard let receiving = known ?? plainCable(of: frame, segment, &world) else {
      return world.drop(.providerUnreachable, UnderlayLoss.unknownMAC(segment), frame)
    }
    let peer = otherEnd(of: receiving, &world)
    world.note(UnderlayFact.hasMAC(peer), frame)
    world.emit(frame, on: receiving)
  }

  private func otherEnd(of cable: Cable, _ world: inout World) -> ElementID {
    world.wiring.otherEnd(of: cable, from: .underlay)
  }
}
