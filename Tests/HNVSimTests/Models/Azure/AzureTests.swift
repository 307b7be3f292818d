import HNVCore
import HNVSim
import Testing

/// What an Azure virtual network does with packets: IP decides, whatever the MAC address.
@Suite struct AzureTests {
  private static let constant = MACAddress(bits: 0x1234_5678_9ABC)

  private func azure(
    _ lab: Lab = CloudLab.lab(), _ change: (inout Lab) -> Void = { _ in }
  ) throws -> Fabric {
    var lab = lab
    change(&lab)
    return try Fabric(lab, under: AzureModel())
  }

  private func routes(_ routes: [(to: String, nextHop: String)]) -> (inout Lab) -> Void {
    { lab in
      lab.azure.routeTables = [
        AzureSection.RouteTable(
          subnets: CloudLab.written(["front"]),
          routes: routes.map {
            AzureSection.Route(
              to: CloudLab.written($0.to), nextHop: CloudLab.written($0.nextHop))
          })
      ]
    }
  }

  @Test(arguments: ["B", "X"])
  func `both MAC addresses change and the TTL stays`(receiver: String) throws {
    let trace = try azure().ping("A", receiver)
    let delivered = try #require(trace.delivered)
    #expect(delivered.timeToLive == 64)
    #expect(trace.sent?.destinationMAC == Self.constant)
    #expect(delivered.sourceMAC == Self.constant)
    #expect(delivered.destinationMAC != Self.constant)
    let question = try #require(trace.resolution.first { $0.machine == "A" })
    #expect(question.answeredBy == "hv1" && question.answer == Self.constant)
  }

  @Test func `even an address that nobody has is answered`() throws {
    let trace = try azure().ping("A", "10.0.1.77")
    #expect(trace.disposition == .noRecord)
    #expect(trace.resolution.first { $0.machine == "A" }?.answer == Self.constant)
  }

  @Test func `a gateway of the guest's own choice makes no difference`() throws {
    let lab = CloudLab.lab(gatewayIn: "front", guestGateway: "10.0.1.250", route: false)
    let trace = try azure(lab).ping("A", "internet")
    #expect(trace.through == [] && trace.disposition == .noTranslation)
    #expect(trace.hops.last?.element == "edge-blue")
  }

  @Test func `a gateway in a subnet of its own gets what it serves undiminished`() throws {
    let fabric = try Fabric(LabFiles.lab("complex-routing"), under: AzureModel())
    let trace = try fabric.ping("A", "internet")
    #expect(trace.through == ["GW"] && trace.timeToLive(atForwarder: "GW") == "64")
    #expect(trace.disposition == .noTranslation)
    let translating = try azure().ping("A", "internet")
    #expect(translating.isAnswered && translating.delivered?.timeToLive == 63)
  }

  @Test func `a gateway in the subnet that it serves gets its own packets back`() throws {
    let fabric = try azure(CloudLab.lab(gatewayIn: "front"))
    let trace = try fabric.ping("A", "internet")
    #expect(trace.disposition == .loop && trace.timeToLive(atForwarder: "GW") == "64")
    #expect(fabric.warnings.contains { $0.rule == .forwardingLoop })
    #expect(try !azure().warnings.contains { $0.rule == .forwardingLoop })
  }

  @Test func `the default gateway answers nobody`() throws {
    let fabric = try azure()
    #expect(try fabric.ping("A", "10.0.1.1").disposition == .gatewayAddress)
    #expect(try fabric.ping("A", "10.1.2.1").disposition == .gatewayAddress)
  }

  @Test(arguments: ["255.255.255.255", "10.0.1.255", "224.0.0.18"])
  func `neither broadcast nor multicast is carried`(destination: String) throws {
    #expect(try azure().ping("A", destination).disposition == .notCarried)
  }

  @Test func `a user's route may cover the virtual network, and the sender's own subnet`() throws {
    let between = try azure(CloudLab.lab(), routes([("10.1.2.0/24", "10.0.2.250")]))
    #expect(try between.ping("A", "X").through == ["GW"])
    let own = try azure(CloudLab.lab(), routes([("10.0.1.0/24", "10.0.2.250")]))
    #expect(try own.ping("A", "B").through == ["GW"])
    #expect(try own.ping("X", "B").through == [])
  }

