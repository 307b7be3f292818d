/// What an extended access rule asks of a packet whose class it is for, and says of it, flat.
///
/// Each side is a masked comparison, which ANY passes by a mask of zeros; so a rule takes no branch
/// for what it leaves out.
struct FilterRule: Sendable {
  private let local: Side
  private let remote: Side
  /// Whether packets without ports are none of its.
  private let hasPorts: Bool
  /// The protocol to compare; `nil` where the class decides.
  private let ipProtocol: IPProtocol?
  let verdict: RuleVerdict

  fileprivate struct Side {
    let bits: AddressWords
    let mask: AddressWords
    private let isForV4: Bool
    private let isForV6: Bool
    private let lowPort: UInt16
    private let highPort: UInt16

    init(_ prefix: IPPrefix?, _ ports: ClosedRange<UInt16>?) {
      lowPort = ports?.lowerBound ?? 0
      highPort = ports?.upperBound ?? .max
      switch prefix?.address {
      case nil:
        (bits, mask, isForV4, isForV6) = (AddressWords(0), AddressWords(0), true, true)
      case .v4(let address):
        let mask = ~UInt32.hostMask(prefix?.length ?? 0)
        bits = AddressWords(.v4(address))
        (self.mask, isForV4, isForV6) = (AddressWords(UInt128(mask)), true, false)
      case .v6(let address):
        let mask = ~UInt128.hostMask(prefix?.length ?? 0)
        bits = AddressWords(.v6(address))
        (self.mask, isForV4, isForV6) = (AddressWords(mask), false, true)
      }
    }

    @inline(__always)
    func matches(_ address: AddressWords, _ family: IPFamily, _ port: UInt16) -> Bool {
      address.matches(bits, under: mask) && admits(family, port)
    }

    @inline(__always)
    func admits(_ family: IPFamily, _ port: UInt16) -> Bool {
      (family == .v4 ? isForV4 : isForV6) && port >= lowPort && port <= highPort
    }
  }

  init(_ rule: AccessRule, _ verdict: RuleVerdict, _ ipProtocol: IPProtocol?) {
    self.verdict = verdict
    self.ipProtocol = ipProtocol
    local = Side(rule.localPrefix, rule.localPorts)
    remote = Side(rule.remotePrefix, rule.remotePorts)
    hasPorts = rule.localPorts != nil || rule.remotePorts != nil
  }

  /// Whether the rule is about a packet that travels in its direction.
  ///
  /// `AccessRule.matches` says the same more slowly. A rule that names no ports passes any number
  /// in their place.
  @inline(__always)
  func matches(_ key: FlowKey, isOutbound: Bool) -> Bool {
    if hasPorts, !key.has(.ports) { return false }
    if let ipProtocol, ipProtocol != key.ipProtocol { return false }
    let (own, other) = isOutbound ? (local, remote) : (remote, local)
    return own.matches(key.sourceBits, key.family, key.sourcePort)
      && other.matches(key.destinationBits, key.family, key.destinationPort)
  }

  /// What a rule has left to ask where all of a packet is known but the peer's address; what is
  /// stateful allows here, as it does a first packet.
  struct Remainder {
    private let bits: AddressWords
    private let mask: AddressWords
    let allows: Bool

    fileprivate init(_ remote: Side, allows: Bool) {
      (bits, mask) = (remote.bits, remote.mask)
      self.allows = allows
    }

    /// What says the same of whatever comes to it.
    static func forAll(allows: Bool) -> Remainder { Remainder(Side(nil, nil), allows: allows) }

    /// Whether the rule decides about every peer.
    var isForAll: Bool { mask == AddressWords(0) }

    @inline(__always)
    func matches(_ peer: AddressWords) -> Bool { peer.matches(bits, under: mask) }
  }

  /// What is left to ask of a packet to or from any peer; `nil` where the rule applies to none.
  func remainder(_ key: FlowKey, isOutbound: Bool) -> Remainder? {
    if hasPorts, !key.has(.ports) { return nil }
    if let ipProtocol, ipProtocol != key.ipProtocol { return nil }
    let (address, port) =
      isOutbound
      ? (key.sourceBits, key.sourcePort) : (key.destinationBits, key.destinationPort)
    let peerPort = isOutbound ? key.destinationPort : key.sourcePort
    guard local.matches(address, key.family, port), remote.admits(key.family, peerPort)
    else { return nil }
    return Remainder(remote, allows: verdict.allows)
  }
}
