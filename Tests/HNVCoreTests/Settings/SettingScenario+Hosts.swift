import HNVCore

extension SettingScenario {
  private typealias Index = Article.Index

  /// What sending and receiving hosts check, and what they tell.
  static let receivers: [SettingScenario] = [
    SettingScenario("sourceValidation", ["recordRequired": "invalidSource", "none": "X"]) {
      article in
      var spoofed = try article.frame(from: article.b, to: article.x)
      spoofed.source = article.a.macAddress
      return try send(article, spoofed).words
    },
    SettingScenario(
      "receiverValidation",
      [
        "recordRequired": "unknownSource; unknownSource", "recordOrGateway": "X; unknownSource",
        "none": "X; X",
      ]
    ) { article in
      var policy = try article.policy()
      policy.hosts[1].policy.forwarding.lookupRecords.removeAll {
        $0.type == .gatewayWildcard || $0.customerAddress == article.a.address
      }
      let fromOutside = try EthernetFrame.carrying(
        from: article.outside, article.gateway.macAddress, to: article.x.address,
        article.gatewayMAC(of: article.edge),
        .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
      let network = InstantNetwork(policy)
      return [
        try network.send(fromOutside, from: article.gateway).words,
        try network.send(frame(article, to: article.x.address), from: article.a).words,
      ].joined(separator: "; ")
    },
    SettingScenario(
      "sourceProviderAddress",
      ["senderRecord": "192.168.1.1", "firstOfHost": "192.168.1.77"]
    ) { article in
      var policy = try article.policy()
      policy.hosts[0].policy.providerAddresses.insert(
        ProviderAddress(.v4(IPv4Address(192, 168, 1, 77)), prefixLength: 24), at: 0)
      let journey = try InstantNetwork(policy).send(
        frame(article, to: article.x.address), from: article.a)
      return journey.tunnel.map { "\($0.source)" } ?? ""
    },
    SettingScenario("controlMessages", ["sent": "unreachable", "none": "nothing"]) { article in
      var policy = try article.policy()
      policy.hosts[1].policy.ports = []
      let journey = try InstantNetwork(policy).send(
        frame(article, to: article.x.address), from: article.a)
      return journey.notices == [.unreachable] ? "unreachable" : "nothing"
    },
    SettingScenario("icmpErrors", ["none": "nothing", "sent": "an error"]) { article in
      let host = InstantNetwork(try article.policy()).hosts[0]
      let frame = try article.frame(from: article.a, to: article.x, timeToLive: 1)
      let error = host.report(.timeToLiveExceeded(article.x.address), about: frame, from: 0)
      return error == nil ? "nothing" : "an error"
    },
  ]

  /// What stands before the customer's frame on the underlay.
  static let headers: [SettingScenario] = [
    SettingScenario("encapsulation", ["nvgre": "gre", "vxlan": "udp"]) { article in
      let frame = try frame(article, to: article.x.address)
      let tunnel = try send(article, frame).tunnel
      return tunnel.map { "\($0.transport(carrying: frame).ipProtocol)" } ?? ""
    },
    SettingScenario("flowID", ["zero": "0", "hashed": "more"]) { article in
      let entropy = try send(article, frame(article, to: article.x.address)).tunnel?.entropy
      return entropy == 0 ? "0" : "more"
    },
    SettingScenario("outerDSCP", ["zero": "0", "copied": "184"]) { article in
      let tunnel = try send(article, marked(article, dontFragment: true)).tunnel
      return tunnel.map { "\($0.differentiatedServices)" } ?? ""
    },
    SettingScenario(
      "outerDontFragment",
      ["set": "true, true", "clear": "false, false", "copied": "true, false"], in: [.v4]
    ) { article in
      try [true, false].map { flag in
        try send(article, marked(article, dontFragment: flag)).tunnel?.dontFragment == true
      }.map(\.description).joined(separator: ", ")
    },
  ]

  /// A frame to X of a certain class of service.
  private static func marked(_ article: Article, dontFragment: Bool) throws -> EthernetFrame {
    var frame = try frame(article, to: article.x.address)
    switch frame.packet {
    case .v4(var packet):
      (packet.differentiatedServices, packet.dontFragment) = (184, dontFragment)
      frame.payload = .ip(.v4(packet))
    case .v6(var packet):
      packet.trafficClass = 184
      frame.payload = .ip(.v6(packet))
    case nil: break
    }
    return frame
  }
}
