import HNVCore
import Testing

/// The article's network in one address family, on three hosts that were told the same.
///
/// A and B are in one subnet, X is in another, and everything else is reached by way of GW, which
/// is in a third. Beside them stands Z, in a routing domain of its own with A's address.
struct Article {
  struct Machine {
    let name: String
    let subnet: VirtualSubnetID
    let address: IPAddress
    let macAddress: MACAddress
    /// The host it runs on, from 0.
    var host: Int
    var rules: [AccessRule] = []
  }

  let family: IPFamily
  var settings = Settings()

  let tenant = RoutingDomainID(bits: 1)
  let stranger = RoutingDomainID(bits: 2)
  let clients, edge, servers, strangers: VirtualSubnetID

  var a, b, x, gateway, z: Machine
  /// Further machines, of whose addresses nobody knows: an L2Only record is all they have.
  var newcomers: [Machine] = []

  init(_ family: IPFamily = .v4) throws {
    self.family = family
    clients = try VirtualSubnetID(5001)
    edge = try VirtualSubnetID(5002)
    servers = try VirtualSubnetID(5003)
    strangers = try VirtualSubnetID(6001)
    a = Machine(
      name: "A", subnet: clients, address: try Self.address(family, .clients, 11),
      macAddress: MACAddress(bits: 0x0a), host: 0)
    b = Machine(
      name: "B", subnet: clients, address: try Self.address(family, .clients, 12),
      macAddress: MACAddress(bits: 0x0b), host: 0)
    x = Machine(
      name: "X", subnet: servers, address: try Self.address(family, .servers, 11),
      macAddress: MACAddress(bits: 0x18), host: 1)
    gateway = Machine(
      name: "GW", subnet: edge, address: try Self.address(family, .edge, 250),
      macAddress: MACAddress(bits: 0x19), host: 2)
    z = Machine(
      name: "Z", subnet: strangers, address: try Self.address(family, .clients, 11),
      macAddress: MACAddress(bits: 0x1a), host: 0)
  }

  var machines: [Machine] { [a, b, x, gateway, z] + newcomers }

  /// Puts C on a host: number 50 of the clients, unless another is said.
  @discardableResult
  mutating func addNewcomer(on host: Int, number: Int = 50) throws -> Machine {
    let newcomer = Machine(
      name: number == 50 ? "C" : "C\(number)", subnet: clients,
      address: try Self.address(family, .clients, number),
      macAddress: MACAddress(bits: 0x0c00 + UInt64(number)), host: host)
    newcomers.append(newcomer)
    return newcomer
  }
}

extension Article {
  /// The three places of the article: 10.0.1.0/24, 10.0.2.0/24 and 10.1.2.0/24.
  enum Network: String {
    case clients = "10.0.1."
    case edge = "10.0.2."
    case servers = "10.1.2."

    fileprivate var text6: String {
      switch self {
      case .clients: "2001:db8:0:1::"
      case .edge: "2001:db8:0:2::"
      case .servers: "2001:db8:1:2::"
      }
    }
  }

  /// Number 11 of the clients is 10.0.1.11 or 2001:db8:0:1::11.
  private static func address(
    _ family: IPFamily, _ network: Network, _ number: Int
  ) throws -> IPAddress {
    try IPAddress(parsing: (family == .v4 ? network.rawValue : network.text6) + "\(number)")
  }

  func address(_ network: Network, _ number: Int) throws -> IPAddress {
    try Self.address(family, network, number)
  }

  /// The network's prefix, of 24 bits or 64, or the part of it that leaves fewer bits to hosts.
  ///
  /// The numbers up to 19 leave 5 bits in both families.
  func prefix(_ network: Network, leaving bits: Int? = nil) throws -> IPPrefix {
    let length = bits.map { family.bitWidth - $0 } ?? (family == .v4 ? 24 : 64)
    return try IPPrefix(try address(network, 0), length: length)
  }

  func prefix(around address: IPAddress, length: Int) throws -> IPPrefix {
    try #require(IPPrefix(containing: address, length: length))
  }

  /// An address that only the default route covers: 8.8.8.8 or its like.
  var outside: IPAddress {
    switch family {
    case .v4: .v4(IPv4Address(8, 8, 8, 8))
    case .v6: .v6(IPv6Address(bits: 0x2001_4860_4860_0000_0000_0000_0000_8888))
    }
  }

  /// The MAC of the gateway address .1 of each subnet.
  func gatewayMAC(of subnet: VirtualSubnetID) -> MACAddress {
    MACAddress(bits: 0xff_0000 + UInt64(subnet.number))
  }

