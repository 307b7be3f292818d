import HNVCore

/// Why a host dropped a frame.
struct HNVRefusalFact: Fact {
  let refusal: Refusal
  let snapshot: HNVSnapshot

  func step(in scene: Scene) -> Step { HNVExplainer(snapshot, in: scene).step(for: refusal) }
}

extension Refusal {
  var disposition: Disposition {
    switch self {
    case .unknownVirtualSubnet, .noRecordAtReceiver: .noPolicy
    case .denied(.outbound, _, _): .deniedOut
    case .denied(.inbound, _, _): .deniedIn
    case .spoofedMAC: .spoofedMAC
    case .guarded: .guarded
    case .invalidSource: .invalidSource
    case .notIP, .taggedInside, .routerAdvertisement, .untranslated, .familiesDiffer: .notCarried
    case .noReceivers: .noReceivers
    case .packetTooBig: .exceedsMTU
    case .unknownSource: .unknownSource
    case .noRoute: .noRoute
    case .noRecord: .noRecord
    case .gatewayAddress: .gatewayAddress
    case .foreignMAC: .foreignMAC
    case .timeToLiveExceeded: .timeToLiveExceeded
    case .noPort, .moved: .noPort
    case .foreignProviderAddress, .notOurProviderAddress, .untranslatable: .providerUnreachable
    case .neighborUnknown: .neighborUnreachable
    }
  }
}

/// Words for why a host dropped a frame, and what would fix it.
extension HNVExplainer {
  func step(for refusal: Refusal) -> Step {
    let host = router.name
    switch refusal {
    case .unknownVirtualSubnet(let subnet):
      return Step(
        .dropped, "\(host) has no customer route for VSID \(subnet)",
        fix: "deliver the customer routes of VSID \(subnet) to \(host)")
    case .denied(let direction, let port, let entry): return denied(direction, port, entry)
    case .spoofedMAC(let address, let port): return spoofed(address, port)
    case .guarded(let portGuard, let port): return guarded(portGuard, port)
    case .invalidSource(let address, let mac, let subnet):
      return Step(
        .dropped,
        "no lookup record for the sender \(address) with \(mac) in VSID \(subnet)",
        lookup: missed(address, subnet), setting: settings.sourceValidation.text,
        fix: "deliver the sender's own record to \(host), or correct the sender's address")
    case .notIP(let etherType):
      return Step(
        .dropped,
        "HNV forwards only IP and ARP; the frame with EtherType 0x\(fourDigits(etherType)) carries"
          + " neither", fix: "send well-formed IP")
    case .noRoute(let address, let domain): return noRoute(address, domain)
    case .noRecord(let address, let subnet, let route): return noRecord(address, subnet, route)
    case .gatewayAddress(let address):
      return Step(
        .dropped, "\(address) is the HNV gateway address; nothing listens on it",
        fix: "send to a machine; an HNV gateway that does not reply is normal")
    case .foreignMAC(let sent, let record):
      return Step(
        .dropped,
        "destination MAC \(sent) is not the record's"
          + " (\(tables.policy.lookupRecords[record].macAddress))",
        entry: entry(.record(record)), setting: settings.foreignMAC.text,
        fix: "clear the sender's neighbour cache")
    case .timeToLiveExceeded:
      return .timeToLiveExpired(
        at: host, setting: settings.timeToLive.text, loopingBy: scene?.loopingMachine)
    case .noPort, .moved, .foreignProviderAddress, .notOurProviderAddress, .noRecordAtReceiver,
      .neighborUnknown, .untranslatable:
      return placement(refusal)
    case .taggedInside, .routerAdvertisement, .noReceivers, .untranslated, .familiesDiffer,
      .unknownSource, .packetTooBig:
      return carriage(refusal)
    }
  }

