/// Checks that the subnet of an external gateway holds gateways only, where the setting asks for it.
struct ExternalGatewayCheck {
  let group: PolicyGroup
  let settings: Settings

  func faults() -> [Fault] {
    switch settings.externalGateway {
    case .anySubnet: return []
    case .ownSubnet:
      let resolved = group.resolvedNextHops
      if resolved.isEmpty { return [] }
      let neighbors = self.neighbors()
      var faults: [Fault] = []
      for (index, route) in group.routes {
        // A next hop without a record is no gateway yet, and a fault of its own.
        guard let gateway = SubnetAddress(nextHopOf: route), resolved.contains(gateway),
          let neighbor = neighbors[gateway.subnet]
        else { continue }
        faults.append(fault(gateway, neighbor, index))
      }
      return faults
    }
  }

  /// The first machine of each virtual subnet that no route has for its next hop.
  private func neighbors() -> [VirtualSubnetID: LookupRecord] {
    let gateways = self.gateways()
    var neighbors: [VirtualSubnetID: LookupRecord] = [:]
    for (_, record) in group.records
    where record.isUnicast && neighbors[record.virtualSubnetID] == nil
      && !gateways.contains(AdapterKey(record)) && !group.isGatewayAddress(record)
    {
      neighbors[record.virtualSubnetID] = record
    }
    return neighbors
  }

  /// The machines that some route has for its next hop, whatever other addresses they have.
  private func gateways() -> Set<AdapterKey> {
    let nextHops = group.nextHops
    var gateways: Set<AdapterKey> = []
    for (_, record) in group.records where nextHops.contains(SubnetAddress(record)) {
      gateways.insert(AdapterKey(record))
    }
    return gateways
  }

  private func fault(_ gateway: SubnetAddress, _ neighbor: LookupRecord, _ index: Int) -> Fault {
    let name = neighbor.vmName.isEmpty ? "" : "\(neighbor.vmName) at "
    return Fault(
      .externalGatewaySubnet, in: group.subject(.customerRoute, index), value: "\(gateway.address)",
      "the gateway \(gateway.address) shares virtual subnet \(gateway.subnet) with"
        + " \(name)\(neighbor.customerAddress)")
  }
}
