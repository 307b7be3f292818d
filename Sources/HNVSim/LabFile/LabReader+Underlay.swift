extension LabReader {
  func underlay(_ value: JSON5Value) -> Lab.Underlay {
    var underlay = Lab.Underlay(
      prefix: optional(value, "prefix"), mtu: value["mtu"]?.integer,
      latency: optional(value, "latency"),
      networks: items(value, "networks").map { network in
        Lab.Underlay.Network(
          name: written(network, "name"), prefix: written(network, "prefix"),
          vlan: network["vlan"]?.integer, mtu: network["mtu"]?.integer)
      },
      routers: items(value, "routers").map { router in
        Lab.Underlay.Router(
          name: written(router, "name"), addresses: list(router, "addresses"),
          mtu: router["mtu"]?.integer, routes: items(router, "routes").map(route))
      })
    underlay.place = value.place
    return underlay
  }

  func providerAddress(_ value: JSON5Value) -> HNVSection.ProviderAddress {
    HNVSection.ProviderAddress(
      host: written(value, "host"), providerAddress: written(value, "providerAddress"),
      prefixLength: value["prefixLength"]?.integer, vlanID: value["vlanID"]?.integer,
      macAddress: optional(value, "macAddress"))
  }

  func providerRoute(_ value: JSON5Value) -> HNVSection.ProviderRoute {
    HNVSection.ProviderRoute(
      host: written(value, "host"), to: written(value, "to"), via: optional(value, "via"),
      metric: value["metric"]?.integer)
  }
}
