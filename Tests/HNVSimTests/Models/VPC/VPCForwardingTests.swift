import HNVCore
import HNVSim
import Testing

/// What a VPC does with packets: ARP, the two ways of delivery, and the TTL that stays
/// (ipSpace, December 2013).
@Suite struct VPCForwardingTests {
  private func vpc(_ lab: Lab) throws -> Fabric { try Fabric(lab, under: VPCModel()) }

  @Test func `within a subnet a frame arrives as it was sent`() throws {
    let trace = try vpc(CloudLab.lab()).ping("A", "B")
    let (sent, delivered) = (try #require(trace.sent), try #require(trace.delivered))
    #expect(sent.frame == delivered.frame)
    #expect(delivered.timeToLive == 64)
    #expect(delivered.destinationMAC == MACAddress(bits: 0x0015_5D00_0002))
    let question = try #require(trace.resolution.first { $0.machine == "A" })
    #expect(question.answeredBy == "hv1")
    #expect(question.answer == delivered.destinationMAC)
    // Only what is addressed to the router is looked up.
    #expect(!trace.lookups.contains { $0.table.hasPrefix("route table") })
  }

  @Test func `between subnets MAC addresses change, and the TTL does not`() throws {
    let trace = try vpc(CloudLab.lab()).ping("B", "X")
    let (sent, delivered) = (try #require(trace.sent), try #require(trace.delivered))
    #expect(delivered.timeToLive == 64)
    #expect(delivered.destinationMAC == MACAddress(bits: 0x0015_5D00_0003))
    #expect(sent.sourceMAC != delivered.sourceMAC)
    // The router that X knows, not the one that B does.
    let back = try #require(trace.reply?.resolution.first { $0.machine == "X" })
    #expect(back.answer == delivered.sourceMAC)
    #expect(sent.destinationMAC != delivered.sourceMAC)
  }

  @Test func `a packet with a TTL of 1 crosses subnets`() throws {
    let fabric = try vpc(CloudLab.lab())
    let trace = try fabric.trace(Question(from: "B", to: "X", timeToLive: 1))
    #expect(trace.isAnswered)
  }

  @Test func `a gateway in a subnet of its own gets what it serves undiminished`() throws {
    let fabric = try Fabric(LabFiles.lab("complex-routing"), under: VPCModel())
    let trace = try fabric.ping("A", "internet")
    #expect(trace.through == ["GW"])
    #expect(trace.timeToLive(atForwarder: "GW") == "64")
    // GW hides nobody, and A has no public address.
    #expect(trace.disposition == .noTranslation)
    #expect(trace.hops.last?.element == "igw-blue")
  }

  @Test func `a gateway that translates is a NAT instance`() throws {
    let trace = try vpc(CloudLab.lab()).ping("A", "internet")
    #expect(trace.isAnswered && trace.through == ["GW"])
    #expect(trace.delivered?.source == .v4(IPv4Address(203, 0, 113, 2)))
    #expect(trace.delivered?.timeToLive == 63)
    #expect(try vpc(CloudLab.lab()).reach(from: "A", to: "GW").isReachable)
    #expect(try vpc(CloudLab.lab()).reach(from: "GW", to: "internet").isReachable)
    #expect(try vpc(CloudLab.lab()).reach(from: "internet", to: "GW").isReachable)
  }

  @Test func `a gateway in the subnet that it serves gets its own packets back`() throws {
    let fabric = try vpc(CloudLab.lab(gatewayIn: "front"))
    let trace = try fabric.ping("A", "internet")
    #expect(trace.disposition == .loop)
    #expect(trace.timeToLive(atForwarder: "GW") == "64")
    #expect(fabric.warnings.contains { $0.rule == .forwardingLoop })
    let apart = try vpc(CloudLab.lab())
    #expect(!apart.warnings.contains { $0.rule == .forwardingLoop })
  }

  @Test func `a gateway of the guest's own choice in its subnet works`() throws {
    let lab = CloudLab.lab(gatewayIn: "front", guestGateway: "10.0.1.250", route: false)
    let trace = try vpc(lab).ping("A", "internet")
    #expect(trace.isAnswered && trace.through == ["GW"])
    #expect(trace.timeToLive(atForwarder: "GW") == "64")
  }

  @Test func `an address that nobody has is answered by nobody`() throws {
    let fabric = try vpc(CloudLab.lab())
    #expect(try fabric.ping("A", "10.0.1.77").disposition == .neighborUnreachable)
    #expect(try fabric.ping("A", "10.1.2.77").disposition == .noRecord)
  }

  @Test func `the router of one's own subnet answers pings, another's does not`() throws {
    let fabric = try vpc(CloudLab.lab())
    #expect(try fabric.ping("A", "10.0.1.1").disposition == .answered)
    #expect(try fabric.ping("A", "10.1.2.1").disposition == .gatewayAddress)
    let datagram = Question(from: "A", to: "10.0.1.1", ipProtocol: .udp)
    #expect(try fabric.trace(datagram).disposition == .gatewayAddress)
  }

  @Test(arguments: ["255.255.255.255", "10.0.1.255", "224.0.0.18"])
  func `neither broadcast nor multicast is carried`(destination: String) throws {
    #expect(try vpc(CloudLab.lab()).ping("A", destination).disposition == .notCarried)
  }

  @Test func `networks with the same addresses are apart`() throws {
    let lab = CloudLab.lab { lab in
      lab.network("red") { $0.subnet("scarlet", "10.0.1.0/24") }
      lab.machine("RA", on: "hv1", in: "scarlet", "10.0.1.11")
      lab.machine("RB", on: "hv2", in: "scarlet", "10.0.1.12")
      lab.machine("RC", on: "hv2", in: "scarlet", "10.0.1.13")
    }
    let fabric = try vpc(lab)
    #expect(try fabric.ping("A", "B").delivered?.machine == "B")
    #expect(try fabric.ping("RA", "RB").delivered?.machine == "RB")
    #expect(try fabric.ping("A", "10.0.1.13").disposition == .neighborUnreachable)
    #expect(try fabric.ping("RA", "198.51.100.10").disposition == .noRoute)
  }

  @Test func `IPv6 addresses are public as they are`() throws {
    let lab = Lab("six") { lab in
      lab.host("hv1")
      lab.host("hv2")
      lab.network("blue") { network in
        network.subnet("front", "2001:db8:1:1::/64")
        network.subnet("back", "2001:db8:1:2::/64")
        network.subnet("edge", "2001:db8:1:3::/64")
        network.route(to: "::/0", via: "2001:db8:1:3::250")
      }
      lab.outside("internet", link: "2001:db8:99::/64", addresses: ["2001:db8:7::10"])
      lab.machine("A", on: "hv1", in: "front", "2001:db8:1:1::11")
      lab.machine("B", on: "hv2", in: "front", "2001:db8:1:1::12")
      lab.machine("X", on: "hv2", in: "back", "2001:db8:1:2::11")
      lab.gateway("GW", on: "hv2") { machine in
        machine.interface(in: "edge", "2001:db8:1:3::250")
        machine.interface(outside: "internet", "2001:db8:99::2")
        machine.route(to: "::/0", via: "2001:db8:99::1")
      }
    }
    let fabric = try vpc(lab)
    #expect(try fabric.ping("A", "B").delivered?.timeToLive == 64)
    #expect(try fabric.ping("A", "X").delivered?.timeToLive == 64)
    let out = try fabric.ping("A", "internet")
    #expect(out.isAnswered && out.through == ["GW"])
    #expect(out.delivered?.source == out.sent?.source)
    #expect(try fabric.ping("internet", "X").isAnswered)
  }

  @Test(arguments: LabFiles.names)
  func `every lab runs, and nothing in it is beyond the model`(name: String) throws {
    let lab = try LabFiles.lab(name)
    guard !LabFiles.invalid.contains(name) else {
      #expect(throws: Diagnostics.self) { try vpc(lab) }
      return
    }
    let fabric = try vpc(lab)
    let pairs = try fabric.pairs()
    #expect(!pairs.isEmpty)
    for question in pairs {
      #expect(try fabric.reach(question).disposition.class != .analysis)
    }
  }
}
