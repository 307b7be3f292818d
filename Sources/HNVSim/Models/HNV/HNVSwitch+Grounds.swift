import HNVCore

/// Notes on what grounds a host decided about a frame, in the order in which it looked.
struct GroundsNotes {
  let outcome: Outcome
  let packet: PacketID
  let snapshot: HNVSnapshot

  private var grounds: Grounds { outcome.grounds }

  private func note(_ found: HNVDecisionFact.Found, in world: inout World) {
    world.note(HNVDecisionFact(found: found, snapshot: snapshot), packet)
  }

  /// About a frame that a machine sends.
  func noteSending(from port: Int, in subnet: VirtualSubnetID?, _ world: inout World) {
    if let rule = grounds.outbound { noteAllowed(by: rule, .outbound, port, in: &world) }
    if grounds.steps.contains(.bridged) { note(.bridged, in: &world) }
    if grounds.sender != .notAsked { note(.sender(grounds.sender), in: &world) }
    if let learned = outcome.changes.learned { note(.learned(learned), in: &world) }
    if let subnet {
      noteFlooding(in: subnet, &world)
      noteForwarding(from: subnet, &world)
    }
    noteDelivery(in: &world)
  }

  /// About a frame that came in a tunnel.
  func noteReceiving(in subnet: VirtualSubnetID, _ world: inout World) {
    if let learned = outcome.changes.learned { note(.learned(learned), in: &world) }
    if grounds.sender != .notAsked { note(.tunnelSender(grounds.sender), in: &world) }
    noteFlooding(in: subnet, &world)
    noteReceived(in: &world)
    noteDelivery(in: &world)
  }

  /// About a packet that came by rule Nat or None.
  func noteTranslated(in world: inout World) {
    noteReceived(in: &world)
    if grounds.sender != .notAsked { note(.translatedSender(grounds.sender), in: &world) }
    noteDelivery(in: &world)
  }

  /// The receiver's port let the frame pass.
  func noteDelivery(in world: inout World) {
    guard case .deliver(let port, _) = outcome.decision, let rule = grounds.inbound else { return }
    noteAllowed(by: rule, .inbound, port, in: &world)
  }

  private func noteForwarding(from subnet: VirtualSubnetID, _ world: inout World) {
    let (steps, record) = (grounds.steps, grounds.record)
    if steps.contains(.neighbor), let record { note(.neighbor(record: record), in: &world) }
    switch grounds.route {
    case .record(let index): note(.routedByRecord(short(index), from: subnet), in: &world)
    case .route(let index): note(.routedByRoute(short(index), from: subnet), in: &world)
    case nil: break
    }
    guard let record else { return }
    if steps.contains(.resolved), case .route(let route) = grounds.route {
      note(.resolved(record: short(record), route: short(route)), in: &world)
    } else if steps.contains(.resolvedByMAC) {
      note(.resolvedByMAC(record: short(record), in: subnet), in: &world)
    }
    if steps.contains(.foreignMAC) { note(.foreignMAC(record: record), in: &world) }
    if steps.contains(.crossed) { note(.crossed(record: short(record), from: subnet), in: &world) }
  }

  /// An index in half the space.
  private func short(_ index: Int) -> Int32 { Int32(truncatingIfNeeded: index) }

  private func noteFlooding(in subnet: VirtualSubnetID, _ world: inout World) {
    guard grounds.steps.contains(.flooded) else { return }
    note(.flooded(record: grounds.record.map(short), in: subnet), in: &world)
  }

  private func noteReceived(in world: inout World) {
    guard grounds.steps.contains(.received), let record = grounds.record else { return }
    note(.received(record: record), in: &world)
  }

  private func noteAllowed(
    by ground: PortFilter.Ground, _ direction: AccessRule.Direction, _ port: Int,
    in world: inout World
  ) {
    let port = short(port)
    if ground == .state {
      world.note(
        HNVPortFact.allowedByFlow(outcome.changes, direction, port: port, snapshot), packet)
    } else {
      world.note(HNVPortFact.allowed(ground, direction, port: port, snapshot), packet)
    }
  }
}
