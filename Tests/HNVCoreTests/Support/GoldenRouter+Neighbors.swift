@testable import HNVCore

/// What an ARP message, a neighbour solicitation or a neighbour advertisement says.
struct NeighborTalk {
  /// Whether it asks for the target's MAC address.
  var asks = false
  /// Whether a machine tells everyone of its own address.
  var announces = false
  /// The address asked for, or answered to.
  let target: IPAddress
  /// The address that it speaks for, and the MAC address that it says this has.
  let speaker: (address: IPAddress, mac: MACAddress?)

  init?(_ frame: EthernetFrame) {
    switch frame.payload {
    case .arp(let message):
      asks = message.operation == .request
      announces =
        frame.destination.isMulticast && message.senderAddress == message.targetAddress
      target = .v4(message.targetAddress)
      speaker = (.v4(message.senderAddress), message.senderMAC)
    case .ip(.v6(let packet)):
      switch packet.transport {
      case .icmpv6(.neighborSolicitation(let target, let mac)):
        asks = true
        self.target = .v6(target)
        speaker = (.v6(packet.source), mac)
      case .icmpv6(.neighborAdvertisement(let address, let mac, _)):
        let receiver = IPAddress.v6(packet.destination)
        announces = receiver.isMulticast
        target = announces ? .v6(address) : receiver
        speaker = (.v6(address), mac)
      default: return nil
      }
    default: return nil
    }
  }
}

extension GoldenRouter {
  func resolve(
    _ frame: EthernetFrame, _ talk: NeighborTalk, _ origin: Origin, _ changes: inout StateChanges
  ) throws(Refusal) -> Decision {
    let (subnet, target) = (origin.subnet, talk.target)
    var origin = origin
    if talk.speaker.address.isUnspecified {
      origin.record = usable.first {
        records[$0].virtualSubnetID == subnet && records[$0].macAddress == frame.source
      }
    } else {
      origin.record = try checkedSender(talk.speaker.address, frame.source, subnet)
    }
    changes.learned = learned(frame, talk, subnet, at: origin.port)
    let known = proxied(target, origin)
    let owner = known.map { records[$0].macAddress }
    if talk.announces, owner == nil || owner == frame.source {
      if settings.gratuitousARP == .consumed { return .absorb }
      changes.copies = try copies(of: frame, to: groupProviders(nil, subnet), origin)
      return .replicate
    }
    if owner == frame.source { throw .neighborUnknown(target, subnet) }
    guard let index = known ?? l2Only(frame.destination, subnet) else {
      let floods = settings.unknownNeighbor == .flooded && !l2OnlyRecords(subnet).isEmpty
      guard floods, talk.asks, frame.destination.isMulticast else {
        throw .neighborUnknown(target, subnet)
      }
      changes.copies = try copies(
        of: frame, to: providers(of: l2OnlyRecords(subnet)), origin)
      return .replicate
    }
    let record = records[index]
    let isHere = isOurs(record.providerAddress)
    // The host speaks for those whom the frame cannot reach, as for those whom it need not.
    let isReached = !isGateway(record) && (isHere || record.rule == .encap)
    if talk.asks, frame.destination.isMulticast || !isReached {
      return .answer(NeighborAnswer(target: target, macAddress: record.macAddress))
    }
    if isGateway(record) { throw .gatewayAddress(target) }
    if !isReached { return .absorb }
    if isHere { return deliver(frame, to: try port(of: record), same(frame)) }
    return .encapsulate(try tunnel(frame, to: record, origin), same(frame))
  }

  /// The record from which the host answers.
  func proxied(_ target: IPAddress, _ origin: Origin) -> Int? {
    if let own = record(target, origin.subnet) { return own }
    guard settings.neighborProxy == .routingDomain,
      case .record(let index) = best(for: target, in: origin.domain)
    else { return nil }
    return index
  }

  /// What a host learns of an L2Only machine by a frame of its own port, or of a tunnel (`nil`).
  func learned(
    _ frame: EthernetFrame, _ talk: NeighborTalk?, _ subnet: VirtualSubnetID, at port: Int?
  ) -> LearnedAddress? {
    var heard: [IPAddress?] = []
    if settings.learning != .none, let talk, talk.speaker.mac == frame.source,
      talk.speaker.address.canBelongToOne
    {
      heard.append(talk.speaker.address)
    }
    if settings.learning == .allTraffic { heard.append(frame.packet?.source) }
    guard let address = heard.compactMap(\.self).first, address.canBelongToOne,
      prefixes(of: subnet).contains(where: { $0.contains(address) }),
      let machine = l2Only(frame.source, subnet)
    else { return nil }
    let learned = LearnedAddress(address: address, record: machine)
    if let index = record(address, subnet) {
      let isOwn = records[index].macAddress == frame.source
      if records[index].type == .static, isOwn || settings.learnedConflict == .staticWins {
        return nil
      }
      if isOwn { return settings.learnedAgeing == .never ? nil : learned }
    }
    guard let port, let limit = host.ports[port].dynamicIPAddressLimit else { return learned }
    let own = usable.filter {
      records[$0].type == .dynamic && records[$0].macAddress == frame.source
        && records[$0].virtualSubnetID == subnet
    }
    return own.count < limit ? learned : nil
  }
}

extension IPAddress {
  var canBelongToOne: Bool { !isMulticast && !isLimitedBroadcast && !isUnspecified }
}
