/// Finds what some hosts hold and others, which take part in the same routing domain, do not.
///
/// Policy that did not reach every host is the failure that Microsoft lists first for real HNV
/// deployments. Hosts without machines of a routing domain need none of its policy.
struct DeliveryCheck {
  let hosts: [NetworkPolicy.Host]
  let groups: [PolicyGroup]

  func faults() -> [Fault] {
    guard groups.count > 1 else { return [] }
    let domains = domainsOfSubnets()
    var faults: [Fault] = []
    for group in groups {
      let records = Set(group.policy.lookupRecords.map { $0.key })
      let routes = Set(group.policy.customerRoutes.map { $0.key })
      for host in group.hosts {
        let served = servedDomains(host, domains)
        guard !served.isEmpty else { continue }
        faults += missingRecords(host, records, served, domains)
        faults += missingRoutes(host, routes, served)
      }
    }
    return faults
  }

  private func domainsOfSubnets() -> [VirtualSubnetID: RoutingDomainID] {
    var domains: [VirtualSubnetID: RoutingDomainID] = [:]
    for group in groups {
      for subnet in group.virtualSubnets.values where domains[subnet.identifier] == nil {
        domains[subnet.identifier] = subnet.routingDomainID
      }
    }
    return domains
  }

  private func servedDomains(
    _ host: Int, _ domains: [VirtualSubnetID: RoutingDomainID]
  ) -> Set<RoutingDomainID> {
    var served: Set<RoutingDomainID> = []
    for port in hosts[host].policy.ports {
      if let subnet = port.virtualSubnetID, let domain = domains[subnet] { served.insert(domain) }
    }
    return served
  }

  private func missingRecords(
    _ host: Int, _ held: Set<LookupRecord.Key>, _ served: Set<RoutingDomainID>,
    _ domains: [VirtualSubnetID: RoutingDomainID]
  ) -> [Fault] {
    var reported = held
    var faults: [Fault] = []
    for group in groups {
      // A wildcard belongs to the gateway's own host (Microsoft's 2012 R2 guide installs it there).
      for (index, record) in group.policy.lookupRecords.enumerated()
      where record.type == .static && record.isUnicast {
        guard let domain = domains[record.virtualSubnetID], served.contains(domain),
          reported.insert(record.key).inserted
        else { continue }
        let name = record.vmName.isEmpty ? "" : " (\(record.vmName))"
        faults.append(
          Fault(
            .undeliveredRecord, in: group.subject(.lookupRecord, index),
            value: "\(record.customerAddress)",
            "\(hosts[host].name) has no lookup record for \(record.customerAddress)\(name) in"
              + " virtual subnet \(record.virtualSubnetID); \(group.name) has",
            mend: "deliver the record to \(hosts[host].name)"))
      }
    }
    return faults
  }

  private func missingRoutes(
    _ host: Int, _ held: Set<CustomerRoute.Key>, _ served: Set<RoutingDomainID>
  ) -> [Fault] {
    var reported = held
    var faults: [Fault] = []
    for group in groups {
      for (index, route) in group.policy.customerRoutes.enumerated() {
        guard served.contains(route.routingDomainID), reported.insert(route.key).inserted
        else { continue }
        faults.append(
          Fault(
            .undeliveredRoute, in: group.subject(.customerRoute, index),
            value: "\(route.destinationPrefix)",
            "\(hosts[host].name) has no customer route to \(route.destinationPrefix) by"
              + " \(route.nextHop); \(group.name) has",
            mend: "deliver the route to \(hosts[host].name)"))
      }
    }
    return faults
  }
}
