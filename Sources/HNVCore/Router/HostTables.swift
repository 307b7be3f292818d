/// What a host has beside the shared tables: its ports, its provider addresses, and its name.
///
/// Routers of one host that differ in records share it.
final class HostTables: Sendable {
  let name: String
  let providerAddresses: [ProviderAddress]
  let underlayMTU: Int
  let ports: PortTable
  let directory: PortDirectory
  /// The ports that have a virtual subnet, by its number and then in declared order.
  private let portsBySubnet: [UInt32]

  init(_ name: String, _ policy: HostPolicy, _ router: DistributedRouter) {
    self.name = name
    providerAddresses = policy.providerAddresses
    underlayMTU = policy.underlayMTU
    ports = PortTable(policy.ports, settings: router.settings) { router.subnetPlace($0) }
    directory = PortDirectory(self.ports)
    let ports = policy.ports
    portsBySubnet = ports.indices.filter { ports[$0].virtualSubnetID != nil }.sorted {
      let (one, other) = (ports[$0].virtualSubnetID, ports[$1].virtualSubnetID)
      return one == other ? $0 < $1 : one?.number ?? 0 < other?.number ?? 0
    }.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The ports of a virtual subnet, in declared order.
  func ports(in subnet: VirtualSubnetID) -> [Int] {
    let ports = ports.ports
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

  /// The virtual subnets that ports have, each once, in ascending order.
  var virtualSubnetIDs: [VirtualSubnetID] {
    var subnets: [VirtualSubnetID] = []
    for port in portsBySubnet {
      guard let subnet = ports.ports[Int(port)].virtualSubnetID, subnet != subnets.last
      else { continue }
      subnets.append(subnet)
    }
    return subnets
  }
}
