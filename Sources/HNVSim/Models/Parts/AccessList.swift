import HNVCore

/// A list of access rules at one place, as a model's firewall asks it: the first match decides.
struct AccessList: Sendable {
  /// The place, as `security group of A`.
  let name: String
  /// The rules, in the order in which they are asked.
  let rules: [AccessRule]
  /// What becomes of a packet that none matches.
  var otherwise = AccessRule.Action.allow
  /// Whether what was let pass in one direction passes in the other, whatever the rules say; a rule
  /// can have it so for what it matches.
  var isStateful = false
  /// Whether the rules are of one direction, which the name tells.
  var isOneWay = false
  /// Whether rules are told by their own names, as `rule 100`, and not by their places.
  var namesRules = false

  /// What the list says of a packet.
  struct Verdict {
    let passes: Bool
    /// What decided, in words.
    let words: String
    /// The rules that match as well and were not asked.
    let notChosen: [String]
  }

  /// Asks the list about a packet; `flows` are those that it has let pass.
  func ask(
    _ packet: IPPacket, _ direction: AccessRule.Direction, _ flows: inout FlowTable
  ) -> Verdict {
    let flow = Flow(packet, direction, at: name)
    if let flow, flows.contains(flow) {
      return Verdict(
        passes: true, words: "existing flow, allowed by \(name)", notChosen: [])
    }
    let own = rules.filter { $0.direction == direction }
    let matching = own.indices.filter { own[$0].matches(packet) }
    let passes = (matching.first.map { own[$0].action } ?? otherwise) == .allow
    let remembers = isStateful || matching.first.map { own[$0].isStateful } ?? false
    if passes, remembers, let flow { flows.insert(flow) }
    guard !matching.isEmpty else {
      return Verdict(passes: passes, words: unmatched(own.count, direction), notChosen: [])
    }
    let names = matching.map { number in
      let rule = namesRules ? own[number].name : "rule \(number + 1)"
      return "\(isOneWay ? "" : "\(direction.rawValue) ")\(rule) of \(name)"
    }
    return Verdict(
      passes: passes, words: "\(names[0]) \(passes ? "allows" : "denies") the packet",
      notChosen: Array(names.dropFirst()))
  }

  private func unmatched(_ count: Int, _ direction: AccessRule.Direction) -> String {
    let word = isOneWay ? "" : "\(direction.rawValue) "
    let why = count == 0 ? "has no \(word)rule" : "no \(word)rule matches"
    return "\(name)\(count == 0 ? " " : ": ")\(why); default \(otherwise.rawValue)"
  }

  /// Asks the list and notes what it says; drops what it denies, and tells whether the packet
  /// passed.
  ///
  /// What carries no IP packet passes, and so does neighbour discovery.
  func passes(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, _ flows: inout FlowTable,
    in context: Context
  ) -> Bool {
    guard let packet = frame.packet, !packet.isNeighborDiscovery else { return true }
    let verdict = ask(packet, direction, &flows)
    let lookup = Step.Lookup(
      table: name, key: "\(packet.source) -> \(packet.destination)", match: verdict.words,
      notChosen: verdict.notChosen.map { Step.Beaten(entry: $0, why: "an earlier rule matched") })
    guard !verdict.passes else {
      context.note(Step(.permitted, verdict.words, lookup: lookup))
      return true
    }
    context.drop(
      direction == .outbound ? .deniedOut : .deniedIn,
      Step(
        .denied, verdict.words, lookup: lookup,
        fix: "allow \(packet.source) -> \(packet.destination) in \(name)"))
    return false
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

  /// `nil` for what belongs to no flow: a later fragment, and ICMP messages other than echo.
  init?(_ packet: IPPacket, _ direction: AccessRule.Direction, at place: String) {
    let ports: (source: UInt16, destination: UInt16)
    switch packet.transport {
    case .icmp(.echoRequest(let identifier, _, _)), .icmp(.echoReply(let identifier, _, _)),
      .icmpv6(.echoRequest(let identifier, _, _)), .icmpv6(.echoReply(let identifier, _, _)):
      ports = (identifier, identifier)
    case .icmp, .icmpv6: return nil
    default:
      guard packet.fragment == nil else { return nil }
      ports = packet.ports ?? (0, 0)
    }
    let isOutbound = direction == .outbound
    self.place = place
    ipProtocol = packet.transport.ipProtocol
    local = isOutbound ? packet.source : packet.destination
    remote = isOutbound ? packet.destination : packet.source
    localPort = isOutbound ? ports.source : ports.destination
    remotePort = isOutbound ? ports.destination : ports.source
  }
}

/// The flows that a host's lists have let pass.
typealias FlowTable = Set<Flow>
