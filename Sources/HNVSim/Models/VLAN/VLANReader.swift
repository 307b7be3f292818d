import HNVCore

/// Reads the lab's section on VLANs.
struct VLANReader: TextReading {
  private(set) var intent: Intent
  private let section: VLANSection
  private(set) var layout: VLANLayout
  var diagnostics: [Diagnostic] = []

  init(_ intent: Intent, _ section: VLANSection) {
    self.intent = intent
    self.section = section
    layout = VLANLayout(intent)
  }

  mutating func read() {
    readName()
    layout.redirects = choose(section.redirects) ?? .rfc1812
    layout.proxyARP = choose(section.proxyARP) ?? .off
    layout.localProxyARP = choose(section.localProxyARP) ?? .off
    layout.moves = choose(section.moves) ?? .announced
    readVLANs()
    for list in section.accessLists { read(list) }
    for machine in intent.machines.indices { readPorts(of: machine) }
  }

  private mutating func readName() {
    guard let written = section.switchName else { return intent.callUnderlay("switch") }
    var names = NameSpace<Void>()
    do throws(Diagnostic) {
      try names.declare(written, as: (), "switch")
      guard intent.elements[written.text] == nil else {
        throw Diagnostic(
          .duplicateName, value: written.text,
          "the name \(written.text) of the switch is already in use",
          at: written.place)
      }
      intent.callUnderlay(written.text)
    } catch {
      diagnostics.append(error)
      intent.callUnderlay("switch")
    }
  }

  private mutating func choose<Value: Choice>(_ written: Written?) -> Value? {
    written.flatMap { choose($0, as: Value.self) }
  }

  // IEEE 802.1Q, table 9-2: 0 is no VLAN, 4095 is reserved.
  private static let numbers: ClosedRange<UInt16> = 1...4094

  private mutating func readVLANs() {
    for vlan in section.vlans {
      let number = readNumber(vlan.number)
      guard let subnet = find(vlan.subnet), let number else { continue }
      if let other = layout.byNumber[number], other.subnet != subnet {
        diagnostics.append(
          Diagnostic(
            .duplicateVLAN, value: vlan.number.text,
            "\(other) is already that of subnet \(intent.subnets[other.subnet].name)",
            at: vlan.number.place))
        continue
      }
      layout.assign(number, to: subnet)
    }
    // From 101 on, as people number theirs; the lower ones when those are used up.
    var free = (Array(101...Self.numbers.upperBound) + Array(1...100)).makeIterator()
    for subnet in intent.subnets.indices where layout.vlans[subnet] == nil {
      var number = free.next()
      while let taken = number, layout.byNumber[taken] != nil { number = free.next() }
      guard let number else {
        let name = intent.subnets[subnet].name
        diagnostics.append(
          Diagnostic(
            .notInModel, in: .named("subnet \(name)"), value: name,
            "no VLAN is left for subnet \(name): a tag has \(Self.numbers.count) values",
            fix: "use fewer subnets, or a model with longer identifiers",
            at: intent.subnets[subnet].place))
        continue
      }
      layout.assign(number, to: subnet)
    }
  }

  private mutating func readNumber(_ written: Written) -> UInt16? {
    guard let number = Digits.decimal(written.text, upTo: UInt64(UInt16.max)).map({ UInt16($0) }),
      Self.numbers.contains(number)
    else {
      diagnostics.append(
        Diagnostic(
          .numberOutOfRange, value: written.text,
          "\(written.text) is not a VLAN (1 to \(Self.numbers.upperBound))",
          at: written.place))
      return nil
    }
    return number
  }

  private mutating func find(_ written: Written) -> Int? {
    if let index = intent.subnets.firstIndex(where: { $0.name == written.text }) { return index }
    diagnostics.append(
      .unknownName(
        written, "there is no subnet \(written.text)", among: intent.subnets.map(\.name)))
    return nil
  }

  /// The access rules of a machine's ports: first what it sends, then what it is sent.
  private mutating func readPorts(of machine: Int) {
    let typed = intent.machines[machine]
    for (index, interface) in typed.interfaces.enumerated() where !interface.rules.isEmpty {
      layout.ports[.adapter(machine: machine, index: index)] = AccessList(
        name: "the port of \(typed.name)", rules: interface.rules)
    }
  }
}

/// The lists of the layer-3 switch.
extension VLANReader {
  private mutating func read(_ list: VLANSection.AccessList) {
    let kind = choose(list.at, as: VLANLayout.Place.Kind.self)
    let direction = choose(list.direction, as: VLANLayout.Place.Direction.self)
    let otherwise = list.otherwise.map { choose($0, as: AccessRule.Action.self) } ?? .deny
    var rules: [AccessRule] = []
    for rule in list.rules {
      if let direction, let rule = read(rule, direction) { rules.append(rule) }
    }
    guard let subnet = find(list.subnet), let kind, let direction, let otherwise else { return }
    let place = VLANLayout.Place(kind: kind, direction: direction, subnet: subnet)
    let name = intent.subnets[subnet].name
    guard layout.lists[place] == nil else {
      diagnostics.append(
        Diagnostic(
          .duplicateName, value: list.subnet.text,
          "there is already a list \(direction.rawValue) at the \(kind.rawValue) of \(name)",
          fix: "merge the two lists", at: list.subnet.place))
      return
    }
    layout.lists[place] = AccessList(
      name:
        "the list \(direction.rawValue) of \(kind == .vlan ? "the VLAN" : "the SVI") of \(name)",
      rules: rules, otherwise: otherwise, isOneWay: true)
  }

  /// A rule as that of a port which the packets pass in one direction.
  private mutating func read(
    _ rule: VLANSection.Rule, _ direction: VLANLayout.Place.Direction
  ) -> AccessRule? {
    let count = diagnostics.count
    let action = choose(rule.action, as: AccessRule.Action.self)
    let from = rule.from.flatMap { readPrefix($0) }
    let to = rule.to.flatMap { readPrefix($0) }
    let ipProtocol = rule.ipProtocol.flatMap { readProtocol($0) }
    let fromPorts = rule.fromPorts.flatMap { readPorts($0) }
    let toPorts = rule.toPorts.flatMap { readPorts($0) }
    guard let action, diagnostics.count == count else { return nil }
    if let ports = rule.fromPorts ?? rule.toPorts, ipProtocol != .tcp, ipProtocol != .udp {
      diagnostics.append(
        Diagnostic(
          .accessRuleForm, value: ports.text, "the rule has ports, but neither tcp nor udp",
          fix: "set the protocol to tcp or udp, or remove the ports", at: ports.place))
      return nil
    }
    if let from, let to, from.family != to.family, let written = rule.to {
      diagnostics.append(
        Diagnostic(
          .accessRuleForm, value: written.text,
          "the rule mixes the address families of \(from) and \(to)",
          fix: "use prefixes of one family", at: written.place))
      return nil
    }
    let isIn = direction == .in
    return AccessRule(
      name: "", action: action, direction: isIn ? .outbound : .inbound,
      localPrefix: isIn ? from : to, remotePrefix: isIn ? to : from, ipProtocol: ipProtocol,
      localPorts: isIn ? fromPorts : toPorts, remotePorts: isIn ? toPorts : fromPorts, weight: 0)
  }
}
