/// An entry of a VM port's basic list, in the words of Add-VMNetworkAdapterAcl.
///
/// An entry looks at one address of a frame. Among the IP entries of a direction the longest prefix
/// decides; of MAC entries the one that names an address comes before the one that names them all.
/// The sources say no more. Here, of entries that are equally exact, one that denies comes first,
/// and a frame passes only where neither the MAC entries nor the IP entries deny it. Where none
/// matches the frame passes, for a new adapter has no entries.
public struct BasicAccessRule: Hashable, Sendable {
  /// `-Action`.
  public var action: Action

  /// `-Direction`, from the VM's point of view; the cmdlet's Both makes two entries.
  public var direction: AccessRule.Direction

  /// Whose address the entry looks at.
  public var side: Side

  /// The addresses that it matches.
  public var addresses: Addresses

  /// What an entry does with a frame that it matches.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// The frame passes.
    case allow
    /// The frame is dropped.
    case deny
    /// The frame is counted; others decide about it.
    case meter
  }

  /// The `Local…` and the `Remote…` parameters of the cmdlet.
  public enum Side: String, Hashable, Sendable, CaseIterable {
    /// The VM's own: the source of what it sends, the destination of what it receives.
    case local
    /// The peer's.
    case remote
  }

  /// The values of the cmdlet's `-…IPAddress` and `-…MacAddress`.
  public enum Addresses: Hashable, Sendable {
    /// A host or a prefix, 0.0.0.0/0 and ::/0 included.
    case ip(IPPrefix)
    /// ANY: all IP addresses of both families.
    case anyIP
    /// One MAC address.
    case mac(MACAddress)
    /// ANY: all MAC addresses.
    case anyMAC
  }

  /// Creates an entry of one direction.
  public init(
    _ action: Action, _ direction: AccessRule.Direction, _ side: Side, _ addresses: Addresses
  ) {
    self.action = action
    self.direction = direction
    self.side = side
    self.addresses = addresses
  }

  /// The two entries that `-Direction Both` makes: inbound, then outbound.
  public static func both(
    _ action: Action, _ side: Side, _ addresses: Addresses
  ) -> [BasicAccessRule] {
    [
      BasicAccessRule(action, .inbound, side, addresses),
      BasicAccessRule(action, .outbound, side, addresses),
    ]
  }

  /// Whether the entry applies to a frame that travels in its direction.
  ///
  /// IP entries see the addresses of IP packets, and the sender's and target's of ARP.
  public func matches(_ frame: EthernetFrame) -> Bool { matches(FrameHeader(frame)) }

  func matches(_ frame: FrameHeader) -> Bool {
    let seesSource = (direction == .outbound) == (side == .local)
    switch addresses {
    case .anyMAC: return true
    case .mac(let address): return address == (seesSource ? frame.source : frame.destination)
    case .anyIP: return frame.packet.hasAddresses
    case .ip(let prefix):
      guard frame.packet.hasAddresses else { return false }
      return prefix.contains(seesSource ? frame.packet.source : frame.packet.destination)
    }
  }
}

extension BasicAccessRule.Addresses {
  /// Whether these are MAC addresses.
  var areMAC: Bool {
    switch self {
    case .mac, .anyMAC: true
    case .ip, .anyIP: false
    }
  }

  /// How many bits they fix: of two that match, the one that fixes more is the more exact.
  var length: Int {
    switch self {
    case .ip(let prefix): prefix.length
    case .mac: 48
    case .anyIP, .anyMAC: 0
    }
  }
}
