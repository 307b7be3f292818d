/// The same packet from one machine to all others of a routing domain, for hosts that share what
/// they were told.
///
/// What hangs on the sender alone or on the receiver alone is looked up once for all pairs, access
/// rules included, up to what they ask of the peer's address. Of a packet on the fast path
/// (`HostRouter.fastMatch`) there is then no more to ask than that; a pair that is not like that is
/// decided on by itself.
struct ReachSweep {
  let router: DistributedRouter
  private let endpoints: [ReachMatrix.Endpoint]
  private let pair: PairDecision
  private var receivers: [Receiver] = []
  /// What the ports of receivers have left to ask of senders, one receiver's behind the other's.
  private var inbound: [FilterRule.Remainder] = []

  /// A machine as packets for it see it.
  private struct Receiver {
    let address: AddressWords
    let host: UInt32
    let subnet: VirtualSubnetID
    /// What its port says to senders.
    let inbound: Answer
    /// Whether a packet on the fast path for the machine comes to its port, if rules let it.
    let isPlain: Bool
  }

  /// A sender whose packets take the fast path.
  struct Start {
    fileprivate let address: AddressWords
    fileprivate let host: UInt32
    fileprivate let subnet: VirtualSubnetID
    /// Whether the sender can leave its subnet, and its host.
    fileprivate let hasGateway: Bool
    fileprivate let hasProvider: Bool
    /// What its port says to receivers, and has left to ask of them.
    fileprivate let outbound: Answer
    fileprivate let questions: [FilterRule.Remainder]
  }

  /// What the rules of a port say when all of a packet is known but the peer's address, and no flow
  /// is open.
  fileprivate enum Answer {
    /// The same to all.
    case settled(Bool)
    /// That hangs on the questions from a place on, of which the last concerns all.
    case asks(from: Int)

    init(_ questions: [FilterRule.Remainder], from place: Int) {
      let says = questions.last?.allows ?? true
      self = questions.allSatisfy { $0.allows == says } ? .settled(says) : .asks(from: place)
    }

    @inline(__always)
    func allows(_ peer: AddressWords, _ questions: Span<FilterRule.Remainder>) -> Bool {
      switch self {
      case .settled(let says): return says
      case .asks(var place):
        while !questions[place].matches(peer) { place += 1 }
        return questions[place].allows
      }
    }
  }

  init(
    _ endpoints: [ReachMatrix.Endpoint], _ router: DistributedRouter, in domain: RoutingDomainID,
    by pair: PairDecision
  ) {
    self.router = router
    self.endpoints = endpoints
    self.pair = pair
    let subnets = router.subnetEntries.filter { $0.routingDomainID == domain }
    for endpoint in endpoints { receivers.append(receiver(at: endpoint, among: subnets)) }
  }

  private mutating func receiver(
    at endpoint: ReachMatrix.Endpoint, among subnets: [SubnetEntry]
  ) -> Receiver {
    var (inbound, address) = (Answer.settled(false), AddressWords(0))
    let arrives = arrives(at: endpoint, among: subnets)
    if arrives, let packet = pair.header(of: endpoint) {
      let questions = pair.routers[endpoint.host].local.ports.remainders(
        packet, .inbound, at: endpoint.port)
      address = packet.destinationBits
      inbound = Answer(questions, from: self.inbound.count)
      if case .asks = inbound { self.inbound += questions }
    }
    return Receiver(
      address: address, host: UInt32(truncatingIfNeeded: endpoint.host),
      subnet: endpoint.virtualSubnetID, inbound: inbound, isPlain: arrives)
  }

  /// Whether a packet on the fast path for a machine comes to its port.
  private func arrives(
    at endpoint: ReachMatrix.Endpoint, among subnets: [SubnetEntry]
  ) -> Bool {
    let (host, address) = (pair.routers[endpoint.host], endpoint.address)
    guard host.router === router, !host.local.ports.hasBasicRules(endpoint.port) else {
      return false
    }
    let holders = subnets.filter {
      router.virtualSubnets[$0.identifier]?.contains(address) ?? false
    }
    // A guest knows by the prefix whether to address the machine or the gateway.
    guard holders.count == 1, holders[0].identifier == endpoint.virtualSubnetID,
      !router.isBroadcast(address, of: holders[0])
    else { return false }
    let record = router.index.hostRoute(for: address, in: holders[0].domain)
    guard !record.isNone, record.virtualSubnetID == endpoint.virtualSubnetID, !record.isGateway,
      !record.macAddress.isMulticast,
      host.port(for: record.macAddress, in: record.virtualSubnetID) == endpoint.port
    else { return false }
    let location = router.location(of: record)
    return location.rule == .encap && pair.owners.diagnostics.isEmpty
      && pair.owners.hosts[location.providerAddress] == endpoint.host
  }

  /// What hangs on a sender; `nil` where its packets take the slow path.
  func start(from sender: Int) -> Start? {
    let endpoint = endpoints[sender]
    let host = pair.routers[endpoint.host]
    let mac = host.ports[endpoint.port].macAddress
    guard router.allowsFastPath, host.local.ports.line(endpoint.port).allowsFastPath,
      let packet = pair.header(of: endpoint), packet.kind == .plain,
      let subnet = host.subnet(ofPort: endpoint.port), !router.mayLearn(from: mac, in: subnet)
    else { return nil }
    let own = router.index.host(
      for: endpoint.address, of: subnet.identifier, in: subnet.domain)
    guard !own.isNone, own.macAddress == mac else { return nil }
    let questions = host.local.ports.remainders(packet, .outbound, at: endpoint.port)
    return Start(
      address: packet.sourceBits, host: UInt32(truncatingIfNeeded: endpoint.host),
      subnet: subnet.identifier,
      hasGateway: router.gatewayMAC(of: subnet, family: endpoint.address.family) != nil,
      hasProvider: host.owns(router.location(of: own).providerAddress),
      outbound: Answer(questions, from: 0), questions: questions)
  }

  /// Decides on the packet from a sender to every other endpoint.
  func run(from sender: Int, into matrix: inout ReachMatrix) {
    guard let start = start(from: sender) else {
      return matrix.fill(from: sender) {
        pair.reaches(endpoints[$0], from: endpoints[sender])
      }
    }
    let (inbound, outbound) = (inbound.span, start.questions.span)
    matrix.fill(from: sender) { place in
      guard isPlain(place, from: start) else {
        return pair.reaches(endpoints[place], from: endpoints[sender])
      }
      return start.outbound.allows(receivers[place].address, outbound)
        && receivers[place].inbound.allows(start.address, inbound)
    }
  }

  /// Whether no more than rules decide on a packet to a receiver.
  @inline(__always)
  func isPlain(_ place: Int, from start: Start) -> Bool {
    let receiver = receivers[place]
    return receiver.isPlain && (receiver.subnet == start.subnet || start.hasGateway)
      && (receiver.host == start.host || start.hasProvider)
  }
}
