/// What only an Azure virtual network has; all of it may be left out.
package struct AzureSection: Equatable, Sendable {
  /// The address space of networks; default: the /16 around each subnet (/56 for IPv6).
  package var addressSpaces: [CloudBlocks] = []
  /// The package IP addresses of machines, beside those of their adapters on outside networks.
  package var publicAddresses: [CloudAddress] = []
  /// Whether machines may send and take what does not bear their addresses; default: off, and on
  /// for machines that forward.
  package var ipForwarding: [IPForwarding] = []
  /// Network security groups, beside those that adapters' own rules make.
  package var securityGroups: [SecurityGroup] = []
  /// Route tables of subnets, in place of those derived from the network's routes.
  package var routeTables: [RouteTable] = []

  /// An empty section.
  package init() {}

  /// The flag of a machine's network interfaces.
  package struct IPForwarding: Equatable, Sendable {
    /// The machine.
    package var machine: Written
    /// `on` or `off`.
    package var forwarding: Written

    /// Sets the flag.
    package init(machine: Written, forwarding: Written) {
      self.machine = machine
      self.forwarding = forwarding
    }
  }

  /// A network security group: stateful rules by priority, before the default rules.
  package struct SecurityGroup: Equatable, Sendable {
    /// Its name.
    package var name: Written
    /// The machines whose interfaces have it.
    package var machines: [Written]
    /// The subnets that have it.
    package var subnets: [Written]
    /// Its rules, in any order.
    package var rules: [SecurityRule]

    /// Declares a group.
    package init(
      name: Written, machines: [Written] = [], subnets: [Written] = [], rules: [SecurityRule] = []
    ) {
      self.name = name
      self.machines = machines
      self.subnets = subnets
      self.rules = rules
    }
  }

  /// A rule of a network security group.
  package struct SecurityRule: Equatable, Sendable {
    /// Its priority, 100 to 4096: the lowest that matches decides.
    package var priority: UInt64
    /// `allow` or `deny`.
    package var action: Written
    /// `inbound` or `outbound`, as the machine sees it.
    package var direction: Written
    /// The peers: a prefix, `VirtualNetwork` or `Internet`; `nil` for anybody.
    package var peer: Written?
    /// `icmp`, `udp`, `tcp` or a number; `nil` for any.
    package var ipProtocol: Written?
    /// The destination ports; `nil` for any.
    package var ports: Written?

    /// Declares a rule.
    package init(
      priority: UInt64, action: Written, direction: Written, peer: Written? = nil,
      ipProtocol: Written? = nil, ports: Written? = nil
    ) {
      self.priority = priority
      self.action = action
      self.direction = direction
      self.peer = peer
      self.ipProtocol = ipProtocol
      self.ports = ports
    }
  }

  /// User-defined routes of some subnets.
  package struct RouteTable: Equatable, Sendable {
    /// The subnets.
    package var subnets: [Written]
    /// The routes.
    package var routes: [Route]

    /// Declares a table.
    package init(subnets: [Written], routes: [Route]) {
      self.subnets = subnets
      self.routes = routes
    }
  }

  /// A user-defined route.
  package struct Route: Equatable, Sendable {
    /// The destinations.
    package var to: Written
    /// `VirtualNetwork`, `Internet`, `None`, or the address of a virtual appliance.
    package var nextHop: Written

    /// Declares a route.
    package init(to: Written, nextHop: Written) {
      self.to = to
      self.nextHop = nextHop
    }
  }
}
