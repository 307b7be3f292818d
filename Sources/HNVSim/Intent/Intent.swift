package import HNVCore

/// A lab with every text read and every name resolved: what models are built from.
///
/// Things refer to one another by index. What could not be read is left out, so that the check of
/// what remains can go on; the faults say what.
package struct Intent: Sendable {
  package var hosts: [Host] = []
  package var underlay = Underlay()
  package var networks: [Network] = []
  package var subnets: [Subnet] = []
  package var outsides: [Outside] = []
  package private(set) var machines: [Machine] = []
  private var owners: [IPAddress: Owner] = [:]

  /// Every element by name: machines, hosts, underlay routers and outside networks share one space.
  package var elements: [String: ElementID] = [:]

  /// The names of elements that could not be read in full: what seems to be wrong where they are
  /// used may follow from that.
  package var damaged: Set<String> = []

  package struct Host: Sendable {
    package let name: String
    package let address: IPAddress
    package let place: Place
  }

  package struct Network: Sendable {
    package let name: String
    package let place: Place
    package var subnets: [Int] = []
    package var routes: [Route] = []
  }

  package struct Route: Sendable {
    package let prefix: IPPrefix
    package let via: IPAddress
    package let metric: UInt32
    package let place: Place
    /// For a machine's route: the compartment whose table holds it, by its position.
    package var compartment = 0
  }

  package struct Subnet: Sendable {
    package let name: String
    package let network: Int
    package var prefixes: [IPPrefix]
    package let place: Place
    package var prefixPlaces: [Place]
  }

  package struct Outside: Sendable {
    package let name: String
    package let place: Place
    package var link: [IPPrefix] = []
    package var addresses: [IPAddress] = []
    package var reaches: [IPPrefix] = []
    /// Destinations that it does not take although it reaches everything: the lab's own.
    package var excludes: [IPPrefix] = []
    package var routes: [Route] = []
    package var latency = VirtualTime.zero
    package var macAddress: MACAddress
    package var tunnel: Tunnel?
  }

  /// How an outside network without a wire to the lab is reached.
  package struct Tunnel: Sendable {
    /// The outside network that carries the tunnel.
    package let carrier: Int
    /// The site's gateway on that network.
    package let address: IPAddress
  }

  package struct Machine: Sendable {
    package let name: String
    package let host: Int
    package let forwards: Bool
    package let place: Place
    /// The names of its routing tables: first, without a name, the machine's own.
    package var compartments = [""]
    package var interfaces: [Interface] = []
    package var routes: [Route] = []
    package var open: Set<OpenPort>?
    package var mtu: Int?
    /// The multicast groups that it has joined.
    package var groups: Set<IPAddress> = []
    package var acceptsRedirects = true
  }

  package struct OpenPort: Hashable, Sendable {
    package let ipProtocol: IPProtocol
    package let port: UInt16
  }

  package struct Interface: Sendable {
    package let attachment: Attachment
    package let macAddress: MACAddress
    package let place: Place
    package let macPlace: Place
    package var addresses: [Address] = []
    package var rules: [AccessRule] = []
    /// The compartment it is in, by its position among the machine's.
    package var compartment = 0
    /// Whether what leaves here gets the adapter's address as its source.
    package var translates = false
    package var publications: [Publication] = []

    package enum Attachment: Hashable, Sendable {
      case subnet(Int)
      case outside(Int)
    }

    package struct Address: Sendable {
      package let address: IPAddress
      /// What the guest takes for its own link; its own belief, which may be wrong.
      package let onLink: IPPrefix
      package let place: Place
    }

    /// A port of the adapter that stands for one of a machine behind it.
    package struct Publication: Sendable {
      package let ipProtocol: IPProtocol
      package let port: UInt16
      package let to: IPAddress
      package let toPort: UInt16
      package let compartment: Int
    }
  }
}

/// What a trace can pass: the boxes of a network.
package enum ElementID: Hashable, Sendable {
  case machine(Int)
  case host(Int)
  case outside(Int)
  case underlay
  /// A router of the underlay.
  case router(Int)
}

extension ElementID {
  /// Whether the element carries packets of machines, and is the end of none.
  var isOfUnderlay: Bool {
    switch self {
    case .machine, .outside: false
    case .host, .underlay, .router: true
    }
  }
}

extension Intent {
  package func name(_ element: ElementID) -> String {
    switch element {
    case .machine(let index): machines[index].name
    case .host(let index): hosts[index].name
    case .outside(let index): outsides[index].name
    case .underlay: "underlay"
    case .router(let index): underlay.routers[index].name
    }
  }

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

  /// Adds a machine, and remembers whose its addresses are.
  mutating func add(_ machine: Machine) {
    for (index, interface) in machine.interfaces.enumerated() {
      for address in interface.addresses where owners[address.address] == nil {
        owners[address.address] = Owner(machine: machines.count, interface: index)
      }
    }
    machines.append(machine)
  }

  /// The machine and adapter that have an address; of several, in different networks, the first.
  package func owner(of address: IPAddress) -> Owner? { owners[address] }

  /// A machine and one of its adapters.
  package struct Owner: Hashable, Sendable {
    package let machine: Int
    package let interface: Int
  }

  /// The networks that an element is attached to.
  func networks(of element: ElementID) -> Set<Int> {
    guard case .machine(let index) = element else { return [] }
    return Set(
      machines[index].interfaces.compactMap { subnet(of: $0).map { subnets[$0].network } })
  }

  /// The subnet an adapter is in; `nil` on the wire of an outside network.
  package func subnet(of interface: Interface) -> Int? {
    if case .subnet(let index) = interface.attachment { index } else { nil }
  }
}
