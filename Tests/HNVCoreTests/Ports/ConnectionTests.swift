import HNVCore
import Testing

/// Stateful rules: Add-VMNetworkAdapterExtendedAcl -Stateful, and "Create Security Policies with
/// Extended Port Access Control Lists".
struct ConnectionTests {
  private static let second: UInt64 = 1_000_000_000

  private let article: Article
  private let policy: NetworkPolicy

  /// The page's example: A may open connections to web servers, and nothing else may pass.
  init() throws {
    var article = try Article()
    article.a.rules = [
      AccessRule(name: "nothing in", action: .deny, direction: .inbound, weight: 1),
      AccessRule(name: "nothing out", action: .deny, direction: .outbound, weight: 1),
      AccessRule(
        name: "web", action: .allow, direction: .outbound, ipProtocol: .tcp,
        remotePorts: 80...80, weight: 100, isStateful: true, idleSessionTimeout: 3600),
    ]
    self.article = article
    policy = try article.policy()
  }

  private func segment(_ source: UInt16, _ destination: UInt16) -> Transport {
    .tcp(
      TCPSegment(sourcePort: source, destinationPort: destination, sequence: 0, flags: .syn))
  }

  private func request(_ port: UInt16 = 4000, to destination: UInt16 = 80) throws -> EthernetFrame {
    try article.frame(from: article.a, to: article.b, segment(port, destination))
  }

  private func reply(_ port: UInt16 = 4000, from source: UInt16 = 80) throws -> EthernetFrame {
    try article.frame(from: article.b, to: article.a, segment(source, port))
  }

  /// A and B are the ports 0 and 1 of one host.
  private var host: HostRouter { InstantNetwork(policy).hosts[0] }

