import HNVCore

extension LabReader {
  mutating func expectation(_ value: JSON5Value) -> Lab.Expectation? {
    if value["fault"] != nil {
      // A rule that is not a text is refused already.
      guard let rule = optional(value, "fault") else { return nil }
      guard value.members.allSatisfy({ ["fault", "models"].contains($0.key) }) else {
        refuse(
          .expectationForm, value, "\"fault\" can be combined with \"models\" only",
          fix: "write fault in an object of its own")
        return nil
      }
      return Lab.Expectation(.fault(rule), at: value.place, models: list(value, "models"))
    }
    guard let packet = packet(value, .expectationForm) else { return nil }
    return Lab.Expectation(
      .packet(
        packet, at: optional(value, "at"), outcome: optional(value, "outcome"),
        through: value["through"].map { _ in list(value, "through") }), at: value.place,
      models: list(value, "models"), isRedirected: value["redirected"]?.boolean)
  }

  private mutating func packet(_ value: JSON5Value, _ rule: DiagnosticRule) -> Lab.Packet? {
    guard let from = optional(value, "from"), let to = optional(value, "to") else {
      // A name, or a packet, of another type is refused already.
      guard case .object = value.kind else { return nil }
      let missing = ["from", "to"].filter { value[$0] == nil }
      if !missing.isEmpty {
        let keys = missing.joined(separator: " and ")
        refuse(rule, value, "this packet has no \(keys)", fix: "add \(keys)")
      }
      return nil
    }
    return Lab.Packet(
      from: from, to: to, ipProtocol: optional(value, "protocol"),
      sourcePort: value["sourcePort"]?.integer,
      destinationPort: value["destinationPort"]?.integer,
      timeToLive: value["ttl"]?.integer.flatMap { $0 == 0 ? nil : $0 },
      size: value["size"]?.integer, dontFragment: value["dontFragment"]?.boolean)
  }

  mutating func event(_ value: JSON5Value) -> Lab.Event? {
    let things = value.members.count { Self.actions.contains($0.key) }
    guard things == 1 else {
      let isUnknown = things == 0 && value.members.contains { !["at", "models"].contains($0.key) }
      if !isUnknown {
        refuse(
          .eventForm, value,
          things == 0 ? "the event has no action" : "the event has \(things) actions",
          fix: things == 0 ? "add one of \(Self.actions.joined(separator: ", "))" : nil)
      }
      return nil
    }
    guard let action = action(value) else { return nil }
    let (every, times) = (optional(value, "every"), value["times"]?.integer)
    let models = list(value, "models")
    let (hasEvery, hasTimes) = (value["every"] != nil, value["times"] != nil)
    guard hasEvery || hasTimes else {
      return Lab.Event(at: written(value, "at"), action, models: models)
    }
    guard let every, let times, action.isSending else {
      // An interval or a number of another type is refused already.
      if !(action.isSending && hasEvery && hasTimes) {
        refuse(
          .eventForm, value, "only packets are sent repeatedly, with both every and times",
          fix: "write send, every and times")
      }
      return nil
    }
    return Lab.Event(
      at: written(value, "at"), action,
      repetition: Lab.Event.Repetition(every: every, times: times), models: models)
  }

  private static let actions = [
    "send", "sendAll", "deliver", "withhold", "move", "stop", "start", "cut", "restore",
  ]

  private mutating func action(_ value: JSON5Value) -> Lab.Event.Action? {
    if let send = value["send"] { return packet(send, .eventForm).map { .send($0) } }
    if value["sendAll"] != nil { return .sendAll(list(value, "sendAll")) }
    if let item = value["deliver"] { return delivery(item).map { .deliver($0) } }
    if let item = value["withhold"] { return delivery(item).map { .withhold($0) } }
    if let move = value["move"] {
      return .move(machine: written(move, "machine"), to: written(move, "to"))
    }
    if let name = optional(value, "stop") { return .stop(name) }
    if let name = optional(value, "start") { return .start(name) }
    for key in ["cut", "restore"] where value[key] != nil {
      let ends = list(value, key)
      guard ends.count == 2 else {
        if case .array(let items) = value[key]?.kind, items.count != 2 {
          refuse(
            .eventForm, value, "expected two elements",
            fix: "name two elements, as [\"hv1\", \"underlay\"]")
        }
        return nil
      }
      return key == "cut" ? .cut(ends[0], ends[1]) : .restore(ends[0], ends[1])
    }
    return nil
  }

