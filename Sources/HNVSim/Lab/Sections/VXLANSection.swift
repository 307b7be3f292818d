/// What only VXLAN with a router VM has; all of it may be left out.
public struct VXLANSection: Hashable, Sendable {
  /// The VNIs of subnets, by name; default: from 5001 on.
  public var vnis: [Lab.Named]
  /// The groups of the underlay that stand for subnets, by name; default: derived from
  /// their VNIs.
  public var groups: [Lab.Named]
  /// How a frame for many reaches the other hosts: `headEnd` or `multicast`; default: headEnd.
  public var replication: Written?
  /// Whether the sender's host answers ARP and neighbour discovery: `off` or `on`; default: off.
  public var arpSuppression: Written?
  /// Whether a host announces a machine that has moved to it: `announced` or `silent`; default:
  /// announced.
  public var moves: Written?
  /// How long a host remembers where a MAC address is; default: 300s.
  public var macAgeing: Written?
  /// Where the router VMs of networks run; default: on the first host.
  public var routers: [Router]

  /// Where the router VM of a network runs.
  public struct Router: Hashable, Sendable {
    /// The network.
    public var network: Written
    /// The host.
    public var host: Written

    /// Places a router VM.
    public init(network: Written, host: Written) {
      self.network = network
      self.host = host
    }
  }

  /// A section; what is left out has its default.
  public init(
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
