@testable import HNVCore

/// What `HostRouter` should decide, found by going through the lists of the policy each time.
///
/// It is written from the rules of forwarding, one after the other, and knows no table.
struct GoldenRouter {
  let host: HostPolicy
  let settings: Settings

  var records: [LookupRecord] { host.forwarding.lookupRecords }
  var routes: [CustomerRoute] { host.forwarding.customerRoutes }

  func decide(_ frame: EthernetFrame, from port: Int) -> Decision {
    if frame.source != host.ports[port].macAddress, !host.ports[port].allowsMACSpoofing {
      return .refuse(.spoofedMAC(frame.source, port: port))
    }
    if let packet = ruled(frame), let denied = denied(packet, .outbound, port) {
      return .refuse(denied)
    }
    guard let subnet = host.ports[port].virtualSubnetID else { return .bypass }
    guard let domain = domain(of: subnet) else { return .refuse(.unknownVirtualSubnet(subnet)) }
    switch frame.payload {
    case .other(let etherType, _):
      if let other = bridged(frame, port, subnet) { return .deliver(port: other, same(frame)) }
      return .refuse(.notIP(etherType: etherType))
    case .arp(let message):
      return resolution(
        frame, port, subnet, domain, .v4(message.targetAddress), asks: message.operation == .request
      )
    case .ip(let packet):
      switch packet.transport {
      case .icmpv6(.neighborSolicitation(let target, _)):
        return resolution(frame, port, subnet, domain, .v6(target), asks: true)
      case .icmpv6(.neighborAdvertisement):
        return resolution(frame, port, subnet, domain, packet.destination, asks: false)
      default: return forward(frame, packet, port, subnet, domain)
      }
    }
  }

  func receive(
    _ frame: EthernetFrame, in subnet: VirtualSubnetID, at provider: IPAddress
  ) -> Decision {
    guard isOurs(provider) else { return .refuse(.notOurProviderAddress(provider)) }
    guard
      records.contains(where: {
        !$0.isUnusable && $0.virtualSubnetID == subnet && $0.macAddress == frame.destination
      })
    else { return .refuse(.noRecordAtReceiver(frame.destination, subnet)) }
    guard let port = port(frame.destination, subnet) else {
      return .refuse(.noPort(frame.destination, subnet))
    }
    return hand(frame, to: port, same(frame))
  }

  private func forward(
    _ frame: EthernetFrame, _ packet: IPPacket, _ port: Int, _ subnet: VirtualSubnetID,
    _ domain: RoutingDomainID
  ) -> Decision {
    if let other = bridged(frame, port, subnet) { return hand(frame, to: other, same(frame)) }
    let own = sender(packet.source, frame.source, subnet)
    if settings.sourceValidation == .recordRequired, own == nil {
      return .refuse(.invalidSource(packet.source, frame.source, subnet))
    }
    let destination = packet.destination
    if destination.isMulticast || destination.isLimitedBroadcast {
      return .refuse(.noReceivers(frame.destination, subnet))
    }
    switch best(for: destination, in: domain) {
    case nil: return .refuse(.noRoute(destination, domain))
    case .record(let index): return carry(frame, packet, to: index, from: subnet, own)
    case .route(let index):
      let route = routes[index]
      let nextHop = if case .via(let address) = route.nextHop { address } else { destination }
      guard self.domain(of: route.virtualSubnetID) == domain,
        let record = record(nextHop, route.virtualSubnetID)
      else { return .refuse(.noRecord(nextHop, route.virtualSubnetID, route: index)) }
      return carry(frame, packet, to: record, from: subnet, own)
    }
  }

  private func carry(
    _ frame: EthernetFrame, _ packet: IPPacket, to index: Int, from subnet: VirtualSubnetID,
    _ own: Int?
  ) -> Decision {
    let record = records[index]
    if isGateway(record) { return .refuse(.gatewayAddress(record.customerAddress)) }
    var rewrite = same(frame)
    rewrite.destinationMAC = record.macAddress
    if record.virtualSubnetID == subnet {
      let isMeant = record.customerAddress == packet.destination
      if settings.foreignMAC == .dropped, isMeant, frame.destination != record.macAddress {
        return .refuse(.foreignMAC(sent: frame.destination, record: index))
      }
    } else {
      if settings.timeToLive == .decremented {
        if packet.timeToLive <= 1 { return .refuse(.timeToLiveExceeded(packet.destination)) }
        rewrite.timeToLiveCost = 1
      }
      if settings.sourceMAC == .gateway,
        let mac = gatewayMAC(of: record.virtualSubnetID, packet.destination.family)
      {
        rewrite.sourceMAC = mac
      }
    }
    guard isOurs(record.providerAddress) else { return tunnel(rewrite, to: record, own) }
    guard let port = port(record.macAddress, record.virtualSubnetID) else {
      return .refuse(.noPort(record.macAddress, record.virtualSubnetID))
    }
    return hand(frame, to: port, rewrite)
  }
}

