import HNVCore

/// Notes on what grounds a host decided about a frame, in the order in which it looked.
struct GroundsNotes {
  let outcome: Outcome
  let frame: EthernetFrame
  let snapshot: HNVSnapshot
  let context: Context

  private var grounds: Grounds { outcome.grounds }

  private func note(_ found: HNVDecisionFact.Found) {
    context.note(HNVDecisionFact(found: found, snapshot: snapshot), frame)
  }

  /// About a frame that a machine sends.
  func noteSending(from port: Int, in subnet: VirtualSubnetID?) {
    if let rule = grounds.outbound { noteAllowed(by: rule, .outbound, port) }
    if grounds.steps.contains(.bridged) { note(.bridged) }
    if grounds.sender != .notAsked { note(.sender(grounds.sender)) }
    if let learned = outcome.changes.learned { note(.learned(learned)) }
    if let subnet {
      noteFlooding(in: subnet)
      noteForwarding(from: subnet)
    }
    noteDelivery()
  }

  /// About a frame that came in a tunnel.
  func noteReceiving(in subnet: VirtualSubnetID) {
    if let learned = outcome.changes.learned { note(.learned(learned)) }
    if grounds.sender != .notAsked { note(.tunnelSender(grounds.sender)) }
    noteFlooding(in: subnet)
    noteReceived()
    noteDelivery()
  }

  /// About a packet that came by rule Nat or None.
  func noteTranslated() {
    noteReceived()
    if grounds.sender != .notAsked { note(.translatedSender(grounds.sender)) }
    noteDelivery()
  }

  /// The receiver's port let the frame pass.
  func noteDelivery() {
    guard case .deliver(let port, _) = outcome.decision, let rule = grounds.inbound else { return }
    noteAllowed(by: rule, .inbound, port)
  }

  private func noteForwarding(from subnet: VirtualSubnetID) {
    let (steps, record) = (grounds.steps, grounds.record)
    if steps.contains(.neighbor), let record { note(.neighbor(record: record)) }
    switch grounds.route {
    case .record(let index): note(.routedByRecord(short(index), from: subnet))
    case .route(let index): note(.routedByRoute(short(index), from: subnet))
    case nil: break
    }
    guard let record else { return }
    if steps.contains(.resolved), case .route(let route) = grounds.route {
      note(.resolved(record: short(record), route: short(route)))
    } else if steps.contains(.resolvedByMAC) {
      note(.resolvedByMAC(record: short(record), in: subnet))
    }
    if steps.contains(.foreignMAC) { note(.foreignMAC(record: record)) }
    if steps.contains(.crossed) { note(.crossed(record: short(record), from: subnet)) }
  }

  /// An index in half the space.
  private func short(_ index: Int) -> Int32 { Int32(truncatingIfNeeded: index) }

  private func noteFlooding(in subnet: VirtualSubnetID) {
    guard grounds.steps.contains(.flooded) else { return }
    note(.flooded(record: grounds.record.map(short), in: subnet))
  }

  private func noteReceived() {
    guard grounds.steps.contains(.received), let record = grounds.record else { return }
    note(.received(record: record))
  }

  private func noteAllowed(
    by ground: PortFilter.Ground, _ direction: AccessRule.Direction, _ port: Int
  ) {
    let port = short(port)
    if ground == .state {
      context.note(
        HNVPortFact.allowedByFlow(outcome.changes, direction, port: port, snapshot), frame)
    } else {
      context.note(HNVPortFact.allowed(ground, direction, port: port, snapshot), frame)
    }
  }
}
