import HNVCore
import Testing

@testable import HNVSim

/// Every forwarding model does what it claims: one suite over all.
@Suite struct ModelContractTests {
  static let names = ForwardingModels.names

  private func model(_ name: String) throws -> any ForwardingModel {
    try #require(ForwardingModels.named(name))
  }

  private func wiredUp(_ lab: Lab, _ name: String) throws -> Fabric {
    try Fabric(lab, under: model(name))
  }

  private func arrival(_ from: String, _ to: String, in fabric: Fabric) throws
    -> Observation.Arrival
  {
    let seen = try fabric.observe(Question(from: from, to: to))
    return try #require(seen.arrival, "\(from) to \(to): \(seen.disposition)")
  }

  @Test(arguments: names)
  func `headers arrive as claimed, within a subnet and between two`(_ name: String) throws {
    let fabric = try wiredUp(ContractLab.plain(), name)
    let within = fabric.claims.withinSubnet.value
    for (from, to) in [("A", "B"), ("B", "A"), ("A", "C")] {
      let seen = try arrival(from, to, in: fabric)
      #expect(seen.macAddresses == within.macAddresses, "\(from) to \(to)")
      #expect(seen.spent == (within.decrementsTimeToLive ? 1 : 0), "\(from) to \(to)")
    }
    let between = fabric.claims.betweenSubnets.value
    for (from, to) in [("A", "X"), ("X", "B"), ("X", "C")] {
      let seen = try arrival(from, to, in: fabric)
      #expect(seen.macAddresses == between.macAddresses, "\(from) to \(to)")
      #expect(seen.spent == (between.decrementsTimeToLive ? 1 : 0), "\(from) to \(to)")
    }
  }

  @Test(arguments: names)
  func `a frame within a subnet arrives byte for byte, unless claimed otherwise`(
    _ name: String
  ) throws {
    let fabric = try wiredUp(ContractLab.plain(), name)
    let claim = fabric.claims.withinSubnet.value
    guard claim.macAddresses == .kept, !claim.decrementsTimeToLive else { return }
    for question in [
      Question(from: "A", to: "B"), Question(from: "A", to: "C", ipProtocol: .udp, size: 700),
      Question(from: "B", to: "A", ipProtocol: .tcp, timeToLive: 1),
    ] {
      let (sent, delivered) = try ends(of: question, in: fabric)
      #expect(sent.wireBytes == delivered.wireBytes)
    }
  }

