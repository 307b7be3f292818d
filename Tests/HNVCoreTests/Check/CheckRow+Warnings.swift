import HNVCore

private typealias Index = Article.Index

private func record(_ index: Int, of host: String = "hv1") -> Subject {
  .entry(.lookupRecord, index: index, host: host)
}

private func route(_ index: Int, of host: String = "hv1") -> Subject {
  .entry(.customerRoute, index: index, host: host)
}

extension CheckRow {
  /// What is reported while the network runs.
  static let warnings: [CheckRow] = [
    CheckRow("a record that did not arrive", .undeliveredRecord, record(Index.a)) { _, policy in
      policy.hosts[1].policy.forwarding.lookupRecords.remove(at: Index.a)
    },
    CheckRow("a record that the first host lacks", .undeliveredRecord, record(Index.x, of: "hv2")) {
      _, policy in
      policy.hosts[0].policy.forwarding.lookupRecords.remove(at: Index.x)
    },
    CheckRow("a route that did not arrive", .undeliveredRoute, route(Index.defaultRoute)) {
      _, policy in
      policy.hosts[1].policy.forwarding.customerRoutes.remove(at: Index.defaultRoute)
    },
    CheckRow("a gateway address with another MAC", .driftedRecord, record(0, of: "hv2")) {
      _, policy in
      policy.hosts[1].policy.forwarding.lookupRecords[Index.clientsGateway].macAddress =
        MACAddress(bits: 0x77)
    },
    CheckRow("a record of another type", .driftedRecord, record(Index.a, of: "hv3")) {
      _, policy in
      policy.hosts[2].policy.forwarding.lookupRecords[Index.a].type = .dynamic
    },
    CheckRow("a route with another metric", .driftedRoute, route(Index.defaultRoute, of: "hv2")) {
      _, policy in
      policy.hosts[1].policy.forwarding.customerRoutes[Index.defaultRoute].metric = 7
    },
    CheckRow("two default routes of one metric", .tiedRoutes, route(Index.nextRoute)) {
      article, policy in
      var alias = article.record(of: article.gateway)
      alias.customerAddress = try article.address(.edge, 251)
      let second = article.via(alias.customerAddress, .everything(article.family))
      policy.tellAll {
        $0.lookupRecords.append(alias)
        $0.customerRoutes.append(second)
      }
    },
    CheckRow("a next hop without a record", .unresolvedNextHop, route(Index.nextRoute)) {
      article, policy in
      let nowhere = article.via(try article.address(.edge, 77), IPPrefix(host: article.outside))
      policy.tellAll { $0.customerRoutes.append(nowhere) }
    },
    CheckRow("a next hop looked up elsewhere", .unresolvedNextHop, route(Index.nextRoute)) {
      article, policy in
      let elsewhere = article.via(
        article.gateway.address, IPPrefix(host: article.outside), in: article.servers)
      policy.tellAll { $0.customerRoutes.append(elsewhere) }
    },
    CheckRow("a next hop of an unusable record", .unresolvedNextHop, route(Index.defaultRoute)) {
      _, policy in
      policy.tellAll { $0.lookupRecords[Index.gateway].isUnusable = true }
    },
    CheckRow("a record on no host", .unknownProviderAddress, record(Index.a)) { _, policy in
      policy.tellAll { $0.lookupRecords[Index.a].providerAddress = Article.provider(8) }
    },
    CheckRow("a wildcard on no host", .unknownProviderAddress, record(Index.wildcard)) {
      _, policy in
      policy.tellAll { $0.lookupRecords[Index.wildcard].providerAddress = Article.provider(8) }
    },
    CheckRow("a record of a subnet without routes", .uncoveredRecord, record(Index.nextRecord)) {
      article, policy in
      var stray = article.record(of: article.a)
      stray.virtualSubnetID = try VirtualSubnetID(7000)
      policy.tellAll { $0.lookupRecords.append(stray) }
    },
    CheckRow("a record of the other family", .uncoveredRecord, record(Index.nextRecord)) {
      article, policy in
      let other = try Article(article.family == .v4 ? .v6 : .v4)
      policy.tellAll { $0.lookupRecords.append(other.record(of: other.a)) }
    },
    CheckRow("a record left behind by its machine", .staleRecord, record(Index.a)) { _, policy in
      policy.tellAll { $0.lookupRecords[Index.a].providerAddress = Article.provider(1) }
    },
    CheckRow(
      "a port without a record", .unrecordedPort, .entry(.port, index: 1, host: "hv2")
    ) { article, policy in
      policy.hosts[1].policy.ports.append(
        VMPort(
          vmName: "N", macAddress: MACAddress(bits: 0x77), virtualSubnetID: article.clients))
    },
    CheckRow(
      "a provider address too far off", .unroutedProviderAddress,
      .entry(.providerAddress, index: 0, host: "hv1")
    ) { _, policy in
      // hv1 takes itself for alone; the others still have it on their link.
      policy.hosts[0].policy.providerAddresses[0].prefixLength = 32
    },
    CheckRow(
      "a provider route by way of nobody near", .providerNextHop,
      .entry(.providerRoute, index: 0, host: "hv2")
    ) { _, policy in
      policy.hosts[1].policy.providerRoutes = [
        ProviderRoute(
          destinationPrefix: .everything(.v4), nextHop: .via(.v4(IPv4Address(192, 168, 2, 1))))
      ]
    },
    CheckRow(
      "a machine on two hosts", .duplicatePort, .entry(.port, index: 1, host: "hv3")
    ) { article, policy in
      policy.hosts[2].policy.ports.append(
        VMPort(
          vmName: "X", macAddress: article.x.macAddress, virtualSubnetID: article.x.subnet))
      policy.tellAll { $0.lookupRecords[Index.x].providerAddress = Article.provider(2) }
    },
    CheckRow("tunnels of a family that a host lacks", .providerFamily, record(Index.a, of: "hv3")) {
      _, policy in
      // The second host answers from either.
      let other = ProviderAddress(.v6(IPv6Address(bits: 1 << 120 | 7)), prefixLength: 64)
      policy.hosts[0].policy.providerAddresses.append(other)
      policy.hosts[1].policy.providerAddresses.append(
        ProviderAddress(.v6(IPv6Address(bits: 1 << 120 | 8)), prefixLength: 64))
      policy.tellAll { $0.lookupRecords[Index.a].providerAddress = other.address }
    },
    CheckRow("a record by address rewriting", .unsupportedTranslation, record(Index.b)) {
      _, policy in
      policy.tellAll { $0.lookupRecords[Index.b].rule = .nat }
    },
    CheckRow("a record without translation", .unsupportedTranslation, record(Index.b)) {
      _, policy in
      policy.tellAll { $0.lookupRecords[Index.b].rule = .none }
    },
  ]
}
