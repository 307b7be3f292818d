import HNVCore

/// Where the lab says what hosts have in their tables.
extension HNVNetwork {
  /// The place of a host's record; `nil` for one that the host learned.
  func place(of record: LookupRecord, on host: String) -> Place? {
    let alike = tables(of: host).flatMap { tables, places in
      let records = tables.policy.lookupRecords
      return tables.records(of: record.customerAddress).filter {
        records[$0].virtualSubnetID == record.virtualSubnetID && records[$0].type == record.type
      }.map { (macAddress: records[$0].macAddress, place: places.records[$0]) }
    }
    // The record of a shared address has the MAC address of whoever has it by now.
    return (alike.first { $0.macAddress == record.macAddress } ?? alike.first)?.place
  }

  /// The place of a host's customer route.
  func place(of route: CustomerRoute, on host: String) -> Place? {
    for (tables, places) in tables(of: host) {
      if let own = tables.policy.customerRoutes.firstIndex(of: route) { return places.routes[own] }
    }
    return nil
  }

  /// The place of the adapter that a port belongs to.
  func place(of port: VMPort) -> Place? {
    guard case .machine(let machine) = intent.elements[port.vmName] else { return nil }
    let interfaces = intent.machines[machine].interfaces
    let index = interfaces.indices.first { adapter(of: machine, $0)?.isThat(of: port) ?? false }
    return index.map { interfaces[$0].place }
  }

  /// What a host has at the start, and what it may be given later, each with its places.
  private func tables(
    of host: String
  ) -> [(tables: DistributedRouter, places: HNVOrigins.Forwarding)] {
    guard case .host(let index) = intent.elements[host], let common else { return [] }
    let origins = derivation.origins
    return [(routers[index].router, origins.forwarding(of: host)), (common, origins.common)]
  }
}
