import HNVCore

extension StackConfiguration {
  /// A router of the underlay, with a link for each of its addresses.
  convenience init(router index: Int, in intent: Intent) {
    let underlay = intent.underlay
    let router = underlay.routers[index]
    let links = router.interfaces.enumerated().map { number, interface in
      let network = interface.network.map { underlay.networks[$0] }
      return Link(
        macAddress: interface.macAddress, addresses: [interface.address],
        mtu: router.mtu ?? network?.mtu ?? underlay.mtu, vlan: network?.vlan,
        cables: [
          Link.Peer(
            cable: .port(router: index, index: number), macAddress: nil, addresses: [])
        ])
    }
    let routes =
      router.routes.isEmpty ? UnderlayRouting(underlay).routes(of: index) : router.routes
    self.init(
      .router(index), name: router.name, links: links,
      tables: [StackRoutes(links: links, routes: routes)], forwards: true, isOnUnderlay: true)
  }
}

extension NetworkStack {
  /// A host says in one line where a packet goes; how the next hop was found stands with the
  /// questions for it.
  var isHost: Bool { if case .host = element { true } else { false } }
}
