extension Lab {
  /// A machine: a VM, or a machine that forwards for others.
  public struct Machine: Equatable, Sendable {
    /// Its name.
    public var name: Written
    /// The hypervisor it runs on.
    public var host: Written
    /// Whether it forwards packets that are not its own.
    public var forwards: Bool
    /// Its network adapters.
    public var interfaces: [Interface]
    /// Its default gateways, one a family; `nil` takes the lowest usable addresses of the subnet
    /// of its first interface, an empty list none at all.
    public var gateways: [Written]?
    /// Its other routes.
    public var routes: [Route]
    /// The ports that it answers on, as `tcp/80`; `nil` for all.
    public var open: [Written]?
    /// The largest packet it sends, in bytes; `nil` for what its release chooses.
    public var mtu: UInt64?
    /// The multicast groups that it listens to, beside that of all machines.
    public var groups: [Written]
    /// Whether it follows ICMP redirects of its gateway; default: true.
    public var acceptsRedirects: Bool

    /// Declares a machine.
    public init(
      name: Written, host: Written, forwards: Bool = false, interfaces: [Interface] = [],
      gateways: [Written]? = nil, routes: [Route] = [], open: [Written]? = nil,
      mtu: UInt64? = nil, groups: [Written] = [],
      acceptsRedirects: Bool = true
    ) {
      self.name = name
      self.host = host
      self.forwards = forwards
      self.interfaces = interfaces
      self.gateways = gateways
      self.routes = routes
      self.open = open
      self.mtu = mtu
      self.groups = groups
      self.acceptsRedirects = acceptsRedirects
    }
  }

  /// A network adapter of a machine.
  public struct Interface: Equatable, Sendable {
    /// What it is connected to.
    public var attachment: Attachment
    /// Its addresses, with the guest's own prefix length where it differs from the subnet's.
    public var addresses: [Written]
    /// Its MAC address; `nil` for one derived from the machine's place in the lab.
    public var mac: Written?
    /// The access rules of its port; the first that matches decides.
    public var rules: [PortRule]
    /// The compartment it is in: a routing table of its own within the machine, as Windows' network
    /// compartments and Linux's VRFs are; `nil` for the machine's own.
    public var compartment: Written?
    /// Whether packets that leave here get the adapter's address as their source.
    public var translates: Bool
    /// The ports of the adapter's address that lead to machines behind it.
    public var publications: [Publication]
    /// The virtual routers that it is one of.
    public var virtualRouters: [VirtualRouter]

    /// What an adapter is connected to.
    public enum Attachment: Equatable, Sendable {
      /// A subnet, by name.
      case subnet(Written)
      /// An outside network, by name.
      case outside(Written)
    }

    /// Declares an adapter.
    public init(
      attachment: Attachment, addresses: [Written], mac: Written? = nil, rules: [PortRule] = [],
      compartment: Written? = nil, translates: Bool = false, publications: [Publication] = [],
      virtualRouters: [VirtualRouter] = []
    ) {
      self.attachment = attachment
      self.addresses = addresses
      self.mac = mac
      self.rules = rules
      self.compartment = compartment
      self.translates = translates
      self.publications = publications
      self.virtualRouters = virtualRouters
    }
  }

  /// A port of a translating adapter that stands for a port of a machine behind it.
  public struct Publication: Equatable, Sendable {
    /// `tcp` or `udp`.
    public var ipProtocol: Written
    /// The port at the adapter's address.
    public var port: UInt64
    /// The address of the machine behind.
    public var to: Written
    /// The machine's port; `nil` for the same.
    public var toPort: UInt64?
    /// The compartment in which the address is; `nil` for the machine's own.
    public var compartment: Written?

    /// Declares a publication.
    public init(
      ipProtocol: Written, port: UInt64, to: Written, toPort: UInt64? = nil,
      compartment: Written? = nil
    ) {
      self.ipProtocol = ipProtocol
      self.port = port
      self.to = to
      self.toPort = toPort
      self.compartment = compartment
    }
  }

  /// An access rule; what is left out matches anything.
  public struct PortRule: Equatable, Sendable {
    /// `allow` or `deny`.
    public var action: Written
    /// `inbound` or `outbound`, from the machine's point of view.
    public var direction: Written
    /// The peer's addresses, as a prefix.
    public var remote: Written?
    /// The machine's own addresses, as a prefix.
    public var local: Written?
    /// `icmp`, `udp`, `tcp` or a number.
    public var ipProtocol: Written?
    /// The peer's ports, as `80` or `1024-65535`.
    public var remotePorts: Written?
    /// The machine's own ports likewise.
    public var localPorts: Written?
    /// Whether it allows the whole connection from then on, in both directions.
    public var isStateful: Bool
    /// After how long without a packet the connection is forgotten, as `255s`.
    public var idleTimeout: Written?

    /// Declares a rule.
    public init(
      action: Written, direction: Written, remote: Written? = nil, local: Written? = nil,
      ipProtocol: Written? = nil, remotePorts: Written? = nil, localPorts: Written? = nil,
      isStateful: Bool = false, idleTimeout: Written? = nil
    ) {
      self.action = action
      self.direction = direction
      self.remote = remote
      self.local = local
      self.ipProtocol = ipProtocol
      self.remotePorts = remotePorts
      self.localPorts = localPorts
      self.isStateful = isStateful
      self.idleTimeout = idleTimeout
    }
  }
}
