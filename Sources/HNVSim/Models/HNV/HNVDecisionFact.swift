import HNVCore

/// What a host found where it looked, by the numbers of records and routes.
struct HNVDecisionFact: Fact {
  let found: Found
  let snapshot: HNVSnapshot

  enum Found {
    /// The frame goes to a port of its own host and subnet by MAC alone.
    case bridged
    case crossed(record: Int32, from: VirtualSubnetID)
    case flooded(record: Int32?, in: VirtualSubnetID)
    case foreignMAC(record: Int)
    indirect case learned(LearnedAddress)
    case neighbor(record: Int)
    case received(record: Int)
    case resolved(record: Int32, route: Int32)
    case resolvedByMAC(record: Int32, in: VirtualSubnetID)
    case routedByRecord(Int32, from: VirtualSubnetID)
    case routedByRoute(Int32, from: VirtualSubnetID)
    case sender(Grounds.Sender)
    case translatedSender(Grounds.Sender)
    case tunnelSender(Grounds.Sender)
  }

  func step(in scene: Scene) -> Step {
    HNVExplainer(snapshot, in: scene).step(for: found) ?? Step(.forwarded, "a frame")
  }
}

extension HNVExplainer {
  /// `nil` for a frame without the addresses that were looked up.
  fileprivate func step(for found: HNVDecisionFact.Found) -> Step? {
    switch found {
    case .bridged: bridged()
    case .crossed(let record, let subnet): crossed(Int(record), from: subnet)
    case .flooded(let record, let subnet): flooded(record.map(Int.init), in: subnet)
    case .foreignMAC(let record): foreignMAC(record)
    case .learned(let learned): self.learned(learned)
    case .neighbor(let record): neighbor(record)
    case .received(let record): received(record)
    case .resolved(let record, let route): resolved(Int(record), by: Int(route))
    case .resolvedByMAC(let record, let subnet):
      resolved(Int(record), ipRow?.destination, in: subnet)
    case .routedByRecord(let index, let subnet): routed(.record(Int(index)), from: subnet)
    case .routedByRoute(let index, let subnet): routed(.route(Int(index)), from: subnet)
    case .sender(let sender): checked(sender)
    case .translatedSender(let sender): sourceKnown(sender, isTranslated: true)
    case .tunnelSender(let sender): sourceKnown(sender, isTranslated: false)
    }
  }

  private func bridged() -> Step? {
    row.map {
      Step(
        .forwarded, "\($0.destinationMAC) is on this host, in the same subnet: bridged",
        setting: settings.sameHost.text)
    }
  }

  private func resolved(_ record: Int, by route: Int) -> Step? {
    guard let destination = ipRow?.destination else { return nil }
    let (address, subnet) = tables.target(of: route, for: destination)
    return resolved(record, address, in: subnet)
  }

