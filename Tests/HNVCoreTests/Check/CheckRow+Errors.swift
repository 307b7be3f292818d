import HNVCore

private typealias Index = Article.Index

private func record(_ index: Int, of host: String = "hv1") -> Subject {
  .entry(.lookupRecord, index: index, host: host)
}

private func route(_ index: Int, of host: String = "hv1") -> Subject {
  .entry(.customerRoute, index: index, host: host)
}

extension CheckRow {
  /// What refuses a policy.
  static let errors: [CheckRow] = refusals + routeErrors + recordErrors + hostErrors

  private static let refusals: [CheckRow] = [
    CheckRow(refused: "a number below the range", .virtualSubnetIDRange) { _ in
      _ = try VirtualSubnetID(4095)
    },
    CheckRow(refused: "a number above the range", .virtualSubnetIDRange) { _ in
      _ = try VirtualSubnetID(16_777_215)
    },
    CheckRow(refused: "a GUID without hyphens", .routingDomainIDSyntax) { _ in
      _ = try RoutingDomainID(parsing: "11111111222233334444000000000000")
    },
    CheckRow(refused: "a change on no host", .unknownEntry, .network) { article in
      var policy = try article.policy()
      let change = PolicyChange.removeLookupRecord(article.record(of: article.a).key)
      try policy.apply([PolicyUpdate(change, on: ["hv9"])])
    },
    CheckRow(refused: "a change of what is not there", .unknownEntry, .host("hv2")) { article in
      var policy = try article.policy()
      let change = PolicyChange.disconnect(article.a.macAddress, article.a.subnet)
      try policy.apply([PolicyUpdate(change, on: ["hv2"])])
    },
  ]

  private static let routeErrors: [CheckRow] = [
    CheckRow("a subnet in two domains", .virtualSubnetInTwoDomains, route(Index.nextRoute)) {
      article, policy in
      let route = article.onLink(
        article.clients, try article.prefix(.servers), in: article.stranger)
      policy.tellAll { $0.customerRoutes.append(route) }
    },
    CheckRow("a subnet within another", .overlappingPrefixes, route(Index.nextRoute)) {
      article, policy in
      let inner = article.onLink(
        try VirtualSubnetID(5009), try article.prefix(.edge, leaving: 5))
      policy.tellAll { $0.customerRoutes.append(inner) }
    },
    CheckRow("a subnet around another", .overlappingPrefixes, route(Index.nextRoute + 1)) {
      article, policy in
      let (inner, outer) = (try VirtualSubnetID(5009), try VirtualSubnetID(5010))
      try policy.tellAll {
        $0.customerRoutes += [
          article.onLink(inner, try article.prefix(around: article.outside, length: 28)),
          article.onLink(outer, try article.prefix(around: article.outside, length: 24)),
        ]
      }
    },
    CheckRow("one prefix for two subnets", .overlappingPrefixes, route(Index.nextRoute)) {
      article, policy in
      let same = article.onLink(try VirtualSubnetID(5009), try article.prefix(.servers))
      policy.tellAll { $0.customerRoutes.append(same) }
    },
    CheckRow("two prefixes for one subnet", .secondPrefix, route(Index.nextRoute)) {
      article, policy in
      let second = IPPrefix(host: article.outside)
      policy.tellAll { $0.customerRoutes.append(article.onLink(article.clients, second)) }
    },
    CheckRow("the same route with another metric", .duplicateEntry, route(Index.nextRoute)) {
      article, policy in
      let same = article.via(article.gateway.address, .everything(article.family), metric: 9)
      policy.tellAll { $0.customerRoutes.append(same) }
    },
    CheckRow("a next hop of the other family", .routeForm, route(Index.nextRoute)) {
      article, policy in
      let other = try Article(article.family == .v4 ? .v6 : .v4)
      let route = article.via(other.gateway.address, IPPrefix(host: article.outside))
      policy.tellAll { $0.customerRoutes.append(route) }
    },
    CheckRow("a group as next hop", .routeForm, route(Index.nextRoute)) { article, policy in
      let route = article.via(article.group, IPPrefix(host: article.outside))
      policy.tellAll { $0.customerRoutes.append(route) }
    },
    CheckRow("the unspecified address as next hop", .routeForm, route(Index.nextRoute)) {
      article, policy in
      let route = article.via(
        IPPrefix.everything(article.family).address, IPPrefix(host: article.outside))
      policy.tellAll { $0.customerRoutes.append(route) }
    },
    CheckRow("a machine beside the gateway", .externalGatewaySubnet, route(Index.defaultRoute)) {
      article, policy in
      let neighbor = try article.neighborOfGateway()
      policy.tellAll { $0.lookupRecords.append(neighbor) }
    },
  ]
}

