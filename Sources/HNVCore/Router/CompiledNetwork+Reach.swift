/// All pairs of a routing domain.
extension CompiledNetwork {
  /// Who reaches whom in a routing domain with a packet of some family and content.
  ///
  /// Each pair is decided on as ``HostRouter`` decides on hosts that no packet has passed: by the
  /// sender's host, and where the packet leaves it by the receiver's. The sender's guest addresses
  /// its frame as it must: to the MAC address that its host answers for the receiver, or for the
  /// gateway where the receiver is beyond the subnet's prefixes; without an answer it sends nothing.
  /// The underlay delivers whatever it is given, of any size.
  ///
  /// The machines are those with a port on a host whose own records give the port an address. None
  /// has one in a routing domain without routes.
  ///
  /// - Complexity: O(*n*²) for *n* endpoints: some nanoseconds for each pair whose hosts share what
  ///   they were told, under settings that are those of a release but for what does not concern
  ///   such packets; a microsecond and more for others.
  public func reach(
    in domain: RoutingDomainID, by family: IPFamily, carrying transport: Transport
  ) -> ReachMatrix {
    let endpoints = endpoints(in: domain, family)
    var matrix = ReachMatrix(endpoints)
    let pair = PairDecision(routers: routers, owners: providers, transport: transport)
    var sweeps: [ObjectIdentifier: ReachSweep] = [:]
    for sender in endpoints.indices {
      let router = routers[endpoints[sender].host].router
      let sweep =
        sweeps[ObjectIdentifier(router)]
        ?? ReachSweep(endpoints, router, in: domain, by: pair)
      sweeps[ObjectIdentifier(router)] = sweep
      sweep.run(from: sender, into: &matrix)
    }
    return matrix
  }

  private func endpoints(
    in domain: RoutingDomainID, _ family: IPFamily
  ) -> [ReachMatrix.Endpoint] {
    var addresses: [ObjectIdentifier: [AdapterKey: [IPAddress]]] = [:]
    var subnets: Set<VirtualSubnetID> = []
    for router in RouterPool.distinct(routers) {
      addresses[ObjectIdentifier(router)] = router.addresses(in: domain, family)
      for subnet in router.subnetEntries where subnet.routingDomainID == domain {
        subnets.insert(subnet.identifier)
      }
    }
    let hosts = subnets.reduce(into: Set<Int>()) { $0.formUnion(attendance.hosts(in: $1)) }
    let inOrder = subnets.sorted()
    return hosts.sorted().flatMap { host in
      inOrder.flatMap { subnet in
        routers[host].ports(in: subnet).flatMap { port in
          let mac = routers[host].ports[port].macAddress
          let known = addresses[ObjectIdentifier(routers[host].router)]
          return (known?[AdapterKey(subnet: subnet, address: mac)] ?? []).map {
            ReachMatrix.Endpoint(
              host: host, port: port, virtualSubnetID: subnet, address: $0)
          }
        }
      }
    }
  }
}

extension DistributedRouter {
  /// The addresses of a family that machines of a routing domain have by their records, in order.
  fileprivate func addresses(
    in domain: RoutingDomainID, _ family: IPFamily
  ) -> [AdapterKey: [IPAddress]] {
    guard let place = place(of: domain) else { return [:] }
    var addresses: [AdapterKey: [IPAddress]] = [:]
    for host in index.hosts(in: place) where !host.isGateway {
      let record = policy.lookupRecords[host.record]
      guard record.customerAddress.family == family else { continue }
      addresses[AdapterKey(record), default: []].append(record.customerAddress)
    }
    return addresses.mapValues { $0.sorted() }
  }
}