  @Test func `a match lets both directions of its flow pass, and nothing else`() throws {
    let host = host
    var state = HostState()
    #expect(
      host.decide(try reply(), from: 1).decision
        == .refuse(.denied(.inbound, port: 0, .extended(0))))
    let opened = host.decide(try request(), from: 0)
    guard case .deliver = opened.decision else {
      Issue.record("\(opened.decision)")
      return
    }
    #expect(opened.changes.sender?.idleSessionTimeout == 3600)
    #expect(opened.changes.receiver == nil)
    state.apply(opened.changes, at: 0)
    let answered = host.decide(try reply(), from: 1, state: state, at: Self.second)
    guard case .deliver(port: 0, _) = answered.decision else {
      Issue.record("\(answered.decision)")
      return
    }
    #expect(answered.changes.receiver == opened.changes.sender)
    let others = [
      try reply(4001), try reply(4000, from: 81),
      try article.frame(
        from: article.b, to: article.a,
        .udp(
          UDPDatagram(sourcePort: 80, destinationPort: 4000))),
    ]
    for frame in others {
      #expect(
        host.decide(frame, from: 1, state: state, at: Self.second).decision
          == .refuse(.denied(.inbound, port: 0, .extended(0))))
    }
    let elsewhere = try request(4000, to: 81)
    #expect(
      host.decide(elsewhere, from: 0, state: state).decision
        == .refuse(.denied(.outbound, port: 0, .extended(1))))
  }

  @Test func `the state is gone after the idle time without a packet in either direction`() throws {
    let host = host
    var state = HostState()
    state.apply(host.decide(try request(), from: 0).changes, at: 0)
    func answers(at seconds: UInt64) throws -> Bool {
      let outcome = host.decide(try reply(), from: 1, state: state, at: seconds * Self.second)
      state.apply(outcome.changes, at: seconds * Self.second)
      if case .deliver = outcome.decision { return true }
      return false
    }
    #expect(try answers(at: 3599))
    // The reply has renewed it.
    #expect(try answers(at: 3599 + 3599))
    #expect(try !answers(at: 3599 + 3599 + 3600))
  }

  @Test func `the state answers before a rule that denies`() throws {
    var policy = policy
    let host = host
    let opened = host.decide(try request(), from: 0)
    var state = HostState()
    state.apply(opened.changes, at: 0)
    policy.hosts[0].policy.ports[0].accessRules.append(
      AccessRule(name: "all out", action: .deny, direction: .outbound, weight: 200))
    let stricter = InstantNetwork(policy).hosts[0]
    let known = stricter.decide(try request(), from: 0, state: state)
    #expect(known.grounds.outbound == .state)
    #expect(known.changes.sender != nil && known.changes.sender == opened.changes.sender)
    #expect(
      stricter.decide(try request(4001), from: 0, state: state).decision
        == .refuse(.denied(.outbound, port: 0, .extended(0))))
  }

  @Test func `a rule that is not stateful leaves nothing behind`() throws {
    var policy = policy
    policy.hosts[0].policy.ports[0].accessRules[2].isStateful = false
    let outcome = InstantNetwork(policy).hosts[0].decide(try request(), from: 0)
    #expect(outcome.changes == StateChanges())
    guard case .deliver = outcome.decision else {
      Issue.record("\(outcome.decision)")
      return
    }
  }

  @Test func `what the port itself drops leaves nothing behind, what HNV drops does`() throws {
    var policy = policy
    policy.hosts[0].policy.ports[0].basicRules = [
      BasicAccessRule(.deny, .outbound, .remote, .anyIP)
    ]
    #expect(
      InstantNetwork(policy).hosts[0].decide(try request(), from: 0).changes == StateChanges())
    let nowhere = try article.frame(
      from: article.a, to: try article.address(.clients, 99),
      mac: article.gatewayMAC(of: article.clients), segment(4000, 80))
    let lost = host.decide(nowhere, from: 0)
    guard case .refuse = lost.decision else {
      Issue.record("\(lost.decision)")
      return
    }
    #expect(lost.changes.sender != nil)
  }

  @Test func `a flow belongs to one port`() throws {
    let opened = host.decide(try request(), from: 0)
    let key = try #require(opened.changes.sender).key
    let port = host.ports[0]
    var twin = port
    twin.virtualSubnetID = article.strangers
    let packet = try #require(try request().packet)
    #expect(ConnectionKey(packet, .outbound, at: port) == key)
    #expect(ConnectionKey(packet, .outbound, at: twin) != key)
    let back = try #require(try reply().packet)
    #expect(ConnectionKey(back, .inbound, at: port) == key)
    #expect(ConnectionKey(back, .outbound, at: port) != key)
  }

  @Test(arguments: IPFamily.allCases)
  func `an echo's flow is its identifier, and an error belongs to none`(family: IPFamily) throws {
    let article = try Article(family)
    func key(_ transport: Transport, _ direction: AccessRule.Direction) throws -> ConnectionKey? {
      let isOutbound = direction == .outbound
      let packet = try article.frame(
        from: isOutbound ? article.a : article.b, to: isOutbound ? article.b : article.a, transport
      ).packet
      return ConnectionKey(try #require(packet), direction, at: host.ports[0])
    }
    let quoted = QuotedPacket(
      try #require(try article.frame(from: article.a, to: article.b).packet))
    let (ask, answer, other, error): (Transport, Transport, Transport, Transport) =
      switch family {
      case .v4:
        (
          .icmp(.echoRequest(identifier: 7, sequence: 1, data: [])),
          .icmp(.echoReply(identifier: 7, sequence: 2, data: [])),
          .icmp(.echoReply(identifier: 8, sequence: 1, data: [])),
          .icmp(.timeExceeded(quoting: quoted))
        )
      case .v6:
        (
          .icmpv6(.echoRequest(identifier: 7, sequence: 1, data: [])),
          .icmpv6(.echoReply(identifier: 7, sequence: 2, data: [])),
          .icmpv6(.echoReply(identifier: 8, sequence: 1, data: [])),
          .icmpv6(.timeExceeded(quoting: quoted))
        )
      }
    let asked = try key(ask, .outbound)
    #expect(asked != nil)
    #expect(try key(answer, .inbound) == asked)
    #expect(try key(other, .inbound) != asked)
    #expect(try key(error, .inbound) == nil)
  }

  @Test func `flows that are over do not fill the table`() throws {
    var table = ConnectionTable()
    let port = host.ports[0]
    for number in UInt16(0)..<5000 {
      let packet = try #require(try request(number).packet)
      let key = try #require(ConnectionKey(packet, .outbound, at: port))
      let now = UInt64(number) * Self.second
      table.refresh(Connection(key, idleSessionTimeout: 10), at: now)
      #expect(table.connection(for: key, at: now) != nil)
      #expect(table.connection(for: key, at: now + 10 * Self.second) == nil)
      #expect(table.connection(for: key, at: now + 10 * Self.second - 1) != nil)
    }
    #expect(table.count < 100)
    table.expire(at: 6000 * Self.second)
    #expect(table.isEmpty)
  }
}
