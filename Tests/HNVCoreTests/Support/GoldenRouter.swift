@testable import HNVCore

/// What `HostRouter` should decide, found by going through the lists of the policy each time.
///
/// It is written from the rules of forwarding, one after the other, and knows no table.
struct GoldenRouter {
  let host: HostPolicy
  let settings: Settings

  var records: RecordList { host.forwarding.lookupRecords }
  var routes: [CustomerRoute] { host.forwarding.customerRoutes }

  /// Where a frame enters the host, and the record that its source matches.
  struct Origin {
    let port: Int
    let subnet: VirtualSubnetID
    let domain: RoutingDomainID
    var record: Int?
  }

  func decide(_ frame: EthernetFrame, from port: Int) -> Outcome {
    if frame.source != host.ports[port].macAddress, !host.ports[port].allowsMACSpoofing {
      return Outcome(.refuse(.spoofedMAC(frame.source, port: port)))
    }
    if let packet = ruled(frame), let denied = denied(packet, .outbound, port) {
      return Outcome(.refuse(denied))
    }
    guard let subnet = host.ports[port].virtualSubnetID else { return Outcome(.bypass) }
    guard let domain = domain(of: subnet) else {
      return Outcome(.refuse(.unknownVirtualSubnet(subnet)))
    }
    var changes = StateChanges()
    do throws(Refusal) {
      let origin = Origin(port: port, subnet: subnet, domain: domain)
      return Outcome(try decide(frame, origin, &changes), Grounds(), changes)
    } catch {
      return Outcome(.refuse(error), Grounds(), changes)
    }
  }

  private func decide(
    _ frame: EthernetFrame, _ origin: Origin, _ changes: inout StateChanges
  ) throws(Refusal) -> Decision {
    let talk = NeighborTalk(frame)
    if let packet = frame.packet, talk == nil {
      return try forward(frame, packet, origin, &changes)
    }
    if let other = bridged(frame, origin) { return deliver(frame, to: other, same(frame)) }
    guard let talk else { throw .notIP(etherType: frame.etherType) }
    return try resolve(frame, talk, origin, &changes)
  }

  private func forward(
    _ frame: EthernetFrame, _ packet: IPPacket, _ origin: Origin, _ changes: inout StateChanges
  ) throws(Refusal) -> Decision {
    var origin = origin
    if let other = bridged(frame, origin) { return deliver(frame, to: other, same(frame)) }
    if case .icmpv6(.routerAdvertisement) = packet.transport { throw .routerAdvertisement }
    origin.record = try checkedSender(packet.source, frame.source, origin.subnet)
    changes.learned = learned(frame, nil, origin.subnet, at: origin.port)
    let destination = packet.destination
    if isGroup(destination, in: origin.subnet) {
      changes.copies = try copies(
        of: frame, to: groupProviders(destination, origin.subnet), origin)
      return .replicate
    }
    guard let way = way(for: destination, origin) else {
      throw .noRoute(destination, origin.domain)
    }
    return try carry(frame, packet, to: try target(of: way, frame, destination, origin), origin)
  }

  /// The record to which an entry leads.
  private func target(
    of entry: RouteEntry, _ frame: EthernetFrame, _ destination: IPAddress, _ origin: Origin
  ) throws(Refusal) -> Int {
    guard case .route(let index) = entry else {
      if case .record(let index) = entry { return index }
      throw .noRoute(destination, origin.domain)
    }
    let route = routes[index]
    let nextHop = if case .via(let address) = route.nextHop { address } else { destination }
    if domain(of: route.virtualSubnetID) == origin.domain {
      if let record = record(nextHop, route.virtualSubnetID) { return record }
      let gateways = wildcards(nextHop.family, route.virtualSubnetID)
      if settings.wildcardUse == .forwarding, let first = gateways.first { return first }
    }
    let isNear = prefixes(of: origin.subnet).contains { $0.contains(destination) }
    if isNear, let known = l2Only(frame.destination, origin.subnet) { return known }
    throw .noRecord(nextHop, route.virtualSubnetID, route: index)
  }

  /// Sends a packet to the machine of a record.
  private func carry(
    _ frame: EthernetFrame, _ packet: IPPacket, to index: Int, _ origin: Origin
  ) throws(Refusal) -> Decision {
    let record = records[index]
    if isGateway(record) {
      let isMeant = packet.destination == record.customerAddress
      guard settings.gatewayEcho == .answered, isMeant, packet.isPing else {
        throw .gatewayAddress(record.customerAddress)
      }
      return .answerEcho(gateway: record.macAddress)
    }
    var rewrite = same(frame)
    rewrite.destinationMAC = record.macAddress
    if record.virtualSubnetID == origin.subnet {
      let isMeant = record.customerAddress == packet.destination
      if settings.foreignMAC == .dropped, isMeant, frame.destination != record.macAddress {
        throw .foreignMAC(sent: frame.destination, record: index)
      }
    } else {
      if settings.timeToLive == .decremented {
        if packet.timeToLive <= 1 { throw .timeToLiveExceeded(packet.destination) }
        rewrite.timeToLiveCost = 1
      }
      let gateway = gatewayMAC(of: record.virtualSubnetID, packet.destination.family)
      if settings.sourceMAC == .gateway, let gateway { rewrite.sourceMAC = gateway }
    }
    if isOurs(record.providerAddress) {
      return deliver(frame, to: try port(of: record), rewrite)
    }
    guard record.rule == .encap else {
      return .translate(try translation(to: index, packet, origin), rewrite)
    }
    return .encapsulate(try tunnel(frame, to: record, origin), rewrite)
  }
}
