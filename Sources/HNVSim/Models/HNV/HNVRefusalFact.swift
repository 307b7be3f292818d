import HNVCore

/// Why a host dropped a frame.
struct HNVRefusalFact: Fact {
  let refusal: Refusal
  let snapshot: HNVSnapshot

  func write(to step: inout StepWriter, in scene: Scene) {
    HNVExplainer(snapshot, in: scene)?.write(refusal, to: &step)
  }
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
  func write(_ refusal: Refusal, to step: inout StepWriter) {
    let host = router.name
    switch refusal {
    case .unknownVirtualSubnet(let subnet):
      step.say(.dropped, host, " has no customer route for VSID ", subnet)
      step.fix("deliver the customer routes of VSID ", subnet, " to ", host)
    case .denied(let direction, let port, let entry):
      writeDenied(direction, port, entry, to: &step)
    case .spoofedMAC(let address, let port): writeSpoofed(address, port, to: &step)
    case .guarded(let portGuard, let port): writeGuarded(portGuard, port, to: &step)
    case .invalidSource(let address, let mac, let subnet):
      step.say(
        .dropped, "no lookup record for the sender ", address, " with ", mac, " in VSID ", subnet)
      writeMiss(of: address, in: subnet, to: &step)
      step.setting(settings.sourceValidation)
      step.fix("deliver the sender's own record to ", host, ", or correct the sender's address")
    case .notIP(let etherType):
      step.say(
        .dropped, "HNV forwards only IP and ARP; the frame with EtherType 0x",
        fourDigits(etherType), " carries neither")
      step.fix("send well-formed IP")
    case .noRoute(let address, let domain): writeNoRoute(address, domain, to: &step)
    case .noRecord(let address, let subnet, let route):
      writeNoRecord(address, subnet, route, to: &step)
    case .gatewayAddress(let address):
      step.say(.dropped, address, " is the HNV gateway address; nothing listens on it")
      step.fix("send to a machine; an HNV gateway that does not reply is normal")
    case .foreignMAC(let sent, let record):
      step.say(
        .dropped, "destination MAC ", sent, " is not the record's (",
        tables.policy.lookupRecords[record].macAddress, ")")
      writeEntry(.record(record), to: &step)
      step.setting(settings.foreignMAC)
      step.fix("clear the sender's neighbour cache")
    case .timeToLiveExceeded:
      step.sayTimeToLiveExpired(
        at: host, setting: settings.timeToLive.text, loopingBy: scene?.loopingMachine)
    case .noPort, .moved, .foreignProviderAddress, .notOurProviderAddress, .noRecordAtReceiver,
      .neighborUnknown, .untranslatable:
      writePlacement(refusal, to: &step)
    case .taggedInside, .routerAdvertisement, .noReceivers, .untranslated, .familiesDiffer,
      .unknownSource, .packetTooBig:
      writeCarriage(refusal, to: &step)
    }
  }

  private func writePlacement(_ refusal: Refusal, to step: inout StepWriter) {
    let host = router.name
    switch refusal {
    case .moved(let mac, _, let provider):
      step.say(
        .dropped, mac, " is no longer on ", host, " (its record points to PA ", provider, ")")
      step.fix(whereabouts(mac))
    case .untranslatable(let address):
      step.say(
        .dropped, "the packet to ", address, " is not encapsulated, and no NAT record on ", host,
        " matches it")
      step.fix("send it to a machine, or add a lookup record with rule Nat")
    case .noPort(let mac, let subnet):
      step.say(
        .dropped, "the lookup record points to ", host, ", which has no port with ", mac,
        " in VSID ", subnet)
      step.fix(whereabouts(mac))
    case .foreignProviderAddress(let provider):
      step.say(.dropped, "PA ", provider, " of the sender's record is not assigned to ", host)
      step.fix("deliver the sender's record again, with a PA of ", host)
    case .notOurProviderAddress(let provider):
      step.say(.dropped, "PA ", provider, " is not assigned to ", host)
      step.fix("assign ", provider, " to ", host)
    case .noRecordAtReceiver(let mac, let subnet):
      step.say(.dropped, "no lookup record for ", mac, " in VSID ", subnet)
      step.fix("deliver the record of ", mac, " to ", host)
    case .neighborUnknown(let address, let subnet):
      step.say(
        .dropped, "no lookup record for ", address, " in VSID ", subnet,
        "; no proxy reply, not flooded")
      writeMiss(of: address, in: subnet, to: &step)
      step.setting(settings.neighborProxy)
      step.fix(otherSubnet(of: address, than: subnet) ?? holders(of: address))
    default: step.say(.dropped, "the frame is dropped")
    }
  }