  @Test func `of two routes to one prefix the user's counts`() throws {
    let fabric = try azure(CloudLab.lab(), routes([("10.1.0.0/16", "None")]))
    let trace = try fabric.ping("A", "X")
    #expect(trace.disposition == .noRoute)
    let lookup = try #require(trace.decision?.step.lookup)
    #expect(lookup.match == "10.1.0.0/16 to None, user")
    #expect(lookup.notChosen.first?.entry == "10.1.0.0/16 to Virtual network, system")
  }

  @Test func `private addresses outside the address space lead nowhere`() throws {
    let fabric = try azure(CloudLab.lab(route: false))
    #expect(try fabric.ping("A", "192.168.7.7").disposition == .noRoute)
    #expect(try fabric.ping("A", "10.99.0.1").disposition == .noRoute)
    #expect(try fabric.ping("A", "8.8.8.8").disposition == .noTranslation)
  }

  @Test func `without IP forwarding an interface takes and sends only its own`() throws {
    let off = AzureSection.IPForwarding(
      machine: CloudLab.written("GW"), forwarding: CloudLab.written("off"))
    let trace = try azure { $0.azure.ipForwarding = [off] }.ping("A", "internet")
    #expect(trace.disposition == .notForwarding)
    #expect(trace.decision?.step.setting == "ipForwarding=off")
    let answering = try azure { lab in
      lab.machine("M", on: "hv2", in: "back", "10.1.2.20") { machine in
        machine.interface(in: "gateway", "10.0.2.20")
      }
    }
    #expect(try answering.ping("A", "10.0.2.20").reply?.disposition == .invalidSource)
  }

  @Test func `an appliance's address that nobody has loses the packet`() throws {
    let fabric = try azure(CloudLab.lab(), routes([("0.0.0.0/0", "10.0.2.99")]))
    #expect(try fabric.ping("A", "internet").disposition == .noRecord)
  }

  @Test func `a public address is translated at the edge, both ways`() throws {
    let fabric = try azure(CloudLab.lab(route: false)) { lab in
      lab.azure.publicAddresses = [
        CloudAddress(
          machine: CloudLab.written("A"), address: CloudLab.written("203.0.113.11"))
      ]
    }
    let out = try fabric.ping("A", "internet")
    #expect(out.isAnswered && out.delivered?.source == .v4(IPv4Address(203, 0, 113, 11)))
    #expect(out.delivered?.timeToLive == 64)
    #expect(try fabric.ping("internet", "A").isAnswered)
    #expect(try fabric.ping("internet", "B").disposition == .noRoute)
  }

  @Test func `networks with the same addresses are apart`() throws {
    let fabric = try azure { lab in
      lab.network("red") { $0.subnet("scarlet", "10.0.1.0/24") }
      lab.machine("RA", on: "hv1", in: "scarlet", "10.0.1.11")
      lab.machine("RB", on: "hv2", in: "scarlet", "10.0.1.12")
      lab.machine("RC", on: "hv2", in: "scarlet", "10.0.1.13")
    }
    #expect(try fabric.ping("A", "B").delivered?.machine == "B")
    #expect(try fabric.ping("RA", "RB").delivered?.machine == "RB")
    #expect(try fabric.ping("A", "10.0.1.13").disposition == .noRecord)
    #expect(try fabric.ping("RA", "10.1.2.11").disposition == .noRoute)
  }

  @Test(arguments: LabFiles.names)
  func `every lab runs, and nothing in it is beyond the model`(name: String) throws {
    let lab = try LabFiles.lab(name)
    guard !LabFiles.invalid.contains(name) else {
      #expect(throws: Diagnostics.self) { try azure(lab) }
      return
    }
    let fabric = try azure(lab)
    let pairs = try fabric.pairs()
    #expect(!pairs.isEmpty)
    for question in pairs {
      #expect(try fabric.reach(question).disposition.class != .analysis)
    }
  }
}
