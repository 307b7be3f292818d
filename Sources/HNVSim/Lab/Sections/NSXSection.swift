/// What only NSX for vSphere has; all of it may be left out.
public struct NSXSection: Hashable, Sendable {
  /// The VNIs of subnets, by name; default: from 5001 on.
  public var vnis: [Lab.Named]
  /// The groups of the underlay that stand for subnets, by name; derived from their VNIs unless
  /// said.
  public var groups: [Lab.Named]
  /// How a frame for many comes to the other hosts: `unicast`, `hybrid` or `multicast`; unicast
  /// by default.
  public var replication: Written?
  /// Whether the sender's host answers ARP and neighbour discovery: `off` or `on`; default: on.
  public var arpSuppression: Written?
  /// Whether the distributed router takes one from the TTL: `decremented` or `kept`;
  /// default decremented.
  public var timeToLive: Written?
  /// How the distributed router finds a MAC address: `controller` or `asked`; controller unless
  /// said.
  public var routerNeighbors: Written?
  /// Whether the distributed router has IPv6: `none` or `routed`; default: none.
  public var ipv6Routing: Written?
  /// Whether machines may send from MAC addresses that are not their adapters': `rejected` or
  /// `accepted`; default: rejected.
  public var forgedTransmits: Written?
  /// Whether ports get frames to MAC addresses that no port has: `rejected` or `accepted`; rejected
  /// by default.
  public var promiscuousMode: Written?

  /// An empty section: everything as usual.
  public init() {
    vnis = []
    groups = []
  }
}
