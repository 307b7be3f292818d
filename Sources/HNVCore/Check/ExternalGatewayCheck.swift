/// Checks that the subnet of an external gateway holds gateways only, where the setting asks for it.
struct ExternalGatewayCheck {
  let group: PolicyGroup
  let settings: Settings

  func diagnostics() -> [Diagnostic] {
    switch settings.externalGateway {
    case .anySubnet: return []
    case .ownSubnet:
      let resolved = group.resolvedNextHops
      if resolved.isEmpty { return [] }
      let neighbors = self.neighbors()
      var diagnostics: [Diagnostic] = []
      for (index, route) in group.routes {
        // A next hop without a record is no gateway yet, and a diagnostic of its own.
        guard let gateway = SubnetAddress(nextHopOf: route), resolved.contains(gateway),
          let neighbor = neighbors[gateway.subnet]
        else { continue }
        diagnostics.append(diagnostic(gateway, neighbor, index))
      }
      return diagnostics
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

  private func diagnostic(_ gateway: SubnetAddress, _ neighbor: LookupRecord, _ index: Int)
    -> Diagnostic
  {
    let name = neighbor.vmName.isEmpty ? "" : "\(neighbor.vmName) at "
    return Diagnostic(
      .externalGatewaySubnet, in: group.subject(.customerRoute, index), value: "\(gateway.address)",
      "the gateway \(gateway.address) shares virtual subnet \(gateway.subnet) with"
        + " \(name)\(neighbor.customerAddress)")
  }
}
