import HNVCore

/// Reads what a lab says of OVN, and makes rows of its neutral rules.
struct OVNReader: TextReading {
  let intent: Intent
  var diagnostics: [Diagnostic] = []

  init(_ intent: Intent) { self.intent = intent }

  /// The access list of each subnet's switch: its own rows, and those of its machines' rules.
  mutating func accessLists(_ section: OVNSection) -> [OVNAccessList] {
    var rows = intent.subnets.map { _ in [OVNAccessList.Row]() }
    for adapter in AdapterDirectory(intent).all {
      let rules = intent.machines[adapter.machine].interfaces[adapter.index].rules
      rows[adapter.subnet] += rules.enumerated().map { row(of: $1, number: $0, at: adapter) }
    }
    for written in section.acls {
      guard let subnet = subnet(written.subnet), let row = read(written, on: subnet)
      else { continue }
      checkRank(of: row, beside: rows[subnet], at: written.direction.place)
      rows[subnet].append(row)
    }
    return rows.indices.map { OVNAccessList(intent.subnets[$0].name, rows[$0]) }
  }

  /// Of two rows of one priority that say different things OVN leaves open which decides
  /// (ovn-nb(5), table ACL).
  private mutating func checkRank(
    of row: OVNAccessList.Row, beside others: [OVNAccessList.Row], at place: Place
  ) {
    let rival = others.first {
      $0.priority == row.priority && $0.direction == row.direction && $0.action != row.action
        && ($0.port == nil || row.port == nil || $0.port == row.port)
    }
    guard let rival else { return }
    diagnostics.append(
      Diagnostic(
        .notInModel, value: "\(row.priority)",
        "OVN does not define which of two rows with the same priority applies, this one or"
          + " \(rival.words)",
        fix: "give one of the two another priority", at: place))
  }

  /// The priority of a machine's first rule; the others follow below it.
  private static let firstPriority = 1000

  private func row(
    of rule: AccessRule, number: Int, at adapter: Adapter
  ) -> OVNAccessList.Row {
    let isOutbound = rule.direction == .outbound
    let name = intent.machines[adapter.machine].name
    return OVNAccessList.Row(
      direction: isOutbound ? .entering : .leaving,
      priority: UInt16(max(0, Self.firstPriority - number)),
      action: rule.action == .deny ? .drop : rule.isStateful ? .allowRelated : .allow,
      port: adapter, source: isOutbound ? rule.localPrefix : rule.remotePrefix,
      destination: isOutbound ? rule.remotePrefix : rule.localPrefix,
      ipProtocol: rule.ipProtocol,
      sourcePorts: isOutbound ? rule.localPorts : rule.remotePorts,
      destinationPorts: isOutbound ? rule.remotePorts : rule.localPorts,
      words: "\(rule.action.rawValue) by rule \(number + 1) of \(name)")
  }

  private mutating func read(
    _ written: OVNSection.ACL, on subnet: Int
  ) -> OVNAccessList.Row? {
    let direction = choose(written.direction, as: OVNAccessList.Direction.self)
    let action = choose(written.action, as: OVNAccessList.Action.self)
    var row = OVNAccessList.Row(
      direction: direction ?? .entering, priority: UInt16(clamping: min(written.priority, 32767)),
      action: action ?? .allow,
      words: "\(written.action.text) at priority \(written.priority)",
      place: written.direction.place)
    if written.priority > 32767 {
      diagnostics.append(
        Diagnostic(
          .numberOutOfRange, value: "\(written.priority)",
          "the priority \(written.priority) is above 32767", at: written.direction.place))
    }
    if let machine = written.machine { row.port = adapter(machine, on: subnet) }
    row.source = written.source.flatMap { readPrefix($0) }
    row.destination = written.destination.flatMap { readPrefix($0) }
    row.ipProtocol = written.ipProtocol.flatMap { readProtocol($0) }
    row.sourcePorts = written.sourcePorts.flatMap { readPorts($0) }
    row.destinationPorts = written.destinationPorts.flatMap { readPorts($0) }
    guard direction != nil, action != nil, written.machine == nil || row.port != nil
    else { return nil }
    return row
  }

  private mutating func subnet(_ written: Written) -> Int? {
    if let index = intent.subnets.firstIndex(where: { $0.name == written.text }) { return index }
    diagnostics.append(
      .unknownName(
        written, "there is no subnet \(written.text)", among: intent.subnets.map(\.name)))
    return nil
  }

  private mutating func adapter(_ written: Written, on subnet: Int) -> Adapter? {
    let own = AdapterDirectory(intent).adapters(in: subnet)
    if let adapter = own.first(where: { intent.machines[$0.machine].name == written.text }) {
      return adapter
    }
    diagnostics.append(
      .unknownName(
        written, "no machine \(written.text) is in the subnet",
        among: own.map { intent.machines[$0.machine].name }))
    return nil
  }
}
