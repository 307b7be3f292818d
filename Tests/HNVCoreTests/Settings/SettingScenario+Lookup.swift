import HNVCore

extension SettingScenario {
  private typealias Index = Article.Index

  /// Where a packet goes, and how it looks on arrival.
  static let lookups: [SettingScenario] = [
    SettingScenario("recordPrecedence", ["hostRoute": "X", "routeFirst": "GW"]) { article in
      try send(article, frame(article, to: article.x.address)) {
        $0.customerRoutes.append(
          article.via(article.gateway.address, IPPrefix(host: article.x.address)))
      }.words
    },
    SettingScenario("timeToLive", ["decremented": "8", "kept": "9"]) { article in
      let frame = try article.frame(from: article.a, to: article.x, timeToLive: 9)
      return try send(article, frame).arrival?.frame.packet.map { "\($0.timeToLive)" } ?? ""
    },
    SettingScenario("sourceMAC", ["kept": "A", "gateway": "the gateway"]) { article in
      let source = try send(article, frame(article, to: article.x.address)).arrival?.frame.source
      let names = [
        article.a.macAddress: "A", article.gatewayMAC(of: article.servers): "the gateway",
      ]
      return source.flatMap { names[$0] } ?? ""
    },
    SettingScenario("foreignMAC", ["rewritten": "B", "dropped": "foreignMAC"]) { article in
      try send(article, frame(article, to: article.b.address)).words
    },
    SettingScenario("sameHost", ["routed": "X", "bridged": "B"]) { article in
      let frame = try article.frame(
        from: article.a, to: article.x.address, mac: article.b.macAddress)
      return try send(article, frame).words
    },
    SettingScenario("metricTie", ["firstWritten": "GW", "lastWritten": "X"]) { article in
      try send(article, frame(article, to: article.outside)) {
        $0.customerRoutes.append(
          article.via(article.x.address, .everything(article.family), in: article.servers))
      }.words
    },
    SettingScenario("wildcardUse", ["validation": "noRecord", "forwarding": "GW"]) { article in
      try send(article, frame(article, to: article.outside)) {
        $0.lookupRecords.remove(at: Index.gateway)
      }.words
    },
    SettingScenario("wildcardScope", ["virtualSubnet": "noRecord", "routingDomain": "GW"]) {
      article in
      var article = article
      article.settings.wildcardUse = .forwarding
      return try send(article, frame(article, to: article.address(.servers, 99))).words
    },
    SettingScenario("externalRouter", ["unused": "X", "used": "GW"]) { article in
      try send(article, frame(article, to: article.x.address)).words
    },
    SettingScenario("untranslated", ["refused": "untranslated", "plain": "X"]) { article in
      try send(article, frame(article, to: article.x.address)) {
        $0.lookupRecords[Index.x].rule = .none
      }.words
    },
    SettingScenario("nextHopAnswer", ["machine": "X", "gateway": "the gateway"]) { article in
      let answer = try DistributedRouter(article.forwarding(), settings: article.settings)
        .selectNextHop(from: nil, to: article.x.address, in: article.clients)
      return answer.nextHopMACAddress == article.x.macAddress ? "X" : "the gateway"
    },
    SettingScenario("externalGateway", ["ownSubnet": "refused", "anySubnet": "allowed"]) {
      article in
      var policy = try article.policy()
      policy.tellAll {
        $0.customerRoutes[Index.defaultRoute] = article.via(
          article.b.address, .everything(article.family), in: article.clients)
      }
      let isRefused = policy.check().contains { $0.rule == .externalGatewaySubnet }
      return isRefused ? "refused" : "allowed"
    },
  ]
}
