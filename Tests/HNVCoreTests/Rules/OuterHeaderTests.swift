import HNVCore
import Testing

/// What the outer header says: RFC 7637, section 3.2, RFC 7348, section 5, and settings.
struct OuterHeaderTests {
  private func tunnel(
    _ article: Article, ports: (UInt16, UInt16) = (1000, 2000), to machine: Article.Machine? = nil
  ) throws -> Tunnel {
    let frame = try article.frame(
      from: article.a, to: machine ?? article.x,
      .udp(UDPDatagram(sourcePort: ports.0, destinationPort: ports.1, data: [1, 2, 3])))
    return try #require(try InstantNetwork(article.policy()).send(frame, from: article.a).tunnel)
  }

  @Test(arguments: IPFamily.allCases, Encapsulation.allCases)
  func `all packets of a flow have one entropy, and flows differ`(
    family: IPFamily, encapsulation: Encapsulation
  ) throws {
    var article = try Article(family)
    article.settings.encapsulation = encapsulation
    #expect(try tunnel(article).entropy == 0)
    article.settings.flowID = .hashed
    #expect(try tunnel(article).entropy == tunnel(article).entropy)
    let entropies = try (0..<32).map { try tunnel(article, ports: (1000 + $0, 80)).entropy }
    // 32 values of 65,536 are almost never the same; these are not.
    #expect(Set(entropies).count > 28)
    #expect(try tunnel(article).entropy != tunnel(article, ports: (2000, 1000)).entropy)
  }

  @Test(arguments: FlowIdentifier.allCases)
  func `NVGRE writes it into the FlowID, VXLAN into a source port of the dynamic range`(
    value: FlowIdentifier
  ) throws {
    var article = try Article()
    article.settings.flowID = value
    let frame = try article.frame(from: article.a, to: article.x)
    let nvgre = try tunnel(article)
    guard case .nvgre(let header, frame) = nvgre.transport(carrying: frame) else {
      Issue.record("no NVGRE")
      return
    }
    #expect(header.flowID == UInt8(nvgre.entropy & 0xff))
    article.settings.encapsulation = .vxlan
    let vxlan = try tunnel(article)
    guard case .vxlan(let header, frame) = vxlan.transport(carrying: frame) else {
      Issue.record("no VXLAN")
      return
    }
    #expect(header.sourcePort >= 49152)
    #expect(header.sourcePort & 0x3fff == vxlan.entropy & 0x3fff)
    #expect((header.sourcePort == 49152) == (value == .zero))
  }

  /// Microsoft's samples: a host owns the provider address that its VMs' own records name.
  @Test(arguments: IPFamily.allCases)
  func `of several provider addresses the sender's record names the source`(
    family: IPFamily
  ) throws {
    let article = try Article(family)
    var policy = try article.policy()
    let other = IPAddress.v4(IPv4Address(192, 168, 1, 77))
    policy.hosts[0].policy.providerAddresses.append(ProviderAddress(other, prefixLength: 24))
    policy.tellAll { $0.lookupRecords[Article.Index.b].providerAddress = other }
    let network = InstantNetwork(policy)
    for (sender, source) in [(article.a, Article.provider(0)), (article.b, other)] {
      let journey = try network.send(article.frame(from: sender, to: article.x), from: sender)
      #expect(journey.tunnel?.source == source)
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `the copies of a group's frame come from the sender's own provider address`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    try article.addNewcomer(on: 1)
    var policy = try article.policy()
    let other = IPAddress.v4(IPv4Address(192, 168, 1, 77))
    policy.hosts[0].policy.providerAddresses.append(ProviderAddress(other, prefixLength: 24))
    policy.tellAll { $0.lookupRecords[Article.Index.a].providerAddress = other }
    let frame = try article.frame(from: article.a, to: article.group, mac: .broadcast)
    #expect(
      try InstantNetwork(policy).send(frame, from: article.a).tunnels.map(\.source) == [other])
    // One that the host does not have sends nothing.
    policy.hosts[0].policy.providerAddresses.removeLast()
    #expect(
      try InstantNetwork(policy).send(frame, from: article.a).refusal
        == .foreignProviderAddress(other))
  }

  @Test(arguments: IPFamily.allCases)
  func `without a sender's record the first provider address of the family is the source`(
    family: IPFamily
  ) throws {
    var article = try Article(family)
    article.settings.sourceValidation = .none
    article.settings.receiverValidation = .none
    var policy = try article.policy()
    policy.tellAll { $0.lookupRecords.remove(at: Article.Index.a) }
    let six = IPAddress.v6(IPv6Address(bits: 0xfd00 << 112))
    policy.hosts[0].policy.providerAddresses.insert(
      ProviderAddress(six, prefixLength: 64), at: 0)
    let journey = try InstantNetwork(policy).send(
      article.frame(from: article.a, to: article.x), from: article.a)
    #expect(journey.tunnel?.source == Article.provider(0))
  }

  @Test func `what the customer's packet says of fragments and service is copied by setting`()
    throws
  {
    var article = try Article()
    let frame = try article.frame(from: article.a, to: article.x)
    guard case .v4(var packet) = frame.packet else {
      Issue.record("no IPv4")
      return
    }
    packet.dontFragment = false
    packet.differentiatedServices = 0xb8
    var marked = frame
    marked.payload = .ip(.v4(packet))
    let plain = try #require(
      try InstantNetwork(article.policy()).send(marked, from: article.a).tunnel)
    #expect(plain.differentiatedServices == 0)
    #expect(plain.dontFragment)
    article.settings.outerDSCP = .copied
    article.settings.outerDontFragment = .copied
    let copied = try #require(
      try InstantNetwork(article.policy()).send(marked, from: article.a).tunnel)
    #expect(copied.differentiatedServices == 0xb8)
    #expect(!copied.dontFragment)
    // ARP says nothing of either, and IPv6 is fragmented by nobody on its way.
    article.settings.gratuitousARP = .passed
    try article.addNewcomer(on: 1)
    let announcement = try EthernetFrame.announcement(
      of: article.a.address, article.a.macAddress)
    let copy = try InstantNetwork(article.policy()).send(announcement, from: article.a).tunnel
    #expect(copy?.dontFragment == true)
    #expect(copy?.differentiatedServices == 0)
    var six = try Article(.v6)
    six.settings.outerDontFragment = .copied
    #expect(try tunnel(six).dontFragment)
  }
}
