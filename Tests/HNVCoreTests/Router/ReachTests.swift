import Testing

@testable import HNVCore

/// All pairs at once, beside an oracle that goes through the lists for each.
@Suite struct ReachTests {
  static let transports: [Transport] = [
    .udp(UDPDatagram(sourcePort: 49152, destinationPort: 53)),
    .udp(UDPDatagram(sourcePort: 4000, destinationPort: 80)),
  ]

  /// Networks with flaws, under any settings and such as let most take the fast path, whose
  /// hosts were told different things or, in every other one, all the same.
  private static func network(_ family: IPFamily, _ seed: UInt64) throws -> NetworkPolicy {
    var random = SplitMix64(seed: seed)
    let network = try RandomNetwork(family, &random) {
      if seed % 4 != 0 { FastPathTests.allowFastPath(&$0) }
    }
    var policy = network.policy
    if seed % 2 == 0 {
      for host in policy.hosts.indices {
        policy.hosts[host].policy.forwarding = policy.hosts[0].policy.forwarding
      }
    }
    return policy
  }

  private static func domains() -> [RoutingDomainID] { (0..<2).map(RandomNetwork.domain) }

  @Test(arguments: IPFamily.allCases, UInt64(0)..<16)
  func `each pair is decided on as the rules say`(family: IPFamily, seed: UInt64) throws {
    let policy = try Self.network(family, seed)
    let network = CompiledNetwork(policy, warnings: [])
    let golden = GoldenPairs(policy)
    for (domain, transport) in zip(Self.domains(), Self.transports) {
      let matrix = network.reach(in: domain, by: family, carrying: transport)
      #expect(matrix.endpoints == golden.endpoints(in: domain, family))
      var count = 0
      for (sender, from) in matrix.endpoints.enumerated() {
        for (receiver, to) in matrix.endpoints.enumerated() {
          let isReached =
            sender != receiver && golden.reaches(to, from: from, transport)
          #expect(matrix.reaches(receiver, from: sender) == isReached, "\(from) to \(to)")
          if isReached { count += 1 }
        }
      }
      #expect(matrix.reachedCount == count)
      let all = matrix.endpoints.count * max(0, matrix.endpoints.count - 1)
      #expect(matrix.unreached.count == all - count)
    }
  }

