import Testing

@testable import HNVCore

/// What hosts learn of L2Only machines: ipSpace, August 2013; from what, settings say.
struct LearningTests {
  private func learned(
    _ article: Article, _ frame: EthernetFrame, from machine: Article.Machine,
    telling change: (inout ForwardingPolicy) -> Void = { _ in }
  ) throws -> IPAddress? {
    var policy = try article.policy()
    policy.tellAll(change)
    return try InstantNetwork(policy).send(frame, from: machine).outcome.changes.learned?.address
  }

  @Test(arguments: IPFamily.allCases)
  func `an announcement, a question and an answer tell their sender's address`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    let c = try article.addNewcomer(on: 0)
    let (a, mac) = (article.a, c.macAddress)
    for frame in [
      try EthernetFrame.announcement(of: c.address, mac),
      try article.question(from: c, for: a.address),
      try article.question(from: c, for: a.address, to: a.macAddress),
      try EthernetFrame.answer(from: c.address, mac, to: a.address, a.macAddress),
    ] { #expect(try learned(article, frame, from: c) == c.address) }
  }

  @Test(arguments: IPFamily.allCases)
  func `the fate of the question does not matter`(family: IPFamily) throws {
    var article = try Article(family)
    let c = try article.addNewcomer(on: 0)
    article.settings.unknownNeighbor = .silent
    let question = try article.question(from: c, for: try article.address(.clients, 99))
    #expect(try InstantNetwork(article.policy()).send(question, from: c).refusal != nil)
    #expect(try learned(article, question, from: c) == c.address)
  }

  @Test(arguments: IPFamily.allCases)
  func `a machine that has a record teaches nothing`(family: IPFamily) throws {
    var article = try Article(family)
    try article.addNewcomer(on: 0)
    let announcement = try EthernetFrame.announcement(
      of: article.a.address, article.a.macAddress)
    #expect(try learned(article, announcement, from: article.a) == nil)
  }

  @Test(arguments: IPFamily.allCases)
  func `no address is learned beyond the subnet's prefixes, nor for another MAC address`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    article.settings.learning = .allTraffic
    let c = try article.addNewcomer(on: 0)
    let far = try EthernetFrame.announcement(of: article.x.address, c.macAddress)
    #expect(try learned(article, far, from: c) == nil)
    let packet = try EthernetFrame.carrying(
      from: article.outside, c.macAddress, to: article.a.address, article.a.macAddress,
      .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)))
    #expect(try learned(article, packet, from: c) == nil)
    var proxied = try EthernetFrame.announcement(of: c.address, MACAddress(bits: 0xdead))
    proxied.source = c.macAddress
    #expect(try learned(article, proxied, from: c) == (family == .v4 ? nil : c.address))
    article.settings.learning = .neighborMessages
    #expect(try learned(article, proxied, from: c) == nil)
  }

  /// Set-VMNetworkAdapter -DynamicIPAddressLimit.
  @Test(arguments: IPFamily.allCases, 0...2)
  func `a port's limit counts the addresses that were learned from it`(
    family: IPFamily, limit: Int
  ) throws {
    var article = try Article(family)
    let c = try article.addNewcomer(on: 0)
    var policy = try article.policy()
    let port = try #require(policy.hosts[0].policy.ports.firstIndex { $0.vmName == "C" })
    policy.hosts[0].policy.ports[port].dynamicIPAddressLimit = limit
    var count = 0
    for number in 60...63 {
      let address = try article.address(.clients, number)
      let announcement = try EthernetFrame.announcement(of: address, c.macAddress)
      let outcome = try InstantNetwork(policy).send(announcement, from: c).outcome
      #expect(outcome.decision == .absorb)
      guard let learned = outcome.changes.learned else { continue }
      policy.hosts[0].policy.forwarding.learn(learned)
      count += 1
    }
    #expect(count == limit)
  }

  @Test(arguments: IPFamily.allCases)
  func `an address that another L2Only machine announces moves there`(family: IPFamily) throws {
    var article = try Article(family)
    let (first, second) = (
      try article.addNewcomer(on: 0), try article.addNewcomer(on: 0, number: 51)
    )
    let shared = try article.address(.clients, 60)
    var policy = try article.policy()
    for machine in [first, second, first] {
      let announcement = try EthernetFrame.announcement(of: shared, machine.macAddress)
      let changes = try InstantNetwork(policy).send(announcement, from: machine).outcome.changes
      // The host answers for the owner that it knows, and learns all the same.
      let learned = try #require(changes.learned)
      policy.hosts[0].policy.forwarding.learn(learned)
      let owners = policy.hosts[0].policy.forwarding.lookupRecords.filter {
        $0.customerAddress == shared
      }
      #expect(owners.map(\.macAddress) == [machine.macAddress])
    }
  }

  @Test func `what is learned is never a record that was not there`() throws {
    var forwarding = try Article().forwarding()
    let before = forwarding
    let learned = LearnedAddress(address: .v4(IPv4Address(10, 0, 1, 77)), record: 99)
    #expect(forwarding.learn(learned) == nil)
    #expect(forwarding == before)
  }

  /// A host learns from what comes out of a tunnel as well, unless the setting says nothing is.
  @Test(arguments: IPFamily.allCases, AddressLearning.allCases)
  func `another host's machine is learned likewise`(
    family: IPFamily, learning: AddressLearning
  ) throws {
    var article = try Article(family)
    article.settings.learning = learning
    let c = try article.addNewcomer(on: 1)
    let host = InstantNetwork(try article.policy()).hosts[0]
    func learned(_ frame: EthernetFrame) -> IPAddress? {
      let outcome = host.receive(
        frame, in: article.clients, from: Article.provider(1), at: Article.provider(0))
      return outcome.changes.learned?.address
    }
    let probe = try article.question(from: c, for: article.a.address, to: article.a.macAddress)
    #expect(learned(probe) == (learning == .none ? nil : c.address))
    let packet = try article.frame(from: c, to: article.a)
    #expect(learned(packet) == (learning == .allTraffic ? c.address : nil))
  }
}
