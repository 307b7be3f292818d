import HNVCore
import Testing

/// Rules that look as if another one hid them, and are asked all the same.
struct RuleReachTests {
  private func warnings(_ rules: [AccessRule]) throws -> [DiagnosticRule] {
    var policy = try Article().policy()
    policy.hosts[0].policy.ports[1].accessRules = rules
    return policy.check().map(\.rule)
  }

  private func rule(
    _ weight: UInt16, _ direction: AccessRule.Direction = .inbound, remote: IPPrefix? = nil,
    _ ipProtocol: IPProtocol? = nil, ports: ClosedRange<UInt16>? = nil,
    isolationID: VirtualSubnetID? = nil
  ) -> AccessRule {
    AccessRule(
      name: "\(weight)", action: .deny, direction: direction, remotePrefix: remote,
      ipProtocol: ipProtocol, localPorts: ports, weight: weight, isolationID: isolationID)
  }

  @Test func `a rule is asked where the one before it leaves something over`() throws {
    let article = try Article()
    let wide = try article.prefix(.servers)
    let all = UInt16.min...UInt16.max
    let pairs: [(AccessRule, AccessRule)] = [
      (rule(2, .inbound), rule(1, .outbound)),
      (rule(2, remote: IPPrefix(host: article.x.address)), rule(1, remote: wide)),
      (rule(2, remote: wide), rule(1)),
      (rule(2, remote: .everything(.v6)), rule(1, remote: .everything(.v4))),
      (rule(2, .inbound, .udp), rule(1, .inbound, .tcp)),
      (rule(2, .inbound, .icmpv6), rule(1, .inbound, .icmp)),
      (rule(2, .inbound, .udp, ports: 5...9), rule(1, .inbound, .udp, ports: 9...10)),
      // Later fragments have no ports.
      (rule(2, .inbound, .udp, ports: all), rule(1, .inbound, .udp)),
    ]
    for (first, second) in pairs {
      #expect(try warnings([first, second]) == [])
    }
  }

  @Test func `a rule is hidden by one that matches the same or more`() throws {
    let article = try Article()
    let pairs: [(AccessRule, AccessRule)] = [
      (rule(2), rule(1)),
      (rule(2, .inbound, .icmp), rule(1, .inbound, .icmpv6)),
      (rule(2, .inbound, .udp), rule(1, .inbound, .udp, ports: 1...1)),
      (rule(2, isolationID: article.clients), rule(1)),
    ]
    for (first, second) in pairs {
      #expect(try warnings([second, first]) == [.unreachableRule])
    }
    // One that is for another virtual subnet hides nothing, and is found itself.
    #expect(try warnings([rule(2, isolationID: article.edge), rule(1)]) == [.unreachableRule])
  }
}