  /// Ports with states, guards and basic lists, adapters with two addresses, and hosts with one
  /// provider address, which the oracle does not know: pair by pair they come out the same.
  @Test(arguments: IPFamily.allCases, UInt64(0)..<12)
  func `what is found at once is what is decided pair by pair`(
    family: IPFamily, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    var policy = try Self.network(family, 4 * seed + 2)
    FastPathTests.changePorts(of: &policy, &random)
    if seed % 3 == 0 {
      let doubled = policy.hosts[0].policy.providerAddresses[0]
      policy.hosts[1].policy.providerAddresses.append(doubled)
    }
    for host in policy.hosts.indices where seed % 2 == 0 {
      var records = Array(policy.hosts[host].policy.forwarding.lookupRecords)
      let (first, last) = (records.first { $0.isUnicast }, records.lastIndex { $0.isUnicast })
      if let first, let last { records[last].macAddress = first.macAddress }
      policy.hosts[host].policy.forwarding.lookupRecords = RecordList(records)
    }
    let network = CompiledNetwork(policy, warnings: [])
    for (domain, transport) in zip(Self.domains(), Self.transports) {
      let matrix = network.reach(in: domain, by: family, carrying: transport)
      let pair = PairDecision(
        routers: network.routers, owners: network.providers, transport: transport)
      for (sender, from) in matrix.endpoints.enumerated() {
        for (receiver, to) in matrix.endpoints.enumerated() where receiver != sender {
          #expect(
            matrix.reaches(receiver, from: sender) == pair.reaches(to, from: from),
            "\(from) to \(to)")
        }
      }
    }
  }

  /// Packets that hosts treat in ways of their own, and such as no network of the family has.
  @Test(arguments: IPFamily.allCases)
  func `so are pairs with odd packets`(family: IPFamily) throws {
    let transports: [Transport] = [
      .icmp(.echoRequest(identifier: 1, sequence: 1, data: [])),
      .icmpv6(.echoRequest(identifier: 1, sequence: 1, data: [])),
      .icmpv6(.routerAdvertisement(body: [0, 0, 0, 0])), .other(.tcp, data: [0, 53]),
      .other(IPProtocol(number: 253), data: []),
    ]
    for seed in UInt64(0)..<4 {
      let policy = try Self.network(family, seed)
      let (network, golden) = (CompiledNetwork(policy, warnings: []), GoldenPairs(policy))
      for transport in transports {
        let matrix = network.reach(
          in: RandomNetwork.domain(0), by: family, carrying: transport)
        for (sender, from) in matrix.endpoints.enumerated() {
          for (receiver, to) in matrix.endpoints.enumerated() where receiver != sender {
            #expect(
              matrix.reaches(receiver, from: sender) == golden.reaches(to, from: from, transport),
              "\(transport) from \(from) to \(to)")
          }
        }
      }
    }
  }

  @Test func `pairs are decided on in both ways, with both answers`() throws {
    var seen: Set<String> = []
    for family in IPFamily.allCases {
      for seed in UInt64(0)..<16 {
        let network = CompiledNetwork(try Self.network(family, seed), warnings: [])
        let matrix = network.reach(
          in: RandomNetwork.domain(0), by: family, carrying: Self.transports[0])
        for sender in matrix.endpoints.indices {
          let host = network.routers[matrix.endpoints[sender].host]
          let sweep = ReachSweep(
            matrix.endpoints, host.router, in: RandomNetwork.domain(0),
            by: PairDecision(
              routers: network.routers, owners: network.providers,
              transport: Self.transports[0]))
          let start = sweep.start(from: sender)
          for receiver in matrix.endpoints.indices where receiver != sender {
            let isPlain = start.map { sweep.isPlain(receiver, from: $0) } ?? false
            let isReached = matrix.reaches(receiver, from: sender)
            let staysHere = matrix.endpoints[receiver].host == matrix.endpoints[sender].host
            seen.insert(
              "\(isPlain ? "at once" : "by itself"), \(staysHere ? "here" : "there"), \(isReached)")
          }
        }
      }
    }
    #expect(seen.count == 8)
  }

  @Test func `the article's machines reach one another, and nobody reaches whom a rule guards`()
    throws
  {
    let article = try Article(.v4)
    var policy = try article.policy()
    func matrix() throws -> ReachMatrix {
      try CompiledNetwork(policy).reach(
        in: article.tenant, by: .v4, carrying: Self.transports[0])
    }
    let open = try matrix()
    let count = open.endpoints.count
    #expect(count > 2)
    #expect(open.unreached.isEmpty)
    let (host, port) = (open.endpoints[0].host, open.endpoints[0].port)
    policy.hosts[host].policy.ports[port].accessRules = [
      AccessRule(name: "nobody", action: .deny, direction: .inbound, weight: 1)
    ]
    let guarded = try matrix()
    #expect(guarded.unreached.map(\.receiver) == Array(repeating: 0, count: count - 1))
    #expect(!guarded.reaches(0, from: 1))
    #expect(guarded.reaches(1, from: 0))
  }

  @Test func `nobody is in a routing domain that no route names`() throws {
    let article = try Article(.v4)
    let matrix = try CompiledNetwork(article.policy()).reach(
      in: RoutingDomainID(bits: 99), by: .v4, carrying: Self.transports[0])
    #expect(matrix.endpoints.isEmpty)
    #expect(matrix.unreached.isEmpty)
    #expect(matrix.reachedCount == 0)
  }
}

