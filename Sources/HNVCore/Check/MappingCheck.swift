/// Checks that an adapter which serves several routing domains keeps them apart.
struct MappingCheck {
  let group: PolicyGroup
  let view: PolicyView

  func diagnostics() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for number in group.hosts {
      let host = view.hosts[number]
      for (index, port) in view.ports(of: number) {
        guard let mapped = port.routingDomainID, let identifier = port.virtualSubnetID,
          let subnet = group.virtualSubnets[identifier], subnet.routingDomainID != mapped
        else { continue }
        diagnostics.append(
          Diagnostic(
            .mappedDomain, in: .entry(.port, index: index, host: host.name), value: "\(mapped)",
            "the port of \(port.vmName) maps virtual subnet \(identifier) to \(mapped), and its"
              + " customer routes say that it belongs to \(subnet.routingDomainID)"))
      }
    }
    return diagnostics
  }
}
