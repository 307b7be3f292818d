extension PortTable {
  /// The verdict of a port's access lists on a rewritten frame; `nil` where they do not apply.
  @inline(__always)
  func decide(
    _ frame: FrameHeader, _ rewrite: Rewrite, _ direction: AccessRule.Direction, at port: Int,
    connections: ConnectionTable, at now: UInt64
  ) -> PortFilter.Verdict? {
    guard sees(frame.packet.kind) else { return nil }
    let extended =
      frame.packet.isIP
      ? ask(frame.packet, direction, at: port, connections: connections, at: now)
      : PortFilter.Verdict(passingBy: .nothing)
    // Of what a rewrite changes basic rules alone see anything.
    return hasBasicRules(port)
      ? judge(frame.applying(rewrite), direction, at: port, extended) : extended
  }

  /// Joins what the basic list says to the extended list's answer.
  private func judge(
    _ frame: FrameHeader, _ direction: AccessRule.Direction, at port: Int,
    _ extended: PortFilter.Verdict
  ) -> PortFilter.Verdict {
    guard extended.passes else { return extended }
    if settings.accessLists == .extendedFirst, extended.ground != .nothing { return extended }
    guard let index = PortFilter(self, port).decidingEntry(frame, direction) else {
      return extended
    }
    if ports[port].basicRules[index].action == .deny {
      return PortFilter.Verdict(deniedBy: .basic(index))
    }
    return extended.ground == .nothing ? PortFilter.Verdict(passingBy: .basic(index)) : extended
  }

  /// Whether access rules see such a packet at all.
  @inline(__always)
  private func sees(_ kind: PacketHeader.Kind) -> Bool {
    switch settings.neighborFiltering {
    case .filtered: true
    case .exempt: kind != .neighborDiscovery && kind != .arp
    }
  }

  /// The extended list's answer: the state of the packet's flow comes before every rule.
  @inline(__always)
  private func ask(
    _ packet: PacketHeader, _ direction: AccessRule.Direction, at port: Int,
    connections: ConnectionTable, at now: UInt64
  ) -> PortFilter.Verdict {
    if !connections.isEmpty, let key = ConnectionKey(packet, direction, at: ports[port]),
      let connection = connections.connection(for: key, at: now)
    {
      return PortFilter.Verdict(passingBy: .state, opening: connection)
    }
    let index = decidingRule(packet, direction, of: port)
    if index < 0 { return PortFilter.Verdict(passingBy: .nothing) }
    let rule = verdict(of: index, direction, at: port)
    guard rule.allows else { return PortFilter.Verdict(deniedBy: .extended(index)) }
    let key = rule.isStateful ? ConnectionKey(packet, direction, at: ports[port]) : nil
    return PortFilter.Verdict(
      passingBy: .extended(index),
      opening: key.map { Connection($0, idleSessionTimeout: rule.idleSessionTimeout) })
  }
}
