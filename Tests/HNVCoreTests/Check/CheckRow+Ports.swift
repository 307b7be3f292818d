import HNVCore

/// Mistakes in the access lists of a port.
extension CheckRow {
  static let portErrors: [CheckRow] = [
    port("a stateful rule that denies", .accessRuleForm) { _, port in
      port.accessRules = [
        AccessRule(
          name: "stateful", action: .deny, direction: .inbound, weight: 1, isStateful: true)
      ]
    },
    port("a basic rule twice, once allowing and once denying", .basicRuleForm) { article, port in
      let host = BasicAccessRule.Addresses.ip(IPPrefix(host: article.x.address))
      port.basicRules = [
        BasicAccessRule(.allow, .inbound, .remote, host),
        BasicAccessRule(.deny, .inbound, .remote, host),
      ]
    },
    port("a meter of a MAC address", .basicRuleForm) { article, port in
      port.basicRules = [BasicAccessRule(.meter, .inbound, .remote, .mac(article.x.macAddress))]
    },
    port("a meter of all MAC addresses", .basicRuleForm) { _, port in
      port.basicRules = [BasicAccessRule(.meter, .outbound, .local, .anyMAC)]
    },
  ]

  static let portWarnings: [CheckRow] = [
    port("a rule behind one that matches everything", .unreachableRule) { _, port in
      port.accessRules = [
        AccessRule(name: "all", action: .deny, direction: .outbound, weight: 2),
        AccessRule(
          name: "web", action: .allow, direction: .outbound, ipProtocol: .tcp,
          remotePorts: 80...80, weight: 1),
      ]
    },
    port("a rule within a wider one", .unreachableRule) { article, port in
      port.accessRules = [
        AccessRule(
          name: "wide", action: .allow, direction: .inbound,
          remotePrefix: .everything(article.family), ipProtocol: .udp, localPorts: 50...60,
          weight: 9),
        AccessRule(
          name: "narrow", action: .deny, direction: .inbound,
          remotePrefix: IPPrefix(host: article.x.address), ipProtocol: .udp, localPorts: 53...53,
          weight: 8),
      ]
    },
    port("a rule for another virtual subnet", .unreachableRule) { article, port in
      port.accessRules = [
        AccessRule(
          name: "other", action: .deny, direction: .inbound, weight: 1,
          isolationID: article.servers)
      ]
    },
  ]

  /// A mistake in B's port, the second of hv1.
  private static func port(
    _ name: String, _ rule: DiagnosticRule,
    _ change: @escaping @Sendable (Article, inout VMPort) -> Void
  ) -> CheckRow {
    CheckRow(name, rule, .entry(.port, index: 1, host: "hv1")) { article, policy in
      change(article, &policy.hosts[0].policy.ports[1])
    }
  }
}