/// Pairs by going through the lists of the policies each time.
private struct GoldenPairs {
  let hosts: [GoldenRouter]

  init(_ policy: NetworkPolicy) {
    hosts = policy.hosts.map { GoldenRouter(host: $0.policy, settings: policy.settings) }
  }

  func endpoints(in domain: RoutingDomainID, _ family: IPFamily) -> [ReachMatrix.Endpoint] {
    var endpoints: [ReachMatrix.Endpoint] = []
    for (number, golden) in hosts.enumerated() {
      let ports = golden.host.ports.enumerated().compactMap { port in
        port.element.virtualSubnetID.map { (port.offset, port.element, $0) }
      }.sorted { ($0.2.number, $0.0) < ($1.2.number, $1.0) }
      for (index, port, subnet) in ports where golden.domain(of: subnet) == domain {
        let addresses = golden.records.indices.filter {
          let record = golden.records[$0]
          return golden.record(record.customerAddress, subnet) == $0
            && record.virtualSubnetID == subnet && record.macAddress == port.macAddress
            && record.isUnicast && record.customerAddress.family == family
            && !golden.isGateway(record)
        }.map { golden.records[$0].customerAddress }
        for address in addresses.sorted() {
          endpoints.append(
            ReachMatrix.Endpoint(
              host: number, port: index, virtualSubnetID: subnet, address: address))
        }
      }
    }
    return endpoints
  }

  func reaches(
    _ receiver: ReachMatrix.Endpoint, from sender: ReachMatrix.Endpoint, _ transport: Transport
  ) -> Bool {
    let golden = hosts[sender.host]
    let port = golden.host.ports[sender.port]
    guard let subnet = port.virtualSubnetID,
      let packet = IPPacket(
        from: sender.address, to: receiver.address, timeToLive: 64, transport: transport),
      let domain = golden.domain(of: subnet),
      let nextHop = nextHop(
        receiver.address, golden,
        GoldenRouter.Origin(port: sender.port, subnet: subnet, domain: domain))
    else { return false }
    let frame = EthernetFrame(
      destination: nextHop, source: port.macAddress, payload: .ip(packet))
    let owner = { (address: IPAddress) in hosts.firstIndex { $0.isOurs(address) } }
    switch golden.decide(frame, from: sender.port).decision {
    case .deliver(let port, _): return sender.host == receiver.host && port == receiver.port
    case .encapsulate(let tunnel, let rewrite):
      guard owner(tunnel.destination) == receiver.host else { return false }
      let received = hosts[receiver.host].receive(
        rewrite.applied(to: frame), in: tunnel.virtualSubnetID, from: tunnel.source,
        at: tunnel.destination)
      return isDelivery(received, to: receiver.port)
    case .translate(let translation, let rewrite):
      guard owner(translation.nextHop) == receiver.host else { return false }
      let frame = rewrite.applied(to: frame)
      guard let packet = frame.packet else { return false }
      let sent = translation.source.map {
        packet.readdressed(from: $0, to: translation.nextHop)
      }
      return isDelivery(
        hosts[receiver.host].receiveTranslated(frame, sent ?? packet).outcome, to: receiver.port)
    default: return false
    }
  }

  private func isDelivery(_ outcome: Outcome, to port: Int) -> Bool {
    if case .deliver(port, _) = outcome.decision { true } else { false }
  }

  private func nextHop(
    _ address: IPAddress, _ golden: GoldenRouter, _ origin: GoldenRouter.Origin
  ) -> MACAddress? {
    let prefixes = golden.prefixes(of: origin.subnet)
    if prefixes.contains(where: { $0.contains(address) }) {
      return golden.proxied(address, origin).map { golden.records[$0].macAddress }
    }
    for prefix in prefixes where prefix.address.family == address.family {
      if let gateway = prefix.gatewayAddress, let record = golden.record(gateway, origin.subnet) {
        return golden.records[record].macAddress
      }
    }
    return nil
  }
}
