/// Checks that customer routes are distinct, and that their next hops are machines with a record.
struct RouteCheck {
  let group: PolicyGroup

  func faults() -> [Fault] {
    let resolved = group.resolvedAddresses
    var faults: [Fault] = []
    var seen: [CustomerRoute.Key: Int] = [:]
    for (index, route) in group.policy.customerRoutes.enumerated() {
      let subject = group.subject(.customerRoute, index)
      if let first = seen.updateValue(index, forKey: route.key) {
        faults.append(
          Fault(
            .doubledEntry, in: subject, value: "\(route.destinationPrefix)",
            "it repeats customer route \(first + 1)"))
      }
      if let fault = nextHop(of: route, subject, resolved) { faults.append(fault) }
    }
    return faults
  }

  private func nextHop(
    of route: CustomerRoute, _ subject: Subject, _ resolved: Set<SubnetAddress>
  ) -> Fault? {
    if let fault = route.nextHop.fault(for: route.destinationPrefix, in: subject) { return fault }
    guard let target = SubnetAddress(nextHopOf: route), !resolved.contains(target)
    else { return nil }
    return Fault(
      .unresolvedNextHop, in: subject, value: "\(target.address)",
      "no lookup record resolves \(target.address), the next hop to \(route.destinationPrefix),"
        + " in virtual subnet \(target.subnet)")
  }
}

extension NextHop {
  /// What is wrong with this next hop for a prefix; `nil` for an address of one machine and of the
  /// prefix's family.
  func fault(for prefix: IPPrefix, in subject: Subject) -> Fault? {
    guard case .via(let address) = self, address.family != prefix.family || !address.isOneMachine
    else { return nil }
    return Fault(
      .routeForm, in: subject, value: "\(address)", "\(address) cannot be the next hop to \(prefix)"
    )
  }
}

/// An address as records are looked up by it: that of a virtual subnet.
struct SubnetAddress: Hashable {
  let subnet: VirtualSubnetID
  let address: IPAddress

  init(_ record: LookupRecord) {
    subnet = record.virtualSubnetID
    address = record.customerAddress
  }

  /// `nil` for a route that is on-link.
  init?(nextHopOf route: CustomerRoute) {
    guard case .via(let address) = route.nextHop else { return nil }
    subnet = route.virtualSubnetID
    self.address = address
  }
}

extension PolicyGroup {
  /// The addresses that some record resolves.
  var resolvedAddresses: Set<SubnetAddress> {
    var resolved: Set<SubnetAddress> = []
    for record in policy.lookupRecords where record.isUnicast && !record.isUnusable {
      resolved.insert(SubnetAddress(record))
    }
    return resolved
  }
}