  private func resolved(
    _ record: Int, _ address: IPAddress?, in subnet: VirtualSubnetID
  ) -> Step? {
    guard let address else { return nil }
    return Step(
      .resolved, "\(address) matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records of VSID \(subnet) on \(router.name)",
        key: "\(address)", match: text(.record(record))), entry: entry(.record(record)))
  }

  private func foreignMAC(_ record: Int) -> Step? {
    row.map {
      Step(
        .rewritten,
        "destination MAC \($0.destinationMAC) ignored; the record has"
          + " \(tables.policy.lookupRecords[record].macAddress)",
        entry: entry(.record(record)), setting: settings.foreignMAC.text)
    }
  }

  private func crossed(_ record: Int, from subnet: VirtualSubnetID) -> Step {
    Step(
      .forwarded, "VSID \(subnet) -> \(tables.policy.lookupRecords[record].virtualSubnetID)",
      setting: "\(settings.timeToLive.text), \(settings.sourceMAC.text)")
  }

  private func learned(_ learned: LearnedAddress) -> Step {
    Step(
      .resolved,
      "\(router.name) learns \(learned.address) is-at"
        + " \(tables.policy.lookupRecords[learned.record].macAddress)",
      lookup: Step.Lookup(
        table: "lookup records on \(router.name)", key: "\(learned.address)",
        match: text(.record(learned.record))), entry: entry(.record(learned.record)),
      setting: settings.learning.text)
  }

  private func received(_ index: Int) -> Step {
    let record = tables.policy.lookupRecords[index]
    return Step(
      .resolved,
      "\(record.macAddress) in VSID \(record.virtualSubnetID) matches \(brief(.record(index)))",
      lookup: Step.Lookup(
        table: "lookup records of VSID \(record.virtualSubnetID) on \(router.name)",
        key: "\(record.macAddress)", match: text(.record(index))), entry: entry(.record(index)))
  }

  private func neighbor(_ record: Int) -> Step? {
    guard let target = row.flatMap({ NeighborMessage($0)?.target }) else { return nil }
    return Step(
      .resolved, "\(target) matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records on \(router.name)", key: "\(target)",
        match: text(.record(record))), entry: entry(.record(record)),
      setting: settings.neighborProxy.text)
  }

  private func flooded(_ record: Int?, in subnet: VirtualSubnetID) -> Step? {
    guard let mac = row?.destinationMAC else { return nil }
    guard let record else {
      return Step(
        .forwarded, "\(mac) is flooded in VSID \(subnet)",
        setting: "\(settings.groups.text), \(settings.unknownNeighbor.text)")
    }
    return Step(
      .resolved, "\(mac) matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records of VSID \(subnet) on \(router.name)",
        key: "\(tables.policy.lookupRecords[record].customerAddress)",
        match: text(.record(record))), entry: entry(.record(record)),
      setting: settings.groups.text)
  }

  /// What the receiving host found about the sender of a packet from another host.
  private func sourceKnown(_ sender: Grounds.Sender, isTranslated: Bool) -> Step? {
    switch sender {
    case .notAsked: return nil
    case .unknown:
      return ipRow.map {
        Step(
          .checked, "the sender \($0.source) is not checked",
          setting: settings.receiverValidation.text)
      }
    case .record(let record):
      // Of a translated packet the record alone says which customer address sent it.
      let known = tables.policy.lookupRecords[record]
      let address =
        isTranslated && known.rule == .nat
        ? known.customerAddress : ipRow?.source ?? known.customerAddress
      return Step(
        .checked, "the sender \(address) matches \(brief(.record(record)))",
        entry: entry(.record(record)), setting: settings.receiverValidation.text)
    }
  }

  /// What the sending host found about the sender.
  private func checked(_ sender: Grounds.Sender) -> Step? {
    guard let row, let address = NeighborMessage(row)?.sender ?? ipRow?.source
    else { return nil }
    switch sender {
    case .notAsked: return nil
    case .unknown:
      return Step(
        .checked, "the sender \(address) is not checked", setting: settings.sourceValidation.text)
    case .record(let record):
      return Step(
        .checked, "the sender \(address) matches \(brief(.record(record)))",
        lookup: Step.Lookup(
          table: "lookup records on \(router.name)", key: "\(address) with \(row.sourceMAC)",
          match: text(.record(record))), entry: entry(.record(record)),
        setting: settings.sourceValidation.text)
    }
  }

  private func routed(_ entry: RouteEntry, from subnet: VirtualSubnetID) -> Step? {
    guard let destination = ipRow?.destination,
      let domain = tables.virtualSubnets[subnet]?.routingDomainID
    else { return nil }
    let notChosen = tables.notChosen(by: entry, for: destination, in: domain)
    return Step(
      .routed, "\(destination) matches \(brief(entry))\(ignoredMAC(entry, in: subnet))",
      lookup: Step.Lookup(
        table: table(domain), key: "\(destination)", match: text(entry),
        notChosen: unrouted(destination)
          + notChosen.map { Step.Beaten(entry: text($0.entry), why: why($0, beats: entry)) }),
      entry: self.entry(entry),
      setting: notChosen.contains { $0.cause == .routeFirst || $0.cause == .recordFirst }
        ? settings.recordPrecedence.text : nil)
  }

  /// Records of the destination that are in no table, because no route has their virtual subnet.
  private func unrouted(_ destination: IPAddress) -> [Step.Beaten] {
    tables.unroutedRecords(of: destination).map { index in
      Step.Beaten(
        entry: text(.record(index)),
        why: "no customer route on \(router.name) has its VSID")
    }
  }

  /// A note where the frame is addressed to another machine than the one with the destination.
  private func ignoredMAC(_ entry: RouteEntry, in subnet: VirtualSubnetID) -> Words {
    guard let row, let index = tables.record(for: row.destinationMAC, in: subnet),
      entry != .record(index)
    else { return "" }
    let record = tables.policy.lookupRecords[index]
    guard !tables.isGatewayAddress(record) else { return "" }
    let name = record.vmName.isEmpty ? "\(record.customerAddress)" : record.vmName
    return "; destination MAC (\(name)'s) ignored"
  }

  private func why(_ notChosen: DistributedRouter.Beaten, beats match: RouteEntry) -> Words {
    let length = tables.prefix(of: notChosen.entry).length
    let winning = tables.prefix(of: match).length
    switch notChosen.cause {
    case .shorterPrefix: return "its prefix /\(length) is shorter than /\(winning)"
    case .recordFirst: return "a lookup record takes precedence over a route with the same prefix"
    case .routeFirst:
      return "routes are searched first, and the best one is not on-link in this"
        + " subnet"
    case .higherMetric:
      guard case .route(let loser) = notChosen.entry, case .route(let best) = match,
        tables.policy.customerRoutes[loser].metric != tables.policy.customerRoutes[best].metric
      else { return "same prefix and metric: the route defined first is used" }
      return "its metric \(tables.policy.customerRoutes[loser].metric) is higher than"
        + " \(tables.policy.customerRoutes[best].metric)"
    }
  }
}
