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

  func write(to step: inout StepWriter, in scene: Scene) {
    HNVExplainer(snapshot, in: scene)?.write(found, to: &step)
  }
}

extension HNVExplainer {
  fileprivate func write(_ found: HNVDecisionFact.Found, to step: inout StepWriter) {
    switch found {
    case .bridged: writeBridged(to: &step)
    case .crossed(let record, let subnet): writeCrossed(Int(record), from: subnet, to: &step)
    case .flooded(let record, let subnet):
      writeFlooded(record.map(Int.init), in: subnet, to: &step)
    case .foreignMAC(let record): writeForeignMAC(record, to: &step)
    case .learned(let learned): writeLearned(learned, to: &step)
    case .neighbor(let record): writeNeighbor(record, to: &step)
    case .received(let record): writeReceived(record, to: &step)
    case .resolved(let record, let route):
      let target = ipRow.map { tables.target(of: Int(route), for: $0.destination) }
      writeResolved(Int(record), target?.0, in: target?.1, to: &step)
    case .resolvedByMAC(let record, let subnet):
      writeResolved(Int(record), ipRow?.destination, in: subnet, to: &step)
    case .routedByRecord(let index, let subnet):
      writeRouted(.record(Int(index)), from: subnet, to: &step)
    case .routedByRoute(let index, let subnet):
      writeRouted(.route(Int(index)), from: subnet, to: &step)
    case .sender(let sender): writeChecked(sender, to: &step)
    case .translatedSender(let sender):
      writeSourceKnown(sender, isTranslated: true, to: &step)
    case .tunnelSender(let sender): writeSourceKnown(sender, isTranslated: false, to: &step)
    }
  }

  /// For a frame without the addresses that were looked up.
  private func writeNothing(to step: inout StepWriter) { step.say(.forwarded, "a frame") }

  private func writeBridged(to step: inout StepWriter) {
    guard let row else { return writeNothing(to: &step) }
    step.say(
      .forwarded, row.destinationMAC, " is on this host, in the same subnet: bridged")
    step.setting(settings.sameHost)
  }

  private func writeResolved(
    _ record: Int, _ address: IPAddress?, in subnet: VirtualSubnetID?, to step: inout StepWriter
  ) {
    guard let address, let subnet else { return writeNothing(to: &step) }
    step.say(.resolved, address, " matches ", brief(.record(record)))
    writeTable(ofRecordsIn: subnet, to: &step)
    step.key(address)
    step.match(text(.record(record)))
    writeEntry(.record(record), to: &step)
  }

  private func writeForeignMAC(_ record: Int, to step: inout StepWriter) {
    guard let row else { return writeNothing(to: &step) }
    step.say(
      .rewritten, "destination MAC ", row.destinationMAC, " ignored; the record has ",
      tables.policy.lookupRecords[record].macAddress)
    writeEntry(.record(record), to: &step)
    step.setting(settings.foreignMAC)
  }

  private func writeCrossed(
    _ record: Int, from subnet: VirtualSubnetID, to step: inout StepWriter
  ) {
    step.say(
      .forwarded, "VSID ", subnet, " -> ", tables.policy.lookupRecords[record].virtualSubnetID)
    step.settings(settings.timeToLive, settings.sourceMAC)
  }

  private func writeLearned(_ learned: LearnedAddress, to step: inout StepWriter) {
    step.say(
      .resolved, router.name, " learns ", learned.address, " is-at ",
      tables.policy.lookupRecords[learned.record].macAddress)
    writeTable(to: &step)
    step.key(learned.address)
    step.match(text(.record(learned.record)))
    writeEntry(.record(learned.record), to: &step)
    step.setting(settings.learning)
  }

  private func writeReceived(_ index: Int, to step: inout StepWriter) {
    let record = tables.policy.lookupRecords[index]
    step.say(
      .resolved, record.macAddress, " in VSID ", record.virtualSubnetID, " matches ",
      brief(.record(index)))
    writeTable(ofRecordsIn: record.virtualSubnetID, to: &step)
    step.key(record.macAddress)
    step.match(text(.record(index)))
    writeEntry(.record(index), to: &step)
  }

  private func writeNeighbor(_ record: Int, to step: inout StepWriter) {
    guard let target = row.flatMap({ NeighborMessage($0)?.target }) else {
      return writeNothing(to: &step)
    }
    step.say(.resolved, target, " matches ", brief(.record(record)))
    writeTable(to: &step)
    step.key(target)
    step.match(text(.record(record)))
    writeEntry(.record(record), to: &step)
    step.setting(settings.neighborProxy)
  }