  private mutating func delivery(_ value: JSON5Value) -> Lab.Event.Delivery? {
    guard case .object = value.kind else { return nil }
    let delivery = Lab.Event.Delivery(
      record: optional(value, "record"), route: optional(value, "route"),
      hosts: list(value, "hosts"))
    let isEverything = value["everything"].map { $0.boolean ?? true } ?? false
    let subjects = [value["record"] != nil, value["route"] != nil, isEverything]
    guard subjects.count(where: { $0 }) == 1 else {
      refuse(
        .eventForm, value, "a delivery names one record, one route or everything",
        fix: "write one of record, route and everything: true")
      return nil
    }
    return delivery
  }

  func section(_ value: JSON5Value) -> HNVSection {
    var section = HNVSection()
    section.release = optional(value, "release")
    section.settings = named(value, "settings")
    section.routingDomains = named(value, "routingDomains")
    section.virtualSubnets = named(value, "virtualSubnets")
    section.providerAddresses = items(value, "providerAddresses").map(providerAddress)
    section.providerRoutes = items(value, "providerRoutes").map(providerRoute)
    section.policyRefresh = optional(value, "policyRefresh")
    section.recordsOf = items(value, "recordsOf").map { form in
      HNVSection.RecordForm(
        machine: written(form, "machine"), type: optional(form, "type"),
        rule: optional(form, "rule"), providerAddress: optional(form, "providerAddress"),
        usesVMMACAddress: form["useVmMACAddress"]?.boolean ?? false)
    }
    section.records = items(value, "records").map(record)
    section.guests = items(value, "guests").map { guest in
      HNVSection.Guest(
        machine: written(guest, "machine"), system: optional(guest, "system"),
        adapter: optional(guest, "adapter"),
        virtualSubnetSet: optional(guest, "virtualSubnetSet"))
    }
    section.deviations = items(value, "deviations").map { deviation in
      HNVSection.Deviation(
        host: written(deviation, "host"),
        withholdRecords: list(deviation, "withholdRecords"),
        withholdRoutes: list(deviation, "withholdRoutes"),
        addRecords: items(deviation, "addRecords").map(record),
        addRoutes: items(deviation, "addRoutes").map { route in
          HNVSection.Route(
            subnet: written(route, "subnet"),
            destinationPrefix: written(route, "destinationPrefix"),
            nextHop: optional(route, "nextHop"), metric: route["metric"]?.integer)
        })
    }
    section.ports = items(value, "ports").map(port)
    return section
  }

  private func record(_ value: JSON5Value) -> HNVSection.Record {
    HNVSection.Record(
      customerAddress: written(value, "customerAddress"), subnet: written(value, "subnet"),
      macAddress: written(value, "macAddress"),
      providerAddress: written(value, "providerAddress"), rule: optional(value, "rule"),
      type: optional(value, "type"))
  }

  /// The members of a dictionary; numbers as they were written.
  func named(_ value: JSON5Value, _ key: String) -> [Lab.Named] {
    (value[key]?.members ?? []).map { member in
      let text: String =
        switch member.value.kind {
        case .string(let text), .number(let text): text
        default: ""
        }
      return Lab.Named(
        Written(member.key, at: member.keyPlace), Written(text, at: member.value.place))
    }
  }
}

extension Lab.Event.Action {
  /// Whether packets are sent, which can be done again and again.
  fileprivate var isSending: Bool {
    switch self {
    case .send, .sendAll: true
    case .deliver, .withhold, .move, .stop, .start, .cut, .restore: false
    }
  }
}
