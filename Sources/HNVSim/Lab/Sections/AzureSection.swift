/// What only an Azure virtual network has; all of it may be left out.
public struct AzureSection: Hashable, Sendable {
  /// The address space of networks; default: the /16 around each subnet (/56 for IPv6).
  public var addressSpaces: [CloudBlocks] = []
  /// The public IP addresses of machines, beside those of their adapters on outside networks.
  public var publicAddresses: [CloudAddress] = []
  /// Whether machines may send and take what does not bear their addresses; default: off, and on
  /// for machines that forward.
  public var ipForwarding: [IPForwarding] = []
  /// Network security groups, beside those that adapters' own rules make.
  public var securityGroups: [SecurityGroup] = []
  /// Route tables of subnets, in place of those derived from the network's routes.
  public var routeTables: [RouteTable] = []

  /// An empty section.
  public init() {}

  /// The flag of a machine's network interfaces.
  public struct IPForwarding: Hashable, Sendable {
    /// The machine.
    public var machine: Written
    /// `on` or `off`.
    public var forwarding: Written

    /// Sets the flag.
    public init(machine: Written, forwarding: Written) {
      self.machine = machine
      self.forwarding = forwarding
    }
  }

  /// A network security group: stateful rules by priority, before the default rules.
  public struct SecurityGroup: Hashable, Sendable {
    /// Its name.
    public var name: Written
    /// The machines whose interfaces have it.
    public var machines: [Written]
    /// The subnets that have it.
    public var subnets: [Written]
    /// Its rules, in any order.
    public var rules: [SecurityRule]

    /// Declares a group.
    public init(
      name: Written, machines: [Written] = [], subnets: [Written] = [], rules: [SecurityRule] = []
    ) {
      self.name = name
      self.machines = machines
      self.subnets = subnets
      self.rules = rules
    }
  }

  /// A rule of a network security group.
  public struct SecurityRule: Hashable, Sendable {
    /// Its priority, 100 to 4096: the lowest that matches decides.
    public var priority: UInt64
    /// `allow` or `deny`.
    public var action: Written
    /// `inbound` or `outbound`, as the machine sees it.
    public var direction: Written
    /// The peers: a prefix, `VirtualNetwork` or `Internet`; `nil` for anybody.
    public var peer: Written?
    /// `icmp`, `udp`, `tcp` or a number; `nil` for any.
    public var ipProtocol: Written?
    /// The destination ports; `nil` for any.
    public var ports: Written?

    /// Declares a rule.
    public init(
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
  public struct RouteTable: Hashable, Sendable {
    /// The subnets.
    public var subnets: [Written]
    /// The routes.
    public var routes: [Route]

    /// Declares a table.
    public init(subnets: [Written], routes: [Route]) {
      self.subnets = subnets
      self.routes = routes
    }
  }

  /// A user-defined route.
  public struct Route: Hashable, Sendable {
    /// The destinations.
    public var to: Written
    /// `VirtualNetwork`, `Internet`, `None`, or the address of a virtual appliance.
    public var nextHop: Written

    /// Declares a route.
    public init(to: Written, nextHop: Written) {
      self.to = to
      self.nextHop = nextHop
    }
  }
}
