extension HostRouter {
  /// What the port that a frame comes from does before HNV sees it: the built-in ingress policy,
  /// on the plain customer frame (Hyper-V Extensible Switch, data path).
  @inline(__always)
  func admit<Recorder: DecisionRecorder>(
    _ frame: FrameHeader, from port: Int, state: HostState, at now: UInt64,
    leaving remains: inout Remains, recording reasons: inout Recorder
  ) throws(Refusal) {
    guard local.ports.maySend(from: frame.source, by: port) else {
      throw .spoofedMAC(frame.source, port: port)
    }
    if local.ports.isGuarded(port), let portGuard = portGuard(against: frame, at: port) {
      throw .guarded(portGuard, port: port)
    }
    let opened = try filter(
      frame, .none(frame), .outbound, at: port, state: state, at: now, recording: &reasons)
    if let opened { remains.sender = opened }
  }

  private func portGuard(against frame: FrameHeader, at port: Int) -> PortGuard? {
    guard frame.packet.isIP else { return nil }
    return PortGuard.allCases.first { $0.isOn(ports[port]) && $0.stops(frame.packet) }
  }

  /// Hands over what was decided to be delivered, and nothing else: the receiver's port sees the
  /// customer frame as its machine would get it.
  @inline(__always)
  func handOver<Recorder: DecisionRecorder>(
    _ frame: FrameHeader, _ decision: Decision, state: HostState, at now: UInt64,
    leaving remains: inout Remains, recording reasons: inout Recorder
  ) throws(Refusal) {
    guard case .deliver(let port, let rewrite) = decision else { return }
    let opened = try filter(
      frame, rewrite, .inbound, at: port, state: state, at: now, recording: &reasons)
    if let opened { remains.receiver = opened }
  }

  /// Decides on one copy of a frame for a port of this host: its access rules have the last word.
  @specialized(where Recorder == NoReasons)
  @specialized(where Recorder == Reasons)
  public func hand<Recorder: DecisionRecorder>(
    _ frame: EthernetFrame, to port: Int, state: HostState, at now: UInt64,
    recording reasons: inout Recorder
  ) -> Outcome {
    let frame = FrameHeader(frame)
    let decision = Decision.deliver(port: port, .none(frame))
    var remains = Remains()
    do throws(Refusal) {
      try handOver(
        frame, decision, state: state, at: now, leaving: &remains, recording: &reasons)
      return Outcome(decision, remains)
    } catch {
      return Outcome(.refuse(error), remains)
    }
  }

  /// Asks the access lists of a port about a frame as the port sees it.
  ///
  /// - Returns: the flow that the frame opens or renews; `nil` for none.
  @inline(__always)
  private func filter<Recorder: DecisionRecorder>(
    _ frame: FrameHeader, _ rewrite: Rewrite, _ direction: AccessRule.Direction, at port: Int,
    state: HostState, at now: UInt64, recording reasons: inout Recorder
  ) throws(Refusal) -> Connection? {
    let verdict = local.ports.decide(
      frame, rewrite, direction, at: port, connections: state.connections, at: now)
    guard let verdict else { return nil }
    if let denial = verdict.denial { throw .denied(direction, port: port, denial) }
    reasons.note(.filtered(direction, port: port, verdict.ground))
    return verdict.connection
  }
}