  private func placement(_ refusal: Refusal) -> Step {
    let host = router.name
    switch refusal {
    case .moved(let mac, _, let provider):
      return Step(
        .dropped, "\(mac) is no longer on \(host) (its record points to PA \(provider))",
        fix: whereabouts(mac))
    case .untranslatable(let address):
      return Step(
        .dropped,
        "the packet to \(address) is not encapsulated, and no NAT record on \(host) matches it",
        fix: "send it to a machine, or add a lookup record with rule Nat")
    case .noPort(let mac, let subnet):
      return Step(
        .dropped,
        "the lookup record points to \(host), which has no port with \(mac) in VSID"
          + " \(subnet)", fix: whereabouts(mac))
    case .foreignProviderAddress(let provider):
      return Step(
        .dropped,
        "PA \(provider) of the sender's record is not assigned to \(host)",
        fix: "deliver the sender's record again, with a PA of \(host)")
    case .notOurProviderAddress(let provider):
      return Step(
        .dropped, "PA \(provider) is not assigned to \(host)",
        fix: "assign \(provider) to \(host)")
    case .noRecordAtReceiver(let mac, let subnet):
      return Step(
        .dropped, "no lookup record for \(mac) in VSID \(subnet)",
        fix: "deliver the record of \(mac) to \(host)")
    case .neighborUnknown(let address, let subnet):
      return Step(
        .dropped,
        "no lookup record for \(address) in VSID \(subnet); no proxy reply, not flooded",
        lookup: missed(address, subnet), setting: settings.neighborProxy.text,
        fix: otherSubnet(of: address, than: subnet) ?? holders(of: address))
    default: return Step(.dropped, "the frame is dropped")
    }
  }

  /// What HNV does not carry as it is.
  private func carriage(_ refusal: Refusal) -> Step {
    switch refusal {
    case .taggedInside(let tag):
      return Step(
        .dropped, "the inner frame has VLAN tag \(tag.identifier) (RFC 7637, section 3.2)",
        fix: "remove the tag on the sending host")
    case .routerAdvertisement:
      return Step(
        .dropped, "HNV is the router, and drops router advertisements of machines",
        fix: "use customer routes instead of advertisements")
    case .noReceivers(let mac, let subnet):
      return Step(
        .dropped, "no reachable receiver for \(mac) in VSID \(subnet)",
        setting: settings.groups.text,
        fix: "deliver the record of another machine in the subnet, or send unicast")
    case .untranslated(let record):
      return Step(
        .dropped, "\(text(.record(record))) has rule TranslationMethodNone",
        entry: entry(.record(record)), setting: settings.untranslated.text,
        fix: "use rule TranslationMethodEncap")
    case .familiesDiffer(let record):
      return Step(
        .dropped, "\(text(.record(record))) translates between IPv4 and IPv6",
        entry: entry(.record(record)),
        fix: "use rule TranslationMethodEncap, or provider addresses of the same family as the CA")
    case .unknownSource(let address, let subnet, let provider):
      return Step(
        .dropped,
        "no lookup record for the sender \(address), and PA \(provider) is not that of a known"
          + " gateway", lookup: missed(address, subnet),
        setting: settings.receiverValidation.text, fix: holders(of: address))
    case .packetTooBig(let byteCount, let room):
      return Step(
        .dropped, "packet of \(byteCount) bytes exceeds the MTU inside the tunnel (\(room))",
        setting: settings.icmpErrors.text, fix: "send at most \(room) bytes")
    default: return Step(.dropped, "the frame is dropped")
    }
  }

  private func noRoute(_ address: IPAddress, _ domain: RoutingDomainID) -> Step {
    let miss = tables.nearestMiss(for: address, in: domain)
    let isNear = miss.map { shares(tables.prefix(of: $0), address) } ?? false
    let nearest = isNear ? miss.map { [text($0)] } ?? [] : []
    return Step(
      .dropped, "no route to \(address) in \(table(domain))",
      lookup: Step.Lookup(
        table: table(domain), key: "\(address)", match: nil, nearest: nearest),
      fix: "add a customer route that covers \(address), such as a default route to a gateway")
  }

