import HNVCore
import Testing

/// What no source says that the cmdlets refuse: an error under `strict`, a warning under `lenient`.
struct PolicyChecksTests {
  static let open = CheckRow.errors.filter { $0.expected.allSatisfy { open($0.rule) } }
  static let closed = CheckRow.errors.filter { !$0.expected.contains { open($0.rule) } }

  private static func open(_ rule: DiagnosticRule) -> Bool { PolicyChecks.rules.contains(rule) }

  private static func article(_ checks: PolicyChecks, _ family: IPFamily) throws -> Article {
    var article = try Article(family)
    article.settings.policyChecks = checks
    return article
  }

  @Test func `each rule is an error, and some row breaks it`() {
    #expect(PolicyChecks.rules.allSatisfy { $0.severity == .error })
    #expect(Set(Self.open.flatMap(\.expected).map(\.rule)) == PolicyChecks.rules)
  }

  @Test(arguments: open, IPFamily.allCases)
  func `the setting decides whether the network is refused`(
    row: CheckRow, family: IPFamily
  ) throws {
    for (checks, severity) in [
      (PolicyChecks.strict, DiagnosticRule.Severity.error), (.lenient, .warning),
    ] {
      let diagnostics = try row.diagnostics(Self.article(checks, family))
      #expect(diagnostics.expectations == row.expected, "\(diagnostics)")
      #expect(diagnostics.allSatisfy { $0.severity == severity })
      #expect(diagnostics.allSatisfy { $0.description.contains("\(severity): ") })
      #expect(Diagnostics(diagnostics).errors.isEmpty == (checks == .lenient))
    }
  }

  @Test(arguments: closed)
  func `what cannot be meant is an error under both`(row: CheckRow) throws {
    let diagnostics = try row.diagnostics(Self.article(.lenient, .v4))
    #expect(diagnostics.allSatisfy { $0.severity == .error })
  }

  @Test func `a change that is only advised against is made under lenient alone`() throws {
    for checks in PolicyChecks.allCases {
      let article = try Self.article(checks, .v4)
      var policy = try article.policy()
      let before = policy
      let update = PolicyUpdate(.newLookupRecord(try article.neighborOfGateway()), on: ["hv1"])
      switch checks {
      case .strict:
        #expect(throws: Diagnostics.self) { try policy.apply([update]) }
        #expect(policy == before)
      case .lenient:
        let warnings = try policy.apply([update])
        #expect(warnings.contains { $0.rule == .externalGatewaySubnet })
        #expect(policy != before)
      }
    }
  }
}

/// Forwarding by policy that contradicts itself: the first of contradictory entries counts.
struct LenientForwardingTests {
  private let article: Article

  init() throws {
    var article = try Article()
    article.settings.policyChecks = .lenient
    self.article = article
  }

  /// The network after a mistake, which must be no more than a warning.
  private func fabric(_ change: (inout ForwardingPolicy) throws -> Void) throws -> InstantNetwork {
    var policy = try article.policy()
    try policy.tellAll(change)
    #expect(Diagnostics(policy.check()).errors.isEmpty)
    return InstantNetwork(policy)
  }

  private func journey(
    _ fabric: InstantNetwork, from sender: Article.Machine, to destination: IPAddress
  ) throws -> InstantNetwork.Journey {
    try fabric.send(
      article.frame(
        from: sender, to: destination, mac: article.gatewayMAC(of: sender.subnet)), from: sender)
  }

  @Test func `of two records of one address the first counts`() throws {
    for isFirst in [true, false] {
      let fabric = try fabric {
        var other = article.record(of: article.x)
        other.macAddress = MACAddress(bits: 0x77)
        $0.lookupRecords.insert(other, at: isFirst ? 0 : $0.lookupRecords.count)
      }
      let journey = try journey(fabric, from: article.a, to: article.x.address)
      #expect(journey.arrival?.machine == (isFirst ? nil : "X"))
    }
  }

  @Test func `of two subnets of one prefix the first has its packets`() throws {
    for isFirst in [true, false] {
      let fabric = try fabric {
        let twin = article.onLink(try VirtualSubnetID(5009), try article.prefix(.servers))
        $0.customerRoutes.insert(twin, at: isFirst ? 0 : $0.customerRoutes.count)
        // Where a record does not decide, the route does.
        $0.lookupRecords.remove(at: Article.Index.x)
      }
      let refusal = try journey(fabric, from: article.a, to: article.x.address).refusal
      let subnet = isFirst ? try VirtualSubnetID(5009) : article.servers
      let route = isFirst ? 0 : Article.Index.serversRoute
      #expect(refusal == .noRecord(article.x.address, subnet, route: route))
    }
  }

  @Test func `a subnet of two domains belongs to the first, and leads nobody into the other`()
    throws
  {
    let fabric = try fabric {
      $0.customerRoutes.append(
        article.onLink(article.servers, try article.prefix(.servers), in: article.stranger))
    }
    #expect(try journey(fabric, from: article.a, to: article.x.address).arrival?.machine == "X")
    let stray = try journey(fabric, from: article.z, to: article.x.address)
    #expect(stray.arrivals.isEmpty)
    #expect(
      stray.refusal
        == .noRecord(article.x.address, article.servers, route: Article.Index.nextRoute))
  }

  @Test func `a second prefix of a subnet is as good as the first`() throws {
    let second = try article.prefix(around: article.outside, length: 24)
    let fabric = try fabric {
      $0.customerRoutes.append(article.onLink(article.servers, second))
      var alias = article.record(of: article.x)
      alias.customerAddress = article.outside
      $0.lookupRecords.append(alias)
    }
    #expect(try journey(fabric, from: article.a, to: article.outside).arrival?.machine == "X")
  }

  @Test func `an address outside its subnet is reached by its record`() throws {
    let fabric = try fabric {
      $0.lookupRecords[Article.Index.x].customerAddress = article.outside
    }
    #expect(try journey(fabric, from: article.a, to: article.outside).arrival?.machine == "X")
  }

  @Test func `at the reserved address the gateway is, and no machine`() throws {
    let gateway = try article.address(.servers, 1)
    let fabric = try fabric {
      $0.lookupRecords[Article.Index.serversGateway].macAddress = article.x.macAddress
    }
    let journey = try journey(fabric, from: article.a, to: gateway)
    #expect(journey.refusal == .gatewayAddress(gateway))
  }

  @Test(arguments: PolicyChecksTests.open, IPFamily.allCases)
  func `every network that is let pass decides, and decides the same again`(
    row: CheckRow, family: IPFamily
  ) throws {
    var article = try Article(family)
    article.settings.policyChecks = .lenient
    let mistake = try #require(row.policy)
    let policy = try mistake(article)
    let (first, second) = (InstantNetwork(policy), InstantNetwork(policy))
    let targets = article.machines.map(\.address) + [article.outside]
    for sender in article.machines {
      for target in targets {
        let frame = try article.frame(
          from: sender, to: target, mac: article.gatewayMAC(of: sender.subnet))
        let one = try first.send(frame, from: sender)
        let other = try second.send(frame, from: sender)
        #expect(one.outcome == other.outcome)
        #expect(one.arrivals == other.arrivals)
      }
    }
  }
}
