import HNVCore

/// The access list of a logical switch (ovn-nb(5), table ACL): the highest priority decides.
final class OVNAccessList: Sendable {
  /// A row of the list; what is left out matches anything.
  struct Row: Sendable {
    let direction: Direction
    let priority: UInt16
    let action: Action
    /// The machine's port that the row is about; `nil` for every port, the router's too.
    var port: Adapter?
    var source: IPPrefix?
    var destination: IPPrefix?
    var ipProtocol: IPProtocol?
    var sourcePorts: ClosedRange<UInt16>?
    var destinationPorts: ClosedRange<UInt16>?
    let words: String
    /// Where the lab says it; `nil` for one that is made of a machine's rule.
    var place: HNVCore.Place?

    /// Whether the row stops what it matches.
    var denies: Bool { action == .drop || action == .reject }

    /// Whether the row is about a packet at a port.
    func applies(to packet: Packet, _ direction: Direction, at place: Place) -> Bool {
      self.direction == direction && port.map { Place(.machine($0)) == place } ?? true
        && matches(packet)
    }

    private func matches(_ packet: Packet) -> Bool {
      let ports = packet.ports
      return source?.contains(packet.source) ?? true
        && destination?.contains(packet.destination) ?? true
        && ipProtocol.map { Self.covers($0, packet.ipProtocol) } ?? true
        && Self.covers(sourcePorts, ports?.source)
        && Self.covers(destinationPorts, ports?.destination)
    }

    private static func covers(_ own: IPProtocol, _ other: IPProtocol) -> Bool {
      own == other || (own == .icmp && other == .icmpv6)
    }

    private static func covers(_ range: ClosedRange<UInt16>?, _ port: UInt16?) -> Bool {
      guard let range else { return true }
      return port.map(range.contains) ?? false
    }
  }

  /// A port in numbers that take less room: a machine's and its adapter's; -1 for the router's.
  struct Place: Hashable, Sendable {
    private var machine: Int32 = -1
    private var adapter: Int32 = -1

    init(_ port: OVNPort) {
      guard case .machine(let own) = port else { return }
      machine = Int32(truncatingIfNeeded: own.machine)
      adapter = Int32(truncatingIfNeeded: own.index)
    }
  }

  /// As packets enter the switch, or as they leave it.
  enum Direction: String, CaseIterable, Sendable {
    case entering = "from-lport"
    case leaving = "to-lport"
  }

  /// What a row does.
  enum Action: String, CaseIterable, Sendable {
    case allow
    case allowRelated = "allow-related"
    case drop
    case reject
  }

  /// The switch's name.
  let name: String
  /// The rows, the highest priority first; which of two equals decides OVN leaves open, here it is
  /// the first written.
  let rows: [Row]
  /// Whether the switch tracks connections: a single allow-related makes each allow track too.
  let isStateful: Bool

  init(_ name: String, _ rows: [Row]) {
    self.name = name
    self.rows = rows.enumerated().sorted {
      ($1.element.priority, $0.offset) < ($0.element.priority, $1.offset)
    }.map(\.element)
    isStateful = rows.contains { $0.action == .allowRelated }
  }

  /// Asks the list about a frame at a port, notes what it says, and drops what it denies.
  ///
  /// Address resolution passes; so does, on a stateful switch, what belongs to a connection that a
  /// machine's port let through. The router's port tracks none (ovn-logical-flows(7)).
  func passes(
    _ packet: PacketID, _ direction: Direction, at port: OVNPort, _ flows: inout FlowTable,
    in world: inout World
  ) -> Verdict {
    let content = world.packets[packet]
    guard content.isIP, !content.isNeighborDiscovery else { return .passes }
    let flow = isStateful ? self.flow(of: content, direction, at: port) : nil
    if let flow, flows.contains(flow) {
      world.note(OVNAccessFact.tracked(self), packet)
      return .passes
    }
    let place = Place(port)
    let row = rows.first { $0.applies(to: content, direction, at: place) }
    guard let row, row.denies else {
      if let flow { flows.insert(flow) }
      if !rows.isEmpty { world.note(OVNAccessFact.asked(self, direction, at: place), packet) }
      return .passes
    }
    world.drop(
      direction == .entering ? .deniedOut : .deniedIn,
      OVNAccessFact.asked(self, direction, at: place), packet)
    return row.action == .reject ? .rejects : .drops
  }

  /// What becomes of a frame at a list.
  enum Verdict {
    case passes
    case drops
    /// The sender is told.
    case rejects
  }

  private func flow(of packet: Packet, _ direction: Direction, at port: OVNPort) -> Flow? {
    guard case .machine(let adapter) = port else { return nil }
    // Seen from the machine: what enters the switch, the machine sends.
    return Flow(
      packet, direction == .entering ? .outbound : .inbound,
      at: "\(adapter.machine)/\(adapter.index)")
  }
}
