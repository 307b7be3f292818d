import HNVCore

/// Provider addresses and provider routes: what the section says of a host, or else what follows
/// from its place on the underlay.
extension HNVDerivation {
  mutating func readProviderAddresses() {
    var own: [Int: [(address: ProviderAddress, place: Place)]] = [:]
    for written in section.providerAddresses {
      guard let host = host(written.host) else { continue }
      let place = written.providerAddress.place
      own[host, default: []] += read(written).map { [($0, place)] } ?? []
    }
    for (index, host) in intent.hosts.enumerated() {
      let addresses =
        own[index] ?? [(intent.underlay.providerAddress(host.address), host.place)]
      providers.append(addresses.map(\.address))
      origins.providers[host.name] = addresses.map(\.place)
    }
  }

  private mutating func read(_ written: HNVSection.ProviderAddress) -> ProviderAddress? {
    let place = written.providerAddress.place
    let length = check(written.prefixLength, upTo: 128, "the prefix length", at: place)
    let vlan = check(written.vlanID, upTo: 4094, "the VLAN", at: place)
    let mac = written.macAddress.flatMap { readMAC($0) }
    guard let address = readAddress(written.providerAddress) else { return nil }
    var provider = intent.underlay.providerAddress(address)
    if let length { provider.prefixLength = Int(length) }
    if let vlan { provider.vlanID = vlan == 0 ? nil : UInt16(vlan) }
    provider.macAddress = mac
    return provider
  }

  /// The largest packet that the adapter of a host sends: what its network carries.
  func underlayMTU(of host: Int) -> Int {
    let underlay = intent.underlay
    let network = providers[host].first.flatMap { underlay.network(of: $0.address) }
    return network.map { underlay.networks[$0].mtu } ?? underlay.mtu
  }

  mutating func readProviderRoutes() {
    var own: [Int: [(route: ProviderRoute, place: Place)]] = [:]
    for written in section.providerRoutes {
      guard let host = host(written.host) else { continue }
      own[host, default: []] += read(written).map { [($0, written.to.place)] } ?? []
    }
    let routing = UnderlayRouting(intent.underlay)
    for (index, host) in intent.hosts.enumerated() {
      let routes = own[index] ?? derivedRoutes(of: index, routing).map { ($0, host.place) }
      providerRoutes.append(routes.map(\.route))
      origins.providerRoutes[host.name] = routes.map(\.place)
    }
  }

  /// A default route for each network of the host that has a router, by way of the first.
  private func derivedRoutes(of host: Int, _ routing: UnderlayRouting) -> [ProviderRoute] {
    var networks: [Int] = []
    for provider in providers[host] {
      guard let network = intent.underlay.network(of: provider.address),
        !networks.contains(network)
      else { continue }
      networks.append(network)
    }
    return networks.compactMap { routing.gateway(of: $0) }.map {
      ProviderRoute(destinationPrefix: .everything($0.family), nextHop: .via($0))
    }
  }

  private mutating func read(_ written: HNVSection.ProviderRoute) -> ProviderRoute? {
    let prefix = readPrefix(written.to)
    var nextHop = NextHop.onLink
    if let via = written.via {
      guard let address = readAddress(via) else { return nil }
      // The cmdlets write 0.0.0.0 or :: for on-link.
      nextHop = address.isUnspecified ? .onLink : .via(address)
    }
    let metric = check(written.metric, upTo: UInt64(UInt32.max), "the metric", at: written.to.place)
    return prefix.map {
      ProviderRoute(
        destinationPrefix: $0, nextHop: nextHop, metric: metric.map { UInt32($0) } ?? 0)
    }
  }

  private mutating func host(_ written: Written) -> Int? {
    if case .host(let index) = intent.elements[written.text] { return index }
    refuse(written, "not a host", among: intent.hosts.map(\.name))
    return nil
  }

  private mutating func check(
    _ number: UInt64?, upTo limit: UInt64, _ what: String, at place: Place
  ) -> UInt64? {
    guard let number, number > limit else { return number }
    diagnostics.append(
      Diagnostic(
        .numberOutOfRange, value: "\(number)", "\(what) \(number) is above \(limit)", at: place))
    return nil
  }
}