  private func noRecord(
    _ address: IPAddress, _ subnet: VirtualSubnetID, _ route: Int
  ) -> Step {
    let route = tables.policy.customerRoutes[route]
    let way = if case .via(let address) = route.nextHop { "next hop \(address)" } else { "on-link" }
    return Step(
      .dropped,
      "no lookup record for \(address) in VSID \(subnet)"
        + " (via route \(route.destinationPrefix), \(way))", lookup: missed(address, subnet),
      fix: holders(of: address))
  }

  /// A look for a record that is not there, with the records that come near.
  private func missed(_ address: IPAddress, _ subnet: VirtualSubnetID) -> Step.Lookup {
    let near = tables.nearRecords(for: address, in: subnet).map { text(.record($0)) }
    let domain = tables.virtualSubnets[subnet]?.routingDomainID
    let route = domain.flatMap { tables.entry(for: address, in: $0) }.map { [text($0)] } ?? []
    return Step.Lookup(
      table: "lookup records of VSID \(subnet) on \(router.name)", key: "\(address)",
      match: nil, nearest: near + route + nearestRecord(to: address, in: subnet))
  }

  /// The record of the subnet whose address has most leading bits in common with the one missed.
  private func nearestRecord(to address: IPAddress, in subnet: VirtualSubnetID) -> [Words] {
    var table = PrefixTable<Int>()
    for (index, record) in tables.policy.lookupRecords.enumerated()
    where record.virtualSubnetID == subnet && record.isUnicast && !record.isUnusable
      && !tables.isGatewayAddress(record)
    {
      table.insert(index, for: IPPrefix(host: record.customerAddress))
    }
    return table.nearestMiss(for: address).map { [text(.record($0.value))] } ?? []
  }

  /// Whether an entry has enough leading bits in common with an address to be worth a mention.
  private func shares(_ prefix: IPPrefix, _ address: IPAddress) -> Bool {
    IPPrefix(containing: address, length: 8)?.contains(prefix.address) ?? false
  }

  /// For an address of another subnet: its sender wrongly resolves it as a neighbour.
  private func otherSubnet(of address: IPAddress, than subnet: VirtualSubnetID) -> String? {
    let domain = tables.virtualSubnets[subnet]?.routingDomainID
    let other = tables.nearRecords(for: address, in: subnet).first { index in
      let identifier = tables.policy.lookupRecords[index].virtualSubnetID
      return identifier != subnet && tables.virtualSubnets[identifier]?.routingDomainID == domain
    }
    return other.map { index in
      "\(address) is in VSID \(tables.policy.lookupRecords[index].virtualSubnetID): correct the"
        + " sender's prefix length, so that it uses its gateway"
    }
  }

  /// Which hosts have a record that this one does not.
  private func holders(of address: IPAddress) -> String {
    let names = snapshot.policy.hosts.filter { host in
      host.policy.forwarding.lookupRecords.contains {
        $0.customerAddress == address && $0.isUnicast
      }
    }.map(\.name)
    guard !names.isEmpty else {
      return "no host has a record of \(address): assign it to a machine, or correct the address"
    }
    let verb = names.count > 1 ? "have" : "has"
    return "deliver the record of \(address) to \(router.name) (\(list(names)) \(verb) it)"
  }

  /// Names in a sentence: up to three, and how many more there are.
  private func list(_ names: [String]) -> String {
    let more = names.count - 3
    let all = names.prefix(3) + (more > 0 ? ["\(more) more"] : [])
    guard let last = all.last, all.count > 1 else { return all.first ?? "" }
    return all.dropLast().joined(separator: ", ") + " and \(last)"
  }

  private func fourDigits(_ etherType: UInt16) -> String {
    let digits = String(etherType, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  private func whereabouts(_ mac: MACAddress) -> String {
    let host = snapshot.policy.hosts.first { host in
      host.policy.ports.contains { $0.macAddress == mac }
    }
    guard let host else { return "connect the machine's port, or remove its record" }
    return "deliver the record again: the machine is now on \(host.name)"
  }
}
