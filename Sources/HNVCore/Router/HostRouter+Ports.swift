extension HostRouter {
  /// What the port that a frame comes from does before HNV sees it: the built-in ingress policy,
  /// on the plain customer frame (Hyper-V Extensible Switch, data path).
  ///
  /// - Returns: why the port drops the frame; `nil` when it lets it pass.
  func admit<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, from port: Int, state: HostState, at now: UInt64,
    leaving connection: inout Connection?, recording reasons: inout Recorder
  ) -> Refusal? {
    let sender = ports[port]
    guard sender.allowsMACSpoofing || frame.source == sender.macAddress else {
      return .spoofedMAC(frame.source, port: port)
    }
    if let packet = frame.packet {
      for portGuard in PortGuard.allCases where portGuard.isOn(sender) && portGuard.stops(packet) {
        return .guarded(portGuard, port: port)
      }
    }
    return filter(
      frame, .outbound, at: port, state: state, at: now, leaving: &connection,
      recording: &reasons)
  }

  /// Hands over what was decided to be delivered: the receiver's port sees the customer frame as
  /// its machine would get it.
  func handOver<Recorder: DecisionRecorder>(
    _ outcome: Outcome, _ frame: EthernetFrame, state: HostState, at now: UInt64,
    recording reasons: inout Recorder
  ) -> Outcome {
    guard case .deliver(let port, let rewrite) = outcome.decision else { return outcome }
    var outcome = outcome
    // Only basic rules see what a rewrite changes, so that most ports spare the copy.
    let seen = ports[port].basicRules.isEmpty ? frame : rewrite.applied(to: frame)
    let refusal = filter(
      seen, .inbound, at: port, state: state, at: now, leaving: &outcome.remains.receiver,
      recording: &reasons)
    if let refusal { outcome.decision = .refuse(refusal) }
    return outcome
  }

  /// Decides on one copy of a frame for a port of this host: its access rules have the last word.
  public func hand<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, to port: Int, state: HostState, at now: UInt64,
    recording reasons: inout Recorder
  ) -> Outcome {
    handOver(
      Outcome(.deliver(port: port, .none(frame))), frame, state: state, at: now,
      recording: &reasons)
  }

  private func filter<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, _ direction: AccessRule.Direction, at port: Int, state: HostState,
    at now: UInt64, leaving connection: inout Connection?, recording reasons: inout Recorder
  ) -> Refusal? {
    let verdict = filters[port].decide(
      frame, direction, connections: state.connections, at: now)
    guard let verdict else { return nil }
    guard verdict.passes else { return .denied(direction, port: port, verdict.ground) }
    connection = verdict.connection
    reasons.note(.filtered(direction, port: port, verdict.ground))
    return nil
  }
}
