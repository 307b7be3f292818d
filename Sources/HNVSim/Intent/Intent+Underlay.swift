package import HNVCore

extension Intent {
  /// The physical network between the hosts.
  package struct Underlay: Sendable {
    /// The prefix that hosts without an address take theirs from.
    package var prefix = Underlay.defaultPrefix
    /// The largest packet that its switches carry where a network does not say otherwise.
    package var mtu = 1500
    package var latency = VirtualTime.zero
    /// The declared networks; empty for one switch that carries every VLAN.
    package var networks: [Network] = []
    package var routers: [Router] = []

    package struct Network: Sendable {
      package let name: String
      package let prefix: IPPrefix
      package let vlan: UInt16?
      package let mtu: Int
      package let place: Place
    }

    package struct Router: Sendable {
      package let name: String
      package let place: Place
      package var interfaces: [Interface] = []
      package var routes: [Route] = []
      package var mtu: Int?
    }

    /// An interface of a router: one address, in one network where that is declared.
    package struct Interface: Sendable {
      package let address: Intent.Interface.Address
      package let network: Int?
      package let macAddress: MACAddress
    }

    /// 172.16.0.0/12, as RFC 1918 sets it apart: room for a million hosts.
    static let defaultPrefix =
      IPPrefix(containing: .v4(IPv4Address(172, 16, 0, 0)), length: 12) ?? .everything(.v4)
  }
}

extension Intent.Underlay {
  /// The declared network that an address belongs to; `nil` for none.
  func network(of address: IPAddress) -> Int? {
    networks.firstIndex { $0.prefix.contains(address) }
  }

  /// The prefix length of an address where nobody says it: that of its network.
  func prefixLength(of address: IPAddress) -> Int {
    if let network = network(of: address) { return networks[network].prefix.length }
    return address.family == .v4 ? min(prefix.length, 32) : max(prefix.length, 64)
  }

  /// The segment that a network is, or is part of.
  func segment(of network: Int) -> Segment {
    networks[network].vlan.map { .vlan($0) } ?? .network(network)
  }

  /// The segment of untagged frames at the port of a host: that of the network with its address.
  func untaggedSegment(of host: Intent.Host) -> Segment? {
    guard !networks.isEmpty else { return .flat }
    guard let network = network(of: host.address), networks[network].vlan == nil else { return nil }
    return .network(network)
  }

  /// A piece of the underlay in which a frame can reach everyone.
  enum Segment: Hashable, Sendable {
    /// The one switch of an underlay without networks, and what it carries untagged.
    case flat
    /// All that is tagged with one VLAN.
    case vlan(UInt16)
    /// A network without a VLAN.
    case network(Int)
  }

  /// The segment in words.
  func name(of segment: Segment) -> String {
    switch segment {
    case .flat: "the underlay"
    case .vlan(let identifier): "VLAN \(identifier)"
    case .network(let index): "network \(networks[index].name)"
    }
  }
}
