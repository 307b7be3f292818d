import HNVCore

extension TenantNetwork {
  /// A host's policy around records and routes that hosts share.
  func hostPolicy(_ host: Int, _ forwarding: ForwardingPolicy) -> HostPolicy {
    let rules = accessRules
    let ports = stride(from: host, to: machineCount, by: hostCount).map { machine in
      VMPort(
        vmName: "", macAddress: macAddress(of: machine), virtualSubnetID: subnet(of: machine),
        accessRules: rules)
    }
    return HostPolicy(
      forwarding: forwarding,
      providerAddresses: [ProviderAddress(providerAddress(of: host), prefixLength: 12)],
      ports: ports)
  }

  /// The whole network, all of whose hosts were told the same.
  func policy() -> NetworkPolicy {
    let forwarding = forwarding()
    return NetworkPolicy(
      hosts: (0..<hostCount).map { host in
        NetworkPolicy.Host("hv\(host + 1)", policy: hostPolicy(host, forwarding))
      })
  }

  private var accessRules: [AccessRule] {
    var rules: [AccessRule] = []
    for direction in AccessRule.Direction.allCases {
      for number in 0..<ruleCount {
        let isLast = number == ruleCount - 1
        let ports = UInt16(1_000 + number * 10)...UInt16(1_009 + number * 10)
        rules.append(
          AccessRule(
            name: "", action: isLast ? .allow : .deny, direction: direction,
            ipProtocol: isLast ? nil : .tcp, remotePorts: isLast ? nil : ports,
            weight: UInt16(100 - number)))
      }
    }
    return rules
  }
}
