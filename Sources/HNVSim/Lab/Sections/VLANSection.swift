/// What only VLANs joined by a layer-3 switch has; all of it may be left out.
package struct VLANSection: Equatable, Sendable {
  /// What the layer-3 switch is called; default: `switch`.
  package var switchName: Written?
  /// The VLANs of subnets; default: from 101.
  package var vlans: [VLAN]
  /// When the switch's router redirects a machine to a better next hop: `rfc1812`, `linux`,
  /// `freebsd` or `off`; default: rfc1812.
  package var redirects: Written?
  /// Whether the router answers ARP for what it reaches via another VLAN: `off` or `on`; default:
  /// off.
  ///
  /// Off in Aruba CX, Comware and Junos; on in Extreme's switches.
  package var proxyARP: Written?
  /// Whether it answers ARP for what it reaches by the same VLAN as well: `off` or `on`; default:
  /// off.
  package var localProxyARP: Written?
  /// Whether a host announces a machine that has moved to it: `announced` or `silent`; default:
  /// announced.
  package var moves: Written?
  /// The lists of VLANs and of the router's interfaces; those of ports are the adapters' own rules.
  package var accessLists: [AccessList]

  /// The VLAN of a subnet.
  package struct VLAN: Equatable, Sendable {
    /// The subnet.
    package var subnet: Written
    /// Its VLAN, 1 to 4094.
    package var number: Written

    /// Gives a subnet a VLAN.
    package init(subnet: Written, number: Written) {
      self.subnet = subnet
      self.number = number
    }
  }

  /// A list of rules on the layer-3 switch; the first that matches decides.
  package struct AccessList: Equatable, Sendable {
    /// The subnet whose VLAN, or whose router interface, it belongs to.
    package var subnet: Written
    /// `vlan`, or `svi` for the router's interface, which packets within the subnet do not pass.
    package var at: Written
    /// `in` for what comes from the subnet's machines to the switch, `out` for what leaves to them.
    package var direction: Written
    /// The rules, in the order in which they are asked.
    package var rules: [Rule]
    /// What happens to a packet that no rule matches: `deny` or `allow`; default: deny, as in every
    /// list of Cisco's.
    package var otherwise: Written?

    /// Declares a list.
    package init(
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
  package struct Rule: Equatable, Sendable {
    /// `allow` or `deny`.
    package var action: Written
    /// The prefix that packets come from.
    package var from: Written?
    /// The prefix that packets go to.
    package var to: Written?
    /// `icmp`, `udp`, `tcp` or a number.
    package var ipProtocol: Written?
    /// The source ports, as `1024-65535`.
    package var fromPorts: Written?
    /// The destination ports, as `443`.
    package var toPorts: Written?

    /// Declares a rule.
    package init(
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
  package init(
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
