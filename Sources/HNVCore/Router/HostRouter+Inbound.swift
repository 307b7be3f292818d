extension HostRouter {
  /// Decides on a frame that arrived from the underlay for one of this host's provider addresses.
  ///
  /// The receiver needs a record of its own for the inner frame, stamps the virtual subnet of the
  /// wire, and hands the frame to the port that has it and the MAC (Microsoft's two-tenant sample),
  /// past that port's inbound access rules. `now` is the time in nanoseconds.
  public func receive<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, in subnet: VirtualSubnetID, at provider: IPAddress,
    state: HostState, at now: UInt64, recording reasons: inout Recorder
  ) -> Outcome {
    let decision = unwrap(frame, in: subnet, at: provider, recording: &reasons)
    return handOver(decision, frame, state: state, at: now, recording: &reasons)
  }

  private func unwrap<Recorder: DecisionRecorder>(
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
    return .deliver(port: port, .none(frame))
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
