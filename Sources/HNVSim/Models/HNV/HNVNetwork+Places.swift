import HNVCore

/// Where the lab says what hosts have in their tables.
extension HNVNetwork {
  /// The place of an entry of a host's tables; `nil` for a record that the host learned.
  ///
  /// - Complexity: O(1) while the host has what it had at the start, else O(*n*) for *n* customer
  ///   routes, or for *n* routing domains where the host has a record of nobody else.
  func place(of entry: RouteEntry, in tables: DistributedRouter, on host: String) -> Place? {
    // Most hosts have what all have.
    if tables === common, derivation.origins.deviating[host] == nil {
      return derivation.origins.common.place(of: entry)
    }
    let known = self.tables(of: host)
    if let (_, places) = known.first(where: { $0.tables === tables }) {
      return places.place(of: entry)
    }
    switch entry {
    case .record(let index): return place(of: tables.policy.lookupRecords[index], in: known)
    case .route(let index):
      let route = tables.policy.customerRoutes[index]
      for (tables, places) in known {
        if let own = tables.policy.customerRoutes.firstIndex(of: route) {
          return places.routes[own]
        }
      }
      return nil
    }
  }

  /// The place of a record that a host was given after the start.
  private func place(
    of record: LookupRecord, in known: [(tables: DistributedRouter, places: HNVOrigins.Forwarding)]
  ) -> Place? {
    for (tables, places) in known {
      guard let own = tables.record(for: record.customerAddress, in: record.virtualSubnetID)
      else { continue }
      let found = tables.policy.lookupRecords[own]
      if (found.virtualSubnetID, found.macAddress, found.type)
        == (record.virtualSubnetID, record.macAddress, record.type)
      {
        return places.records[own]
      }
    }
    let alike = known.flatMap { tables, places in
      let records = tables.policy.lookupRecords
      return tables.records(of: record.customerAddress).filter {
        records[$0].virtualSubnetID == record.virtualSubnetID && records[$0].type == record.type
      }.map { (macAddress: records[$0].macAddress, place: places.records[$0]) }
    }
    // The record of a shared address has the MAC address of whoever has it by now.
    return (alike.first { $0.macAddress == record.macAddress } ?? alike.first)?.place
  }

  /// The place of the adapter that a port belongs to.
  func place(of port: VMPort) -> Place? {
    adapter(of: port).map { intent.machines[$0.machine].interfaces[$0.index].place }
  }

  /// The adapter that a port belongs to, by its machine and its number there.
  func adapter(of port: VMPort) -> (machine: Int, index: Int)? {
    guard case .machine(let machine) = intent.elements[port.vmName] else { return nil }
    let index = intent.machines[machine].interfaces.indices.first {
      adapter(of: machine, $0)?.isThat(of: port) ?? false
    }
    return index.map { (machine, $0) }
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

extension HNVOrigins.Forwarding {
  fileprivate func place(of entry: RouteEntry) -> Place {
    switch entry {
    case .record(let index): records[index]
    case .route(let index): routes[index]
    }
  }
}