extension CheckRow {
  private static let recordErrors: [CheckRow] = [
    CheckRow("an address outside its subnet", .addressOutsideSubnet, record(Index.a)) {
      article, policy in
      let address = try article.address(.servers, 99)
      policy.tellAll { $0.lookupRecords[Index.a].customerAddress = address }
    },
    CheckRow("a machine at the gateway address", .reservedAddress, record(Index.clientsGateway)) {
      article, policy in
      policy.tellAll {
        $0.lookupRecords[Index.clientsGateway].macAddress = article.a.macAddress
      }
    },
    CheckRow("two records for an address", .duplicateCustomerAddress, record(Index.nextRecord)) {
      article, policy in
      var second = article.record(of: article.a)
      second.macAddress = MACAddress(bits: 0x77)
      policy.tellAll { $0.lookupRecords.append(second) }
    },
    CheckRow("a record twice", .duplicateEntry, record(Index.nextRecord)) { article, policy in
      policy.tellAll { $0.lookupRecords.append(article.record(of: article.b)) }
    },
    CheckRow("a wildcard with an address", .recordForm, record(Index.wildcard)) {
      article, policy in
      let address = try article.address(.edge, 9)
      policy.tellAll { $0.lookupRecords[Index.wildcard].customerAddress = address }
    },
    CheckRow("an L2Only record with an address", .recordForm, record(Index.x)) { _, policy in
      policy.tellAll { $0.lookupRecords[Index.x].type = .l2Only }
    },
    CheckRow("a static record without an address", .recordForm, record(Index.a)) {
      article, policy in
      let nothing = IPPrefix.everything(article.family).address
      policy.tellAll { $0.lookupRecords[Index.a].customerAddress = nothing }
    },
    CheckRow("UseVmMACAddress without Nat", .recordForm, record(Index.a)) { _, policy in
      policy.tellAll { $0.lookupRecords[Index.a].usesVMMACAddress = true }
    },
  ]

  private static let hostErrors: [CheckRow] = [
    CheckRow("two hosts of one name", .duplicateHost, .host("hv2")) { _, policy in
      policy.hosts.append(NetworkPolicy.Host("hv2", policy: HostPolicy()))
    },
    CheckRow(
      "a provider address on two hosts", .duplicateProviderAddress,
      .entry(.providerAddress, index: 1, host: "hv3")
    ) { _, policy in
      policy.hosts[2].policy.providerAddresses.append(
        ProviderAddress(Article.provider(0), prefixLength: 24))
    },
    CheckRow(
      "a port mapped to another tenant", .mappedDomain, .entry(.port, index: 0, host: "hv2")
    ) { article, policy in
      policy.hosts[1].policy.ports[0].routingDomainID = article.stranger
    },
    CheckRow(
      "a provider address twice", .duplicateEntry, .entry(.providerAddress, index: 1, host: "hv3")
    ) { _, policy in
      policy.hosts[2].policy.providerAddresses.append(
        ProviderAddress(Article.provider(2), prefixLength: 16))
    },
    CheckRow(
      "a provider prefix too long", .providerAddressForm,
      .entry(.providerAddress, index: 0, host: "hv2")
    ) { _, policy in policy.hosts[1].policy.providerAddresses[0].prefixLength = 33 },
    CheckRow(
      "a group as provider address", .providerAddressForm,
      .entry(.providerAddress, index: 1, host: "hv2")
    ) { article, policy in
      policy.hosts[1].policy.providerAddresses.append(
        ProviderAddress(article.group, prefixLength: 24))
    },
    CheckRow(
      "a provider route twice", .duplicateEntry, .entry(.providerRoute, index: 1, host: "hv1")
    ) { _, policy in
      let all = IPPrefix.everything(.v4)
      policy.hosts[0].policy.providerRoutes = [
        ProviderRoute(destinationPrefix: all, nextHop: .onLink, metric: 1),
        ProviderRoute(destinationPrefix: all, nextHop: .onLink, metric: 2),
      ]
    },
    CheckRow(
      "a provider route by the other family", .routeForm,
      .entry(.providerRoute, index: 0, host: "hv1")
    ) { _, policy in
      policy.hosts[0].policy.providerRoutes = [
        ProviderRoute(destinationPrefix: .everything(.v6), nextHop: .via(Article.provider(9)))
      ]
    },
    CheckRow("a port twice", .duplicateEntry, .entry(.port, index: 3, host: "hv1")) { _, policy in
      let port = policy.hosts[0].policy.ports[1]
      policy.hosts[0].policy.ports.append(port)
    },
    accessRules("two rules of one weight") { _ in
      [
        AccessRule(name: "first", action: .deny, direction: .inbound, weight: 7),
        AccessRule(name: "second", action: .allow, direction: .inbound, weight: 7),
      ]
    },
    accessRules("ports without a protocol") { _ in
      [
        AccessRule(
          name: "any", action: .deny, direction: .outbound, remotePorts: 80...80, weight: 1)
      ]
    },
    accessRules("ports of ICMP") { _ in
      [
        AccessRule(
          name: "icmp", action: .deny, direction: .outbound, ipProtocol: .icmp,
          localPorts: 0...9, weight: 1)
      ]
    },
    accessRules("two families in a rule") { article in
      let other: IPFamily = article.family == .v4 ? .v6 : .v4
      return [
        AccessRule(
          name: "both", action: .deny, direction: .outbound,
          localPrefix: IPPrefix(host: article.outside), remotePrefix: .everything(other), weight: 1)
      ]
    },
  ]

  /// A mistake in the access rules of B's port, the second of hv1.
  private static func accessRules(
    _ name: String, _ rules: @escaping @Sendable (Article) -> [AccessRule]
  ) -> CheckRow {
    CheckRow(name, .accessRuleForm, .entry(.port, index: 1, host: "hv1")) { article, policy in
      policy.hosts[0].policy.ports[1].accessRules = rules(article)
    }
  }
}

extension Article {
  /// The group of all nodes, 224.0.0.1 (RFC 1112) or ff02::1 (RFC 4291 section 2.7.1).
  var group: IPAddress {
    switch family {
    case .v4: .v4(IPv4Address(224, 0, 0, 1))
    case .v6: .v6(IPv6Address(bits: 0xff02 << 112 | 1))
    }
  }

  /// A second machine in the gateway's subnet.
  func neighborOfGateway() throws -> LookupRecord {
    LookupRecord(
      customerAddress: try address(.edge, 77), virtualSubnetID: edge,
      macAddress: MACAddress(bits: 0x77), providerAddress: Self.provider(0), vmName: "N")
  }
}
