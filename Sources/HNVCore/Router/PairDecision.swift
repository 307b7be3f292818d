/// What becomes of a packet from one machine to another, decided on by each of its hosts.
struct PairDecision {
  let routers: [HostRouter]
  let owners: ProviderOwners
  let transport: Transport

  /// Whether the packet arrives.
  func reaches(_ receiver: ReachMatrix.Endpoint, from sender: ReachMatrix.Endpoint) -> Bool {
    guard let frame = frame(from: sender, to: receiver.address) else { return false }
    let outcome = routers[sender.host].decide(
      frame, from: sender.port, state: HostState(), at: 0)
    switch outcome.decision {
    case .deliver(let port, _): return sender.host == receiver.host && port == receiver.port
    case .encapsulate(let tunnel, let rewrite):
      guard owners.hosts[tunnel.destination] == receiver.host else { return false }
      let received = routers[receiver.host].receive(
        rewrite.applied(to: frame), in: tunnel.virtualSubnetID, from: tunnel.source,
        at: tunnel.destination, state: HostState(), at: 0)
      return received.decision.isDelivery(to: receiver.port)
    case .translate(let translation, let rewrite):
      guard owners.hosts[translation.nextHop] == receiver.host else { return false }
      var packets = PacketTable()
      let sent = packets.add(frame)
      var packet = packets[sent]
      packet.apply(rewrite)
      packet.apply(translation)
      let received = routers[receiver.host].receiveTranslated(
        packet, state: HostState(), at: 0)
      return received.outcome.decision.isDelivery(to: receiver.port)
    case .replicate, .answer, .answerEcho, .absorb, .bypass, .refuse: return false
    }
  }

  /// A packet of an endpoint to itself: its header is right for either end, and only the peer's
  /// address is not.
  func header(of endpoint: ReachMatrix.Endpoint) -> FlowKey? {
    packet(from: endpoint.address, to: endpoint.address).map { FlowKey($0) }
  }

  private func packet(from sender: IPAddress, to receiver: IPAddress) -> IPPacket? {
    IPPacket(from: sender, to: receiver, timeToLive: 64, transport: transport)
  }

  /// The frame as the sender's guest addresses it; `nil` where nobody answers for the next hop.
  func frame(from sender: ReachMatrix.Endpoint, to address: IPAddress) -> EthernetFrame? {
    let host = routers[sender.host]
    let port = host.ports[sender.port]
    guard let entry = host.subnet(ofPort: sender.port),
      let subnet = host.router.virtualSubnets[entry.identifier],
      let packet = packet(from: sender.address, to: address)
    else { return nil }
    let nextHop =
      subnet.contains(address)
      ? host.neighborRecord(address, in: entry).map {
        host.router.policy.lookupRecords[$0].macAddress
      }
      : host.router.gatewayMAC(of: subnet, family: address.family)
    return nextHop.map {
      EthernetFrame(destination: $0, source: port.macAddress, payload: .ip(packet))
    }
  }
}

extension Decision {
  fileprivate func isDelivery(to port: Int) -> Bool {
    if case .deliver(port, _) = self { true } else { false }
  }
}