  private func writeFlooded(
    _ record: Int?, in subnet: VirtualSubnetID, to step: inout StepWriter
  ) {
    guard let mac = row?.destinationMAC else { return writeNothing(to: &step) }
    guard let record else {
      step.say(.forwarded, mac, " is flooded in VSID ", subnet)
      return step.settings(settings.groups, settings.unknownNeighbor)
    }
    step.say(.resolved, mac, " matches ", brief(.record(record)))
    writeTable(ofRecordsIn: subnet, to: &step)
    step.key(tables.policy.lookupRecords[record].customerAddress)
    step.match(text(.record(record)))
    writeEntry(.record(record), to: &step)
    step.setting(settings.groups)
  }

  /// What the receiving host found about the sender of a packet from another host.
  private func writeSourceKnown(
    _ sender: Grounds.Sender, isTranslated: Bool, to step: inout StepWriter
  ) {
    switch sender {
    case .notAsked: writeNothing(to: &step)
    case .unknown:
      guard let ipRow else { return writeNothing(to: &step) }
      step.say(.checked, "the sender ", ipRow.source, " is not checked")
      step.setting(settings.receiverValidation)
    case .record(let record):
      // Of a translated packet the record alone says which customer address sent it.
      let known = tables.policy.lookupRecords[record]
      let address =
        isTranslated && known.rule == .nat
        ? known.customerAddress : ipRow?.source ?? known.customerAddress
      step.say(.checked, "the sender ", address, " matches ", brief(.record(record)))
      writeEntry(.record(record), to: &step)
      step.setting(settings.receiverValidation)
    }
  }

  /// What the sending host found about the sender.
  private func writeChecked(_ sender: Grounds.Sender, to step: inout StepWriter) {
    guard let row, let address = NeighborMessage(row)?.sender ?? ipRow?.source
    else { return writeNothing(to: &step) }
    switch sender {
    case .notAsked: writeNothing(to: &step)
    case .unknown: step.say(.checked, "the sender ", address, " is not checked")
    case .record(let record):
      step.say(.checked, "the sender ", address, " matches ", brief(.record(record)))
      writeTable(to: &step)
      step.key(address, " with ", row.sourceMAC)
      step.match(text(.record(record)))
      writeEntry(.record(record), to: &step)
    }
    if sender != .notAsked { step.setting(settings.sourceValidation) }
  }

  private func writeRouted(
    _ entry: RouteEntry, from subnet: VirtualSubnetID, to step: inout StepWriter
  ) {
    guard let destination = ipRow?.destination,
      let domain = tables.virtualSubnets[subnet]?.routingDomainID
    else { return writeNothing(to: &step) }
    step.say(.routed, destination, " matches ", brief(entry), ignoredMAC(entry, in: subnet))
    step.table(table(domain))
    step.key(destination)
    step.match(text(entry))
    // Records of the destination that are in no table, because no route has their virtual subnet.
    for index in tables.unroutedRecords(of: destination) {
      step.notChosen(text(.record(index)))
      step.why("no customer route on ", router.name, " has its VSID")
    }
    let notChosen = tables.notChosen(by: entry, for: destination, in: domain)
    for other in notChosen {
      step.notChosen(text(other.entry))
      writeWhy(other, beats: entry, to: &step)
    }
    writeEntry(entry, to: &step)
    if notChosen.contains(where: { $0.cause == .routeFirst || $0.cause == .recordFirst }) {
      step.setting(settings.recordPrecedence)
    }
  }

  /// A note where the frame is addressed to another machine than the one with the destination.
  private func ignoredMAC(
    _ entry: RouteEntry, in subnet: VirtualSubnetID
  ) -> Phrases<String, String, String>? {
    guard let row, let index = tables.record(for: row.destinationMAC, in: subnet),
      entry != .record(index)
    else { return nil }
    let record = tables.policy.lookupRecords[index]
    guard !tables.isGatewayAddress(record) else { return nil }
    let name = record.vmName.isEmpty ? "\(record.customerAddress)" : record.vmName
    return Phrases("; destination MAC (", name, "'s) ignored")
  }

  private func writeWhy(
    _ notChosen: DistributedRouter.NotChosen, beats match: RouteEntry, to step: inout StepWriter
  ) {
    switch notChosen.cause {
    case .shorterPrefix:
      step.why(
        "its prefix /", tables.prefix(of: notChosen.entry).length, " is shorter than /",
        tables.prefix(of: match).length)
    case .recordFirst:
      step.why("a lookup record takes precedence over a route with the same prefix")
    case .routeFirst:
      step.why("routes are searched first, and the best one is not on-link in this subnet")
    case .higherMetric:
      let routes = tables.policy.customerRoutes
      guard case .route(let loser) = notChosen.entry, case .route(let best) = match,
        routes[loser].metric != routes[best].metric
      else { return step.why("same prefix and metric: the route defined first is used") }
      step.why("its metric ", routes[loser].metric, " is higher than ", routes[best].metric)
    }
  }
}
