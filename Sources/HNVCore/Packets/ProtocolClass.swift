/// The protocols that access lists tell apart: those that rules usually name have one class each.
enum ProtocolClass: UInt8, Sendable, CaseIterable {
  case tcp, udp, icmp, icmpv6, other

  /// The class of a protocol.
  init(_ ipProtocol: IPProtocol) {
    self =
      switch ipProtocol {
      case .tcp: .tcp
      case .udp: .udp
      case .icmp: .icmp
      case .icmpv6: .icmpv6
      default: .other
      }
  }

  /// Whether a rule for a protocol, or for any, can match packets of the class; ICMP is of two
  /// (`IPProtocol.covers`).
  func isOf(_ ipProtocol: IPProtocol?) -> Bool {
    guard let ipProtocol else { return true }
    return ProtocolClass(ipProtocol) == self || ipProtocol == .icmp && self == .icmpv6
  }
}
