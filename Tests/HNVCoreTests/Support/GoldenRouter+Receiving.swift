@testable import HNVCore

/// What comes from the underlay.
extension GoldenRouter {
  func receive(
    _ frame: EthernetFrame, in subnet: VirtualSubnetID, from sender: IPAddress,
    at provider: IPAddress
  ) -> Outcome {
    var changes = StateChanges()
    do throws(Refusal) {
      let decision = try receive(frame, subnet, sender, provider, &changes)
      return Outcome(decision, Grounds(), changes)
    } catch {
      let tells = settings.controlMessages == .sent && settings.encapsulation == .nvgre
      if tells, isOurs(provider) {
        switch error {
        case .moved(_, _, let target): changes.notice = .redirect(to: target)
        case .noPort, .noRecordAtReceiver: changes.notice = .unreachable
        default: break
        }
      }
      return Outcome(.refuse(error), Grounds(), changes)
    }
  }

  private func receive(
    _ frame: EthernetFrame, _ subnet: VirtualSubnetID, _ sender: IPAddress,
    _ provider: IPAddress, _ changes: inout StateChanges
  ) throws(Refusal) -> Decision {
    guard isOurs(provider) || provider.isMulticast else { throw .notOurProviderAddress(provider) }
    if let tag = frame.tag { throw .taggedInside(tag) }
    let talk = NeighborTalk(frame)
    changes.learned = learned(frame, talk, subnet, at: nil)
    if talk == nil, let packet = frame.packet {
      try validate(packet.source, frame.source, subnet, from: sender)
    }
    if frame.destination.isMulticast {
      let ports = ports(in: subnet)
      if ports.isEmpty { throw .noReceivers(frame.destination, subnet) }
      changes.copies = Replication(ports: ports, tunnels: [])
      return .replicate
    }
    guard let index = matching(frame, subnet) else {
      throw .noRecordAtReceiver(frame.destination, subnet)
    }
    if let port = port(frame.destination, subnet) { return deliver(frame, to: port, same(frame)) }
    let provider = records[index].providerAddress
    guard isOurs(provider) else { throw .moved(frame.destination, subnet, to: provider) }
    throw .noPort(frame.destination, subnet)
  }

  /// The record of the inner frame's receiver: of its address, of its MAC address and family, of
  /// its MAC address as that of an L2Only machine.
  private func matching(_ frame: EthernetFrame, _ subnet: VirtualSubnetID) -> Int? {
    let byMAC = usable.filter {
      records[$0].virtualSubnetID == subnet && records[$0].macAddress == frame.destination
    }
    let destination: IPAddress
    switch frame.payload {
    case .ip(let packet): destination = packet.destination
    case .arp(let message): destination = .v4(message.targetAddress)
    case .other: return byMAC.first
    }
    if let exact = record(destination, subnet), byMAC.contains(exact) { return exact }
    return byMAC.first { records[$0].customerAddress.family == destination.family }
      ?? byMAC.first { records[$0].type == .l2Only }
  }

  /// Whether the receiver knows who sent a packet.
  private func validate(
    _ source: IPAddress, _ mac: MACAddress, _ subnet: VirtualSubnetID, from sender: IPAddress
  ) throws(Refusal) {
    if settings.receiverValidation == .none { return }
    if record(source, subnet) != nil || l2Only(mac, subnet) != nil { return }
    if let domain = domain(of: subnet) {
      if !resolvingRecords(source, in: domain).isEmpty { return }
      let speaks = usable.contains {
        records[$0].type == .gatewayWildcard
          && records[$0].customerAddress.family == source.family
          && self.domain(of: records[$0].virtualSubnetID) == domain
      }
      let isGateway = routes.contains { route in
        guard route.routingDomainID == domain, self.domain(of: route.virtualSubnetID) == domain,
          case .via(let nextHop) = route.nextHop,
          let index = record(nextHop, route.virtualSubnetID)
        else { return false }
        return records[index].providerAddress == sender
      }
      if speaks || (isGateway && settings.receiverValidation == .recordOrGateway) { return }
    }
    throw .unknownSource(source, subnet, from: sender)
  }

  /// Rules Nat and None.
  func receiveTranslated(
    _ frame: EthernetFrame, _ packet: IPPacket
  ) -> (outcome: Outcome, frame: EthernetFrame) {
    do throws(Refusal) {
      let (index, inner) = try restored(frame, packet)
      return (Outcome(deliver(inner, to: try port(of: records[index]), same(inner))), inner)
    } catch {
      return (Outcome(.refuse(error)), frame)
    }
  }

  /// The record of the receiver, and the frame with the addresses that it knows.
  private func restored(
    _ frame: EthernetFrame, _ packet: IPPacket
  ) throws(Refusal) -> (Int, EthernetFrame) {
    var inner = frame
    let translating = machines(.nat) {
      $0.providerAddress == packet.destination && $0.customerAddress.family == packet.source.family
    }
    if isOurs(packet.destination), translating.count == 1 {
      let record = records[translating[0]]
      let senders = machines(.nat) {
        $0.providerAddress == packet.source && $0.customerAddress.family == packet.source.family
      }
      let domains = [record, records[senders.first ?? 0]].map { domain(of: $0.virtualSubnetID) }
      guard senders.count == 1, let own = domains[0], own == domains[1] else {
        throw .unknownSource(packet.source, record.virtualSubnetID, from: packet.source)
      }
      let sender = records[senders[0]]
      (inner.source, inner.destination) = (sender.macAddress, record.macAddress)
      inner.payload = .ip(
        packet.readdressed(from: sender.customerAddress, to: record.customerAddress))
      return (translating[0], inner)
    }
    let plain = machines(.none) {
      $0.customerAddress == packet.destination && isOurs($0.providerAddress)
    }
    guard plain.count == 1 else { throw .untranslatable(packet.destination) }
    try validate(
      packet.source, frame.source, records[plain[0]].virtualSubnetID, from: packet.source)
    inner.destination = records[plain[0]].macAddress
    inner.payload = .ip(packet)
    return (plain[0], inner)
  }

  /// The records of a rule that fit, one for each address and virtual subnet.
  private func machines(
    _ rule: LookupRecord.TranslationMethod, where fits: (LookupRecord) -> Bool
  ) -> [Int] {
    var found: [Int] = []
    for index in usable where records[index].rule == rule && fits(records[index]) {
      let record = records[index]
      let isOfOne =
        record.customerAddress.canBelongToOne && (record.type == .static || record.type == .dynamic)
      let isDoubled = found.contains {
        records[$0].customerAddress == record.customerAddress
          && records[$0].virtualSubnetID == record.virtualSubnetID
      }
      if isOfOne, !isDoubled { found.append(index) }
    }
    return found
  }
}
