public import HNVCore

/// A network as a person states it: what should exist and what should reach what.
///
/// A lab is neutral: subnets, machines, hosts, outside networks, rules and expectations. It runs
/// under every forwarding model; what only one has stands in a section of that model, as `hnv`, and
/// a model derives the rest. All values are text as written, each with its place, so that whoever
/// checks the lab can name everything that is wrong with it at once. The arrays are filled by the
/// builder (`Lab(_:_:)`), by the reader of JSON5 files (`Lab.read(_:named:)`), or by hand.
public struct Lab: Equatable, Sendable {
  /// The lab's name.
  public var name: String
  /// What the lab shows, in a sentence or two.
  public var about: String
  /// The hypervisors.
  public var hosts: [Host]
  /// What joins the hypervisors.
  public var underlay: Underlay
  /// The isolated networks with their subnets and routes.
  public var networks: [Network]
  /// The networks beyond the forwarding machines.
  public var outside: [Outside]
  /// The machines: VMs, and forwarding machines such as a gateway VM.
  public var machines: [Machine]
  /// What should be true of the lab.
  public var expectations: [Expectation]
  /// What happens at which virtual time.
  public var timeline: [Event]
  /// The forwarding model that the lab is about, by name; default: hnv.
  public var model: Written?
  /// What only Hyper-V Network Virtualization has.
  package var hnv: HNVSection
  /// What only VLANs joined by a layer-3 switch has.
  package var vlan = VLANSection()
  /// What only VXLAN with a router VM has.
  package var vxlan = VXLANSection()
  /// What only Amazon VPC has.
  package var vpc = VPCSection()
  /// What only the OpenContrail vRouter has.
  package var contrail = ContrailSection()
  /// What only NSX for vSphere has.
  package var nsx = NSXSection()
  /// What only an Azure virtual network has.
  package var azure = AzureSection()
  /// What only OVN has.
  package var ovn = OVNSection()

  /// An empty lab.
  public init(name: String) {
    self.name = name
    about = ""
    hosts = []
    underlay = Underlay()
    networks = []
    outside = []
    machines = []
    expectations = []
    timeline = []
    hnv = HNVSection()
  }
}

/// A piece of text that a person wrote, and where.
public struct Written: Hashable, Sendable {
  /// The text as written.
  public let text: String
  /// Where it was written.
  public let place: Place

  /// Notes a text and its place.
  public init(_ text: String, at place: Place) {
    self.text = text
    self.place = place
  }
}

extension Lab {
  /// A hypervisor.
  public struct Host: Equatable, Sendable {
    /// Its name.
    public var name: Written
    /// Its address on the underlay; `nil` takes the next free one of the underlay's prefix.
    public var address: Written?

    /// Declares a hypervisor.
    public init(name: Written, address: Written? = nil) {
      self.name = name
      self.address = address
    }
  }

  /// An isolated network: subnets that a router joins.
  ///
  /// HNV makes it a routing domain.
  public struct Network: Equatable, Sendable {
    /// Its name.
    public var name: Written
    /// Its subnets.
    public var subnets: [Subnet]
    /// The routes of its router, beside those to its own subnets.
    public var routes: [Route]

    /// Declares a network.
    public init(name: Written, subnets: [Subnet] = [], routes: [Route] = []) {
      self.name = name
      self.subnets = subnets
      self.routes = routes
    }
  }

  /// A subnet, with one prefix for each address family.
  public struct Subnet: Equatable, Sendable {
    /// Its name.
    public var name: Written
    /// Its prefixes.
    public var prefixes: [Written]

    /// Declares a subnet.
    public init(name: Written, prefixes: [Written]) {
      self.name = name
      self.prefixes = prefixes
    }
  }

  /// A route, of a network's router, of a guest or of an outside network.
  public struct Route: Equatable, Sendable {
    /// The destinations it leads to.
    public var to: Written
    /// The address that takes the packets.
    public var via: Written
    /// Its metric: among routes of one prefix the lowest is used; default: 0.
    public var metric: UInt64?
    /// The compartment whose table holds it, for a machine's route; `nil` for the machine's own.
    public var compartment: Written?

    /// Declares a route.
    public init(
      to: Written, via: Written, metric: UInt64? = nil, compartment: Written? = nil
    ) {
      self.to = to
      self.via = via
      self.metric = metric
      self.compartment = compartment
    }
  }

  /// A network beyond the lab: a wire to the gateways, a router on it, and what lies behind.
  public struct Outside: Equatable, Sendable {
    /// Its name.
    public var name: Written
    /// The prefixes of the wire; their lowest usable addresses are the outside router's.
    public var link: [Written]
    /// The addresses that stand for the network when it is named as a peer.
    public var addresses: [Written]
    /// The destinations that it takes; default: everything but the lab's own.
    public var reaches: [Written]
    /// The way back; default: derived from the machines on the wire.
    public var routes: [Route]
    /// How long a frame takes between the wire and a machine; with a tunnel, between the network's
    /// gateway and the network that carries the tunnel.
    public var latency: Written?
    /// The tunnel by which machines reach the network; `nil` for a wire.
    public var tunnel: Tunnel?

    /// Declares an outside network.
    public init(
      name: Written, link: [Written], addresses: [Written], reaches: [Written] = [],
      routes: [Route] = [], latency: Written? = nil, tunnel: Tunnel? = nil
    ) {
      self.name = name
      self.link = link
      self.addresses = addresses
      self.reaches = reaches
      self.routes = routes
      self.latency = latency
      self.tunnel = tunnel
    }
  }

  /// A site-to-site tunnel: how machines reach an outside network that shares no wire with them.
  ///
  /// On the wire it is ESP in tunnel mode; its secrets are left out.
  public struct Tunnel: Equatable, Sendable {
    /// The outside network that carries the tunnel, by name.
    public var over: Written
    /// The address of the site's gateway on that network.
    public var address: Written

    /// Declares a tunnel.
    public init(over: Written, address: Written) {
      self.over = over
      self.address = address
    }
  }
}
