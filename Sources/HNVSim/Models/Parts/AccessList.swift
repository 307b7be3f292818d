import HNVCore

/// A list of access rules at one place, as a model's firewall asks it: the first match decides.
final class AccessList: Sendable {
  /// The place, as `security group of A`.
  let name: String
  /// The rules, in the order in which they are asked.
  let rules: [AccessRule]
  /// What becomes of a packet that none matches.
  let otherwise: AccessRule.Action
  /// Whether what was let pass in one direction passes in the other, whatever the rules say; a rule
  /// can have it so for what it matches.
  let isStateful: Bool
  /// Whether the rules are of one direction, which the name tells.
  let isOneWay: Bool
  /// Whether rules are told by their own names, as `rule 100`, and not by their places.
  let namesRules: Bool

  init(
    name: String, rules: [AccessRule], otherwise: AccessRule.Action = .allow,
    isStateful: Bool = false, isOneWay: Bool = false, namesRules: Bool = false
  ) {
    self.name = name
    self.rules = rules
    self.otherwise = otherwise
    self.isStateful = isStateful
    self.isOneWay = isOneWay
    self.namesRules = namesRules
  }

  /// Asks the list and notes what it says; drops what it denies, and tells whether the packet
  /// passed.
  ///
  /// What carries no IP packet passes, and so does neighbour discovery. `flows` are those that were
  /// let pass.
  func passes(
    _ packet: PacketID, _ direction: AccessRule.Direction, _ flows: inout FlowTable,
    in world: inout World
  ) -> Bool {
    let row = world.packets[packet]
    guard row.isIP, !row.isNeighborDiscovery else { return true }
    let flow = Flow(row, direction, at: name)
    if let flow, flows.contains(flow) {
      world.note(AccessListFact.existingFlow(self), packet)
      return true
    }
    let rule = rules.first { $0.direction == direction && $0.matches(row) }
    guard (rule?.action ?? otherwise) == .allow else {
      world.drop(
        direction == .outbound ? .deniedOut : .deniedIn, AccessListFact.asked(self, direction),
        packet)
      return false
    }
    if isStateful || rule?.isStateful ?? false, let flow { flows.insert(flow) }
    world.note(AccessListFact.asked(self, direction), packet)
    return true
  }
}

/// A flow at one place, the same for both directions.
struct Flow: Hashable {
  private let place: String
  private let ipProtocol: IPProtocol
  private let local: IPAddress
  private let remote: IPAddress
  private let localPort: UInt16
  private let remotePort: UInt16

  /// `nil` for what belongs to no flow: a fragment, and ICMP messages other than echo.
  init?(_ packet: Packet, _ direction: AccessRule.Direction, at place: String) {
    guard !packet.isFragment, let ports = packet.flowPorts else { return nil }
    let isOutbound = direction == .outbound
    self.place = place
    ipProtocol = packet.ipProtocol
    local = isOutbound ? packet.source : packet.destination
    remote = isOutbound ? packet.destination : packet.source
    localPort = isOutbound ? ports.source : ports.destination
    remotePort = isOutbound ? ports.destination : ports.source
  }
}

/// The flows that a host's lists have let pass.
typealias FlowTable = Set<Flow>
