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
          "VXLAN, VNI \(header.virtualSubnetID), from \(packet.source); inner frame to"
            + " \(frame.destination)"))
      take(frame, in: header.virtualSubnetID, context)
    default:
      context.drop(
        .notCarried, "the vRouter accepts only MPLS and VXLAN from the fabric",
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
        .timeToLiveExpired(
          at: "label \(header.label) (dropped silently)", setting: "labelTimeToLive=copied"))
      return
    }
    switch (contrail.routing.meaning(of: header.label, in: intent), payload) {
    case (.packet(let receiver), .packet(let packet)):
      let frame = EthernetFrame(
        destination: receiver.macAddress, source: .vRouter, payload: .ip(packet))
      context.note(
        Step(
          .rewritten,
          "Ethernet header replaced: \(frame.source) -> \(frame.destination)"
            + " (\(name(of: receiver)))"))
      give(frame, to: receiver, in: context)
    case (.frame(let receiver), .frame(let frame)): give(frame, to: receiver, in: context)
    case (.flood(let subnet), .frame(let frame)): spread(frame, in: subnet, context)
    default:
      context.drop(
        .notCarried, "no interface on this host has label \(header.label) for this payload",
        fix: "use a label that the host assigned")
    }
  }

  private func take(
    _ frame: EthernetFrame, in identifier: VirtualSubnetID, _ context: Context
  ) {
    guard let subnet = VirtualRouting.subnet(of: identifier, in: intent) else {
      context.drop(
        .noPolicy, "no virtual network on this host has VNI \(identifier)",
        fix: "use a VNI that the controller assigned")
      return
    }
    guard let receiver = directory.adapter(with: frame.destination, in: subnet) else {
      return spread(frame, in: subnet, context)
    }
    give(frame, to: receiver, in: context)
  }

  /// Delivers a frame to its interface, if that is on this host.
  private func give(_ frame: EthernetFrame, to receiver: Adapter, in context: Context) {
    guard ports.has(receiver, in: context) else {
      context.drop(
        .noPort, "\(name(of: receiver)) is no longer on this host", fix: "send the packet again")
      return
    }
    hand(frame, to: receiver, in: context)
  }

  /// Delivers a copy to all machines of a subnet on this host.
  private func spread(_ frame: EthernetFrame, in subnet: Int, _ context: Context) {
    let receivers = directory.adapters(in: subnet).filter { ports.has($0, in: context) }
    let name = intent.subnets[subnet].name
    guard !receivers.isEmpty else {
      context.drop(
        .noReceivers, "no machine of subnet \(name) is on this host any longer",
        fix: "send it"
          + " again")
      return
    }
    let copies = copies(receivers.count, of: name, "all on this host", in: context)
    for (receiver, copy) in zip(receivers, copies) { hand(frame, to: receiver, in: copy) }
  }

  /// The contexts of the copies for a subnet; of a single one, that of the frame itself.
  func copies(
    _ count: Int, of subnet: String, _ words: String, in context: Context
  ) -> [Context] {
    let step = Step(
      .replicated, "\(count) \(count == 1 ? "copy" : "copies") in subnet \(subnet): \(words)")
    guard count > 1 else {
      context.note(step)
      return [context]
    }
    context.finish(.replicated, step)
    return (0..<count).map { _ in context.copy() }
  }
}
