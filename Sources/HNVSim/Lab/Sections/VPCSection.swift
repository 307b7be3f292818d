/// What only Amazon VPC has; all of it may be left out.
package struct VPCSection: Equatable, Sendable {
  /// `2013`, when no route could be more specific than that to the VPC itself, or `2021`, as since
  /// August 2021, when one for a whole subnet can (Amazon VPC User Guide, "Route tables"); default:
  /// 2021.
  package var era: Written?
  /// The largest packet that machines send, in bytes, 1500 to 9001; default: 9001, as current
  /// instances do (Amazon EC2 User Guide, "Network MTU").
  package var guestMTU: UInt64?
  /// The address blocks of networks; default: the /16 around each subnet (/56 for IPv6).
  package var blocks: [CloudBlocks] = []
  /// The package (Elastic IP) addresses of machines, beside those of their adapters on outside
  /// networks.
  package var publicAddresses: [CloudAddress] = []
  /// Whether source and destination are checked at a machine's interfaces; default: on, and off
  /// for machines that forward.
  package var sourceDestinationChecks: [SourceDestinationCheck] = []
  /// Security groups; a machine in one has its groups' rules in place of its adapters' own.
  package var securityGroups: [SecurityGroup] = []
  /// Network ACLs; a subnet without one lets everything pass.
  package var networkACLs: [NetworkACL] = []
  /// Route tables of subnets, in place of those derived from the network's routes.
  package var routeTables: [RouteTable] = []
  /// NAT gateways.
  package var natGateways: [NATGateway] = []
  /// Pairs of NAT instances that watch each other.
  package var natFailover: [NATFailover] = []

  /// An empty section.
  package init() {}

  /// Whether a machine's interfaces send and take only what bears their own addresses.
  package struct SourceDestinationCheck: Equatable, Sendable {
    /// The machine.
    package var machine: Written
    /// `on` or `off`.
    package var check: Written

    /// Sets the check.
    package init(machine: Written, check: Written) {
      self.machine = machine
      self.check = check
    }
  }

  /// A security group: stateful rules that only allow.
  package struct SecurityGroup: Equatable, Sendable {
    /// Its name.
    package var name: Written
    /// The machines that are in it, with all their interfaces.
    package var machines: [Written]
    /// What may come in; default: nothing.
    package var inbound: [GroupRule]
    /// What may go out; `nil` for everything.
    package var outbound: [GroupRule]?

    /// Declares a group.
    package init(
      name: Written, machines: [Written], inbound: [GroupRule] = [], outbound: [GroupRule]? = nil
    ) {
      self.name = name
      self.machines = machines
      self.inbound = inbound
      self.outbound = outbound
    }
  }

  /// A rule of a security group.
  package struct GroupRule: Equatable, Sendable {
    /// The peers: a prefix, or the name of a group whose machines are meant; `nil` for anybody.
    package var peer: Written?
    /// `icmp`, `udp`, `tcp` or a number; `nil` for any.
    package var ipProtocol: Written?
    /// The destination ports; `nil` for any.
    package var ports: Written?

    /// Declares a rule.
    package init(peer: Written? = nil, ipProtocol: Written? = nil, ports: Written? = nil) {
      self.peer = peer
      self.ipProtocol = ipProtocol
      self.ports = ports
    }
  }

  /// A network ACL: numbered rules without state, asked when a packet enters or leaves a subnet.
  package struct NetworkACL: Equatable, Sendable {
    /// The subnets that have it.
    package var subnets: [Written]
    /// What becomes of packets that enter, in any order; the rest is denied.
    package var inbound: [ACLRule]
    /// What becomes of packets that leave likewise.
    package var outbound: [ACLRule]

    /// Declares a network ACL.
    package init(subnets: [Written], inbound: [ACLRule], outbound: [ACLRule]) {
      self.subnets = subnets
      self.inbound = inbound
      self.outbound = outbound
    }
  }

  /// A rule of a network ACL.
  package struct ACLRule: Equatable, Sendable {
    /// Its number, 1 to 32766: the lowest that matches decides.
    package var number: UInt64
    /// `allow` or `deny`.
    package var action: Written
    /// The peers' prefix, beyond the subnet; `nil` for anybody.
    package var peer: Written?
    /// `icmp`, `udp`, `tcp` or a number; `nil` for any.
    package var ipProtocol: Written?
    /// The destination ports; `nil` for any.
    package var ports: Written?

    /// Declares a rule.
    package init(
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

  /// A route of a table.
  package struct Route: Equatable, Sendable {
    /// The destinations.
    package var to: Written
    /// `local`, `igw` for the internet gateway, `blackhole`, or the name of a machine or a NAT
    /// gateway.
    package var target: Written
    /// Whether a virtual private gateway propagated it; otherwise it is static.
    package var isPropagated: Bool

    /// Declares a route.
    package init(to: Written, target: Written, isPropagated: Bool = false) {
      self.to = to
      self.target = target
      self.isPropagated = isPropagated
    }
  }

  /// A NAT gateway: the platform's own translator, which no host's failure stops.
  package struct NATGateway: Equatable, Sendable {
    /// Its name.
    package var name: Written
    /// The subnet that it is in.
    package var subnet: Written
    /// Its address there.
    package var address: Written
    /// Its package address.
    package var publicAddress: Written

    /// Declares a NAT gateway.
    package init(name: Written, subnet: Written, address: Written, publicAddress: Written) {
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
  package struct NATFailover: Equatable, Sendable {
    /// The two machines.
    package var instances: [Written]
    /// The pings of one round, a second apart; default: 3, as the published script has it.
    package var pings: UInt64?
    /// How long it waits for the last answer; default: 1s, as in the script.
    package var timeout: Written?
    /// The time between two rounds; default: 2s, as in the script.
    package var interval: Written?
    /// The time from the call of the API until the route has changed; default: 1s, which no
    /// source gives.
    package var apiDelay: Written?

    /// Declares a pair.
    package init(
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
