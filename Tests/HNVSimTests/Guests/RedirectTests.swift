import HNVCore
import HNVSim
import Testing

/// Redirects: on the outside wire S has R for its gateway, and R sends to A by way of GW.
@Suite struct RedirectTests {
  private func traces(
    _ family: IPFamily, accepting: Bool = true, _ change: (inout Lab) -> Void = { _ in }
  ) throws -> [Trace] {
    let addresses = GatewayLab.Addresses(family)
    let own = family == .v4 ? "203.0.113.9" : "2001:db8:1::9"
    let router = family == .v4 ? "203.0.113.8" : "2001:db8:1::8"
    let fabric = try GatewayLab.fabric(family) { lab in
      lab.gateway("R", on: "hv1") { machine in
        machine.interface(outside: "internet", router)
        machine.route(to: addresses.front, via: addresses.gatewayOutside)
      }
      lab.gateway("S", on: "hv1") { machine in
        machine.forwards = false
        machine.interface(outside: "internet", own)
        machine.gateways = [SmallLab.written(router)]
        machine.acceptsRedirects = accepting
      }
      change(&lab)
    }
    var experiment = Experiment(fabric)
    try experiment.send(Question(from: "S", to: "A"))
    try experiment.send(Question(from: "S", to: "A"), at: .seconds(1))
    return experiment.run().compactMap(\.trace)
  }

  @Test(arguments: IPFamily.allCases)
  func `a forwarding machine tells its neighbour of a better hop, and forwards all the same`(
    family: IPFamily
  ) throws {
    let addresses = GatewayLab.Addresses(family)
    let traces = try traces(family)
    #expect(traces.map(\.isAnswered) == [true, true])
    #expect(traces.map(\.through) == [["R", "GW"], ["GW"]])
    let redirect = try #require(traces[0].redirects.first)
    #expect(traces[0].redirects.count == 1 && traces[1].redirects.isEmpty)
    #expect(redirect.sender == "R" && redirect.delivered?.machine == "S")
    #expect(redirect.disposition == .accepted && redirect.packet.text == "ICMP redirect")
    switch redirect.arrived?.transport {
    case .icmp(.redirect(.host, let gateway, let quoted)):
      #expect("\(gateway)" == addresses.gatewayOutside)
      #expect(quoted.destination == traces[0].packet.destination)
    case .icmpv6(.redirect(.betterHop, let target, let destination, let quoted)):
      #expect("\(target)" == addresses.gatewayOutside)
      #expect(IPAddress.v6(destination) == traces[0].packet.destination)
      #expect(quoted.source == traces[0].packet.source)
      // RFC 4861, section 8.1: 255, or it is not believed.
      #expect(redirect.arrived?.timeToLive == 255)
    default: Issue.record("no redirect")
    }
    let routed = try #require(traces[1].hops[0].steps.first { $0.action == .routed })
    #expect(routed.detail.contains("learned from a redirect"))
    // The answer is still the reply.
    #expect(traces[0].reply?.packet.text == "ICMP echo reply")
    #expect(traces[0].rendered(.path).contains("ICMP redirect"))
  }

  @Test(arguments: IPFamily.allCases)
  func `a machine that takes no redirects goes on as before`(family: IPFamily) throws {
    let traces = try traces(family, accepting: false)
    #expect(traces.map(\.isAnswered) == [true, true])
    #expect(traces.map(\.through) == [["R", "GW"], ["R", "GW"]])
    #expect(traces.map(\.redirects.count) == [1, 1])
    let steps = try #require(traces[0].redirects.first?.hops.last?.steps)
    #expect(steps.map(\.action) == [.checked, .accepted])
  }

  @Test func `routers take no redirects (RFC 1812, section 5.2.7.2)`() throws {
    let traces = try traces(.v4) { $0.change("S") { $0.forwards = true } }
    #expect(traces.map(\.through) == [["R", "GW"], ["R", "GW"]])
  }

  @Test func `a redirect that is lost loses nothing else`() throws {
    var experiment = Experiment(try redirectsLost())
    try experiment.send(Question(from: "S", to: "A"))
    let trace = try #require(experiment.run().first?.trace)
    #expect(trace.redirects.map(\.disposition) == [.neighborUnreachable])
    #expect(trace.isAnswered)
  }

  /// R knows a way to A, and sends to S by a neighbour that nobody is.
  private func redirectsLost() throws -> Fabric {
    try GatewayLab.fabric(.v4) { lab in
      lab.gateway("R", on: "hv1") { machine in
        machine.interface(outside: "internet", "203.0.113.8")
        machine.route(to: "10.0.1.0/24", via: "203.0.113.2")
        machine.route(to: "203.0.113.9/32", via: "203.0.113.77")
      }
      lab.gateway("S", on: "hv1") { machine in
        machine.forwards = false
        machine.interface(outside: "internet", "203.0.113.9")
        machine.gateways = [SmallLab.written("203.0.113.8")]
      }
    }
  }

  @Test func `what comes by one link and leaves by another is no reason for a redirect`() throws {
    let trace = try GatewayLab.fabric(.v4).trace(from: "internet", to: "A")
    #expect(trace.isAnswered && trace.redirects.isEmpty)
  }
}
