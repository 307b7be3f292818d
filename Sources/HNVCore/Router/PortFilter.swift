/// The access rules of one port, in the order in which they are asked.
public struct PortFilter: Sendable {
  private let outbound: [AccessRule]
  private let inbound: [AccessRule]

  /// Orders rules by weight, the highest first.
  public init(_ rules: [AccessRule]) {
    let ordered = rules.sorted { $0.weight > $1.weight }
    outbound = ordered.filter { $0.direction == .outbound }
    inbound = ordered.filter { $0.direction == .inbound }
  }

  /// The rules of a direction, the first asked first.
  public func rules(_ direction: AccessRule.Direction) -> [AccessRule] {
    direction == .outbound ? outbound : inbound
  }

  /// The position, in `rules(_:)`, of the rule that decides; `nil` when none matches and the
  /// packet passes.
  public func decidingRule(_ packet: IPPacket, _ direction: AccessRule.Direction) -> Int? {
    rules(direction).firstIndex { $0.matches(packet) }
  }

  /// Every rule that matches, the deciding one first: who would have decided next.
  public func matchingRules(
    _ packet: IPPacket, _ direction: AccessRule.Direction
  ) -> [AccessRule] {
    rules(direction).filter { $0.matches(packet) }
  }
}
