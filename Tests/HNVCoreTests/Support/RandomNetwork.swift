import HNVCore

/// Networks in which everything that can go wrong does so now and then.
///
/// Two routing domains have the same three prefixes, the same addresses and the same MACs. Records
/// and routes get lost, point elsewhere, are doubled, learned or unusable, host by host.
struct RandomNetwork {
  struct Machine {
    let domain: Int
    let network: Article.Network
    let subnet: VirtualSubnetID
    let address: IPAddress
    let macAddress: MACAddress
    let host: Int
  }

  static let hostCount = 3

  let article: Article
  private(set) var machines: [Machine] = []
  private(set) var policy = NetworkPolicy()

  /// Makes a network with random settings, of which some may be changed.
  init(
    _ family: IPFamily, _ random: inout SplitMix64,
    changing change: (inout Settings) -> Void = { _ in }
  ) throws {
    article = try Article(family)
    for domain in 0..<2 {
      for network in Article.Network.all {
        let subnet = try Self.subnet(domain, network)
        for number in [11, 12, 250] {
          machines.append(
            Machine(
              domain: domain, network: network, subnet: subnet,
              address: try article.address(network, number),
              macAddress: MACAddress(bits: UInt64(number)),
              host: Int.random(in: 0..<Self.hostCount, using: &random)))
        }
      }
    }
    for description in Settings.descriptions {
      let value = description.values.randomElement(using: &random) ?? ""
      _ = description.write(&policy.settings, value)
    }
    change(&policy.settings)
    let records = try records(&random)
    let routes = try self.routes(&random)
    for host in 0..<Self.hostCount {
      policy.hosts.append(
        NetworkPolicy.Host(
          "hv\(host + 1)",
          policy: HostPolicy(
            forwarding: ForwardingPolicy(
              lookupRecords: RecordList(records.compactMap { deviating($0, &random) }),
              customerRoutes: routes.filter { _ in !random.hits(1, in: 12) }),
            providerAddresses: providers(of: host), ports: ports(of: host, &random))))
    }
  }

  static func domain(_ number: Int) -> RoutingDomainID { RoutingDomainID(bits: UInt128(number)) }

  static func subnet(_ domain: Int, _ network: Article.Network) throws -> VirtualSubnetID {
    let place = Article.Network.all.firstIndex(of: network) ?? 0
    return try VirtualSubnetID(UInt64(5000 + 100 * domain + place))
  }

  static func provider6(_ host: Int) -> IPAddress {
    .v6(IPv6Address(bits: 0xfd00 << 112 | UInt128(host)))
  }

  /// The provider address that a machine has to itself, for the rule Nat.
  func ownProvider(_ machine: Int) -> IPAddress {
    switch article.family {
    case .v4: .v4(IPv4Address(192, 168, 2, UInt8(machine)))
    case .v6: .v6(IPv6Address(bits: 0xfd02 << 112 | UInt128(machine)))
    }
  }

  private func providers(of host: Int) -> [ProviderAddress] {
    let own = machines.indices.filter { machines[$0].host == host }.map { ownProvider($0) }
    return ([Article.provider(host), Self.provider6(host)] + own).map {
      ProviderAddress($0, prefixLength: 24)
    }
  }
}

extension RandomNetwork {
  private func routes(_ random: inout SplitMix64) throws -> [CustomerRoute] {
    var routes: [CustomerRoute] = []
    for domain in 0..<2 {
      for network in Article.Network.all {
        routes.append(
          CustomerRoute(
            routingDomainID: Self.domain(domain),
            virtualSubnetID: try Self.subnet(domain, network),
            destinationPrefix: try article.prefix(network), nextHop: .onLink))
      }
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        routes.append(try randomRoute(domain, &random))
      }
    }
    return routes.shuffled(using: &random)
  }

  /// A default route, a host route or anything between, by way of a machine or on-link.
  private func randomRoute(
    _ domain: Int, _ random: inout SplitMix64
  ) throws -> CustomerRoute {
    let inside = machines.filter { $0.domain == domain }
    let target = inside[Int.random(in: 0..<inside.count, using: &random)]
    // Now and then a route names a subnet of the other domain, which no packet may reach by it.
    let ways = random.hits(1, in: 10) ? machines : inside
    let way = ways[Int.random(in: 0..<ways.count, using: &random)]
    let width = article.family.bitWidth
    let length = random.hits(1, in: 3) ? 0 : width - Int.random(in: 0...9, using: &random)
    return CustomerRoute(
      routingDomainID: Self.domain(domain), virtualSubnetID: way.subnet,
      destinationPrefix: try article.prefix(around: target.address, length: length),
      nextHop: random.hits(1, in: 4) ? .onLink : .via(way.address),
      metric: UInt32.random(in: 0...2, using: &random))
  }

  private func ports(of host: Int, _ random: inout SplitMix64) -> [VMPort] {
    machines.filter { $0.host == host && !random.hits(1, in: 10) }.map { machine in
      let rules = (0..<Int.random(in: 0...2, using: &random)).map { weight in
        AccessRule(
          name: "", action: random.hits(1, in: 4) ? .deny : .allow,
          direction: Bool.random(using: &random) ? .inbound : .outbound,
          remotePrefix: random.hits(1, in: 2)
            ? IPPrefix(host: machines[Int.random(in: 0..<9, using: &random)].address) : nil,
          ipProtocol: random.hits(1, in: 2) ? .udp : nil, weight: UInt16(weight))
      }
      let isOutside = random.hits(1, in: 20)
      let isForgotten = random.hits(1, in: 20)
      return VMPort(
        vmName: "\(machine.address)", macAddress: machine.macAddress,
        virtualSubnetID: isOutside
          ? nil : isForgotten ? try? VirtualSubnetID(9999) : machine.subnet,
        accessRules: rules, allowsMACSpoofing: random.hits(1, in: 2),
        dynamicIPAddressLimit: random.hits(1, in: 2) ? nil : random.hits(1, in: 2) ? 1 : 0)
    }
  }
}

extension Article.Network {
  static let all: [Article.Network] = [.clients, .edge, .servers]
}

extension SplitMix64 {
  /// Whether something that happens so many times in so many happens now.
  mutating func hits(_ count: Int, in total: Int) -> Bool {
    Int.random(in: 0..<total, using: &self) < count
  }
}