  /// What HNV does not carry as it is.
  private func writeCarriage(_ refusal: Refusal, to step: inout StepWriter) {
    switch refusal {
    case .taggedInside(let tag):
      step.say(
        .dropped, "the inner frame has VLAN tag ", tag.identifier, " (RFC 7637, section 3.2)")
      step.fix("remove the tag on the sending host")
    case .routerAdvertisement:
      step.say(.dropped, "HNV is the router, and drops router advertisements of machines")
      step.fix("use customer routes instead of advertisements")
    case .noReceivers(let mac, let subnet):
      step.say(.dropped, "no reachable receiver for ", mac, " in VSID ", subnet)
      step.setting(settings.groups)
      step.fix("deliver the record of another machine in the subnet, or send unicast")
    case .untranslated(let record):
      step.say(.dropped, text(.record(record)), " has rule TranslationMethodNone")
      writeEntry(.record(record), to: &step)
      step.setting(settings.untranslated)
      step.fix("use rule TranslationMethodEncap")
    case .familiesDiffer(let record):
      step.say(.dropped, text(.record(record)), " translates between IPv4 and IPv6")
      writeEntry(.record(record), to: &step)
      step.fix(
        "use rule TranslationMethodEncap, or provider addresses of the same family as the CA")
    case .unknownSource(let address, let subnet, let provider):
      step.say(
        .dropped, "no lookup record for the sender ", address, ", and PA ", provider,
        " is not that of a known gateway")
      writeMiss(of: address, in: subnet, to: &step)
      step.setting(settings.receiverValidation)
      step.fix(holders(of: address))
    case .packetTooBig(let byteCount, let room):
      step.say(
        .dropped, "packet of ", byteCount, " bytes exceeds the MTU inside the tunnel (", room, ")")
      step.setting(settings.icmpErrors)
      step.fix("send at most ", room, " bytes")
    default: step.say(.dropped, "the frame is dropped")
    }
  }

  private func writeNoRoute(
    _ address: IPAddress, _ domain: RoutingDomainID, to step: inout StepWriter
  ) {
    step.say(.dropped, "no route to ", address, " in ", table(domain))
    step.table(table(domain))
    step.key(address)
    if let miss = tables.nearestMiss(for: address, in: domain),
      shares(tables.prefix(of: miss), address)
    {
      step.nearest(text(miss))
    }
    step.fix("add a customer route that covers ", address, ", such as a default route to a gateway")
  }

  private func writeNoRecord(
    _ address: IPAddress, _ subnet: VirtualSubnetID, _ route: Int, to step: inout StepWriter
  ) {
    let route = tables.policy.customerRoutes[route]
    step.say(
      .dropped, "no lookup record for ", address, " in VSID ", subnet, " (via route ",
      route.destinationPrefix, ", ")
    if case .via(let address) = route.nextHop {
      step.add("next hop ", address, ")")
    } else {
      step.add("on-link)")
    }
    writeMiss(of: address, in: subnet, to: &step)
    step.fix(holders(of: address))
  }

  /// A look for a record that is not there, with the records that come near.
  private func writeMiss(
    of address: IPAddress, in subnet: VirtualSubnetID, to step: inout StepWriter
  ) {
    writeTable(ofRecordsIn: subnet, to: &step)
    step.key(address)
    for record in tables.nearRecords(for: address, in: subnet) {
      step.nearest(text(.record(record)))
    }
    if let domain = tables.virtualSubnets[subnet]?.routingDomainID,
      let entry = tables.entry(for: address, in: domain)
    {
      step.nearest(text(entry))
    }
    if let record = nearestRecord(to: address, in: subnet) { step.nearest(text(.record(record))) }
  }

  /// The record of the subnet whose address has most leading bits in common with the one missed.
  private func nearestRecord(to address: IPAddress, in subnet: VirtualSubnetID) -> Int? {
    var table = PrefixTable<Int>()
    for (index, record) in tables.policy.lookupRecords.enumerated()
    where record.virtualSubnetID == subnet && record.isUnicast && !record.isUnusable
      && !tables.isGatewayAddress(record)
    {
      table.insert(index, for: IPPrefix(host: record.customerAddress))
    }
    return table.nearestMiss(for: address)?.value
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