  static func provider(_ host: Int) -> IPAddress {
    .v4(IPv4Address(192, 168, 1, UInt8(truncatingIfNeeded: host + 1)))
  }
}

extension Article {
  /// Where each record and route stands in `forwarding`.
  enum Index {
    static let clientsGateway = 0
    static let edgeGateway = 1
    static let serversGateway = 2
    static let strangersGateway = 3
    static let a = 4
    static let b = 5
    static let x = 6
    static let gateway = 7
    static let wildcard = 8
    static let z = 9
    /// The first record that a test adds.
    static let nextRecord = 10

    static let clientsRoute = 0
    static let edgeRoute = 1
    static let serversRoute = 2
    static let defaultRoute = 3
    static let strangersRoute = 4
    /// The first route that a test adds.
    static let nextRoute = 5
  }

  /// What every host is told.
  func forwarding() throws -> ForwardingPolicy {
    var records: RecordList = []
    let subnets: [(VirtualSubnetID, Network)] = [
      (clients, .clients), (edge, .edge), (servers, .servers), (strangers, .clients),
    ]
    for (subnet, network) in subnets {
      records.append(
        LookupRecord(
          customerAddress: try address(network, 1), virtualSubnetID: subnet,
          macAddress: gatewayMAC(of: subnet),
          providerAddress: .v4(IPv4Address(169, 254, 254, 254))))
    }
    for machine in [a, b, x, gateway] { records.append(record(of: machine)) }
    var wildcard = record(of: gateway)
    wildcard.customerAddress = IPPrefix.everything(family).address
    wildcard.type = .gatewayWildcard
    return ForwardingPolicy(
      lookupRecords: records + [wildcard, record(of: z)] + newcomers.map(l2OnlyRecord),
      customerRoutes: try routes())
  }

  func record(of machine: Machine) -> LookupRecord {
    LookupRecord(
      customerAddress: machine.address, virtualSubnetID: machine.subnet,
      macAddress: machine.macAddress, providerAddress: Self.provider(machine.host),
      vmName: machine.name)
  }

  func l2OnlyRecord(of machine: Machine) -> LookupRecord {
    var record = record(of: machine)
    record.customerAddress = IPPrefix.everything(family).address
    record.type = .l2Only
    return record
  }

  private func routes() throws -> [CustomerRoute] {
    [
      onLink(clients, try prefix(.clients)), onLink(edge, try prefix(.edge)),
      onLink(servers, try prefix(.servers)), via(gateway.address, .everything(family)),
      onLink(strangers, try prefix(.clients), in: stranger),
    ]
  }

  func onLink(
    _ subnet: VirtualSubnetID, _ prefix: IPPrefix, in domain: RoutingDomainID? = nil,
    metric: UInt32 = 0
  ) -> CustomerRoute {
    CustomerRoute(
      routingDomainID: domain ?? tenant, virtualSubnetID: subnet, destinationPrefix: prefix,
      nextHop: .onLink, metric: metric)
  }

  /// A route by way of an address of the edge subnet, or of another.
  func via(
    _ nextHop: IPAddress, _ prefix: IPPrefix, in subnet: VirtualSubnetID? = nil, metric: UInt32 = 0
  ) -> CustomerRoute {
    CustomerRoute(
      routingDomainID: tenant, virtualSubnetID: subnet ?? edge, destinationPrefix: prefix,
      nextHop: .via(nextHop), metric: metric)
  }

  /// The hosts hv1, hv2 and hv3, each with one provider address and the ports of its machines.
  func policy() throws -> NetworkPolicy {
    let forwarding = try forwarding()
    return NetworkPolicy(
      settings: settings,
      hosts: (0..<3).map { host in
        NetworkPolicy.Host(
          "hv\(host + 1)",
          policy: HostPolicy(
            forwarding: forwarding,
            providerAddresses: [ProviderAddress(Self.provider(host), prefixLength: 24)],
            ports: machines.filter { $0.host == host }.map {
              VMPort(
                vmName: $0.name, macAddress: $0.macAddress, virtualSubnetID: $0.subnet,
                accessRules: $0.rules)
            }))
      })
  }
}

extension NetworkPolicy {
  /// Changes what all hosts are told.
  mutating func tellAll(_ change: (inout ForwardingPolicy) throws -> Void) rethrows {
    for index in hosts.indices { try change(&hosts[index].policy.forwarding) }
  }
}
