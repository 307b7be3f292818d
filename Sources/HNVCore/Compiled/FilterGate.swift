/// What suffices to pass over an extended access rule for most packets, and what the rule says:
/// eight bytes, in a row for each list, so that a rule of another protocol is passed over by them
/// alone.
struct FilterGate: Sendable {
  /// The protocols that match, where not any does; ICMP is of two (`IPProtocol.covers`).
  private let ipProtocol: IPProtocol
  private let otherProtocol: IPProtocol
  private let isForAnyProtocol: Bool
  /// Whether addresses and ports are ignored.
  let asksProtocolAlone: Bool
  let allows: Bool
  let isStateful: Bool
  let idleSessionTimeout: UInt16

  init(_ rule: AccessRule) {
    ipProtocol = rule.ipProtocol ?? .icmp
    otherProtocol = rule.ipProtocol == .icmp ? .icmpv6 : ipProtocol
    isForAnyProtocol = rule.ipProtocol == nil
    asksProtocolAlone =
      rule.localPrefix == nil && rule.remotePrefix == nil && rule.localPorts == nil
      && rule.remotePorts == nil
    allows = rule.action == .allow
    isStateful = rule.isStateful
    idleSessionTimeout = rule.idleSessionTimeout
  }

  /// Whether the rule applies to packets of a protocol.
  @inline(__always)
  func admits(_ other: IPProtocol) -> Bool {
    isForAnyProtocol || other == ipProtocol || other == otherProtocol
  }
}
