/// What only NSX for vSphere has; all of it may be left out.
public struct NSXSection: Hashable, Sendable {
  /// The VNIs of subnets, by name; default: from 5001 on.
  public var vnis: [Lab.Named]
  /// The groups of the underlay that stand for subnets, by name; default: derived from
  /// their VNIs.
  public var groups: [Lab.Named]
  /// How a frame for many reaches the other hosts: `unicast`, `hybrid` or `multicast`; default:
  /// unicast.
  public var replication: Written?
  /// Whether the sender's host answers ARP and neighbour discovery: `off` or `on`; default: on.
  public var arpSuppression: Written?
  /// Whether the distributed router takes one from the TTL: `decremented` or `kept`;
  /// default: decremented.
  public var timeToLive: Written?
  /// How the distributed router finds a MAC address: `controller` or `asked`; default:
  /// controller.
  public var routerNeighbors: Written?
  /// Whether the distributed router has IPv6: `none` or `routed`; default: none.
  public var ipv6Routing: Written?
  /// Whether machines may send from MAC addresses that are not their adapters': `rejected` or
  /// `accepted`; default: rejected.
  public var forgedTransmits: Written?
  /// Whether ports get frames to MAC addresses that no port has: `rejected` or `accepted`; default:
  /// rejected.
  public var promiscuousMode: Written?

  /// A section in which everything has its default.
  public init() {
    vnis = []
    groups = []
  }
}
