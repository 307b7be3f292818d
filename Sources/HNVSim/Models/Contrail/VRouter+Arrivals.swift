import HNVCore

/// What comes over the fabric (tf-vrouter, `vr_mpls.c` and `vr_vxlan.c`).
extension VRouter {
  /// Takes a tunnel packet, or keeps a part of one until the others have come.
  func take(_ part: IPPacket, _ outer: EthernetFrame, in context: Context) {
    guard let (packet, context) = ports.stack.assemble(part, in: context) else { return }
    switch packet.transport {
    case .mpls(let header, let payload):
      context.note(VRouterArrivalFact.decapsulated, packet: packet)
      take(payload, behind: header, in: context)
    case .vxlan(let header, let frame):
      context.note(VRouterArrivalFact.decapsulated, packet: packet)
      take(frame, in: header.virtualSubnetID, context)
    default:
      context.drop(.notCarried, VRouterArrivalFact.otherEncapsulation, packet: packet)
    }
  }

  /// The label says whose the packet is: it is looked up no more, and its TTL is as it was.
  private func take(_ payload: MPLSPayload, behind header: MPLSHeader, in context: Context) {
    guard !copiesTimeToLive || header.timeToLive > 1 else {
      context.drop(.timeToLiveExceeded, VRouterArrivalFact.labelExpired(header.label))
      return
    }
    switch (contrail.routing.meaning(of: header.label, in: intent), payload) {
    case (.packet(let receiver), .packet(let packet)):
      let frame = EthernetFrame(
        destination: receiver.macAddress, source: .vRouter, payload: .ip(packet))
      context.note(VRouterArrivalFact.headerReplaced(machine: receiver.machine), frame)
      give(frame, to: receiver, in: context)
    case (.frame(let receiver), .frame(let frame)): give(frame, to: receiver, in: context)
    case (.flood(let subnet), .frame(let frame)): spread(frame, in: subnet, context)
    default: context.drop(.notCarried, VRouterArrivalFact.unknownLabel(header.label))
    }
  }

  private func take(
    _ frame: EthernetFrame, in identifier: VirtualSubnetID, _ context: Context
  ) {
    guard let subnet = VirtualRouting.subnet(of: identifier, in: intent) else {
      context.drop(.noPolicy, VRouterArrivalFact.unknownNetwork(identifier), frame)
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
      context.drop(.noPort, VRouterArrivalFact.movedAway(machine: receiver.machine), frame)
      return
    }
    hand(frame, to: receiver, in: context)
  }

  /// Delivers a copy to all machines of a subnet on this host.
  private func spread(_ frame: EthernetFrame, in subnet: Int, _ context: Context) {
    let receivers = directory.adapters(in: subnet).filter { ports.has($0, in: context) }
    guard !receivers.isEmpty else {
      context.drop(.noReceivers, VRouterFloodFact.noneHere(subnet: subnet), frame)
      return
    }
    let copies = copies(
      receivers.count, of: frame, .spread(subnet: subnet, here: receivers.count), in: context)
    for (receiver, copy) in zip(receivers, copies) { hand(frame, to: receiver, in: copy) }
  }

  /// The contexts of the copies of a frame; of a single one, that of the frame itself.
  func copies(
    _ count: Int, of frame: EthernetFrame, _ fact: VRouterFloodFact, in context: Context
  ) -> [Context] {
    guard count > 1 else {
      context.note(fact, frame)
      return [context]
    }
    context.finish(.replicated, fact, frame)
    return (0..<count).map { _ in context.copy() }
  }
}
