import HNVCore

/// The controller's state for every vRouter: the routes of each network, and the labels.
///
/// The virtual networks of one logical router hold the same routes, so one table serves them all.
struct VirtualRouting: Sendable {
  /// The route table of each network.
  private(set) var tables: [RouteTable<NextHop>] = []
  let directory: AdapterDirectory
  private var positions: [Adapter: UInt32] = [:]

  /// What a route leads to.
  enum NextHop: Hashable, Sendable {
    /// The gateway address of a subnet, which is the vRouter's own.
    case gateway(subnet: Int)
    /// A machine's interface, by a host route, which is stitched to its MAC address.
    case machine(Adapter)
    /// A machine's interface, by a static route (an interface route table).
    case staticRoute(Adapter)
    /// The subnet's route for addresses that nobody has.
    case unassigned(subnet: Int)
  }

  /// What a label stands for at the host that gave it.
  enum Meaning: Hashable, Sendable {
    /// A packet for an interface.
    case packet(Adapter)
    /// A frame for an interface.
    case frame(Adapter)
    /// A frame for all machines of a subnet there.
    case flood(subnet: Int)
  }

  init(_ intent: Intent) {
    directory = AdapterDirectory(intent)
    for (number, adapter) in directory.all.enumerated() { positions[adapter] = UInt32(number) }
    tables = intent.networks.map { RouteTable(named: "routes of network \($0.name)") }
    for (index, subnet) in intent.subnets.enumerated() { add(subnet, index) }
    for adapter in directory.all { add(adapter, intent) }
    for (index, network) in intent.networks.enumerated() { add(network, index, intent) }
  }

  private mutating func add(_ subnet: Intent.Subnet, _ index: Int) {
    for (prefix, place) in subnet.placedPrefixes {
      tables[subnet.network].add(
        .init(
          prefix: prefix, target: .unassigned(subnet: index),
          words: "\(prefix) of subnet \(subnet.name), discard", place: place))
      guard let gateway = prefix.gatewayAddress else { continue }
      let host = IPPrefix(host: gateway)
      tables[subnet.network].add(
        .init(
          prefix: host, target: .gateway(subnet: index),
          words: "\(host) to the vRouter, gateway of subnet \(subnet.name)", place: place))
    }
  }

  private mutating func add(_ adapter: Adapter, _ intent: Intent) {
    let machine = intent.machines[adapter.machine]
    for address in machine.interfaces[adapter.index].addresses {
      let host = IPPrefix(host: address.address)
      tables[intent.subnets[adapter.subnet].network].add(
        .init(
          prefix: host, target: .machine(adapter),
          words: "\(host) to the interface of \(machine.name)", place: address.place))
    }
  }

  private mutating func add(_ network: Intent.Network, _ index: Int, _ intent: Intent) {
    for route in network.routes {
      guard let adapter = directory.adapter(at: route.via, inNetwork: index) else { continue }
      let name = intent.machines[adapter.machine].name
      tables[index].add(
        .init(
          prefix: route.prefix, target: .staticRoute(adapter), rank: route.metric,
          words: "\(route.prefix) via \(route.via) to the interface of \(name)",
          place: route.place))
    }
  }
}

/// Labels are numbered alike on all hosts, so that a machine keeps its own when it moves.
extension VirtualRouting {
  /// RFC 3032, section 2.1: the first label without a meaning of its own.
  private static let firstLabel: UInt32 = 16

  /// The labels that there are: 20 bits.
  private static let labelCount = 1 << 20

  /// Whether the labels suffice for all interfaces and subnets.
  func hasLabels(for intent: Intent) -> Bool {
    Int(Self.firstLabel) + 2 * directory.all.count + intent.subnets.count <= Self.labelCount
  }

  /// The label that stands for something; `nil` for an interface that is in no subnet.
  func label(for meaning: Meaning) -> UInt32? {
    switch meaning {
    case .packet(let adapter): positions[adapter].map { Self.firstLabel + 2 * $0 }
    case .frame(let adapter): positions[adapter].map { Self.firstLabel + 2 * $0 + 1 }
    case .flood(let subnet): Self.firstLabel + UInt32(2 * directory.all.count + subnet)
    }
  }

  /// What a label stands for; `nil` for one that nobody gave.
  func meaning(of label: UInt32, in intent: Intent) -> Meaning? {
    guard label >= Self.firstLabel else { return nil }
    let number = Int(label - Self.firstLabel)
    guard number / 2 >= directory.all.count else {
      let adapter = directory.all[number / 2]
      return number.isMultiple(of: 2) ? .packet(adapter) : .frame(adapter)
    }
    let subnet = number - 2 * directory.all.count
    return intent.subnets.indices.contains(subnet) ? .flood(subnet: subnet) : nil
  }
}

extension VirtualRouting {
  private static let firstIdentifier = 5001

  /// The VXLAN identifier of a subnet's virtual network; `nil` when there are no more.
  static func networkIdentifier(of subnet: Int) -> VirtualSubnetID? {
    try? VirtualSubnetID(UInt64(firstIdentifier + subnet))
  }

  /// The subnet that has a VXLAN identifier; `nil` for none.
  static func subnet(of identifier: VirtualSubnetID, in intent: Intent) -> Int? {
    let subnet = Int(identifier.number) - firstIdentifier
    return intent.subnets.indices.contains(subnet) ? subnet : nil
  }
}

extension VirtualRouting.Meaning {
  /// The subnet whose machines are meant.
  var subnet: Int {
    switch self {
    case .packet(let adapter), .frame(let adapter): adapter.subnet
    case .flood(let subnet): subnet
    }
  }
}
