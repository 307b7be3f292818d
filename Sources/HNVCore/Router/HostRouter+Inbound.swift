extension HostRouter {
  /// Decides on a frame that arrived from the underlay for one of this host's provider addresses.
  ///
  /// The receiver needs a record of its own for the inner frame, stamps the virtual subnet of the
  /// wire, and hands the frame to the port that has it and the MAC (Microsoft's two-tenant sample).
  public func receive<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, in subnet: VirtualSubnetID, at provider: IPAddress,
    recording reasons: inout Recorder
  ) -> Decision {
    guard owns(provider) else { return .refuse(.notOurProviderAddress(provider)) }
    guard let record = receiverRecord(of: frame, in: subnet) else {
      return .refuse(.noRecordAtReceiver(frame.destination, subnet))
    }
    reasons.note(.received(frame.destination, subnet, record: record))
    guard let port = port(for: frame.destination, in: subnet) else {
      return .refuse(.noPort(frame.destination, subnet))
    }
    guard let packet = frame.packet, !packet.isNeighborDiscovery else {
      return .deliver(port: port, .none(frame))
    }
    return deliver(frame, packet, to: port, .none(frame), recording: &reasons)
  }

  /// The record of the address that a frame is for; what passes a gateway is for an address that
  /// has none, and is matched by the gateway's MAC in the packet's own family.
  private func receiverRecord(of frame: EthernetFrame, in subnet: VirtualSubnetID) -> Int? {
    let destination: IPAddress
    switch frame.payload {
    case .ip(let packet): destination = packet.destination
    case .arp(let message): destination = .v4(message.targetAddress)
    case .other: return router.record(for: frame.destination, in: subnet)
    }
    if let index = router.record(for: destination, in: subnet),
      router.policy.lookupRecords[index].macAddress == frame.destination
    {
      return index
    }
    return router.record(for: frame.destination, family: destination.family, in: subnet)
  }

  /// Hands a packet to a port of this host, past the receiver's access rules.
  func deliver<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ packet: IPPacket, to port: Int, _ rewrite: Rewrite,
    recording reasons: inout Recorder
  ) -> Decision {
    if let refusal = filter(packet, .inbound, at: port, recording: &reasons) {
      return .refuse(refusal)
    }
    return .deliver(port: port, rewrite)
  }

  /// Asks the access rules of a port; `nil` when the packet passes.
  func filter<Recorder: DecisionRecorder>(
    _ packet: IPPacket, _ direction: AccessRule.Direction, at port: Int,
    recording reasons: inout Recorder
  ) -> Refusal? {
    let rule = filters[port].decidingRule(packet, direction)
    if let rule, filters[port].rules(direction)[rule].action == .deny {
      return .denied(direction, port: port, rule: rule)
    }
    reasons.note(.filtered(direction, port: port, rule: rule))
    return nil
  }
}

extension IPPacket {
  /// Whether the packet is part of address resolution, which access rules on IP do not see.
  var isNeighborDiscovery: Bool {
    switch transport {
    case .icmpv6(.neighborSolicitation), .icmpv6(.neighborAdvertisement): true
    default: false
    }
  }
}
