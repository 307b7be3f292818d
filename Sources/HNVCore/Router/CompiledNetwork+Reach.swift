/// All pairs of a routing domain.
extension CompiledNetwork {
  /// Who reaches whom in a routing domain with a packet of some family and content.
  ///
  /// Each pair is decided on as ``HostRouter`` decides on hosts that no packet has passed: by the
  /// sender's host, and where the packet leaves it by the receiver's. The sender's guest addresses
  /// its frame as it must: to the MAC address that its host answers for the receiver, or for the
  /// gateway where the receiver is beyond the subnet's prefixes; without an answer it sends
  /// nothing. The ARP or ND request itself is not simulated: no rule applies to it, and nothing is
  /// flooded for a receiver whose MAC address alone is known. The underlay delivers packets of any
  /// size. A stateful rule applies as to a first packet, and the receiver's reply is not decided
  /// on.
  ///
  /// The machines are those with a port on a host whose own records give the port an address. None
  /// has one in a routing domain without routes.
  ///
  /// - Complexity: O(*n*²) for *n* endpoints, in time and in bits: some nanoseconds for each pair
  ///   whose hosts share their policy, whose ports have no basic list, whose sender has no
  ///   guard, and under settings that in what concerns them are those of Windows Server 2012 R2 or
  ///   2016; a microsecond and more for others.
  public func reach(
    in domain: RoutingDomainID, by family: IPFamily, carrying transport: Transport
  ) -> ReachMatrix {
    let endpoints = endpoints(in: domain, family)
    var matrix = ReachMatrix(endpoints)
    let pair = PairDecision(routers: routers, owners: providers, transport: transport)
    let senderGroups = Dictionary(grouping: endpoints.indices) {
      ObjectIdentifier(routers[endpoints[$0].host].router)
    }
    for senders in senderGroups.values {
      let router = routers[endpoints[senders[0]].host].router
      let sweep = ReachSweep(endpoints, router, in: domain, by: pair)
      for sender in senders { sweep.run(from: sender, into: &matrix) }
    }
    return matrix
  }

  private func endpoints(
    in domain: RoutingDomainID, _ family: IPFamily
  ) -> [ReachMatrix.Endpoint] {
    var addresses: [ObjectIdentifier: [AdapterKey: [IPAddress]]] = [:]
    var subnets: Set<VirtualSubnetID> = []
    for router in groups.routers {
      addresses[ObjectIdentifier(router)] = router.addresses(in: domain, family)
      for subnet in router.subnetEntries where subnet.routingDomainID == domain {
        subnets.insert(subnet.identifier)
      }
    }
    let hosts = subnets.reduce(into: Set<Int>()) { $0.formUnion(subnetHosts.hosts(in: $1)) }
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
