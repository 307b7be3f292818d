extension PortTable {
  /// What the access lists of a port say about a frame, whose packet's header is given as well;
  /// `nil` for what they do not see.
  @inline(__always)
  func decide(
    _ frame: EthernetFrame, _ header: PacketHeader?, _ direction: AccessRule.Direction,
    at port: Int, connections: ConnectionTable, at now: UInt64
  ) -> PortFilter.Verdict? {
    guard sees(frame, header) else { return nil }
    var extended: PortFilter.Verdict?
    if let header {
      extended = ask(frame, header, direction, at: port, connections: connections, at: now)
    }
    guard hasBasicRules(port) else {
      return extended ?? PortFilter.Verdict(passes: true, .nothing)
    }
    return judge(frame, direction, at: port, extended)
  }

  /// Joins what the basic list says to the extended list's answer.
  private func judge(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, at port: Int,
    _ extended: PortFilter.Verdict?
  ) -> PortFilter.Verdict {
    if let extended, !extended.passes { return extended }
    if settings.accessLists == .extendedFirst, let extended, extended.ground != .nothing {
      return extended
    }
    guard let index = PortFilter(self, port).decidingEntry(frame, direction) else {
      return extended ?? PortFilter.Verdict(passes: true, .nothing)
    }
    let passes = ports[port].basicRules[index].action != .deny
    guard passes, let extended, extended.ground != .nothing else {
      return PortFilter.Verdict(passes: passes, .basic(index))
    }
    return extended
  }

  /// Whether access rules see a frame at all.
  @inline(__always)
  private func sees(_ frame: EthernetFrame, _ header: PacketHeader?) -> Bool {
    switch settings.neighborFiltering {
    case .filtered: return true
    case .exempt:
      if let header { return header.kind != .neighborDiscovery }
      if case .arp = frame.payload { return false }
      return true
    }
  }

  /// The extended list's answer: the state of the packet's flow comes before every rule.
  @inline(__always)
  private func ask(
    _ frame: EthernetFrame, _ header: PacketHeader, _ direction: AccessRule.Direction,
    at port: Int, connections: ConnectionTable, at now: UInt64
  ) -> PortFilter.Verdict {
    if !connections.isEmpty, let key = key(of: frame, direction, at: port),
      let connection = connections.connection(for: key, at: now)
    {
      return PortFilter.Verdict(passes: true, .state(connection), opening: connection)
    }
    guard let (index, rule) = decidingRule(header, direction, of: port) else {
      return PortFilter.Verdict(passes: true, .nothing)
    }
    guard rule.allows else { return PortFilter.Verdict(passes: false, .extended(index)) }
    let key = rule.isStateful ? key(of: frame, direction, at: port) : nil
    return PortFilter.Verdict(
      passes: true, .extended(index),
      opening: key.map { Connection($0, idleSessionTimeout: rule.idleSessionTimeout) })
  }

  private func key(
    of frame: EthernetFrame, _ direction: AccessRule.Direction, at port: Int
  ) -> ConnectionKey? {
    frame.packet.flatMap { ConnectionKey($0, direction, at: ports[port]) }
  }
}
