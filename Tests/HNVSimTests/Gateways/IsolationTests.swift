import HNVCore
import HNVSim
import Testing

/// A multitenant gateway never mixes its tenants, whatever addresses they have in common
/// (Add-VMNetworkAdapterRoutingDomainMapping: a compartment for each routing domain).
struct IsolationTests {
  static let seeds = 0..<8 as Range<UInt64>

  /// Every packet and answer of a trace.
  private func endings(_ trace: Trace) -> [Disposition] {
    [trace.disposition] + trace.replies.flatMap(endings)
  }

  @Test(arguments: seeds) func `such a lab is in order`(seed: UInt64) throws {
    #expect(Fabric.check(Tenants(seed: seed).lab) == [])
  }

  @Test(arguments: seeds)
  func `within a tenant an address is the tenant's own machine, or nobody`(seed: UInt64) throws {
    let tenants = Tenants(seed: seed)
    let fabric = try Fabric(tenants.lab)
    for sender in tenants.machines {
      for address in Tenants.pool where address != sender.address {
        let trace = try fabric.trace(from: sender.name, to: address)
        let receiver = tenants.machine(of: sender.tenant, at: address)
        #expect(trace.delivered?.machine == receiver?.name)
        #expect(trace.isAnswered == (receiver != nil))
      }
    }
  }

  @Test(arguments: seeds)
  func `a tenant reaches its own site, and its site its own machines`(seed: UInt64) throws {
    let tenants = Tenants(seed: seed)
    let fabric = try Fabric(tenants.lab)
    for tenant in 0..<tenants.count {
      for address in Tenants.pool {
        let machine = tenants.machine(of: tenant, at: address)
        let trace = try fabric.trace(from: tenants.site(tenant), to: address)
        #expect(trace.delivered?.machine == machine?.name)
        #expect(trace.isAnswered == (machine != nil))
        guard let machine else { continue }
        let back = try fabric.trace(from: machine.name, to: "192.168.5.10")
        #expect(back.delivered?.machine == tenants.site(tenant))
        #expect(back.reply?.delivered?.machine == machine.name)
      }
    }
  }

  @Test(arguments: seeds)
  func `all at once, with one port, everybody gets the own answer`(seed: UInt64) throws {
    let tenants = Tenants(seed: seed)
    var experiment = Experiment(try Fabric(tenants.lab))
    for machine in tenants.machines {
      for target in ["internet", tenants.site(machine.tenant)] {
        try experiment.send(
          Question(from: machine.name, to: target, ipProtocol: .udp, sourcePort: 5000))
        try experiment.send(Question(from: machine.name, to: target))
      }
    }
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.count == 4 * tenants.machines.count)
    for trace in traces {
      #expect(endings(trace).allSatisfy { $0.isSuccess })
      #expect(trace.reply?.delivered?.machine == trace.sender)
    }
  }

  @Test(arguments: seeds)
  func `a published port is one tenant's machine's`(seed: UInt64) throws {
    let tenants = Tenants(seed: seed)
    let fabric = try Fabric(tenants.lab)
    for machine in tenants.machines {
      let trace = try fabric.trace(
        Question(
          from: "internet", to: "203.0.113.2", ipProtocol: .tcp,
          destinationPort: UInt16(tenants.port(published: machine))))
      #expect(trace.delivered?.machine == machine.name)
      #expect(trace.isAnswered)
    }
  }

  @Test(arguments: seeds)
  func `the gateway itself is known to each tenant, and knows each`(seed: UInt64) throws {
    let tenants = Tenants(seed: seed)
    let fabric = try Fabric(tenants.lab)
    for machine in tenants.machines {
      #expect(try fabric.trace(from: machine.name, to: "GW").isAnswered)
      let trace = try fabric.trace(from: "GW", to: machine.name)
      #expect(trace.delivered?.machine == machine.name && trace.isAnswered)
    }
  }

  @Test func `a shared adapter is one port for each of its mappings`() throws {
    let fabric = try LabFiles.fabric("multitenant-gateway")
    let network = try #require(fabric.network as? HNVNetwork)
    let router = try network.router(of: "hv3")
    #expect(router.ports.count == 2)
    #expect(Set(router.ports.map(\.macAddress)).count == 1)
    #expect(Set(router.ports.compactMap(\.virtualSubnetID)).count == 2)
    #expect(
      router.ports.compactMap { $0.routingDomainID.flatMap(network.networkName) } == [
        "blue", "red",
      ])
  }
}
