import HNVCore

/// What comes over the fabric (tf-vrouter, `vr_mpls.c` and `vr_vxlan.c`).
extension VRouter {
  /// Takes a tunnel packet, or keeps a part of one until the others have come.
  func take(_ part: IPPacket, _ outer: EthernetFrame, in context: Context) {
    guard let (packet, context) = ports.stack.assemble(part, in: context) else { return }
    switch packet.transport {
    case .mpls(let header, let payload):
      take(payload, behind: header, from: packet.source, in: context)
    case .vxlan(let header, let frame):
      context.note(
        Step(
          .decapsulated,
          "VXLAN \(header.virtualSubnetID), from \(packet.source); the frame inside is to"
            + " \(frame.destination)"))
      take(frame, in: header.virtualSubnetID, context)
    default:
      context.drop(
        .notCarried, "the vRouter takes MPLS and VXLAN from the fabric, and this is neither",
        fix: "send in a tunnel")
    }
  }

  /// The label says whose the packet is: it is looked up no more, and its TTL is as it was.
  private func take(
    _ payload: MPLSPayload, behind header: MPLSHeader, from peer: IPAddress, in context: Context
  ) {
    context.note(
      Step(
        .decapsulated,
        "label \(header.label) with TTL \(header.timeToLive), from \(peer)"))
    guard !copiesTimeToLive || header.timeToLive > 1 else {
      context.drop(
        .timeToLiveExceeded,
        Step(
          .dropped, "the label's TTL is used up, and nobody is told",
          setting: "labelTimeToLive=copied", fix: "send with a higher TTL"))
      return
    }
    switch (contrail.routing.meaning(of: header.label, in: intent), payload) {
    case (.packet(let receiver), .packet(let packet)):
      let frame = EthernetFrame(
        destination: receiver.macAddress, source: .vRouter, payload: .ip(packet))
      context.note(
        Step(
          .rewritten,
          "a new Ethernet header, from \(frame.source) to \(frame.destination) of"
            + " \(name(of: receiver))"))
      give(frame, to: receiver, in: context)
    case (.frame(let receiver), .frame(let frame)): give(frame, to: receiver, in: context)
    case (.flood(let subnet), .frame(let frame)): spread(frame, in: subnet, context)
    default:
      context.drop(
        .notCarried, "no interface here goes by label \(header.label) for what it carries",
        fix: "send by a label that the host gave")
    }
  }

  private func take(
    _ frame: EthernetFrame, in identifier: VirtualSubnetID, _ context: Context
  ) {
    guard let subnet = VirtualRouting.subnet(of: identifier, in: intent) else {
      context.drop(
        .noPolicy, "no virtual network here has the VXLAN identifier \(identifier)",
        fix: "send by an identifier that the controller gave")
      return
    }
    guard let receiver = directory.adapter(with: frame.destination, in: subnet) else {
      return spread(frame, in: subnet, context)
    }
    give(frame, to: receiver, in: context)
  }

  /// Hands a frame to the interface that it is for, if that is here.
  private func give(_ frame: EthernetFrame, to receiver: Adapter, in context: Context) {
    guard ports.has(receiver, in: context) else {
      context.drop(
        .noPort, "\(name(of: receiver)) is not here any more", fix: "send the packet anew")
      return
    }
    hand(frame, to: receiver, in: context)
  }

  /// Gives all machines of a subnet here a copy.
  private func spread(_ frame: EthernetFrame, in subnet: Int, _ context: Context) {
    let receivers = directory.adapters(in: subnet).filter { ports.has($0, in: context) }
    let name = intent.subnets[subnet].name
    guard !receivers.isEmpty else {
      context.drop(
        .noReceivers, "no machine of subnet \(name) is here any more", fix: "send it anew")
      return
    }
    let copies = copies(receivers.count, of: name, "all here", in: context)
    for (receiver, copy) in zip(receivers, copies) { hand(frame, to: receiver, in: copy) }
  }

  /// The contexts of the copies for a subnet; of a single one, that of the frame itself.
  func copies(
    _ count: Int, of subnet: String, _ words: String, in context: Context
  ) -> [Context] {
    let step = Step(
      .replicated, "subnet \(subnet) gets \(count) \(count == 1 ? "copy" : "copies"): \(words)")
    guard count > 1 else {
      context.note(step)
      return [context]
    }
    context.finish(.replicated, step)
    return (0..<count).map { _ in context.copy() }
  }
}
