import HNVCore
import Testing

/// Every way in which the article's network can be wrong, and that it is right as it stands.
struct CheckTests {
  static let errors = CheckRow.errors + CheckRow.portErrors
  static let warnings = CheckRow.warnings + CheckRow.portWarnings
  static let rows = errors + warnings

  /// Every rule but those of texts and bytes that are not yet policy.
  static let policyRules: [DiagnosticRule] = {
    let others: Set<DiagnosticRule> = [
      .ipv4Syntax, .ipv6Syntax, .ipSyntax, .prefixSyntax, .prefixLength, .prefixHostBits,
      .macSyntax, .frameBytes, .packetBytes,
    ]
    return DiagnosticRule.core.filter { !others.contains($0) }
  }()

  @Test(arguments: IPFamily.allCases)
  func `the article's network has no diagnostic`(family: IPFamily) throws {
    #expect(try Article(family).policy().check() == [])
  }

  @Test(arguments: rows, IPFamily.allCases)
  func `a mistake is found, and blamed on what is mistaken`(
    row: CheckRow, family: IPFamily
  ) throws {
    let diagnostics = try row.diagnostics(Article(family))
    #expect(diagnostics.expectations == row.expected, "\(diagnostics)")
  }

  @Test func `every rule is broken by some row`() {
    let broken = Set(Self.rows.flatMap(\.expected).map(\.rule.identifier))
    #expect(broken == Set(Self.policyRules.map(\.identifier)))
  }

  @Test func `identifiers are unique and errors stand first`() {
    let rules = Self.policyRules
    #expect(Set(DiagnosticRule.core.map(\.identifier)).count == DiagnosticRule.core.count)
    let firstWarning = rules.firstIndex { $0.severity == .warning }
    #expect(firstWarning.map { rules[$0...].allSatisfy { $0.severity == .warning } } == true)
  }

  @Test func `rows break the rule of their list's severity`() {
    #expect(Self.errors.flatMap(\.expected).allSatisfy { $0.rule.severity == .error })
    #expect(Self.warnings.flatMap(\.expected).allSatisfy { $0.rule.severity == .warning })
  }

  @Test func `all diagnostics are reported at once, errors first`() throws {
    let article = try Article()
    var policy = try article.policy()
    let outside = try article.address(.servers, 99)
    let nowhere = try article.address(.edge, 78)
    let around = try IPPrefix(parsing: "8.0.0.0/8")
    policy.tellAll {
      $0.lookupRecords[Article.Index.b].rule = .none
      $0.lookupRecords[Article.Index.b].providerAddress = Article.provider(8)
      $0.lookupRecords[Article.Index.a].customerAddress = outside
      $0.lookupRecords.append(article.record(of: article.x))
      $0.customerRoutes.append(article.via(nowhere, IPPrefix(host: article.outside)))
      $0.customerRoutes.append(article.via(article.group, around))
    }
    policy.hosts[1].policy.providerAddresses[0].prefixLength = -1
    policy.hosts[2].policy.ports[0].macAddress = MACAddress(bits: 0x99)
    policy.hosts[2].policy.ports[0].accessRules = [
      AccessRule(name: "r", action: .deny, direction: .inbound, localPorts: 1...2, weight: 1)
    ]
    #expect(
      policy.check().expectations == [
        .init(rule: .routeForm, subject: .entry(.customerRoute, index: 6, host: "hv1")),
        .init(
          rule: .addressOutsideSubnet, subject: .entry(.lookupRecord, index: 4, host: "hv1")),
        .init(rule: .duplicateEntry, subject: .entry(.lookupRecord, index: 10, host: "hv1")),
        .init(
          rule: .providerAddressForm, subject: .entry(.providerAddress, index: 0, host: "hv2")),
        .init(rule: .accessRuleForm, subject: .entry(.port, index: 0, host: "hv3")),
        .init(rule: .unresolvedNextHop, subject: .entry(.customerRoute, index: 5, host: "hv1")),
        .init(
          rule: .unsupportedTranslation, subject: .entry(.lookupRecord, index: 5, host: "hv1")),
        .init(
          rule: .unknownProviderAddress, subject: .entry(.lookupRecord, index: 5, host: "hv1")),
        .init(rule: .unrecordedPort, subject: .entry(.port, index: 0, host: "hv3")),
      ])
  }
}
