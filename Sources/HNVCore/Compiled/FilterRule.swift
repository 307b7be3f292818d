/// An extended access rule without its name: what a packet is compared with, flat.
///
/// Each side is a masked comparison, which ANY passes by a mask of zeros; so a rule takes no branch
/// for what it leaves out.
struct FilterRule: Sendable {
  private let local: Side
  private let remote: Side
  private let ipProtocol: IPProtocol
  private let hasProtocol: Bool
  /// Whether packets without ports match.
  private let hasPorts: Bool
  let allows: Bool
  let isStateful: Bool
  let idleSessionTimeout: UInt16

  private struct Side {
    private let bits: UInt128
    private let mask: UInt128
    private let families: UInt8
    private let lowPort: UInt16
    private let highPort: UInt16

    init(_ prefix: IPPrefix?, _ ports: ClosedRange<UInt16>?) {
      lowPort = ports?.lowerBound ?? 0
      highPort = ports?.upperBound ?? .max
      switch prefix?.address {
      case nil: (bits, mask, families) = (0, 0, 3)
      case .v4(let address):
        let hostMask = UInt32.hostMask(prefix?.length ?? 0)
        (bits, mask, families) = (UInt128(address.bits), UInt128(~hostMask), 1)
      case .v6(let address):
        (bits, mask, families) = (address.bits, ~UInt128.hostMask(prefix?.length ?? 0), 2)
      }
    }

    @inline(__always)
    func matches(_ address: IPAddress, _ port: UInt16) -> Bool {
      switch address {
      case .v4(let address):
        families & 1 != 0 && UInt128(address.bits) & mask == bits && port >= lowPort
          && port <= highPort
      case .v6(let address):
        families & 2 != 0 && address.bits & mask == bits && port >= lowPort && port <= highPort
      }
    }
  }

  init(_ rule: AccessRule) {
    local = Side(rule.localPrefix, rule.localPorts)
    remote = Side(rule.remotePrefix, rule.remotePorts)
    ipProtocol = rule.ipProtocol ?? .icmp
    hasProtocol = rule.ipProtocol != nil
    hasPorts = rule.localPorts != nil || rule.remotePorts != nil
    allows = rule.action == .allow
    isStateful = rule.isStateful
    idleSessionTimeout = rule.idleSessionTimeout
  }

  /// Whether the rule applies to a packet that travels in its direction; `AccessRule.matches` says
  /// the same, more slowly.
  @inline(__always)
  func matches(_ header: PacketHeader, isOutbound: Bool) -> Bool {
    let ports = header.ports
    if hasPorts, ports == nil { return false }
    if hasProtocol, !ipProtocol.covers(header.ipProtocol) { return false }
    let (source, destination) = (ports?.source ?? 0, ports?.destination ?? 0)
    return isOutbound
      ? local.matches(header.source, source) && remote.matches(header.destination, destination)
      : local.matches(header.destination, destination) && remote.matches(header.source, source)
  }
}
