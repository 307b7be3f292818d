/// What an extended access rule asks of addresses and ports, flat; its `FilterGate` has the rest.
///
/// Each side is a masked comparison, which ANY passes by a mask of zeros; so a rule takes no branch
/// for what it leaves out.
struct FilterRule: Sendable {
  private let local: Side
  private let remote: Side
  /// Whether packets without ports are none of its.
  private let hasPorts: Bool

  fileprivate struct Side {
    let bits: UInt128
    let mask: UInt128
    private let isForV4: Bool
    private let isForV6: Bool
    private let lowPort: UInt16
    private let highPort: UInt16

    init(_ prefix: IPPrefix?, _ ports: ClosedRange<UInt16>?) {
      lowPort = ports?.lowerBound ?? 0
      highPort = ports?.upperBound ?? .max
      switch prefix?.address {
      case nil: (bits, mask, isForV4, isForV6) = (0, 0, true, true)
      case .v4(let address):
        let hostMask = UInt32.hostMask(prefix?.length ?? 0)
        (bits, mask, isForV4, isForV6) = (UInt128(address.bits), UInt128(~hostMask), true, false)
      case .v6(let address):
        let hostMask = UInt128.hostMask(prefix?.length ?? 0)
        (bits, mask, isForV4, isForV6) = (address.bits, ~hostMask, false, true)
      }
    }

    @inline(__always)
    func matches(_ address: UInt128, _ family: IPFamily, _ port: UInt16) -> Bool {
      address & mask == bits && admits(family, port)
    }

    @inline(__always)
    func admits(_ family: IPFamily, _ port: UInt16) -> Bool {
      (family == .v4 ? isForV4 : isForV6) && port >= lowPort && port <= highPort
    }
  }

  init(_ rule: AccessRule) {
    local = Side(rule.localPrefix, rule.localPorts)
    remote = Side(rule.remotePrefix, rule.remotePorts)
    hasPorts = rule.localPorts != nil || rule.remotePorts != nil
  }

  /// Whether addresses and ports are those of a packet that travels in the rule's direction.
  ///
  /// With the gate it says what `AccessRule.matches` says more slowly. A rule that names no ports
  /// passes any number in their place.
  @inline(__always)
  func matches(_ header: PacketHeader, isOutbound: Bool) -> Bool {
    if hasPorts, !header.has(.ports) { return false }
    let (own, other) = isOutbound ? (local, remote) : (remote, local)
    return own.matches(header.sourceBits, header.family, header.sourcePort)
      && other.matches(header.destinationBits, header.family, header.destinationPort)
  }

  /// What a rule has left to ask where all of a packet is known but the peer's address; what is
  /// stateful allows here, as it does a first packet.
  struct Remainder {
    private let bits: UInt128
    private let mask: UInt128
    let allows: Bool

    fileprivate init(_ remote: Side, allows: Bool) {
      (bits, mask) = (remote.bits, remote.mask)
      self.allows = allows
    }

    /// What lets pass whatever comes to it.
    static let allowed = Remainder(Side(nil, nil), allows: true)

    /// Whether the rule decides about every peer.
    var isForAll: Bool { mask == 0 }

    @inline(__always)
    func matches(_ peer: UInt128) -> Bool { peer & mask == bits }
  }

  /// What is left to ask of a packet to or from any peer, of a protocol that the gate admits; `nil`
  /// where the rule applies to none.
  func remainder(
    _ header: PacketHeader, isOutbound: Bool, allowing allows: Bool
  ) -> Remainder? {
    if hasPorts, !header.has(.ports) { return nil }
    let (address, port) =
      isOutbound
      ? (header.sourceBits, header.sourcePort) : (header.destinationBits, header.destinationPort)
    let peerPort = isOutbound ? header.destinationPort : header.sourcePort
    guard local.matches(address, header.family, port), remote.admits(header.family, peerPort)
    else { return nil }
    return Remainder(remote, allows: allows)
  }
}
