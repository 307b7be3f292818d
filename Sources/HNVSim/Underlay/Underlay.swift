import HNVCore

/// The switches of the physical network: each frame goes to whoever has its destination MAC address
/// in its own VLAN.
///
/// ARP and neighbour discovery concern only the one who has the address that is asked for; only
/// that one hears the question, and no copies are made for all others.
final class Underlay: Box {
  typealias Segment = UnderlayDirectory.Segment

  let intent: Intent
  let directory: UnderlayDirectory

  init(_ intent: Intent, _ directory: UnderlayDirectory) {
    self.intent = intent
    self.directory = directory
  }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    guard let segment = segment(of: frame, from: cable) else {
      let element = intent.name(context.wiring.otherEnd(of: cable, from: .underlay))
      context.drop(
        .providerUnreachable,
        "the port of \(element) carries no frames "
          + (frame.tag.map { "of VLAN \($0.identifier)" } ?? "without a VLAN"),
        fix: "correct the VLAN of \(element)'s provider address, or add a network with that VLAN")
      return
    }
    if let asked = frame.neighborAddress, frame.destination.isMulticast {
      ask(for: asked, frame, from: cable, in: segment, context)
    } else if fits(frame, segment, context) {
      forward(frame, from: cable, in: segment, context)
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
    _ context: Context
  ) {
    let owner = directory.cable(to: address, in: segment) ?? plainCable(of: frame, segment, context)
    // A switch sends no frame back to where it came from.
    guard let owner, owner != cable else {
      context.drop(.neighborUnreachable, absence(of: address, from: segment))
      return
    }
    context.note(Step(.forwarded, "to \(receiver(by: owner, context)), which has \(address)"))
    context.emit(frame, on: owner)
  }

  /// Nobody in the segment has the address: somebody elsewhere may.
  private func absence(of address: IPAddress, from segment: Segment) -> Step {
    let name = intent.underlay.name(of: segment)
    guard let other = directory.places(of: address).first else {
      return Step(
        .dropped, "no host on the underlay has \(address)",
        fix: "correct the provider address of the record, or assign \(address) to a host")
    }
    let owner = intent.name(other.element)
    return Step(
      .dropped,
      "no host in \(name) has \(address); \(owner) has it in"
        + " \(intent.underlay.name(of: other.segment))",
      fix: "correct the VLAN or the prefix length of the provider address, or that of \(owner)")
  }

  /// Whether the switches carry a frame; one that is too large is dropped silently.
  private func fits(_ frame: EthernetFrame, _ segment: Segment, _ context: Context) -> Bool {
    guard let packet = frame.packet else { return true }
    let name = intent.underlay.name(of: segment)
    let place = segment == .flat ? "" : ", in \(name)"
    context.note(
      Step(
        .received, "\(packet.source) -> \(packet.destination), \(packet.byteCount) bytes\(place)"))
    let mtu = directory.mtu(of: segment)
    guard packet.byteCount > mtu else { return true }
    let excess = packet.byteCount - mtu
    context.drop(
      .underlayMTU,
      "packet exceeds the MTU of \(name) (\(mtu)) by \(excess) bytes; dropped silently",
      fix: "raise the MTU of \(name) to \(packet.byteCount), or lower that of the sender by"
        + " \(excess)")
    return false
  }

  private func forward(
    _ frame: EthernetFrame, from cable: Cable, in segment: Segment, _ context: Context
  ) {
    guard !frame.destination.isMulticast else {
      return flood(frame, from: cable, in: segment, context)
    }
    let known = directory.cable(to: frame.destination, in: segment)
    guard let receiving = known ?? plainCable(of: frame, segment, context) else {
      let name = intent.underlay.name(of: segment)
      context.drop(
        .providerUnreachable, "no host in \(name) has the MAC address \(frame.destination)",
        fix: "clear the sender's neighbour cache")
      return
    }
    context.note(
      Step(.forwarded, "\(frame.destination) is at \(receiver(by: receiving, context))"))
    context.emit(frame, on: receiving)
  }

  private func receiver(by cable: Cable, _ context: Context) -> String {
    intent.name(context.wiring.otherEnd(of: cable, from: .underlay))
  }
}
