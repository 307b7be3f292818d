/// The distributed router as one hypervisor runs it: the shared tables, and what is the host's own.
///
/// It is a pure function of the policy, the host's state, the time and the frame: asked twice it
/// answers the same, and it changes nothing. Whoever forwards applies the answer.
public final class HostRouter: Sendable {
  /// The host's name.
  public let name: String

  /// The compiled records and routes.
  public let router: DistributedRouter

  /// The ports of the host, in declared order; a decision names them by index.
  public var ports: [VMPort] { table.ports }

  /// The host's provider addresses.
  public let providerAddresses: [ProviderAddress]

  /// The largest packet that the host's physical adapter sends, in bytes.
  public let underlayMTU: Int

  let table: PortTable
  /// The virtual subnet of each port, by its place in the router.
  private let subnets: [Int32]
  let directory: PortDirectory
  /// The ports that have a virtual subnet, by its number and then in declared order.
  private let portsBySubnet: [UInt32]

  /// Joins a host's own policy to the router compiled from its records and routes.
  public init(name: String, policy: HostPolicy, router: DistributedRouter) {
    self.name = name
    self.router = router
    table = PortTable(policy.ports, settings: router.settings)
    providerAddresses = policy.providerAddresses
    underlayMTU = policy.underlayMTU
    directory = PortDirectory(policy.ports)
    subnets = policy.ports.map { port in
      port.virtualSubnetID.flatMap { router.subnetPlace($0) }.map { Int32($0) } ?? -1
    }
    let ports = policy.ports
    portsBySubnet = ports.indices.filter { ports[$0].virtualSubnetID != nil }.sorted {
      let (one, other) = (ports[$0].virtualSubnetID, ports[$1].virtualSubnetID)
      return one == other ? $0 < $1 : one?.number ?? 0 < other?.number ?? 0
    }.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The same host with the router of other records, whose virtual subnets are the same.
  init(_ other: HostRouter, router: DistributedRouter) {
    name = other.name
    self.router = router
    table = other.table
    providerAddresses = other.providerAddresses
    underlayMTU = other.underlayMTU
    directory = other.directory
    subnets = other.subnets
    portsBySubnet = other.portsBySubnet
  }

  /// The access lists of a port.
  public func filter(at port: Int) -> PortFilter { PortFilter(table, port) }

  /// The virtual subnet of a port, where routes name it.
  @inline(__always)
  func subnet(ofPort port: Int) -> SubnetEntry? {
    subnets[port] < 0 ? nil : router.subnetEntries[Int(subnets[port])]
  }

  /// The routing domain of a port, by its place in the router; `nil` where no route names its
  /// virtual subnet.
  @inline(__always)
  func domain(ofPort port: Int) -> Int? {
    subnets[port] < 0 ? nil : router.subnetEntries[Int(subnets[port])].domain
  }

  /// Reads what a decision needs of a port, before it does.
  @inline(__always)
  func read(port: Int) -> UInt32 { table.read(port) &+ UInt32(bitPattern: subnets[port]) }

  /// The index of the port with a MAC address in a virtual subnet; `nil` when it is not here.
  @inline(__always)
  public func port(for mac: MACAddress, in subnet: VirtualSubnetID) -> Int? {
    directory.port(for: mac, in: subnet)
  }

  /// The ports of a virtual subnet on this host, in declared order.
  ///
  /// - Complexity: O(log *n*) for *n* ports of the host, and linear in those of the virtual subnet.
  public func ports(in subnet: VirtualSubnetID) -> [Int] {
    var (low, high) = (0, portsBySubnet.count)
    while low < high {
      let middle = (low + high) / 2
      if ports[Int(portsBySubnet[middle])].virtualSubnetID?.number ?? 0 < subnet.number {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return portsBySubnet[low...].prefix { ports[Int($0)].virtualSubnetID == subnet }.map { Int($0) }
  }

  /// Whether a provider address is assigned to this host.
  @inline(__always)
  public func owns(_ provider: IPAddress) -> Bool {
    providerAddresses.contains { $0.address == provider }
  }
}
