public import HNVCore

/// A lab with every text read and every name resolved: what models are built from.
///
/// Things refer to one another by index. What could not be read is left out, so that the check of
/// what remains can go on; the diagnostics say what. A model plans on a copy of its own, to which
/// it may add what it brings along, such as a router VM or an internet gateway.
public struct Intent: Sendable {
  /// The hypervisors.
  public internal(set) var hosts: [Host] = []
  /// What joins the hypervisors.
  public internal(set) var underlay = Underlay()
  /// The isolated networks.
  public internal(set) var networks: [Network] = []
  /// The subnets of all networks.
  public internal(set) var subnets: [Subnet] = []
  /// The networks beyond the lab.
  public internal(set) var outsides: [Outside] = []
  /// VMs and forwarding machines.
  public private(set) var machines: [Machine] = []
  /// What the model adds: elements beside machines and hosts.
  public private(set) var devices: [Device] = []
  /// The cables that the model adds.
  public private(set) var lines: [Line] = []
  private var owners: [IPAddress: Owner] = [:]
  /// The adapters that are in virtual routers.
  private(set) var sharingAdapters: [Owner] = []

  /// Every element by name: machines, hosts, underlay routers, outside networks and devices share
  /// one space.
  public internal(set) var elements: [String: ElementID] = [:]

  /// The names of elements that could not be read in full: what seems to be wrong where they are
  /// used may follow from that.
  var damaged: Set<String> = []

  /// A hypervisor.
  public struct Host: Sendable {
    /// Its name.
    public let name: String
    /// Its address on the underlay.
    public let address: IPAddress
    /// Where it is written.
    public let place: Place
  }

  /// An isolated network: subnets that a router joins.
  public struct Network: Sendable {
    /// Its name.
    public let name: String
    /// Where it is written.
    public let place: Place
    /// Its subnets, by their positions in the intent.
    public internal(set) var subnets: [Int] = []
    /// What its router knows beside its own subnets.
    public internal(set) var routes: [Route] = []
  }

  /// A route.
  public struct Route: Hashable, Sendable {
    /// The destinations.
    public let prefix: IPPrefix
    /// The next hop.
    public let via: IPAddress
    /// Lower is better among routes of one prefix.
    public let metric: UInt32
    /// Where it is written.
    public let place: Place
    /// For a machine's route: the compartment whose table holds it, by its position.
    public internal(set) var compartment = 0
  }

  /// A subnet of a network.
  public struct Subnet: Sendable {
    /// Its name.
    public let name: String
    /// The network, by its position in the intent.
    public let network: Int
    /// Its prefixes, at most one a family; the lowest usable address of each is its router's.
    public internal(set) var prefixes: [IPPrefix]
    /// Where it is written.
    public let place: Place
    /// Where the prefixes are written.
    public internal(set) var prefixPlaces: [Place]
  }

  /// A network beyond the lab.
  public struct Outside: Sendable {
    /// Its name.
    public let name: String
    /// Where it is written.
    public let place: Place
    /// The prefixes of its wire; the lowest usable addresses are its router's.
    public internal(set) var link: [IPPrefix] = []
    /// The addresses that stand for it.
    public internal(set) var addresses: [IPAddress] = []
    /// The destinations that it takes.
    public internal(set) var reaches: [IPPrefix] = []
    /// Destinations that it does not take although it reaches everything: the lab's own.
    public internal(set) var excludes: [IPPrefix] = []
    /// The way back; derived where empty.
    public internal(set) var routes: [Route] = []
    /// How long a frame takes between the wire and a machine.
    public internal(set) var latency = VirtualTime.zero
    /// The MAC address of its router.
    public internal(set) var macAddress: MACAddress
    /// The tunnel by which it is reached; `nil` for a wire.
    public internal(set) var tunnel: Tunnel?
  }

