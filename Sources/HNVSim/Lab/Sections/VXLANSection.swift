/// What only VXLAN with a router VM has; all of it may be left out.
package struct VXLANSection: Equatable, Sendable {
  /// The VNIs of subnets, by name; default: from 5001 on.
  package var vnis: [Lab.Named]
  /// The groups of the underlay that stand for subnets, by name; default: derived from
  /// their VNIs.
  package var groups: [Lab.Named]
  /// How a frame for many reaches the other hosts: `headEnd` or `multicast`; default: headEnd.
  package var replication: Written?
  /// Whether the sender's host answers ARP and neighbour discovery: `off` or `on`; default: off.
  package var arpSuppression: Written?
  /// Whether a host announces a machine that has moved to it: `announced` or `silent`; default:
  /// announced.
  package var moves: Written?
  /// How long a host remembers where a MAC address is; default: 300s.
  package var macAgeing: Written?
  /// Where the router VMs of networks run; default: on the first host.
  package var routers: [Router]

  /// Where the router VM of a network runs.
  package struct Router: Equatable, Sendable {
    /// The network.
    package var network: Written
    /// The host.
    package var host: Written

    /// Places a router VM.
    package init(network: Written, host: Written) {
      self.network = network
      self.host = host
    }
  }

  /// A section; what is left out has its default.
  package init(
    vnis: [Lab.Named] = [], groups: [Lab.Named] = [], replication: Written? = nil,
    arpSuppression: Written? = nil, moves: Written? = nil, macAgeing: Written? = nil,
    routers: [Router] = []
  ) {
    self.vnis = vnis
    self.groups = groups
    self.replication = replication
    self.arpSuppression = arpSuppression
    self.moves = moves
    self.macAgeing = macAgeing
    self.routers = routers
  }
}
