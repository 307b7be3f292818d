/// The same packet from one machine to all others of a routing domain, for hosts that share what
/// they were told.
///
/// What hangs on the sender alone or on the receiver alone is looked up once for all pairs, access
/// rules included, up to what they ask of the peer's address. Of an ordinary packet
/// (`HostRouter.ordinary`) there is then no more to ask than that; a pair that is not like that is
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
    let address: UInt128
    let host: UInt32
    let subnet: VirtualSubnetID
    /// Where the questions of its port begin.
    let questions: UInt32
    /// Whether an ordinary packet for the machine comes to its port, if rules let it.
    let isPlain: Bool
  }

  /// A sender of ordinary packets.
  struct Start {
    fileprivate let address: UInt128
    fileprivate let host: UInt32
    fileprivate let subnet: VirtualSubnetID
    /// Whether the sender can leave its subnet, and its host.
    fileprivate let hasGateway: Bool
    fileprivate let hasProvider: Bool
    /// What its port has left to ask of receivers.
    fileprivate let questions: [FilterRule.Remainder]
  }

  init(
    _ endpoints: [ReachMatrix.Endpoint], _ router: DistributedRouter, in domain: RoutingDomainID,
    by pair: PairDecision
  ) {
    self.router = router
    self.endpoints = endpoints
    self.pair = pair
    let subnets = router.subnetEntries.filter { $0.routingDomainID == domain }
    for endpoint in endpoints {
      guard let packet = pair.header(of: endpoint) else { continue }
      receivers.append(
        Receiver(
          address: packet.destinationBits, host: UInt32(truncatingIfNeeded: endpoint.host),
          subnet: endpoint.virtualSubnetID, questions: UInt32(truncatingIfNeeded: inbound.count),
          isPlain: isPlain(endpoint, among: subnets)))
      inbound += pair.routers[endpoint.host].local.ports.remainders(
        packet, .inbound, at: endpoint.port)
    }
  }

  private func isPlain(
    _ endpoint: ReachMatrix.Endpoint, among subnets: [SubnetEntry]
  ) -> Bool {
    let (host, address) = (pair.routers[endpoint.host], endpoint.address)
    let holders = subnets.filter {
      router.virtualSubnets[$0.identifier]?.contains(address) ?? false
    }
    // A guest knows by the prefix whether to address the machine or the gateway.
    guard holders.count == 1, holders[0].identifier == endpoint.virtualSubnetID,
      host.router === router, host.local.ports.isOrdinary(endpoint.port),
      !router.isBroadcast(address, of: holders[0])
    else { return false }
    let record = router.index.hostRoute(for: address, in: holders[0].domain)
    guard !record.isNone, record.virtualSubnetID == endpoint.virtualSubnetID, !record.isGateway,
      !record.macAddress.isMulticast,
      host.port(for: record.macAddress, in: record.virtualSubnetID) == endpoint.port
    else { return false }
    let location = router.location(of: record)
    return location.rule == .encap && pair.owners.faults.isEmpty
      && pair.owners.hosts[location.providerAddress] == endpoint.host
  }

  /// What hangs on a sender; `nil` where its packets are not ordinary.
  func start(from sender: Int) -> Start? {
    let endpoint = endpoints[sender]
    let host = pair.routers[endpoint.host]
    let mac = host.ports[endpoint.port].macAddress
    guard router.isOrdinary, host.local.ports.isOrdinary(endpoint.port),
      let packet = pair.header(of: endpoint), packet.kind == .plain,
      let subnet = host.subnet(ofPort: endpoint.port), !router.mayLearn(from: mac, in: subnet)
    else { return nil }
    let own = router.index.host(
      for: endpoint.address, of: subnet.identifier, in: subnet.domain)
    guard !own.isNone, own.macAddress == mac else { return nil }
    return Start(
      address: packet.sourceBits, host: UInt32(truncatingIfNeeded: endpoint.host),
      subnet: subnet.identifier,
      hasGateway: router.gatewayMAC(of: subnet, family: endpoint.address.family) != nil,
      hasProvider: host.owns(router.location(of: own).providerAddress),
      questions: host.local.ports.remainders(packet, .outbound, at: endpoint.port))
  }

  /// Decides on the packet from a sender to every other endpoint.
  func run(from sender: Int, into matrix: inout ReachMatrix) {
    let start = start(from: sender)
    for first in stride(from: 0, to: endpoints.count, by: ReachMatrix.wordLength) {
      var word: UInt64 = 0
      for place in first..<min(first + ReachMatrix.wordLength, endpoints.count) {
        let isReached =
          if let start, isPlain(place, from: start) {
            asks(start, about: place)
          } else {
            pair.reaches(endpoints[place], from: endpoints[sender])
          }
        word |= (isReached && place != sender ? 1 : 0) << UInt64(place - first)
      }
      matrix.note(word, at: first, from: sender)
    }
  }

  /// What the rules of both ports say of a packet.
  @inline(__always)
  private func asks(_ start: Start, about place: Int) -> Bool {
    let receiver = receivers[place]
    return Self.answer(start.questions, from: 0, about: receiver.address)
      && Self.answer(inbound, from: Int(receiver.questions), about: start.address)
  }

  /// Whether no more than rules decide on a packet to a receiver.
  @inline(__always)
  func isPlain(_ place: Int, from start: Start) -> Bool {
    let receiver = receivers[place]
    return receiver.isPlain && (receiver.subnet == start.subnet || start.hasGateway)
      && (receiver.host == start.host || start.hasProvider)
  }

  /// What the first of some questions that concerns an address says; the last concerns all.
  @inline(__always)
  private static func answer(
    _ questions: [FilterRule.Remainder], from first: Int, about peer: UInt128
  ) -> Bool {
    var place = first
    while !questions[place].matches(peer) { place += 1 }
    return questions[place].allows
  }
}