// MARK: - Neighbours

extension GoldenRouter {
  private func resolution(
    _ frame: EthernetFrame, _ port: Int, _ subnet: VirtualSubnetID, _ domain: RoutingDomainID,
    _ target: IPAddress, asks: Bool
  ) -> Decision {
    if let other = bridged(frame, port, subnet) { return hand(frame, to: other, same(frame)) }
    var known = record(target, subnet)
    if known == nil, settings.neighborProxy == .routingDomain,
      case .record(let index) = best(for: target, in: domain)
    {
      known = index
    }
    guard let known, records[known].macAddress != frame.source else {
      return .refuse(.neighborUnknown(target, subnet))
    }
    let record = records[known]
    if asks, frame.destination.isMulticast || isGateway(record) {
      return .answer(NeighborAnswer(target: target, macAddress: record.macAddress))
    }
    if isGateway(record) { return .refuse(.gatewayAddress(target)) }
    guard isOurs(record.providerAddress) else {
      let own = records.firstIndex {
        !$0.isUnusable && $0.virtualSubnetID == subnet && $0.macAddress == frame.source
      }
      return tunnel(same(frame), to: record, own)
    }
    guard let other = self.port(record.macAddress, record.virtualSubnetID) else {
      return .refuse(.noPort(record.macAddress, record.virtualSubnetID))
    }
    return hand(frame, to: other, same(frame))
  }
}

// MARK: - Ports and tunnels

extension GoldenRouter {
  private func same(_ frame: EthernetFrame) -> Rewrite {
    Rewrite(destinationMAC: frame.destination, sourceMAC: frame.source, timeToLiveCost: 0)
  }

  private func isOurs(_ provider: IPAddress) -> Bool {
    host.providerAddresses.contains { $0.address == provider }
  }

  private func port(_ mac: MACAddress, _ subnet: VirtualSubnetID) -> Int? {
    host.ports.firstIndex { $0.macAddress == mac && $0.virtualSubnetID == subnet }
  }

  private func bridged(_ frame: EthernetFrame, _ port: Int, _ subnet: VirtualSubnetID) -> Int? {
    guard settings.sameHost == .bridged, let other = self.port(frame.destination, subnet),
      other != port
    else { return nil }
    return other
  }

  /// Gives a frame to a port, past its inbound rules, which do not see address resolution.
  private func hand(_ frame: EthernetFrame, to port: Int, _ rewrite: Rewrite) -> Decision {
    if let packet = ruled(frame), let denied = denied(packet, .inbound, port) {
      return .refuse(denied)
    }
    return .deliver(port: port, rewrite)
  }

  /// The packet that access rules are asked about.
  private func ruled(_ frame: EthernetFrame) -> IPPacket? {
    frame.packet.flatMap {
      $0.isNeighborDiscovery && settings.neighborFiltering == .exempt ? nil : $0
    }
  }

  private func tunnel(_ rewrite: Rewrite, to record: LookupRecord, _ own: Int?) -> Decision {
    var source = own.map { records[$0].providerAddress }
    if source == nil {
      source =
        host.providerAddresses.first {
          $0.address.family == record.providerAddress.family
        }?.address
    }
    guard let source else { return .refuse(.foreignProviderAddress(record.providerAddress)) }
    guard isOurs(source) else { return .refuse(.foreignProviderAddress(source)) }
    let tunnel = Tunnel(
      virtualSubnetID: record.virtualSubnetID, source: source,
      destination: record.providerAddress, encapsulation: settings.encapsulation, entropy: 0,
      differentiatedServices: 0, dontFragment: true)
    return .encapsulate(tunnel, rewrite)
  }

  private func denied(
    _ packet: IPPacket, _ direction: AccessRule.Direction, _ port: Int
  ) -> Refusal? {
    let rules = host.ports[port].accessRules.filter { $0.direction == direction }
    let matching = rules.filter { $0.matches(packet) }
    guard let deciding = matching.max(by: { $0.weight < $1.weight }), deciding.action == .deny
    else { return nil }
    let heavier = rules.filter { $0.weight > deciding.weight }
    return .denied(direction, port: port, .extended(heavier.count))
  }
}
