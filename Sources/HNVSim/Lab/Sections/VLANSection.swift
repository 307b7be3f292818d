/// What only VLANs joined by a layer-3 switch has; all of it may be left out.
public struct VLANSection: Hashable, Sendable {
  /// What the layer-3 switch is called; default: `switch`.
  public var switchName: Written?
  /// The VLANs of subnets; default: from 101.
  public var vlans: [VLAN]
  /// When the switch's router redirects a machine to a better next hop: `rfc1812`, `linux`,
  /// `freebsd` or `off`; default: rfc1812.
  public var redirects: Written?
  /// Whether the router answers ARP for what it reaches by another VLAN: `off` or `on`; default: off.
  ///
  /// Off in Aruba CX, Comware and Junos; on in Extreme's switches.
  public var proxyARP: Written?
  /// Whether it answers ARP for what it reaches by the same VLAN as well: `off` or `on`; default:
  /// off.
  public var localProxyARP: Written?
  /// Whether a host announces a machine that has moved to it: `announced` or `silent`; default:
  /// announced.
  public var moves: Written?
  /// The lists of VLANs and of the router's interfaces; those of ports are the adapters' own rules.
  public var accessLists: [AccessList]

  /// The VLAN of a subnet.
  public struct VLAN: Hashable, Sendable {
    /// The subnet.
    public var subnet: Written
    /// Its VLAN, 1 to 4094.
    public var number: Written

    /// Gives a subnet a VLAN.
    public init(subnet: Written, number: Written) {
      self.subnet = subnet
      self.number = number
    }
  }

  /// A list of rules on the layer-3 switch; the first that matches decides.
  public struct AccessList: Hashable, Sendable {
    /// The subnet whose VLAN, or whose router interface, it belongs to.
    public var subnet: Written
    /// `vlan`, or `svi` for the router's interface, which packets within the subnet do not pass.
    public var at: Written
    /// `in` for what comes from the subnet's machines to the switch, `out` for what leaves to them.
    public var direction: Written
    /// The rules, in the order in which they are asked.
    public var rules: [Rule]
    /// What happens to a packet that no rule matches: `deny` or `allow`; default: deny, as in every
    /// list of Cisco's.
    public var otherwise: Written?

    /// Declares a list.
    public init(
      subnet: Written, at: Written, direction: Written, rules: [Rule], otherwise: Written? = nil
    ) {
      self.subnet = subnet
      self.at = at
      self.direction = direction
      self.rules = rules
      self.otherwise = otherwise
    }
  }

  /// A rule of a list; what is left out matches anything.
  public struct Rule: Hashable, Sendable {
    /// `allow` or `deny`.
    public var action: Written
    /// The prefix that packets come from.
    public var from: Written?
    /// The prefix that packets go to.
    public var to: Written?
    /// `icmp`, `udp`, `tcp` or a number.
    public var ipProtocol: Written?
    /// The source ports, as `1024-65535`.
    public var fromPorts: Written?
    /// The destination ports, as `443`.
    public var toPorts: Written?

    /// Declares a rule.
    public init(
      action: Written, from: Written? = nil, to: Written? = nil, ipProtocol: Written? = nil,
      fromPorts: Written? = nil, toPorts: Written? = nil
    ) {
      self.action = action
      self.from = from
      self.to = to
      self.ipProtocol = ipProtocol
      self.fromPorts = fromPorts
      self.toPorts = toPorts
    }
  }

  /// A section; what is left out has its default.
  public init(
    switchName: Written? = nil, vlans: [VLAN] = [], redirects: Written? = nil,
    proxyARP: Written? = nil, localProxyARP: Written? = nil, moves: Written? = nil,
    accessLists: [AccessList] = []
  ) {
    self.switchName = switchName
    self.vlans = vlans
    self.redirects = redirects
    self.proxyARP = proxyARP
    self.localProxyARP = localProxyARP
    self.moves = moves
    self.accessLists = accessLists
  }
}
