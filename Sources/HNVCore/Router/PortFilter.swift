/// The access lists of one port, in the order of evaluation.
///
/// A pure function like the router: it reads the flows that are open, and says which one a frame
/// opens or renews.
public struct PortFilter: Sendable {
  let table: PortTable
  let index: Int

  /// The port.
  public var port: VMPort { table.ports[index] }

  var settings: Settings { table.settings }

  /// Orders a port's extended rules by weight, the highest first; those for another virtual subnet
  /// are left out.
  public init(_ port: VMPort, settings: Settings = Settings()) {
    self.init(PortTable([port], settings: settings), 0)
  }

  init(_ table: PortTable, _ index: Int) {
    self.table = table
    self.index = index
  }

  /// The extended rules of a direction, in the order of evaluation.
  public func rules(_ direction: AccessRule.Direction) -> [AccessRule] {
    Array(table.rules(direction, of: index))
  }

  /// An entry of a port's access lists.
  public enum Entry: Hashable, Sendable {
    /// An entry of the basic list, by its place in the port's `basicRules`.
    case basic(Int)
    /// An extended rule, by its place in `rules(_:)`.
    case extended(Int)
  }

  /// What decided about a frame.
  public enum Ground: Hashable, Sendable {
    /// Nothing matched: the frame passes.
    case nothing
    /// An entry of the basic list, by its place in the port's `basicRules`.
    case basic(Int)
    /// An extended rule, by its place in `rules(_:)`.
    case extended(Int)
    /// The state of a flow that a stateful rule let through, which the frame renews.
    case state

    /// An entry as what decided.
    public init(_ entry: Entry) {
      switch entry {
      case .basic(let index): self = .basic(index)
      case .extended(let index): self = .extended(index)
      }
    }
  }

  /// What the access lists say about a frame.
  public struct Verdict: Hashable, Sendable {
    /// The entry that denies the frame; `nil` where it passes.
    public let denial: Entry?
    /// What decided; where both lists let the frame pass, the extended one's.
    public let ground: Ground
    private let flow: Flow

    /// Whether the frame passes.
    public var passes: Bool { denial == nil }

    /// One word, for most frames open none.
    private enum Flow: Hashable {
      case none
      indirect case opened(Connection)
    }

    /// The flow that the frame opens or renews; `nil` for none.
    public var connection: Connection? {
      guard case .opened(let connection) = flow else { return nil }
      return connection
    }

    init(passingBy ground: Ground, opening connection: Connection? = nil) {
      denial = nil
      self.ground = ground
      flow = connection.map { .opened($0) } ?? .none
    }

    init(deniedBy entry: Entry) {
      denial = entry
      ground = Ground(entry)
      flow = .none
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
    let frame = FlowKey(frame)
    return table.decide(
      frame, .none(frame), direction, at: index, connections: connections, at: now)
  }

  /// The position, in `rules(_:)`, of the extended rule that decides; `nil` when none matches.
  package func decidingRule(_ packet: IPPacket, _ direction: AccessRule.Direction) -> Int? {
    let rule = table.verdict(FlowKey(packet), direction, of: index).index
    return rule < 0 ? nil : Int(rule)
  }

  /// The place, in the port's `basicRules`, of the entry that decides; `nil` when none matches.
  ///
  /// The MAC entries and the IP entries have one decider each, and one that denies counts.
  package func decidingEntry(_ frame: EthernetFrame, _ direction: AccessRule.Direction) -> Int? {
    decidingEntry(FlowKey(frame), direction)
  }

  func decidingEntry(_ key: FlowKey, _ direction: AccessRule.Direction) -> Int? {
    if port.basicRules.isEmpty { return nil }
    let byMAC = mostExact(key, direction) { $0.addresses.areMAC && $0.action != .meter }
    let byIP = mostExact(key, direction) { !$0.addresses.areMAC && $0.action != .meter }
    if let byMAC, port.basicRules[byMAC].action == .deny { return byMAC }
    return byIP ?? byMAC
  }

  /// The place, in the port's `basicRules`, of the meter that counts a frame; `nil` for none.
  ///
  /// A meter decides nothing.
  package func meter(_ frame: EthernetFrame, _ direction: AccessRule.Direction) -> Int? {
    mostExact(FlowKey(frame), direction) { $0.action == .meter }
  }

  /// Of the entries that match a frame, the most exact; of equals one that denies, else the first.
  private func mostExact(
    _ key: FlowKey, _ direction: AccessRule.Direction, among: (BasicAccessRule) -> Bool
  ) -> Int? {
    var best: Int?
    for (index, entry) in port.basicRules.enumerated()
    where entry.direction == direction && among(entry) && entry.matches(key) {
      if let best, !entry.precedes(port.basicRules[best]) { continue }
      best = index
    }
    return best
  }
}

extension BasicAccessRule {
  /// Whether the entry decides before another that was written earlier.
  fileprivate func precedes(_ other: BasicAccessRule) -> Bool {
    let (own, others) = (addresses.length, other.addresses.length)
    return own > others || (own == others && action == .deny && other.action != .deny)
  }
}
