import HNVCore
import Testing

@testable import HNVSim

/// Who answers a machine that asks for a MAC address, and with whose.
struct ContrailNeighborTests {
  private func told(
    _ address: String, _ era: String, _ mode: String? = nil, to receiver: String,
    _ change: (inout Lab) -> Void = { _ in }
  ) throws -> (answer: MACAddress?, by: String?) {
    let fabric = try ContrailLab.article { lab in
      lab.contrail.set(era, mode)
      change(&lab)
    }
    let question = try fabric.ping("A", receiver).resolution.first { "\($0.target)" == address }
    return (question?.answer, question?.answeredBy)
  }

  private func macAddress(of machine: String) throws -> MACAddress? {
    try ContrailLab.article().trace(from: machine, to: "X").sent?.sourceMAC
  }

  @Test func `a host route is stitched to the machine's MAC address`() throws {
    let told = try told("10.0.1.12", "2014-11", to: "B")
    #expect(try told.answer == macAddress(of: "B") && told.by == "hv1")
  }

  @Test(arguments: [("2013", nil), ("2014-11", "l3")])
  func `a vRouter that only routes answers with its own`(era: String, mode: String?) throws {
    let told = try told("10.0.1.12", era, mode, to: "B")
    #expect(told.answer == ContrailLab.vRouter && told.by == "hv1")
  }

  @Test func `in a network that only bridges the machine itself answers`() throws {
    let told = try told("10.0.1.12", "2014-11", "l2", to: "B")
    #expect(try told.answer == macAddress(of: "B") && told.by == "B")
    let gateway = try self.told("10.0.1.1", "2014-11", "l2", to: "X")
    #expect(gateway.answer == nil)
  }

  @Test func `the gateway's address is the vRouter's`() throws {
    #expect(try told("10.0.1.1", "2014-11", to: "X").answer == ContrailLab.vRouter)
  }

  @Test func `what is in another virtual network is routed, even if a guest takes it for its link`()
    throws
  {
    let told = try told("10.1.2.11", "2014-11", to: "X") { lab in
      lab.change("A") { $0.interfaces[0].addresses = [SmallLab.written("10.0.1.11/8")] }
    }
    #expect(told.answer == ContrailLab.vRouter)
  }

  @Test(arguments: [("2013", true), ("2014-11", false)])
  func `an address that nobody has is answered for by the vRouter of 2013 alone`(
    era: String, isAnswered: Bool
  ) throws {
    let fabric = try ContrailLab.article { $0.contrail.set(era) }
    let trace = try fabric.ping("A", "10.0.1.99")
    #expect(trace.answer(for: "10.0.1.99") == (isAnswered ? ContrailLab.vRouter : nil))
    #expect(trace.disposition == (isAnswered ? .noRoute : .neighborUnreachable))
  }

  @Test func `neighbour discovery is answered alike, and by the vRouter of 2013 not at all`() throws
  {
    let proxied = try ContrailLab.small([.v6]).ping("A", "B")
    #expect(proxied.isAnswered && proxied.resolution.first?.answeredBy == "hv1")
    let bridged = try ContrailLab.small([.v6]) { $0.contrail.set("2013") }.ping("A", "B")
    #expect(bridged.isAnswered && bridged.resolution.first?.answeredBy == "B")
    #expect(bridged.sent?.frame == bridged.delivered?.frame)
  }

  @Test(arguments: ["2013", "2014-11"])
  func `a question about oneself gets no answer`(era: String) throws {
    let fabric = try ContrailLab.article { $0.contrail.set(era) }
    let address = IPv4Address(10, 0, 1, 11)
    let mac = try #require(try macAddress(of: "A"))
    for sender in [address, IPv4Address(0, 0, 0, 0)] {
      let frame = EthernetFrame(
        destination: .broadcast, source: mac,
        payload: .arp(
          ARPMessage(
            operation: .request, senderMAC: mac, senderAddress: sender,
            targetMAC: MACAddress(bits: 0), targetAddress: address)))
      let simulation = Simulation(fabric.network, keepingSteps: true)
      let summary = PacketSummary(source: .v4(sender), destination: .v4(address), text: "ARP")
      let number = simulation.begin(.request, of: summary, at: .machine(0)) {
        let question = $0.packets.add(frame)
        let row = $0.packets[question]
        #expect(row.isQuestion && row.askedAddress == nil)
        $0.emit(question, on: .adapter(machine: 0, index: 0))
      }
      simulation.run()
      let ending = simulation.journal.journeys[number].ending
      #expect(ending?.disposition == (era == "2013" ? .notCarried : .replicated))
      // Hosts ask for one another all the same.
      let journal = simulation.journal
      let asked = journal.journeys.indices.filter {
        journal.addresses(of: $0).destination == .v4(address)
      }
      #expect(!asked.contains { journal.journeys[$0].ending?.disposition == .answered })
    }
  }
}
