public import HNVCore

extension Intent {
  /// The physical network between the hosts.
  public struct Underlay: Sendable {
    /// Its name in traces.
    public internal(set) var name = "underlay"
    /// The prefix that hosts without an address take theirs from.
    public internal(set) var prefix = Underlay.defaultPrefix
    /// The largest packet that its switches carry where a network does not say otherwise.
    public internal(set) var mtu = 1500
    /// How long a packet takes between a host or router and its middle.
    public internal(set) var latency = VirtualTime.zero
    /// The declared networks; empty for one switch that carries every VLAN.
    public internal(set) var networks: [Network] = []
    /// The routers between its networks.
    public internal(set) var routers: [Router] = []

    /// A network of the underlay.
    public struct Network: Sendable {
      /// Its name.
      public let name: String
      /// The addresses that belong to it.
      public let prefix: IPPrefix
      /// Its VLAN; `nil` for none.
      public let vlan: UInt16?
      /// The largest packet that its switches carry, in bytes.
      public let mtu: Int
      /// Where it is written.
      public let place: Place
    }

    /// A router of the underlay.
    public struct Router: Sendable {
      /// Its name.
      public let name: String
      /// Where it is written.
      public let place: Place
      /// Its interfaces, each with one address.
      public internal(set) var interfaces: [Interface] = []
      /// Its routes; derived where empty.
      public internal(set) var routes: [Route] = []
      /// The largest packet that it forwards, in bytes; `nil` for what each network carries.
      public internal(set) var mtu: Int?
    }

    /// An interface of a router: one address, in one network where that is declared.
    public struct Interface: Sendable {
      /// Its address.
      public let address: Intent.Interface.Address
      /// The network that the address belongs to; `nil` for none.
      public let network: Int?
      /// Its MAC address.
      public let macAddress: MACAddress
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

  /// A host's address, as its network has it.
  func providerAddress(_ address: IPAddress) -> ProviderAddress {
    ProviderAddress(
      address, prefixLength: prefixLength(of: address),
      vlanID: network(of: address).flatMap { networks[$0].vlan })
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
