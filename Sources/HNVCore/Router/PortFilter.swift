/// The access lists of one port, in the order in which they are asked.
///
/// A pure function like the router: it reads the flows that are open, and says which one a frame
/// opens or renews.
public struct PortFilter: Sendable {
  /// The port.
  public let port: VMPort

  let settings: Settings
  private let outbound: [AccessRule]
  private let inbound: [AccessRule]

  /// Orders a port's extended rules by weight, the highest first; those for another virtual subnet
  /// are left out.
  public init(_ port: VMPort, settings: Settings = Settings()) {
    self.port = port
    self.settings = settings
    let ordered = port.accessRules.filter { $0.concerns(port) }.sorted { $0.weight > $1.weight }
    outbound = ordered.filter { $0.direction == .outbound }
    inbound = ordered.filter { $0.direction == .inbound }
  }

  /// The extended rules of a direction, the first asked first.
  public func rules(_ direction: AccessRule.Direction) -> [AccessRule] {
    direction == .outbound ? outbound : inbound
  }

  /// What decided about a frame.
  public enum Ground: Hashable, Sendable {
    /// Nothing matched: the frame passes.
    case nothing
    /// An entry of the basic list, by its place in the port's `basicRules`.
    case basic(Int)
    /// An extended rule, by its place in `rules(_:)`.
    case extended(Int)
    /// The state of a flow that a stateful rule let through.
    case state(Connection)
  }

  /// What the access lists say about a frame.
  public struct Verdict: Hashable, Sendable {
    /// Whether the frame passes.
    public let passes: Bool
    /// What decided; where both lists let the frame pass, the extended one's.
    public let ground: Ground
    /// The flow that the frame opens or renews; `nil` for none.
    public let connection: Connection?

    init(passes: Bool, _ ground: Ground, opening connection: Connection? = nil) {
      self.passes = passes
      self.ground = ground
      self.connection = connection
    }
  }

  /// Decides on a frame that passes the port, with the flows that are open at a time.
  ///
  /// `nil` for what access rules do not see: by setting, address resolution.
  ///
  /// - Complexity: O(*n*) for *n* rules of the port.
  public func decide(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, connections: ConnectionTable,
    at now: UInt64
  ) -> Verdict? {
    guard sees(frame) else { return nil }
    let extended = frame.packet.map { packet in
      ask(packet, direction, connections: connections, at: now)
    }
    if let extended, !extended.passes { return extended }
    if settings.accessLists == .extendedFirst, let extended, extended.ground != .nothing {
      return extended
    }
    guard let index = decidingEntry(frame, direction) else {
      return extended ?? Verdict(passes: true, .nothing)
    }
    let passes = port.basicRules[index].action != .deny
    guard passes, let extended, extended.ground != .nothing else {
      return Verdict(passes: passes, .basic(index))
    }
    return extended
  }

  /// Whether access rules see a frame at all.
  func sees(_ frame: EthernetFrame) -> Bool {
    switch settings.neighborFiltering {
    case .filtered: true
    case .exempt:
      switch frame.payload {
      case .arp: false
      case .ip(let packet): !packet.isNeighborDiscovery
      case .other: true
      }
    }
  }

  /// The extended list's answer: the state of the packet's flow comes before every rule.
  private func ask(
    _ packet: IPPacket, _ direction: AccessRule.Direction, connections: ConnectionTable,
    at now: UInt64
  ) -> Verdict {
    if !connections.isEmpty, let key = ConnectionKey(packet, direction, at: port),
      let connection = connections.connection(for: key, at: now)
    {
      return Verdict(passes: true, .state(connection), opening: connection)
    }
    guard let index = decidingRule(packet, direction) else {
      return Verdict(passes: true, .nothing)
    }
    let rule = rules(direction)[index]
    guard rule.action == .allow else { return Verdict(passes: false, .extended(index)) }
    let key = rule.isStateful ? ConnectionKey(packet, direction, at: port) : nil
    return Verdict(
      passes: true, .extended(index),
      opening: key.map { Connection($0, idleSessionTimeout: rule.idleSessionTimeout) })
  }

  /// The position, in `rules(_:)`, of the extended rule that decides; `nil` when none matches.
  public func decidingRule(_ packet: IPPacket, _ direction: AccessRule.Direction) -> Int? {
    rules(direction).firstIndex { $0.matches(packet) }
  }

  /// The place, in the port's `basicRules`, of the entry that decides; `nil` when none matches.
  ///
  /// The MAC entries and the IP entries have one decider each, and one that denies counts.
  public func decidingEntry(_ frame: EthernetFrame, _ direction: AccessRule.Direction) -> Int? {
    if port.basicRules.isEmpty { return nil }
    let byMAC = mostExact(frame, direction) { $0.addresses.areMAC && $0.action != .meter }
    let byIP = mostExact(frame, direction) { !$0.addresses.areMAC && $0.action != .meter }
    if let byMAC, port.basicRules[byMAC].action == .deny { return byMAC }
    return byIP ?? byMAC
  }

  /// The place, in the port's `basicRules`, of the meter that counts a frame; `nil` for none.
  ///
  /// A meter decides nothing.
  public func meter(_ frame: EthernetFrame, _ direction: AccessRule.Direction) -> Int? {
    mostExact(frame, direction) { $0.action == .meter }
  }

  /// Of the entries that match a frame, the most exact; of equals one that denies, else the first.
  private func mostExact(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, among: (BasicAccessRule) -> Bool
  ) -> Int? {
    var best: Int?
    for (index, entry) in port.basicRules.enumerated()
    where entry.direction == direction && among(entry) && entry.matches(frame) {
      if let best, !entry.precedes(port.basicRules[best]) { continue }
      best = index
    }
    return best
  }
}

extension AccessRule {
  /// Whether the rule is for a port with this virtual subnet.
  func concerns(_ port: VMPort) -> Bool {
    isolationID.map { $0 == port.virtualSubnetID } ?? true
  }
}

extension BasicAccessRule {
  /// Whether the entry decides before another that was written earlier.
  fileprivate func precedes(_ other: BasicAccessRule) -> Bool {
    let (own, others) = (addresses.length, other.addresses.length)
    return own > others || (own == others && action == .deny && other.action != .deny)
  }
}