  /// How an outside network without a wire to the lab is reached.
  public struct Tunnel: Sendable {
    /// The outside network that carries the tunnel.
    public let carrier: Int
    /// The site's gateway on that network.
    public let address: IPAddress
  }
}

extension Intent {
  /// An outside network of which nothing else is said reaches everything but the lab itself; a site
  /// at the end of a tunnel, its own addresses.
  mutating func keepOutsideOutside() {
    for index in outsides.indices where outsides[index].tunnel != nil {
      guard outsides[index].reaches.isEmpty else { continue }
      outsides[index].reaches = outsides[index].addresses.map { IPPrefix(host: $0) }
    }
    let sites = outsides.filter { $0.tunnel != nil }.flatMap(\.reaches)
    let own = subnets.flatMap(\.prefixes) + hosts.map { IPPrefix(host: $0.address) } + sites
    for index in outsides.indices where outsides[index].reaches.isEmpty {
      outsides[index].reaches = IPFamily.allCases.map { .everything($0) }
      outsides[index].excludes = own
    }
  }

  /// Adds a machine, and remembers whose its name and addresses are.
  mutating func add(_ machine: Machine) {
    if elements[machine.name] == nil { elements[machine.name] = .machine(machines.count) }
    note(machine, as: machines.count)
    machines.append(machine)
  }

  /// Changes a machine, as a model does whose machines have no adapter on a wire of their own.
  mutating func change(_ machine: Int, _ change: (inout Machine) -> Void) {
    change(&machines[machine])
    (owners, sharingAdapters) = ([:], [])
    for (index, machine) in machines.enumerated() { note(machine, as: index) }
  }

  private mutating func note(_ machine: Machine, as number: Int) {
    for (index, interface) in machine.interfaces.enumerated() {
      for address in interface.addresses where owners[address.address] == nil {
        owners[address.address] = Owner(machine: number, interface: index)
      }
      if !interface.virtualRouters.isEmpty {
        sharingAdapters.append(Owner(machine: number, interface: index))
      }
    }
  }

  /// Adds an element of the model's own, which the model makes; a name that is taken gets a
  /// prime.
  public mutating func addDevice(named name: String) -> ElementID {
    let element = ElementID.device(devices.count)
    let name = free(name)
    devices.append(Device(name: name))
    elements[name] = element
    return element
  }

  /// The name, with as many primes as it takes to be nobody else's.
  func free(_ name: String) -> String {
    var name = name
    while elements[name] != nil { name += "'" }
    return name
  }

  /// Joins two elements by a cable of the model's own; a gateway on the wire of an outside network
  /// has addresses there.
  public mutating func join(
    _ one: ElementID, _ other: ElementID, latency: VirtualTime = .zero,
    macAddress: MACAddress? = nil, addresses: [IPAddress] = []
  ) -> Cable {
    lines.append(
      Line(
        one: one, other: other, latency: latency, macAddress: macAddress, addresses: addresses))
    return .wire(lines.count - 1)
  }

  /// Calls what joins the hypervisors by another name, such as that of a switch.
  public mutating func callUnderlay(_ name: String) {
    underlay.name = free(name)
    elements[underlay.name] = .underlay
  }

  /// The machine and adapter that have an address; of several, in different networks, the first.
  public func owner(of address: IPAddress) -> Owner? { owners[address] }

  /// A machine and one of its adapters.
  public struct Owner: Hashable, Sendable {
    /// The machine, by its position.
    public let machine: Int
    /// The adapter, by its position among the machine's.
    public let interface: Int
  }

  /// The networks that an element is attached to.
  func networks(of element: ElementID) -> Set<Int> {
    guard case .machine(let index) = element else { return [] }
    return Set(
      machines[index].interfaces.compactMap { subnet(of: $0).map { subnets[$0].network } })
  }

  /// The subnet an adapter is in; `nil` on the wire of an outside network.
  public func subnet(of interface: Interface) -> Int? {
    if case .subnet(let index) = interface.attachment { index } else { nil }
  }
}
