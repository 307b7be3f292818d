import HNVCore

/// The grounds of a decision in words.
extension HNVWords {
  /// The way by which a frame came to the host that decided about it.
  enum Arrival {
    case port(Int)
    case tunnel(VirtualSubnetID)
    /// By rule Nat or None.
    case translated
  }

  /// The grounds of a decision as steps, in the order in which the host looked.
  func steps(_ outcome: Outcome, _ arrival: Arrival) -> [Step] {
    var steps: [Step?]
    switch arrival {
    case .port(let port): steps = sending(outcome, from: port)
    case .tunnel(let subnet):
      steps = [
        learned(outcome), sourceKnown(outcome.grounds, isTranslated: false),
        flooded(outcome.grounds, in: subnet), received(outcome.grounds),
      ]
    case .translated:
      steps = [received(outcome.grounds), sourceKnown(outcome.grounds, isTranslated: true)]
    }
    steps.append(taken(outcome))
    return steps.compactMap { $0 }
  }

  private func sending(_ outcome: Outcome, from port: Int) -> [Step?] {
    let grounds = outcome.grounds
    var steps = [
      grounds.outbound.map { filtered(.outbound, port, $0, outcome.changes.sender) },
      bridged(grounds), checked(grounds), learned(outcome),
    ]
    guard let sender, let subnet = tables.virtualSubnets[sender] else { return steps }
    steps += [
      flooded(grounds, in: sender), neighbor(grounds),
      grounds.route.flatMap { routed(subnet.routingDomainID, $0) },
      resolved(grounds, in: sender), foreignMAC(grounds), crossed(grounds, from: sender),
    ]
    return steps
  }

  /// The receiver's port let the frame pass.
  func taken(_ outcome: Outcome) -> Step? {
    guard case .deliver(let port, _) = outcome.decision else { return nil }
    return outcome.grounds.inbound.map {
      filtered(.inbound, port, $0, outcome.changes.receiver)
    }
  }

  private func bridged(_ grounds: Grounds) -> Step? {
    guard grounds.steps.contains(.bridged), let frame else { return nil }
    return Step(
      .forwarded, "\(frame.destination) is on this host, in the same subnet: bridged",
      setting: settings.sameHost.text)
  }

