/// What only Amazon VPC has; all of it may be left out.
public struct VPCSection: Hashable, Sendable {
  /// `2013`, when no route could be more specific than that to the VPC itself, or `2021`, as since
  /// August 2021, when one for a whole subnet can (Amazon VPC User Guide, "Route tables"); default:
  /// 2021.
  public var era: Written?
  /// The largest packet that machines send, in bytes, 1500 to 9001; default: 9001, as current
  /// instances do (Amazon EC2 User Guide, "Network MTU").
  public var guestMTU: UInt64?
  /// The address blocks of networks; default: the /16 around each subnet (/56 for IPv6).
  public var blocks: [CloudBlocks] = []
  /// The public (Elastic IP) addresses of machines, beside those of their adapters on outside
  /// networks.
  public var publicAddresses: [CloudAddress] = []
  /// Whether source and destination are checked at a machine's interfaces; default: on, and off
  /// for machines that forward.
  public var sourceDestinationChecks: [SourceDestinationCheck] = []
  /// Security groups; a machine in one has its groups' rules in place of its adapters' own.
  public var securityGroups: [SecurityGroup] = []
  /// Network ACLs; a subnet without one lets everything pass.
  public var networkACLs: [NetworkACL] = []
  /// Route tables of subnets, in place of those derived from the network's routes.
  public var routeTables: [RouteTable] = []
  /// NAT gateways.
  public var natGateways: [NATGateway] = []
  /// Pairs of NAT instances that watch each other.
  public var natFailover: [NATFailover] = []

  /// An empty section.
  public init() {}

  /// Whether a machine's interfaces send and take only what bears their own addresses.
  public struct SourceDestinationCheck: Hashable, Sendable {
    /// The machine.
    public var machine: Written
    /// `on` or `off`.
    public var check: Written

    /// Sets the check.
    public init(machine: Written, check: Written) {
      self.machine = machine
      self.check = check
    }
  }

  /// A security group: stateful rules that only allow.
  public struct SecurityGroup: Hashable, Sendable {
    /// Its name.
    public var name: Written
    /// The machines that are in it, with all their interfaces.
    public var machines: [Written]
    /// What may come in; default: nothing.
    public var inbound: [GroupRule]
    /// What may go out; `nil` for everything.
    public var outbound: [GroupRule]?

    /// Declares a group.
    public init(
      name: Written, machines: [Written], inbound: [GroupRule] = [], outbound: [GroupRule]? = nil
    ) {
      self.name = name
      self.machines = machines
      self.inbound = inbound
      self.outbound = outbound
    }
  }

  /// A rule of a security group.
  public struct GroupRule: Hashable, Sendable {
    /// The peers: a prefix, or the name of a group whose machines are meant; `nil` for anybody.
    public var peer: Written?
    /// `icmp`, `udp`, `tcp` or a number; `nil` for any.
    public var ipProtocol: Written?
    /// The destination ports; `nil` for any.
    public var ports: Written?

    /// Declares a rule.
    public init(peer: Written? = nil, ipProtocol: Written? = nil, ports: Written? = nil) {
      self.peer = peer
      self.ipProtocol = ipProtocol
      self.ports = ports
    }
  }

  /// A network ACL: numbered rules without state, asked when a packet enters or leaves a subnet.
  public struct NetworkACL: Hashable, Sendable {
    /// The subnets that have it.
    public var subnets: [Written]
    /// What becomes of packets that enter, in any order; the rest is denied.
    public var inbound: [ACLRule]
    /// What becomes of packets that leave likewise.
    public var outbound: [ACLRule]

    /// Declares a network ACL.
    public init(subnets: [Written], inbound: [ACLRule], outbound: [ACLRule]) {
      self.subnets = subnets
      self.inbound = inbound
      self.outbound = outbound
    }
  }

  /// A rule of a network ACL.
  public struct ACLRule: Hashable, Sendable {
    /// Its number, 1 to 32766: the lowest that matches decides.
    public var number: UInt64
    /// `allow` or `deny`.
    public var action: Written
    /// The peers' prefix, beyond the subnet; `nil` for anybody.
    public var peer: Written?
    /// `icmp`, `udp`, `tcp` or a number; `nil` for any.
    public var ipProtocol: Written?
    /// The destination ports; `nil` for any.
    public var ports: Written?

    /// Declares a rule.
    public init(
      number: UInt64, action: Written, peer: Written? = nil, ipProtocol: Written? = nil,
      ports: Written? = nil
    ) {
      self.number = number
      self.action = action
      self.peer = peer
      self.ipProtocol = ipProtocol
      self.ports = ports
    }
  }
}

extension VPCSection {
  /// The route table of some subnets, beside the local routes, which every table has.
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

  /// A route of a table.
  public struct Route: Hashable, Sendable {
    /// The destinations.
    public var to: Written
    /// `local`, `igw` for the internet gateway, `blackhole`, or the name of a machine or a NAT
    /// gateway.
    public var target: Written
    /// Whether a virtual private gateway propagated it; otherwise it is static.
    public var isPropagated: Bool

    /// Declares a route.
    public init(to: Written, target: Written, isPropagated: Bool = false) {
      self.to = to
      self.target = target
      self.isPropagated = isPropagated
    }
  }

  /// A NAT gateway: the platform's own translator, which no host's failure stops.
  public struct NATGateway: Hashable, Sendable {
    /// Its name.
    public var name: Written
    /// The subnet that it is in.
    public var subnet: Written
    /// Its address there.
    public var address: Written
    /// Its public address.
    public var publicAddress: Written

    /// Declares a NAT gateway.
    public init(name: Written, subnet: Written, address: Written, publicAddress: Written) {
      self.name = name
      self.subnet = subnet
      self.address = address
      self.publicAddress = publicAddress
    }
  }

  /// Two NAT instances that watch each other (Amazon, "High Availability for Amazon VPC NAT
  /// Instances").
  ///
  /// Each sends the other some pings, again and again, and takes over its default routes when none
  /// is answered. An instance that starts takes its own back.
  public struct NATFailover: Hashable, Sendable {
    /// The two machines.
    public var instances: [Written]
    /// The pings of one round, a second apart; default: 3, as the published script has it.
    public var pings: UInt64?
    /// How long it waits for the last answer; default: 1s, as in the script.
    public var timeout: Written?
    /// The time between two rounds; default: 2s, as in the script.
    public var interval: Written?
    /// The time from the call of the API until the route has changed; default: 1s, which no
    /// source gives.
    public var apiDelay: Written?

    /// Declares a pair.
    public init(
      instances: [Written], pings: UInt64? = nil, timeout: Written? = nil,
      interval: Written? = nil, apiDelay: Written? = nil
    ) {
      self.instances = instances
      self.pings = pings
      self.timeout = timeout
      self.interval = interval
      self.apiDelay = apiDelay
    }
  }
}
