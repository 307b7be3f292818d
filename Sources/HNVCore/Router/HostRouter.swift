/// The distributed router as one hypervisor runs it: the shared tables, and what is the host's own.
///
/// It is a pure function of the policy, the host's state, the time and the frame: asked twice it
/// answers the same, and it changes nothing. Whoever forwards applies the answer.
public struct HostRouter: Sendable {
  /// The host's name.
  public let name: String

  /// The compiled records and routes.
  public let router: DistributedRouter

  /// The ports of the host, in declared order; a decision names them by index.
  public let ports: [VMPort]

  /// The host's provider addresses.
  public let providerAddresses: [ProviderAddress]

  /// The access lists of each port.
  public let filters: [PortFilter]

  /// The largest packet that the host's physical adapter sends, in bytes.
  public let underlayMTU: Int

  private let portsByMAC: [PortKey: Int]
  private let portsBySubnet: [VirtualSubnetID: [Int]]

  private struct PortKey: Hashable {
    let subnet: VirtualSubnetID
    let address: MACAddress
  }

  /// Joins a host's own policy to the router compiled from its records and routes.
  public init(name: String, policy: HostPolicy, router: DistributedRouter) {
    self.name = name
    self.router = router
    ports = policy.ports
    providerAddresses = policy.providerAddresses
    filters = policy.ports.map { PortFilter($0, settings: router.settings) }
    underlayMTU = policy.underlayMTU
    var portsByMAC: [PortKey: Int] = [:]
    var portsBySubnet: [VirtualSubnetID: [Int]] = [:]
    for (index, port) in policy.ports.enumerated() {
      guard let subnet = port.virtualSubnetID else { continue }
      let key = PortKey(subnet: subnet, address: port.macAddress)
      if portsByMAC[key] == nil { portsByMAC[key] = index }
      portsBySubnet[subnet, default: []].append(index)
    }
    self.portsByMAC = portsByMAC
    self.portsBySubnet = portsBySubnet
  }

  /// The index of the port with a MAC address in a virtual subnet; `nil` when it is not here.
  public func port(for mac: MACAddress, in subnet: VirtualSubnetID) -> Int? {
    portsByMAC[PortKey(subnet: subnet, address: mac)]
  }

  /// The ports of a virtual subnet on this host, in declared order.
  public func ports(in subnet: VirtualSubnetID) -> [Int] { portsBySubnet[subnet] ?? [] }

  /// Whether a provider address is assigned to this host.
  public func owns(_ provider: IPAddress) -> Bool {
    providerAddresses.contains { $0.address == provider }
  }
}
