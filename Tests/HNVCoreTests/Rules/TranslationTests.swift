import HNVCore
import Testing

/// Rules Nat and None, as New-NetVirtualizationLookupRecord names them: packets without a tunnel.
struct TranslationTests {
  private typealias Index = Article.Index

  /// The provider address that a machine has to itself.
  private func own(_ number: UInt8) -> IPAddress { .v4(IPv4Address(192, 168, 2, number)) }

  /// A on the first host and X on the second, under the rule Nat with an address of its own each.
  private func translating(
    _ article: Article, _ change: (inout NetworkPolicy) -> Void = { _ in }
  ) throws -> InstantNetwork {
    var policy = try article.policy()
    for host in 0...1 {
      policy.hosts[host].policy.providerAddresses.append(
        ProviderAddress(own(UInt8(host)), prefixLength: 24))
    }
    policy.tellAll {
      for (index, number) in [(Index.a, 0), (Index.x, 1)] as [(Int, UInt8)] {
        $0.lookupRecords[index].rule = .nat
        $0.lookupRecords[index].providerAddress = own(number)
      }
    }
    change(&policy)
    return InstantNetwork(policy)
  }

  @Test func `under Nat the header bears the two provider addresses, and is restored`() throws {
    let article = try Article()
    let sent = try article.frame(from: article.a, to: article.x, timeToLive: 9)
    let journey = try translating(article).send(sent, from: article.a)
    guard case .translate(let translation, _) = journey.decision else {
      Issue.record("\(journey.decision)")
      return
    }
    #expect(translation.nextHop == own(1))
    #expect(translation.source == own(0))
    // -UseVmMACAddress is false by default: the wire bears the host's own.
    #expect(translation.sourceMAC == nil)
    let expected = try article.frame(
      from: article.a, to: article.x.address, mac: article.x.macAddress, timeToLive: 8)
    #expect(journey.arrivals == [InstantNetwork.Arrival(frame: expected, machine: "X")])
  }

  @Test func `UseVmMACAddress puts the VM's MAC address on the wire`() throws {
    let article = try Article()
    let network = try translating(article) {
      $0.tellAll { $0.lookupRecords[Index.a].usesVMMACAddress = true }
    }
    let journey = try network.send(
      article.frame(from: article.a, to: article.x), from: article.a)
    guard case .translate(let translation, _) = journey.decision else {
      Issue.record("\(journey.decision)")
      return
    }
    #expect(translation.sourceMAC == article.a.macAddress)
    #expect(journey.arrival?.machine == "X")
  }

  @Test func `on its own host a machine is reached without any translation`() throws {
    var article = try Article()
    article.x.host = 0
    let network = try translating(article) {
      $0.tellAll { $0.lookupRecords[Index.x].providerAddress = own(0) }
    }
    let journey = try network.send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(journey.arrival?.machine == "X")
    guard case .deliver = journey.decision else {
      Issue.record("\(journey.decision)")
      return
    }
  }

  @Test func `a sender that no record translates back is unknown`() throws {
    let article = try Article()
    let network = try translating(article) {
      $0.tellAll {
        $0.lookupRecords[Index.a].rule = .encap
        $0.lookupRecords[Index.a].providerAddress = Article.provider(0)
      }
    }
    let journey = try network.send(
      article.frame(from: article.a, to: article.x), from: article.a)
    let provider = Article.provider(0)
    #expect(journey.refusal == .unknownSource(provider, article.servers, from: provider))
  }

  @Test func `a provider address of two machines leads to neither`() throws {
    let article = try Article()
    let network = try translating(article) {
      $0.tellAll {
        $0.lookupRecords[Index.z].rule = .nat
        $0.lookupRecords[Index.z].providerAddress = own(1)
      }
    }
    let journey = try network.send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(journey.refusal == .untranslatable(own(1)))
  }

  @Test func `stale records do not lead into another routing domain`() throws {
    let article = try Article()
    var policy = try article.policy()
    policy.hosts[0].policy.ports.removeAll { $0.vmName == "Z" }
    policy.hosts[1].policy.ports.append(
      VMPort(
        vmName: "Z", macAddress: article.z.macAddress, virtualSubnetID: article.strangers))
    let network = try translating(article) {
      // The second host gave X's provider address to the stranger Z.
      $0.hosts[1].policy.ports = policy.hosts[1].policy.ports
      $0.hosts[1].policy.forwarding.lookupRecords[Index.x].rule = .encap
      $0.hosts[1].policy.forwarding.lookupRecords[Index.z].rule = .nat
      $0.hosts[1].policy.forwarding.lookupRecords[Index.z].providerAddress = own(1)
    }
    let journey = try network.send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(journey.refusal == .unknownSource(own(0), article.strangers, from: own(0)))
  }

  @Test func `families are not translated into one another`() throws {
    let article = try Article(.v6)
    let journey = try translating(article).send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(journey.refusal == .familiesDiffer(record: Index.x))
  }

  @Test(arguments: IPFamily.allCases)
  func `under None a packet crosses as it is, where the setting carries it`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    for value in UntranslatedRecords.allCases {
      article.settings.untranslated = value
      var policy = try article.policy()
      policy.tellAll { $0.lookupRecords[Index.x].rule = .none }
      let journey = try InstantNetwork(policy).send(
        article.frame(from: article.a, to: article.x), from: article.a)
      switch value {
      case .refused: #expect(journey.refusal == .untranslated(record: Index.x))
      case .plain:
        #expect(journey.tunnels.isEmpty)
        #expect(journey.arrival?.machine == "X")
        #expect(journey.arrival?.frame.packet?.source == article.a.address)
      }
    }
  }

  @Test(arguments: [LookupRecord.TranslationMethod.nat, .none], IPFamily.allCases)
  func `without a tunnel no question reaches its target, and the host answers for it`(
    rule: LookupRecord.TranslationMethod, family: IPFamily
  ) throws {
    var article = try Article(family)
    article.b.host = 1
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords[Index.b].rule = rule }
    let probe = try article.question(
      from: article.a, for: article.b.address, to: article.b.macAddress)
    let answer = NeighborAnswer(target: article.b.address, macAddress: article.b.macAddress)
    #expect(try InstantNetwork(policy).send(probe, from: article.a).decision == .answer(answer))
    let reply = try EthernetFrame.answer(
      from: article.a.address, article.a.macAddress, to: article.b.address, article.b.macAddress)
    #expect(try InstantNetwork(policy).send(reply, from: article.a).decision == .absorb)
  }

  @Test func `what nobody translates is dropped`() throws {
    let article = try Article()
    let frame = try article.frame(from: article.a, to: article.x)
    let packet = try #require(frame.packet)
    let answer = InstantNetwork(try article.policy()).hosts[1].receiveTranslated(frame, packet)
    #expect(answer.outcome.decision == .refuse(.untranslatable(article.x.address)))
    #expect(answer.frame == frame)
  }
}
