/// Who owns which provider address, and where each port is.
struct HostDirectory {
  let providers: ProviderOwners
  private(set) var duplicatePorts: [Diagnostic] = []
  private var portHosts: [AdapterKey: Int] = [:]
  let hosts: [NetworkPolicy.Host]

  init(_ view: PolicyView) {
    hosts = view.hosts
    providers = view.providers
    for number in view.hostsWithPorts {
      let host = hosts[number]
      for (index, port) in view.ports(of: number) {
        guard let subnet = port.virtualSubnetID else { continue }
        let key = AdapterKey(subnet: subnet, address: port.macAddress)
        guard let other = portHosts.updateValue(number, forKey: key), other != number
        else { continue }
        duplicatePorts.append(
          Diagnostic(
            .duplicatePort, in: .entry(.port, index: index, host: host.name),
            value: "\(port.macAddress)",
            "\(port.macAddress) in virtual subnet \(subnet) has a port on \(hosts[other].name) as"
              + " well"))
      }
    }
  }

  /// The host on which the port of a record's machine is; `nil` when no host has it.
  func host(of record: LookupRecord) -> Int? {
    portHosts[AdapterKey(record)]
  }
}
