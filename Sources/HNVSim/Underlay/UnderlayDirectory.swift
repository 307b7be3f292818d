import HNVCore

/// Who is where on the underlay: what its switches have learned, looked up for every frame.
///
/// Addresses of the underlay do not change while an experiment runs; it is built once for all runs.
struct UnderlayDirectory: Sendable {
  typealias Segment = Intent.Underlay.Segment

  private var cablesByMAC: [Site<MACAddress>: Cable] = [:]
  private var cablesByAddress: [Site<IPAddress>: Cable] = [:]
  private var places: [IPAddress: [(segment: Segment, element: ElementID)]] = [:]
  private var mtus: [Segment: Int] = [:]
  private let mtu: Int
  private let vlans: Set<UInt16>?
  private let untagged: [Segment?]
  private var hosts: [Segment: Set<Int>] = [:]
  /// The machines whose frames are on the underlay as they are.
  let plain: PlainMachines

  private struct Site<Address: Hashable & Sendable>: Hashable, Sendable {
    let segment: Segment
    let address: Address
  }

  /// An address of a host on the underlay.
  struct HostAddress {
    let host: Int
    let address: IPAddress
    let macAddress: MACAddress
    let vlan: UInt16?
  }

  /// The underlay whose hosts have the one address that the lab gives each.
  init(_ intent: Intent) {
    let hosts = intent.hosts.enumerated().map { index, host in
      let own = intent.underlay.providerAddress(host.address)
      return HostAddress(
        host: index, address: own.address, macAddress: .adapter(ofHost: index), vlan: own.vlanID)
    }
    self.init(intent, hosts: hosts, plain: PlainMachines())
  }

  /// The underlay with the provider addresses of its hosts.
  init(_ intent: Intent, _ policy: NetworkPolicy) {
    var addresses: [HostAddress] = []
    for (host, own) in policy.hosts.enumerated() {
      for provider in own.policy.providerAddresses {
        addresses.append(
          HostAddress(
            host: host, address: provider.address,
            macAddress: provider.macAddress ?? .adapter(ofHost: host), vlan: provider.vlanID))
      }
    }
    let plainAdapters = policy.hosts.map { host in
      Set(host.policy.ports.filter { $0.virtualSubnetID == nil }.map(\.macAddress))
    }
    var plain = PlainMachines()
    for (index, machine) in intent.machines.enumerated() {
      for interface in machine.interfaces where intent.subnet(of: interface) != nil {
        if plainAdapters[machine.host].contains(interface.macAddress) {
          plain.add(index, interface)
        }
      }
    }
    self.init(intent, hosts: addresses, plain: plain)
  }

  init(_ intent: Intent, hosts: [HostAddress], plain: PlainMachines) {
    self.plain = plain
    let underlay = intent.underlay
    vlans = underlay.networks.isEmpty ? nil : Set(underlay.networks.compactMap(\.vlan))
    untagged = intent.hosts.map { underlay.untaggedSegment(of: $0) }
    mtu = underlay.mtu
    for network in underlay.networks.indices {
      let segment = underlay.segment(of: network)
      mtus[segment] = min(mtus[segment] ?? .max, underlay.networks[network].mtu)
    }
    for own in hosts {
      guard let segment = segment(tagged: own.vlan, of: own.host) else { continue }
      add(own.address, own.macAddress, .host(own.host), .uplink(host: own.host), in: segment)
      self.hosts[segment, default: []].insert(own.host)
    }
    for (router, typed) in underlay.routers.enumerated() {
      for (index, interface) in typed.interfaces.enumerated() {
        guard let segment = underlay.segment(of: interface) else { continue }
        add(
          interface.address.address, interface.macAddress, .router(router),
          .port(router: router, index: index), in: segment)
      }
    }
  }

  private mutating func add(
    _ address: IPAddress, _ mac: MACAddress, _ element: ElementID, _ cable: Cable,
    in segment: Segment
  ) {
    cablesByMAC[Site(segment: segment, address: mac)] = cable
    cablesByAddress[Site(segment: segment, address: address)] = cable
    places[address, default: []].append((segment, element))
  }

  /// The segment of a frame that a host sends; `nil` for one that its port does not carry.
  func segment(tagged vlan: UInt16?, of host: Int) -> Segment? {
    guard let vlan, vlan != 0 else { return untagged[host] }
    return vlans?.contains(vlan) ?? true ? .vlan(vlan) : nil
  }

  /// The largest packet that the switches of a segment carry: the least of its networks' own.
  func mtu(of segment: Segment) -> Int { mtus[segment] ?? mtu }

  /// The cable to whoever has a MAC address in a segment.
  func cable(to mac: MACAddress, in segment: Segment) -> Cable? {
    cablesByMAC[Site(segment: segment, address: mac)]
  }

  /// The cable to whoever has an address in a segment.
  func cable(to address: IPAddress, in segment: Segment) -> Cable? {
    cablesByAddress[Site(segment: segment, address: address)]
  }

  /// Whether a host has an address in a segment.
  func isHost(_ host: Int, in segment: Segment) -> Bool { hosts[segment]?.contains(host) ?? false }

  /// The segments in which somebody has an address, and who; empty when nobody has it.
  func places(of address: IPAddress) -> [(segment: Segment, element: ElementID)] {
    places[address] ?? []
  }
}

/// Machines that no virtual network hides: their hosts bridge them onto the underlay, untagged.
struct PlainMachines: Sendable {
  private(set) var all: [Int] = []
  private var byMAC: [MACAddress: Int] = [:]
  private var byAddress: [IPAddress: Int] = [:]

  /// Adds an adapter of a machine.
  mutating func add(_ machine: Int, _ interface: Intent.Interface) {
    if all.last != machine { all.append(machine) }
    byMAC[interface.macAddress] = machine
    for address in interface.addresses { byAddress[address.address] = machine }
  }

  /// The machine that a frame is meant for: by its MAC address, or the address that it asks for.
  func receiver(of frame: Packet) -> Int? {
    guard frame.destinationMAC.isMulticast else { return byMAC[frame.destinationMAC] }
    return frame.targetAddress.flatMap { byAddress[$0] }
  }
}

extension Intent.Underlay {
  /// The segment of a router's interface; `nil` for an address that no network has.
  func segment(of interface: Interface) -> Segment? {
    if networks.isEmpty { return .flat }
    return interface.network.map { segment(of: $0) }
  }
}
