import HNVCore

extension Lab {
  /// The physical network that joins the hypervisors.
  ///
  /// Without `networks` it is one switch, which carries every VLAN.
  public struct Underlay: Equatable, Sendable {
    /// The prefix from which hosts without an address take theirs; default: that of the first
    /// network, or 172.16.0.0/12.
    public var prefix: Written?
    /// The largest packet that it carries, in bytes; default: 1500.
    public var mtu: UInt64?
    /// How long a packet takes between a host or router and the middle of the underlay.
    public var latency: Written?
    /// The networks it consists of.
    public var networks: [Network]
    /// The routers between its networks.
    public var routers: [Router]
    /// Where it was written; `nil` where nobody wrote it.
    var place: Place?

    /// Declares an underlay.
    public init(
      prefix: Written? = nil, mtu: UInt64? = nil, latency: Written? = nil,
      networks: [Network] = [], routers: [Router] = []
    ) {
      self.prefix = prefix
      self.mtu = mtu
      self.latency = latency
      self.networks = networks
      self.routers = routers
    }

    /// A network of the underlay.
    ///
    /// Networks of one VLAN are one segment; each without a VLAN is a segment of its own.
    public struct Network: Equatable, Sendable {
      /// Its name.
      public var name: Written
      /// The addresses that belong to it.
      public var prefix: Written
      /// The VLAN it is tagged with, 1 to 4094; default: untagged.
      public var vlan: UInt64?
      /// The largest packet that its switches carry, in bytes; default: the underlay's.
      public var mtu: UInt64?

      /// Declares a network.
      public init(name: Written, prefix: Written, vlan: UInt64? = nil, mtu: UInt64? = nil) {
        self.name = name
        self.prefix = prefix
        self.vlan = vlan
        self.mtu = mtu
      }
    }

    /// A router between networks of the underlay.
    public struct Router: Equatable, Sendable {
      /// Its name.
      public var name: Written
      /// Its addresses, one an interface, with the prefix length where it differs from the
      /// network's.
      public var addresses: [Written]
      /// The largest packet that it forwards, in bytes; default: what each network carries.
      public var mtu: UInt64?
      /// Its routes; default: by the fewest routers to every network.
      public var routes: [Route]

      /// Declares a router.
      public init(name: Written, addresses: [Written], mtu: UInt64? = nil, routes: [Route] = []) {
        self.name = name
        self.addresses = addresses
        self.mtu = mtu
        self.routes = routes
      }
    }
  }
}

extension Lab.Underlay {
  /// Adds a network, tagged with a VLAN where one is named.
  public mutating func network(
    _ name: String, _ prefix: String, vlan: UInt64? = nil, mtu: UInt64? = nil,
    file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    networks.append(
      Network(
        name: Written(name, at: place), prefix: Written(prefix, at: place), vlan: vlan, mtu: mtu))
  }

  /// Adds a router with one interface for each address; routes are added in `build`.
  public mutating func router(
    _ name: String, _ addresses: String..., mtu: UInt64? = nil, file: String = #fileID,
    line: UInt32 = #line, _ build: (inout Router) -> Void = { _ in }
  ) {
    let place = Place(file: file, line: line)
    var router = Router(
      name: Written(name, at: place), addresses: place.written(addresses), mtu: mtu)
    build(&router)
    routers.append(router)
  }
}

extension Lab.Underlay.Router {
  /// Adds a route to the router's own table, which then holds no derived ones.
  public mutating func route(
    to prefix: String, via address: String, file: String = #fileID, line: UInt32 = #line
  ) {
    let place = Place(file: file, line: line)
    routes.append(Lab.Route(to: Written(prefix, at: place), via: Written(address, at: place)))
  }
}

extension Lab {
  /// Where to report what is wrong with the underlay: where it was written, or the lab's first
  /// line.
  var underlayPlace: Place {
    let known = underlay.place ?? underlay.prefix?.place ?? underlay.networks.first?.name.place
    return known ?? Place(file: hosts.first?.name.place.file ?? name, line: 1)
  }
}
