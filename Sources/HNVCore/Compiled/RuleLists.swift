/// The extended access lists of many ports, compiled; ports that were given one list after another
/// share it.
///
/// A list stands once for each class of protocols, and holds there only what can match: what a rule
/// says by its protocol alone costs a packet nothing, and a list that allows everything is no loop.
struct RuleLists: Sendable {
  /// The rules of all lists, each list's in the order of evaluation.
  private(set) var rules: [AccessRule] = []
  private var lists = [List()]
  /// For each list, by direction and then by class.
  private var runs = Array(repeating: Run(), count: RuleLists.runsPerList)
  private var entries: [FilterRule] = []
  private var last: (rules: [AccessRule], list: Int)?

  /// Where the rules of a list are.
  private struct List {
    var start: UInt32 = 0
    var outbound: UInt32 = 0
    var end: UInt32 = 0
  }

  /// The entries of one direction that can match packets of a class.
  private struct Run {
    var start: UInt32 = 0
    var count: UInt32 = 0
    /// What is said of packets that match none of them.
    var fallback = RuleVerdict.none
  }

  private static var runsPerList: Int { 2 * ProtocolClass.allCases.count }

  /// The list of a port; rules for another virtual subnet are left out.
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
    lists.append(list)
    compile(rules[Int(list.start)..<Int(list.outbound)])
    compile(rules[Int(list.outbound)..<Int(list.end)])
    let isForAnyPort = port.accessRules.allSatisfy { $0.isolationID == nil }
    last = isForAnyPort ? (port.accessRules, lists.count - 1) : nil
    return lists.count - 1
  }

  /// Appends the runs of one direction; classes for which the same rules stand share one.
  private mutating func compile(_ rules: ArraySlice<AccessRule>) {
    var shared: (numbers: [Int], run: Run)?
    for protocolClass in ProtocolClass.allCases {
      let numbers = rules.indices.filter { protocolClass.isOf(rules[$0].ipProtocol) }
      if shared?.numbers != numbers || protocolClass == .other {
        shared = (numbers, compile(numbers, of: rules, protocolClass))
      }
      if let shared { runs.append(shared.run) }
    }
  }

  private mutating func compile(
    _ numbers: [Int], of rules: ArraySlice<AccessRule>, _ protocolClass: ProtocolClass
  ) -> Run {
    var run = Run(start: UInt32(entries.count))
    for number in numbers {
      let rule = rules[number]
      let verdict = RuleVerdict(number - rules.startIndex, rule)
      // Of the other protocols each is still to be compared.
      let ipProtocol = protocolClass == .other ? rule.ipProtocol : nil
      if rule.isForAnyEnds, ipProtocol == nil {
        run.fallback = verdict
        break
      }
      entries.append(FilterRule(rule, verdict, ipProtocol))
      run.count += 1
    }
    return run
  }

  /// The rules of a list in a direction, in the order of evaluation.
  func rules(_ direction: AccessRule.Direction, in list: Int) -> ArraySlice<AccessRule> {
    let list = lists[list]
    return direction == .outbound
      ? rules[Int(list.start)..<Int(list.outbound)] : rules[Int(list.outbound)..<Int(list.end)]
  }

  /// What a list says of a packet.
  @inline(__always)
  func verdict(
    _ key: FlowKey, _ direction: AccessRule.Direction, in list: Int
  ) -> RuleVerdict {
    let run = run(key, direction, in: list)
    if run.count == 0 { return run.fallback }
    return search(run, key, isOutbound: direction == .outbound)
  }

  private func search(_ run: Run, _ key: FlowKey, isOutbound: Bool) -> RuleVerdict {
    for place in Int(run.start)..<Int(run.start &+ run.count)
    where entries[place].matches(key, isOutbound: isOutbound) {
      return entries[place].verdict
    }
    return run.fallback
  }

  @inline(__always)
  private func run(
    _ key: FlowKey, _ direction: AccessRule.Direction, in list: Int
  ) -> Run {
    let first = list &* Self.runsPerList &+ Int(key.protocolClass.rawValue)
    return runs[direction == .outbound ? first : first &+ ProtocolClass.allCases.count]
  }

  /// What the rules of a list have left to ask of a packet whose peer may be any, in their order;
  /// the last is for all.
  func remainders(
    _ key: FlowKey, _ direction: AccessRule.Direction, in list: Int
  ) -> [FilterRule.Remainder] {
    let run = run(key, direction, in: list)
    var remainders: [FilterRule.Remainder] = []
    for entry in entries[Int(run.start)..<Int(run.start + run.count)] {
      guard let rest = entry.remainder(key, isOutbound: direction == .outbound) else { continue }
      remainders.append(rest)
      if rest.isForAll { return remainders }
    }
    return remainders + [.forAll(allows: run.fallback.allows)]
  }
}

/// What an access list says of a packet.
struct RuleVerdict: Sendable {
  /// The rule, by its place among those of the direction; -1 where none matches.
  let index: Int32
  let allows: Bool
  let isStateful: Bool
  let idleSessionTimeout: UInt16

  init(_ index: Int, _ rule: AccessRule) {
    self.index = Int32(truncatingIfNeeded: index)
    allows = rule.action == .allow
    isStateful = rule.isStateful
    idleSessionTimeout = rule.idleSessionTimeout
  }

  private init() { (index, allows, isStateful, idleSessionTimeout) = (-1, true, false, 0) }

  /// No rule matches, and the packet passes.
  static let none = RuleVerdict()
}

extension AccessRule {
  /// Whether the rule asks neither addresses nor ports.
  fileprivate var isForAnyEnds: Bool {
    localPrefix == nil && remotePrefix == nil && localPorts == nil && remotePorts == nil
  }
}
