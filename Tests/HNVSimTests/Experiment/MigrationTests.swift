import HNVCore
import Testing

@testable import HNVSim

/// Live migration: the machine moves at once, what hosts were told does not.
@Suite struct MigrationTests {
  @Test func `until hosts are told, packets go to where the machine was`() throws {
    var experiment = Experiment(try SmallLab.fabric())
    try experiment.send(Question(from: "A", to: "B"))
    try experiment.move("B", to: "hv3", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(2))
    try experiment.deliver(record: "10.0.1.12", at: .seconds(3))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(4))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.disposition) == [.accepted, .noPort, .accepted])
    #expect(traces.map(\.isAnswered) == [true, false, true])
    #expect(traces[0].hops.map(\.element) == ["A", "hv1", "underlay", "hv2", "B"])
    #expect(traces[2].hops.map(\.element) == ["A", "hv1", "underlay", "hv3", "B"])
    let decision = try #require(traces[1].decision)
    #expect(decision.element == "hv2")
    #expect(try #require(decision.step.fix).contains("hv3"))
  }

  @Test func `each host is late for itself`() throws {
    var experiment = Experiment(try SmallLab.fabric())
    try experiment.move("B", to: "hv3", at: .zero)
    // hv1 and B's new host know; hv2, where X is, does not.
    try experiment.deliver(record: "10.0.1.12", to: ["hv1", "hv3"], at: .seconds(1))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(2))
    try experiment.send(Question(from: "X", to: "B"), at: .seconds(2))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.disposition) == [.accepted, .noPort])
    #expect(traces[1].decision?.element == "hv2")
  }

  @Test func `what the machine itself sends needs its new host to know`() throws {
    var experiment = Experiment(try SmallLab.fabric())
    try experiment.move("A", to: "hv3", at: .zero)
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(1))
    try experiment.deliver(record: "10.0.1.11", at: .seconds(2))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(3))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.disposition) == [.providerUnreachable, .accepted])
    #expect(traces[0].decision?.element == "hv3")
    #expect(traces[1].isAnswered)
  }

  @Test func `access rules move with the port`() throws {
    var experiment = Experiment(
      try SmallLab.fabric { $0.change("B") { $0.rule(.deny, .inbound, ipProtocol: .udp) } })
    try experiment.move("B", to: "hv3", at: .zero)
    try experiment.deliver(record: "10.0.1.12", at: .zero)
    try experiment.send(Question(from: "A", to: "B", ipProtocol: .udp), at: .seconds(1))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(1))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.disposition) == [.deniedIn, .accepted])
    #expect(traces[0].decision?.element == "hv3")
  }

  @Test func `a gateway that moved forwards again once its record is delivered`() throws {
    var experiment = Experiment(try SmallLab.fabric { $0.addGateway() })
    try experiment.move("GW", to: "hv1", at: .zero)
    try experiment.send(Question(from: "X", to: "internet"), at: .seconds(1))
    try experiment.deliver(record: "10.0.2.250", at: .seconds(2))
    try experiment.send(Question(from: "X", to: "internet"), at: .seconds(3))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.disposition) == [.noPort, .exitsNetwork])
    #expect(traces.map(\.isAnswered) == [false, true])
  }

  @Test func `moving there and back is as if nothing had happened`() throws {
    let fabric = try SmallLab.fabric()
    var experiment = Experiment(fabric)
    try experiment.move("B", to: "hv3", at: .zero)
    try experiment.move("B", to: "hv2", at: .zero)
    try experiment.send(Question(from: "A", to: "B"))
    #expect(try experiment.run().last?.trace == fabric.trace(from: "A", to: "B"))
  }

  @Test func `hosts that are told the same share it, together or one after the other`() throws {
    let fabric = try SmallLab.fabric()
    let wiring = Wiring(fabric.network.intent)
    let network = try #require(fabric.network as? HNVNetwork)
    let item = PolicyItem.record(try IPAddress(parsing: "10.0.1.12"))
    for steps in [[Array(network.routers.indices)], network.routers.indices.map { [$0] }] {
      let state = HNVState(network: network)
      for hosts in steps { state.withhold(item, from: hosts) }
      let without = state.routers[0].router
      #expect(without !== network.routers[0].router)
      #expect(state.routers.allSatisfy { $0.router === without })
      for hosts in steps { state.deliver(item, to: hosts, wiring) }
      let after = state.routers[0].router
      #expect(after !== without)
      #expect(state.routers.allSatisfy { $0.router === after })
      #expect(state.routers.map(\.router.policy) == state.policy.hosts.map(\.policy.forwarding))
    }
  }

  @Test func `a delivered record stands where the one before it stood`() throws {
    let network = try #require(try SmallLab.fabric().network as? HNVNetwork)
    let address = try IPAddress(parsing: "10.0.1.12")
    let machine = try #require(network.intent.machines.firstIndex { $0.name == "B" })
    var wiring = Wiring(network.intent)
    let state = HNVState(network: network)
    wiring.move(machine, to: 2)
    state.move(machine, from: 1, to: 2)
    state.deliver(.record(address), to: [0, 2], wiring)
    let target = try #require(network.policy.hosts[2].policy.providerAddresses.first)
    for host in network.policy.hosts.indices {
      var expected = network.policy.hosts[host].policy.forwarding
      for number in expected.lookupRecords.indices
      where host != 1 && expected.lookupRecords[number].customerAddress == address {
        expected.lookupRecords[number].providerAddress = target.address
      }
      #expect(state.policy.hosts[host].policy.forwarding == expected)
      #expect(state.routers[host].router.policy == expected)
    }
  }
}
