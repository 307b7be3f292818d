/// The extended access lists of many ports; ports that were given one list after another share it.
struct RulePool: Sendable {
  /// The rules of all lists, each list's in the order of evaluation.
  private(set) var rules: [AccessRule] = []
  private var gates: [FilterGate] = []
  private var compiled: [FilterRule] = []
  private var lists: [List] = [List()]
  private var last: (rules: [AccessRule], list: Int)?

  /// Where the rules of a list are.
  private struct List {
    var start: UInt32 = 0
    var outbound: UInt32 = 0
    var end: UInt32 = 0
  }

  /// The list of a port; those for another virtual subnet are left out.
  ///
  /// - Complexity: O(1) where the port before has a list in the same storage.
  mutating func list(of port: VMPort) -> Int {
    if port.accessRules.isEmpty { return 0 }
    if let last, last.rules == port.accessRules { return last.list }
    let ordered = port.accessRules.filter { $0.concerns(port) }.sorted { $0.weight > $1.weight }
    var list = List(start: UInt32(rules.count))
    rules += ordered.filter { $0.direction == .outbound }
    list.outbound = UInt32(rules.count)
    rules += ordered.filter { $0.direction == .inbound }
    list.end = UInt32(rules.count)
    gates += rules[Int(list.start)...].map { FilterGate($0) }
    compiled += rules[Int(list.start)...].map { FilterRule($0) }
    lists.append(list)
    let isForAnyPort = port.accessRules.allSatisfy { $0.isolationID == nil }
    last = isForAnyPort ? (port.accessRules, lists.count - 1) : nil
    return lists.count - 1
  }

  /// The places, in `rules`, of a list's rules of a direction, in the order of evaluation.
  @inline(__always)
  func places(_ list: Int, _ direction: AccessRule.Direction) -> Range<Int> {
    let list = lists[list]
    return direction == .outbound
      ? Int(list.start)..<Int(list.outbound) : Int(list.outbound)..<Int(list.end)
  }

  /// The rule that decides about a packet, by its place in the list; -1 when none matches.
  @inline(__always)
  func decidingRule(
    _ header: PacketHeader, _ direction: AccessRule.Direction, in list: Int
  ) -> Int {
    let places = places(list, direction)
    let (ipProtocol, isOutbound) = (header.ipProtocol, direction == .outbound)
    var place = places.lowerBound
    while place < places.upperBound {
      if gates[place].admits(ipProtocol),
        gates[place].asksProtocolAlone || compiled[place].matches(header, isOutbound: isOutbound)
      {
        return place - places.lowerBound
      }
      place += 1
    }
    return -1
  }

  /// What the rule at a place in a list says.
  @inline(__always)
  func verdict(of rule: Int, _ direction: AccessRule.Direction, in list: Int) -> FilterGate {
    gates[places(list, direction).lowerBound + rule]
  }

  /// What the rules of a list have left to ask of a packet whose peer may be any, in their order;
  /// the last is for all.
  func remainders(
    _ header: PacketHeader, _ direction: AccessRule.Direction, in list: Int
  ) -> [FilterRule.Remainder] {
    var remainders: [FilterRule.Remainder] = []
    for place in places(list, direction) where gates[place].admits(header.ipProtocol) {
      let rest = compiled[place].remainder(
        header, isOutbound: direction == .outbound, allowing: gates[place].allows)
      guard let rest else { continue }
      remainders.append(rest)
      if rest.isForAll { return remainders }
    }
    return remainders + [.allowed]
  }
}
