extension HostRouter {
  /// What the port that a frame comes from does before HNV sees it: the built-in ingress policy,
  /// on the plain customer frame (Hyper-V Extensible Switch, data path).
  @inline(__always)
  func applyIngressRules(
    _ key: FlowKey, from port: Int, state: HostState, at now: UInt64,
    updating changes: inout StateChanges, grounds: inout Grounds
  ) throws(Refusal) {
    guard local.ports.maySend(from: key.sourceMAC, by: port) else {
      throw .spoofedMAC(key.sourceMAC, port: port)
    }
    if local.ports.isGuarded(port), let portGuard = portGuard(against: key, at: port) {
      throw .guarded(portGuard, port: port)
    }
    let opened = try filter(
      key, .none(key), .outbound, at: port, state: state, at: now, grounds: &grounds)
    if let opened { changes.sender = opened }
  }

  private func portGuard(against key: FlowKey, at port: Int) -> PortGuard? {
    guard key.isIP else { return nil }
    return PortGuard.allCases.first { $0.isOn(ports[port]) && $0.stops(key) }
  }

  /// Hands over what was decided to be delivered, and nothing else: the receiver's port sees the
  /// customer frame as its machine would get it.
  @inline(__always)
  func applyEgressRules(
    _ key: FlowKey, _ decision: Decision, state: HostState, at now: UInt64,
    updating changes: inout StateChanges, grounds: inout Grounds
  ) throws(Refusal) {
    guard case .deliver(let port, let rewrite) = decision else { return }
    let opened = try filter(
      key, rewrite, .inbound, at: port, state: state, at: now, grounds: &grounds)
    if let opened { changes.receiver = opened }
  }

  /// Decides on one copy of a frame for a port of this host: its access rules have the last word.
  ///
  /// The grounds add to those on which the copy was made.
  public func deliver(
    _ frame: EthernetFrame, to port: Int, state: HostState, at now: UInt64
  ) -> Outcome {
    deliver(FlowKey(frame), to: port, state: state, at: now)
  }

  /// Delivers a copy of which the key has been read.
  package func deliver(
    _ key: FlowKey, to port: Int, state: HostState, at now: UInt64,
    after grounds: Grounds = Grounds()
  ) -> Outcome {
    let decision = Decision.deliver(port: port, .none(key))
    var (changes, grounds) = (StateChanges(), grounds)
    do throws(Refusal) {
      try applyEgressRules(
        key, decision, state: state, at: now, updating: &changes, grounds: &grounds)
      return Outcome(decision, grounds, changes)
    } catch {
      return Outcome(.refuse(error), grounds, changes)
    }
  }

  /// Asks the access lists of a port about a frame as the port sees it.
  ///
  /// - Returns: the flow that the frame opens or renews; `nil` for none.
  @inline(__always)
  private func filter(
    _ key: FlowKey, _ rewrite: Rewrite, _ direction: AccessRule.Direction, at port: Int,
    state: HostState, at now: UInt64, grounds: inout Grounds
  ) throws(Refusal) -> Connection? {
    let verdict = local.ports.decide(
      key, rewrite, direction, at: port, connections: state.connections, at: now)
    guard let verdict else { return nil }
    if let denial = verdict.denial { throw .denied(direction, port: port, denial) }
    switch direction {
    case .outbound: grounds.outbound = verdict.ground
    case .inbound: grounds.inbound = verdict.ground
    }
    return verdict.connection
  }
}