  /// The frames of a packet at its sender and at its receiver.
  private func ends(
    of question: Question, in fabric: Fabric
  ) throws -> (sent: EthernetFrame, delivered: EthernetFrame) {
    let simulation = Simulation(fabric.network, keepingSteps: false)
    let number = simulation.send(try question.testPacket(in: fabric.network.intent))
    simulation.run()
    let journal = simulation.journal
    let last = journal.verdict(of: number).arriving
    return (
      journal.packets.frame(try #require(journal.journeys[number].sent).packet),
      journal.packets.frame(try #require(journal.journeys[last].delivered).packet)
    )
  }

  @Test(arguments: names)
  func `ARP and ND are answered by whom the model claims`(_ name: String) throws {
    let fabric = try wiredUp(ContractLab.plain(), name)
    let trace = try fabric.trace(from: "A", to: "B")
    let answer = try #require(trace.resolution.first { $0.machine == "A" })
    let target = try #require(
      fabric.network.intent.machines.first { $0.name == "B" }?.interfaces.first?.macAddress)
    switch fabric.claims.resolution.value {
    case .target: #expect(answer.answeredBy == "B" && answer.answer == target)
    case .platformWithTarget: #expect(answer.answeredBy != "B" && answer.answer == target)
    case .platformWithRouter:
      // The same as for the address of the router itself.
      let router = try fabric.trace(from: "A", to: "X").resolution.first { $0.machine == "A" }
      #expect(answer.answeredBy != "B" && answer.answer == router?.answer)
      #expect(answer.answer != target)
    case .platformWithConstant:
      let other = try fabric.trace(from: "A", to: "C").resolution.first { $0.machine == "A" }
      #expect(answer.answeredBy != "B" && answer.answer == other?.answer)
      #expect(answer.answer != target)
    }
  }

  @Test(arguments: names)
  func `tunnels add the bytes that are claimed`(_ name: String) throws {
    let fabric = try wiredUp(ContractLab.plain(), name)
    let seen = try fabric.observe(Question(from: "A", to: "B"))
    #expect(seen.crossings > 0)
    if let overhead = fabric.claims.encapsulation.value.overhead {
      #expect(seen.overhead == overhead)
    }
    #expect(try fabric.observe(Question(from: "A", to: "C")).crossings == 0)
  }

  @Test(arguments: names)
  func `a port's rules stop packets within a subnet where that is claimed`(
    _ name: String
  ) throws {
    let fabric = try wiredUp(ContractLab.plain(denying: true), name)
    let isFiltered = !fabric.claims.filters.value.withinSubnet.isEmpty
    #expect(try fabric.reach(from: "A", to: "B").isReachable == !isFiltered)
    #expect(try fabric.reach(from: "C", to: "B").isReachable)
  }

  @Test(arguments: names)
  func `networks with the same addresses stay apart`(_ name: String) throws {
    let fabric = try wiredUp(ContractLab.twins, name)
    for network in ["blue", "red"] {
      for (from, to) in [("A", "B"), ("B", "A"), ("A", "X"), ("X", "B")] {
        let question = Question(from: "\(network)-\(from)", to: "\(network)-\(to)")
        let seen = try fabric.observe(question)
        #expect(seen.loss == nil, "\(question): \(seen)")
        #expect(seen.elements.last == "\(network)-\(to)")
      }
    }
  }

  @Test(arguments: names)
  func `a gateway that a guest chose serves it where that is claimed`(_ name: String) throws {
    let fabric = try wiredUp(ContractLab.guestGateway, name)
    let trace = try fabric.trace(from: "A", to: "internet")
    let seen = try fabric.observe(Question(from: "A", to: "internet"))
    let passed = seen.through.first == "GW" || trace.hops.contains { $0.element == "GW" }
    #expect(passed == (fabric.claims.guestGateway.value == .works))
  }

  @Test(arguments: names)
  func `a route to a machine in the senders' subnet does what is claimed`(
    _ name: String
  ) throws {
    let claims = try wiredUp(ContractLab.plain(), name).claims
    guard claims.sameSubnetNextHop.value != .refused else {
      #expect(throws: Diagnostics.self) { try wiredUp(ContractLab.sameSubnetNextHop, name) }
      return
    }
    let fabric = try wiredUp(ContractLab.sameSubnetNextHop, name)
    let trace = try fabric.trace(from: "A", to: "198.51.100.10")
    let seen = try fabric.observe(Question(from: "A", to: "198.51.100.10"))
    switch claims.sameSubnetNextHop.value {
    case .loops: #expect(trace.failure?.disposition == .loop)
    default: #expect(seen.through.contains("GW"))
    }
  }

  @Test(arguments: names)
  func `every packet of a run ends, and two runs say the same`(_ name: String) throws {
    for lab in [ContractLab.plain(), ContractLab.twins, ContractLab.guestGateway] {
      let fabric = try wiredUp(lab, name)
      for question in try fabric.pairs() {
        let simulation = Simulation(fabric.network, keepingSteps: true)
        let number = simulation.send(try question.testPacket(in: fabric.network.intent))
        simulation.run()
        #expect(simulation.journal.journeys.allSatisfy { $0.ending != nil })
        let trace = Trace(number, of: simulation.log)
        #expect(trace == (try fabric.trace(question)))
      }
    }
  }
}