  private func resolved(_ grounds: Grounds, in sender: VirtualSubnetID) -> Step? {
    guard let record = grounds.record, let destination = frame?.packet?.destination else {
      return nil
    }
    var target = (destination, sender)
    if grounds.steps.contains(.resolved), case .route(let route) = grounds.route {
      target = tables.target(of: route, for: destination)
    } else if !grounds.steps.contains(.resolvedByMAC) {
      return nil
    }
    let (address, subnet) = target
    return Step(
      .resolved, "\(address) matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records of VSID \(subnet) on \(router.name)",
        key: "\(address)", match: text(.record(record))))
  }

  private func foreignMAC(_ grounds: Grounds) -> Step? {
    guard grounds.steps.contains(.foreignMAC), let record = grounds.record, let frame else {
      return nil
    }
    return Step(
      .rewritten,
      "destination MAC \(frame.destination) ignored; the record has"
        + " \(tables.policy.lookupRecords[record].macAddress)",
      setting: settings.foreignMAC.text)
  }

  private func crossed(_ grounds: Grounds, from subnet: VirtualSubnetID) -> Step? {
    guard grounds.steps.contains(.crossed), let record = grounds.record else { return nil }
    return Step(
      .forwarded, "VSID \(subnet) -> \(tables.policy.lookupRecords[record].virtualSubnetID)",
      setting: "\(settings.timeToLive.text), \(settings.sourceMAC.text)")
  }

  private func learned(_ outcome: Outcome) -> Step? {
    outcome.changes.learned.map { learned in
      Step(
        .resolved,
        "\(router.name) learns \(learned.address) is-at"
          + " \(tables.policy.lookupRecords[learned.record].macAddress)",
        lookup: Step.Lookup(
          table: "lookup records on \(router.name)", key: "\(learned.address)",
          match: text(.record(learned.record))), setting: settings.learning.text)
    }
  }

  private func received(_ grounds: Grounds) -> Step? {
    guard grounds.steps.contains(.received), let index = grounds.record else { return nil }
    let record = tables.policy.lookupRecords[index]
    return Step(
      .resolved,
      "\(record.macAddress) in VSID \(record.virtualSubnetID) matches \(brief(.record(index)))",
      lookup: Step.Lookup(
        table: "lookup records of VSID \(record.virtualSubnetID) on \(router.name)",
        key: "\(record.macAddress)", match: text(.record(index))))
  }

  private func neighbor(_ grounds: Grounds) -> Step? {
    guard grounds.steps.contains(.neighbor), let record = grounds.record,
      let target = frame.flatMap({ NeighborMessage($0)?.target })
    else { return nil }
    return Step(
      .resolved, "\(target) matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records on \(router.name)", key: "\(target)",
        match: text(.record(record))), setting: settings.neighborProxy.text)
  }

  private func flooded(_ grounds: Grounds, in subnet: VirtualSubnetID) -> Step? {
    guard grounds.steps.contains(.flooded), let mac = frame?.destination else { return nil }
    guard let record = grounds.record else {
      return Step(
        .forwarded, "\(mac) is flooded in VSID \(subnet)",
        setting: "\(settings.groups.text), \(settings.unknownNeighbor.text)")
    }
    return Step(
      .resolved, "\(mac) matches \(brief(.record(record)))",
      lookup: Step.Lookup(
        table: "lookup records of VSID \(subnet) on \(router.name)",
        key: "\(tables.policy.lookupRecords[record].customerAddress)",
        match: text(.record(record))), setting: settings.groups.text)
  }

  /// What the receiving host found about the sender of a packet from another host.
  private func sourceKnown(_ grounds: Grounds, isTranslated: Bool) -> Step? {
    switch grounds.sender {
    case .notAsked: return nil
    case .unknown:
      return frame?.packet.map {
        Step(
          .checked, "the sender \($0.source) is not checked",
          setting: settings.receiverValidation.text)
      }
    case .record(let record):
      // Of a translated packet the record alone says which customer address sent it.
      let known = tables.policy.lookupRecords[record]
      let address =
        isTranslated && known.rule == .nat
        ? known.customerAddress : frame?.packet?.source ?? known.customerAddress
      return Step(
        .checked, "the sender \(address) matches \(brief(.record(record)))",
        setting: settings.receiverValidation.text)
    }
  }

  /// What the sending host found about the sender.
  private func checked(_ grounds: Grounds) -> Step? {
    guard let frame, let address = NeighborMessage(frame)?.sender ?? frame.packet?.source
    else { return nil }
    switch grounds.sender {
    case .notAsked: return nil
    case .unknown:
      return Step(
        .checked, "the sender \(address) is not checked", setting: settings.sourceValidation.text)
    case .record(let record):
      return Step(
        .checked, "the sender \(address) matches \(brief(.record(record)))",
        lookup: Step.Lookup(
          table: "lookup records on \(router.name)", key: "\(address) with \(frame.source)",
          match: text(.record(record))), setting: settings.sourceValidation.text)
    }
  }

  private func routed(_ domain: RoutingDomainID, _ entry: RouteEntry) -> Step? {
    guard let destination = frame?.packet?.destination else { return nil }
    let notChosen = tables.notChosen(by: entry, for: destination, in: domain)
    return Step(
      .routed, "\(destination) matches \(brief(entry))\(ignoredMAC(entry))",
      lookup: Step.Lookup(
        table: table(domain), key: "\(destination)", match: text(entry),
        notChosen: unrouted(destination)
          + notChosen.map { Step.Beaten(entry: text($0.entry), why: why($0, beats: entry)) }),
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
  private func ignoredMAC(_ entry: RouteEntry) -> String {
    guard let sender, let frame, let index = tables.record(for: frame.destination, in: sender),
      entry != .record(index)
    else { return "" }
    let record = tables.policy.lookupRecords[index]
    guard !tables.isGatewayAddress(record) else { return "" }
    let name = record.vmName.isEmpty ? "\(record.customerAddress)" : record.vmName
    return "; destination MAC (\(name)'s) ignored"
  }

  private func why(_ notChosen: DistributedRouter.Beaten, beats match: RouteEntry) -> String {
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
