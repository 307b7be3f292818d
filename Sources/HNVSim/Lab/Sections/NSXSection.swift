/// What only NSX for vSphere has; all of it may be left out.
package struct NSXSection: Equatable, Sendable {
  /// The VNIs of subnets, by name; default: from 5001 on.
  package var vnis: [Lab.Named]
  /// The groups of the underlay that stand for subnets, by name; default: derived from
  /// their VNIs.
  package var groups: [Lab.Named]
  /// How a frame for many reaches the other hosts: `unicast`, `hybrid` or `multicast`; default:
  /// unicast.
  package var replication: Written?
  /// Whether the sender's host answers ARP and neighbour discovery: `off` or `on`; default: on.
  package var arpSuppression: Written?
  /// Whether the distributed router takes one from the TTL: `decremented` or `kept`;
  /// default: decremented.
  package var timeToLive: Written?
  /// How the distributed router finds a MAC address: `controller` or `asked`; default:
  /// controller.
  package var routerNeighbors: Written?
  /// Whether the distributed router has IPv6: `none` or `routed`; default: none.
  package var ipv6Routing: Written?
  /// Whether machines may send from MAC addresses that are not their adapters': `rejected` or
  /// `accepted`; default: rejected.
  package var forgedTransmits: Written?
  /// Whether ports get frames to MAC addresses that no port has: `rejected` or `accepted`; default:
  /// rejected.
  package var promiscuousMode: Written?

  /// A section in which everything has its default.
  package init() {
    vnis = []
    groups = []
  }
}
