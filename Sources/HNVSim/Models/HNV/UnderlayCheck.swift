import HNVCore

/// Finds what is wrong between the hosts' provider addresses and the underlay, without a packet.
struct UnderlayCheck {
  let intent: Intent
  let policy: NetworkPolicy
  let origins: HNVOrigins
  let sizes: GuestSizes

  private var underlay: Intent.Underlay { intent.underlay }

  func diagnostics() -> [Diagnostic] {
    checkRouters() + checkProviderAddresses() + checkMACAddresses()
      + UnderlaySplitCheck(intent: intent, sizes: sizes).diagnostics()
      + UnderlayMTUCheck(intent: intent, sizes: sizes).diagnostics()
  }

  /// The addresses of routers lie in networks, and nobody else has them.
  private func checkRouters() -> [Diagnostic] {
    guard !underlay.routers.isEmpty else { return [] }
    var owners: [IPAddress: String] = [:]
    for host in policy.hosts {
      for provider in host.policy.providerAddresses { owners[provider.address] = host.name }
    }
    var diagnostics: [Diagnostic] = []
    for router in underlay.routers {
      let subject = Subject.named("router \(router.name)")
      for interface in router.interfaces {
        let (address, place) = (interface.address.address, interface.address.place)
        if interface.network == nil {
          diagnostics.append(
            Diagnostic(
              .outsideUnderlay, in: subject, value: "\(address)",
              "\(address) of router \(router.name) is in no network of the underlay", at: place))
        }
        guard let owner = owners.updateValue(router.name, forKey: address) else { continue }
        diagnostics.append(
          Diagnostic(
            .duplicateProviderAddress, in: subject, value: "\(address)",
            "\(address) of router \(router.name) is also assigned to \(owner)",
            fix: "give one of them another address", at: place))
      }
    }
    return diagnostics
  }

  /// Provider addresses lie in networks, and in the segments of these.
  private func checkProviderAddresses() -> [Diagnostic] {
    guard !underlay.networks.isEmpty else { return [] }
    var diagnostics: [Diagnostic] = []
    for (number, host) in policy.hosts.enumerated() {
      for (index, provider) in host.policy.providerAddresses.enumerated() {
        let subject = Subject.entry(.providerAddress, index: index, host: host.name)
        let (address, place) = (provider.address, origins.place(of: subject))
        guard let network = underlay.network(of: address) else {
          diagnostics.append(
            Diagnostic(
              .outsideUnderlay, in: subject, value: "\(address)",
              "\(address) of \(host.name) is in no network of the underlay", at: place))
          continue
        }
        let typed = underlay.networks[network]
        let own = provider.vlanID.map { "VLAN \($0)" } ?? "no VLAN"
        if provider.vlanID != typed.vlan {
          let right = typed.vlan.map { "VLAN \($0)" } ?? "no VLAN"
          diagnostics.append(
            Diagnostic(
              .providerVLAN, in: subject, value: own,
              "\(address) of \(host.name) has \(own), and its network \(typed.name) has \(right)",
              fix: "set vlanID: \(typed.vlan ?? 0), or omit it", at: place))
        } else if typed.vlan == nil,
          underlay.untaggedSegment(of: intent.hosts[number]) != .network(network)
        {
          diagnostics.append(
            Diagnostic(
              .providerVLAN, in: subject, value: own,
              "\(address) of \(host.name) is in network \(typed.name), but the port of"
                + " \(host.name) is not",
              fix:
                "assign \(host.name) an address of its own network, or network \(typed.name) a"
                + " VLAN",
              at: place))
        }
      }
    }
    return diagnostics
  }

  /// A frame of the underlay has one receiver.
  private func checkMACAddresses() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var owners: [MACAddress: Int] = [:]
    for (number, host) in policy.hosts.enumerated() {
      for (index, provider) in host.policy.providerAddresses.enumerated() {
        guard let mac = provider.macAddress else { continue }
        let owner = owners.updateValue(number, forKey: mac)
        guard mac.isMulticast || (owner.map { $0 != number } ?? false) else { continue }
        let subject = Subject.entry(.providerAddress, index: index, host: host.name)
        diagnostics.append(
          Diagnostic(
            .duplicateMAC, in: subject, value: "\(mac)",
            mac.isMulticast
              ? "\(mac) is a group address"
              : "\(mac) is already a MAC address of \(policy.hosts[owner ?? number].name)",
            at: origins.place(of: subject)))
      }
    }
    return diagnostics
  }
}
