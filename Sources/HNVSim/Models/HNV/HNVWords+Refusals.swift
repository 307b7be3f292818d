import HNVCore

/// Words for why a host dropped a frame, and what would fix it.
extension HNVWords {
  func disposition(of refusal: Refusal) -> Disposition {
    switch refusal {
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

  func step(for refusal: Refusal) -> Step {
    let host = router.name
    switch refusal {
    case .unknownVirtualSubnet(let subnet):
      return Step(
        .dropped, "\(host) has no customer route that names virtual subnet \(subnet)",
        fix: "deliver the customer routes of virtual subnet \(subnet) to \(host)")
    case .denied(let direction, let port, let entry): return denied(direction, port, entry)
    case .spoofedMAC(let address, let port): return spoofed(address, port)
    case .guarded(let portGuard, let port): return guarded(portGuard, port)
    case .invalidSource(let address, let mac, let subnet):
      return Step(
        .dropped,
        "no lookup record on \(host) has \(address) with \(mac) in virtual subnet \(subnet)",
        lookup: missed(address, subnet), setting: settings.sourceValidation.text,
        fix: "deliver the sender's own record to \(host), or correct the sender's address")
    case .notIP(let etherType):
      return Step(
        .dropped, "HNV carries neither IP nor ARP in EtherType 0x\(String(etherType, radix: 16))",
        fix: "send IP")
    case .noRoute(let address, let domain): return noRoute(address, domain)
    case .noRecord(let address, let subnet, let route): return noRecord(address, subnet, route)
    case .gatewayAddress(let address):
      return Step(
        .dropped, "\(address) is HNV's own gateway address; nothing listens there",
        fix: "send to a machine; that the gateway does not answer means nothing")
    case .foreignMAC(let sent, let record):
      return Step(
        .dropped,
        "the frame is addressed to \(sent), the record says"
          + " \(tables.policy.lookupRecords[record].macAddress)",
        setting: settings.foreignMAC.text, fix: "clear the sender's neighbour cache")
    case .timeToLiveExceeded(let address):
      return Step(
        .dropped,
        "TTL \(frame?.packet?.timeToLive ?? 0) does not suffice to change subnet"
          + " on the way to \(address)", setting: settings.timeToLive.text,
        fix: loopingMachine.map {
          "the packet circles by way of \($0): give it a route that leads out"
        } ?? "send with a higher TTL")
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
        .dropped, "\(mac) has left \(host); its record here says \(provider) by now",
        fix: whereabouts(mac))
    case .untranslatable(let address):
      return Step(
        .dropped,
        "the packet to \(address) is in no tunnel, and no record on \(host) translates it",
        fix: "send it to a machine, or add a record with the rule Nat")
    case .noPort(let mac, let subnet):
      return Step(
        .dropped,
        "the record leads to \(host), which has no port with \(mac) in virtual subnet"
          + " \(subnet)", fix: whereabouts(mac))
    case .foreignProviderAddress(let provider):
      return Step(
        .dropped,
        "the sender's record names the provider address \(provider), which \(host) does not have",
        fix: "deliver the sender's record again, with a provider address of \(host)")
    case .notOurProviderAddress(let provider):
      return Step(
        .dropped, "\(provider) is no provider address of \(host)",
        fix: "assign \(provider) to \(host)")
    case .noRecordAtReceiver(let mac, let subnet):
      return Step(
        .dropped, "\(host) has no lookup record of \(mac) in virtual subnet \(subnet)",
        fix: "deliver the record of \(mac) to \(host)")
    case .neighborUnknown(let address, let subnet):
      return Step(
        .dropped,
        "\(host) has no lookup record of \(address) in virtual subnet \(subnet) to answer from;"
          + " nothing is flooded",
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
        .dropped, "the frame in the tunnel bears a tag of VLAN \(tag.identifier) (RFC 7637, 3.2)",
        fix: "have the sending host remove the tag")
    case .routerAdvertisement:
      return Step(
        .dropped, "HNV is the router, and lets no machine present itself as one",
        fix: "route by customer routes in place of advertisements")
    case .noReceivers(let mac, let subnet):
      return Step(
        .dropped, "\(mac) is for all of virtual subnet \(subnet), of which nobody else is in reach",
        setting: settings.groups.text,
        fix: "have a host of another machine of the subnet in the records, or send to one machine")
    case .untranslated(let record):
      return Step(
        .dropped, "\(text(.record(record))) has the rule TranslationMethodNone",
        setting: settings.untranslated.text, fix: "use the rule TranslationMethodEncap")
    case .familiesDiffer(let record):
      return Step(
        .dropped, "\(text(.record(record))) translates between two address families",
        fix: "use the rule TranslationMethodEncap, or provider addresses of the customer's family")
    case .unknownSource(let address, let subnet, let provider):
      return Step(
        .dropped,
        "\(router.name) has no lookup record of the sender \(address), and \(provider) is the host"
          + " of no gateway that it knows", lookup: missed(address, subnet),
        setting: settings.receiverValidation.text, fix: holders(of: address))
    case .packetTooBig(let byteCount, let room):
      return Step(
        .dropped, "\(byteCount) bytes do not fit the \(room) that the tunnel leaves",
        setting: settings.icmpErrors.text, fix: "send at most \(room) bytes")
    default: return Step(.dropped, "the frame is dropped")
    }
  }

  private func noRoute(_ address: IPAddress, _ domain: RoutingDomainID) -> Step {
    let miss = tables.nearestMiss(for: address, in: domain)
    let isNear = miss.map { shares(tables.prefix(of: $0), address) } ?? false
    let nearest = isNear ? miss.map { [text($0)] } ?? [] : []
    return Step(
      .dropped, "no entry of \(table(domain)) covers \(address)",
      lookup: Step.Lookup(
        table: table(domain), key: "\(address)", match: nil, nearest: nearest),
      fix: "add a customer route that covers \(address), such as a default route to a gateway")
  }

  private func noRecord(
    _ address: IPAddress, _ subnet: VirtualSubnetID, _ route: Int
  ) -> Step {
    Step(
      .dropped,
      "\(router.name) has no lookup record of \(address) in virtual subnet \(subnet), to which"
        + " \(brief(.route(route))) led", lookup: missed(address, subnet),
      fix: holders(of: address))
  }

  /// A look for a record that is not there, with the records that come near.
  private func missed(_ address: IPAddress, _ subnet: VirtualSubnetID) -> Step.Lookup {
    let near = tables.nearRecords(for: address, in: subnet).map { text(.record($0)) }
    let domain = tables.virtualSubnets[subnet]?.routingDomainID
    let route = domain.flatMap { tables.entry(for: address, in: $0) }.map { [text($0)] } ?? []
    return Step.Lookup(
      table: "lookup records of virtual subnet \(subnet) on \(router.name)", key: "\(address)",
      match: nil, nearest: near + route + nearestRecord(to: address, in: subnet))
  }

  /// The record of the subnet whose address has most leading bits in common with the one missed.
  private func nearestRecord(to address: IPAddress, in subnet: VirtualSubnetID) -> [String] {
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

  /// For an address of another subnet: its sender takes for a neighbour what is none.
  private func otherSubnet(of address: IPAddress, than subnet: VirtualSubnetID) -> String? {
    let domain = tables.virtualSubnets[subnet]?.routingDomainID
    let other = tables.nearRecords(for: address, in: subnet).first { index in
      let identifier = tables.policy.lookupRecords[index].virtualSubnetID
      return identifier != subnet && tables.virtualSubnets[identifier]?.routingDomainID == domain
    }
    return other.map { index in
      "\(address) is in virtual subnet \(tables.policy.lookupRecords[index].virtualSubnetID):"
        + " correct the asker's prefix length, so that it sends by its gateway"
    }
  }

  /// Which hosts do hold a record that this one lacks.
  private func holders(of address: IPAddress) -> String {
    let names = hosts.filter { host in
      host.policy.forwarding.lookupRecords.contains {
        $0.customerAddress == address && $0.isUnicast
      }
    }.map(\.name)
    guard let first = names.first else {
      return "no host has a record of \(address): give a machine the address, or correct it"
    }
    let others = names.count > 1 ? " and \(names.count - 1) more" : ""
    let verb = names.count > 1 ? "have" : "has"
    return "deliver the record of \(address) to \(router.name); \(first)\(others) \(verb) it"
  }

  private func whereabouts(_ mac: MACAddress) -> String {
    let host = hosts.first { host in
      host.policy.ports.contains { $0.macAddress == mac }
    }
    guard let host else { return "connect the machine's port, or remove its record" }
    return "deliver the record again: its machine is on \(host.name) by now"
  }
}
