extension PortTable {
  /// The verdict of a port's access lists on a rewritten frame; `nil` where they do not apply.
  @inline(__always)
  func decide(
    _ key: FlowKey, _ rewrite: Rewrite, _ direction: AccessRule.Direction, at port: Int,
    connections: ConnectionTable, at now: UInt64
  ) -> PortFilter.Verdict? {
    guard sees(key.kind) else { return nil }
    let extended =
      key.isIP
      ? ask(key, direction, at: port, connections: connections, at: now)
      : PortFilter.Verdict(passingBy: .nothing)
    // Of what a rewrite changes basic rules alone see anything.
    return hasBasicRules(port)
      ? judge(key.applying(rewrite), direction, at: port, extended) : extended
  }

  /// Joins what the basic list says to the extended list's answer.
  private func judge(
    _ key: FlowKey, _ direction: AccessRule.Direction, at port: Int,
    _ extended: PortFilter.Verdict
  ) -> PortFilter.Verdict {
    guard extended.passes else { return extended }
    if settings.accessLists == .extendedFirst, extended.ground != .nothing { return extended }
    guard let index = PortFilter(self, port).decidingEntry(key, direction) else {
      return extended
    }
    if ports[port].basicRules[index].action == .deny {
      return PortFilter.Verdict(deniedBy: .basic(index))
    }
    return extended.ground == .nothing ? PortFilter.Verdict(passingBy: .basic(index)) : extended
  }

  /// Whether access rules see such a packet at all.
  @inline(__always)
  private func sees(_ kind: FlowKey.Kind) -> Bool {
    switch settings.neighborFiltering {
    case .filtered: true
    case .exempt: kind != .neighborDiscovery && kind != .arp
    }
  }

  /// The extended list's answer: the state of the packet's flow comes before every rule.
  @inline(__always)
  private func ask(
    _ key: FlowKey, _ direction: AccessRule.Direction, at port: Int,
    connections: ConnectionTable, at now: UInt64
  ) -> PortFilter.Verdict {
    if !connections.isEmpty, let flow = ConnectionKey(key, direction, at: ports[port]),
      let connection = connections.connection(for: flow, at: now)
    {
      return PortFilter.Verdict(passingBy: .state, opening: connection)
    }
    let rule = verdict(key, direction, of: port)
    if rule.index < 0 { return PortFilter.Verdict(passingBy: .nothing) }
    let index = Int(rule.index)
    guard rule.allows else { return PortFilter.Verdict(deniedBy: .extended(index)) }
    let flow = rule.isStateful ? ConnectionKey(key, direction, at: ports[port]) : nil
    return PortFilter.Verdict(
      passingBy: .extended(index),
      opening: flow.map { Connection($0, idleSessionTimeout: rule.idleSessionTimeout) })
  }
}
