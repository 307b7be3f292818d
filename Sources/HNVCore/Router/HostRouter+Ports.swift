extension HostRouter {
  /// What the port that a frame comes from does before HNV sees it: the built-in ingress policy,
  /// on the plain customer frame (Hyper-V Extensible Switch, data path).
  ///
  /// - Returns: why the port drops the frame; `nil` when it lets it pass.
  @inline(__always)
  func admit<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ header: PacketHeader?, from port: Int, state: HostState,
    at now: UInt64,
    leaving connection: inout Connection?, recording reasons: inout Recorder
  ) -> Refusal? {
    guard table.maySend(from: frame.source, by: port) else {
      return .spoofedMAC(frame.source, port: port)
    }
    if table.isGuarded(port), let portGuard = portGuard(against: frame, at: port) {
      return .guarded(portGuard, port: port)
    }
    return filter(
      frame, header, .outbound, at: port, state: state, at: now, leaving: &connection,
      recording: &reasons)
  }

  private func portGuard(against frame: EthernetFrame, at port: Int) -> PortGuard? {
    guard let packet = frame.packet else { return nil }
    return PortGuard.allCases.first { $0.isOn(ports[port]) && $0.stops(packet) }
  }

  /// Hands over what was decided to be delivered: the receiver's port sees the customer frame as
  /// its machine would get it.
  @inline(__always)
  func handOver<Recorder: DecisionRecorder>(
    _ decision: Decision, _ frame: EthernetFrame, _ header: PacketHeader?, state: HostState,
    at now: UInt64, leaving remains: inout Remains, recording reasons: inout Recorder
  ) -> Decision {
    guard case .deliver(let port, let rewrite) = decision else { return decision }
    let refusal =
      // Only basic rules see what a rewrite changes, so that most ports spare the copy.
      table.hasBasicRules(port)
      ? filter(
        rewrite.applied(to: frame), header, .inbound, at: port, state: state, at: now,
        leaving: &remains.receiver, recording: &reasons)
      : filter(
        frame, header, .inbound, at: port, state: state, at: now,
        leaving: &remains.receiver, recording: &reasons)
    return refusal.map { .refuse($0) } ?? .deliver(port: port, rewrite)
  }

  /// Decides on one copy of a frame for a port of this host: its access rules have the last word.
  @specialized(where Recorder == NoReasons)
  @specialized(where Recorder == Reasons)
  public func hand<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, to port: Int, state: HostState, at now: UInt64,
    recording reasons: inout Recorder
  ) -> Outcome {
    var remains = Remains()
    let decision = handOver(
      .deliver(port: port, .none(frame)), frame, PacketHeader(frame), state: state, at: now,
      leaving: &remains, recording: &reasons)
    return Outcome(decision, remains)
  }

  @inline(__always)
  private func filter<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ header: PacketHeader?, _ direction: AccessRule.Direction,
    at port: Int, state: HostState,
    at now: UInt64, leaving connection: inout Connection?, recording reasons: inout Recorder
  ) -> Refusal? {
    let verdict = table.decide(
      frame, header, direction, at: port, connections: state.connections, at: now)
    guard let verdict else { return nil }
    guard verdict.passes else { return .denied(direction, port: port, verdict.ground) }
    if let opened = verdict.connection { connection = opened }
    reasons.note(.filtered(direction, port: port, verdict.ground))
    return nil
  }
}
