import HNVCore

/// The distributed logical router of a network: one table and one MAC address, on every host.
struct DistributedLogicalRouter: Sendable {
  /// Where a route leads.
  enum Target: Hashable, Sendable {
    /// To the machines of a subnet.
    case subnet(Int)
    /// To a machine in a subnet that takes it further.
    case machine(IPAddress, subnet: Int)
  }

  /// The machine that gets a packet next.
  struct NextHop {
    let address: IPAddress
    let subnet: Int
  }

  /// The MAC address that the router has on every host and logical interface (vMAC; VMware, NSX
  /// 6.4 troubleshooting guide).
  static let macAddress = MACAddress(bits: 0x0250_5656_4452)

  let network: Int
  let name: String
  let table: RouteTable<Target>
  /// The addresses of its logical interfaces (LIF), by subnet.
  private let interfaces: [Int: [IPAddress]]

  init(network: Int, of intent: Intent, _ families: [IPFamily]) {
    let own = intent.networks[network]
    self.network = network
    name = "the distributed router of \(own.name)"
    var table = RouteTable<Target>(named: "routes of \(name)")
    var interfaces: [Int: [IPAddress]] = [:]
    for subnet in own.subnets {
      for (prefix, place) in intent.subnets[subnet].placedPrefixes
      where families.contains(prefix.family) {
        guard let address = prefix.gatewayAddress else { continue }
        interfaces[subnet, default: []].append(address)
        table.add(
          .init(
            prefix: prefix, target: .subnet(subnet), words: "\(prefix) on-link", place: place))
      }
    }
    for route in own.routes where families.contains(route.prefix.family) {
      guard let subnet = intent.subnet(covering: route.via, inNetwork: network) else { continue }
      // What is connected is preferred to what is static.
      let (rank, overflow) = route.metric.addingReportingOverflow(1)
      table.add(
        .init(
          prefix: route.prefix, target: .machine(route.via, subnet: subnet),
          rank: overflow ? .max : rank, words: "\(route.prefix) via \(route.via)",
          place: route.place))
    }
    self.table = table
    self.interfaces = interfaces
  }

  /// The next hop on the way to a destination; `nil` where no route covers it.
  func nextHop(to destination: IPAddress) -> NextHop? {
    switch table.entry(for: destination)?.target {
    case .subnet(let subnet): NextHop(address: destination, subnet: subnet)
    case .machine(let address, let subnet): NextHop(address: address, subnet: subnet)
    case nil: nil
    }
  }

  /// Whether the router has a logical interface in a subnet.
  func isIn(_ subnet: Int) -> Bool { interfaces[subnet] != nil }

  /// Whether the router has an address, in one subnet or in any.
  func has(_ address: IPAddress, in subnet: Int? = nil) -> Bool {
    guard let subnet else { return interfaces.values.contains { $0.contains(address) } }
    return interfaces[subnet]?.contains(address) ?? false
  }

  /// The router's address in a subnet, of a family; `nil` for none.
  func address(in subnet: Int, _ family: IPFamily) -> IPAddress? {
    interfaces[subnet]?.first { $0.family == family }
  }
}
