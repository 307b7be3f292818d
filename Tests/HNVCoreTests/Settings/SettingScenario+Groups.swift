import HNVCore

extension SettingScenario {
  /// Address resolution, and what is learned by it.
  static let neighbors: [SettingScenario] = [
    SettingScenario("neighborProxy", ["ownSubnet": "neighborUnknown", "routingDomain": "answer"]) {
      article in
      try send(article, article.question(from: article.a, for: article.x.address)).words
    },
    SettingScenario("unknownNeighbor", ["flooded": "B, C", "silent": "neighborUnknown"]) {
      article in
      var article = article
      try article.addNewcomer(on: 1)
      let question = try article.question(from: article.a, for: article.address(.clients, 99))
      return try send(article, question).words
    },
    SettingScenario(
      "learning",
      [
        "neighborMessages": "announcement", "allTraffic": "announcement, packet", "none": "",
      ]
    ) { article in
      var article = article
      let c = try article.addNewcomer(on: 0)
      let announcement = try EthernetFrame.announcement(of: c.address, c.macAddress)
      let packet = try article.frame(from: c, to: article.b)
      let frames = [("announcement", announcement), ("packet", packet)]
      return try frames.filter {
        try send(article, $0.1, from: c).outcome.changes.learned?.address == c.address
      }.map(\.0).joined(separator: ", ")
    },
    SettingScenario("learnedAgeing", ["never": "once", "fiveMinutes": "each time"]) { article in
      var article = article
      let c = try article.addNewcomer(on: 0)
      let announcement = try EthernetFrame.announcement(of: c.address, c.macAddress)
      let journey = try send(article, announcement, from: c) {
        $0.lookupRecords.append(learned(article, c))
      }
      return journey.outcome.changes.learned == nil ? "once" : "each time"
    },
    SettingScenario("learnedConflict", ["staticWins": "B", "learnedWins": "C"]) { article in
      var article = article
      let c = try article.addNewcomer(on: 0)
      return try send(article, frame(article, to: article.b.address)) {
        var record = learned(article, c)
        record.customerAddress = article.b.address
        $0.lookupRecords.append(record)
      }.words
    },
    SettingScenario("gratuitousARP", ["consumed": "absorb", "passed": "B, C"]) { article in
      var article = article
      try article.addNewcomer(on: 1)
      return try send(
        article, EthernetFrame.announcement(of: article.a.address, article.a.macAddress)
      ).words
    },
    SettingScenario("gatewayEcho", ["silent": "gatewayAddress", "answered": "answerEcho"]) {
      article in
      let ping: Transport =
        switch article.family {
        case .v4: .icmp(.echoRequest(identifier: 1, sequence: 1, data: []))
        case .v6: .icmpv6(.echoRequest(identifier: 1, sequence: 1, data: []))
        }
      let frame = try article.frame(
        from: article.a, to: article.address(.clients, 1),
        mac: article.gatewayMAC(of: article.clients), ping)
      return try send(article, frame).words
    },
  ]

  /// Multicast and broadcast.
  static let groups: [SettingScenario] = [
    SettingScenario(
      "groups",
      ["multicast": "239.1.1.1", "replicated": "192.168.1.2", "sameHost": "nowhere"]
    ) { article in
      var article = article
      try article.addNewcomer(on: 1)
      let frame = try article.frame(from: article.a, to: article.group, mac: .broadcast)
      let journey = try send(article, frame) {
        $0.lookupRecords.append(
          LookupRecord(
            customerAddress: article.group, virtualSubnetID: article.clients,
            macAddress: .broadcast, providerAddress: GroupTests.providerGroup))
      }
      return journey.tunnel.map { "\($0.destination)" } ?? "nowhere"
    },
    SettingScenario("subnetBroadcast", ["group": "B", "unicast": "noRecord"], in: [.v4]) {
      article in
      let frame = try article.frame(
        from: article.a, to: article.prefix(.clients).last, mac: .broadcast)
      return try send(article, frame).words
    },
  ]

  /// The record that a machine's announcement leaves behind.
  private static func learned(_ article: Article, _ machine: Article.Machine) -> LookupRecord {
    var record = article.record(of: machine)
    record.type = .dynamic
    return record
  }
}
