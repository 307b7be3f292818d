import HNVCore
import HNVSim
import Testing

/// The way as a person inside a machine sees it.
@Suite struct TracerouteTests {
  private func seen(_ way: Traceroute) -> [String] {
    way.hops.map { $0.answer?.machine ?? "*" }
  }

  @Test(arguments: IPFamily.allCases, [IPProtocol.icmp, .udp])
  func `the hypervisor's hop is silent, the gateway and the destination are not`(
    family: IPFamily, ipProtocol: IPProtocol
  ) throws {
    let way = try GatewayLab.fabric(family).traceroute(
      Question(from: "A", to: "internet", ipProtocol: ipProtocol))
    #expect(seen(way) == ["*", "GW", "internet"])
    #expect(way.isComplete)
    #expect(way.hops.map(\.number) == [1, 2, 3])
    #expect(way.hops.map { $0.answer?.meaning } == [nil, .timeExceeded, .destination])
    let addresses = GatewayLab.Addresses(family)
    #expect(way.hops[1].answer.map { "\($0.address)" } == addresses.gateway)
    let silence = try #require(way.hops[0].silence)
    #expect(silence.contains("hv1") && silence.contains("setting icmpErrors=none"))
    #expect(way.hops[1].silence == nil)
    #expect(way.hops.allSatisfy { Int($0.trace.sent?.timeToLive ?? 0) == $0.number })
  }

  @Test func `where the hypervisor takes nothing from the TTL it is no hop`() throws {
    let fabric = try GatewayLab.fabric(.v4) { lab in
      lab.hnv.settings = [
        HNVSection.Named(SmallLab.written("timeToLive"), SmallLab.written("kept"))
      ]
    }
    #expect(seen(try fabric.traceroute(from: "A", to: "internet")) == ["GW", "internet"])
  }

  @Test(arguments: IPFamily.allCases)
  func `where hosts tell of what they lose, the hypervisor is a hop like any other`(
    family: IPFamily
  ) throws {
    let fabric = try GatewayLab.fabric(family) { lab in
      lab.hnv.settings = [
        HNVSection.Named(SmallLab.written("icmpErrors"), SmallLab.written("sent"))
      ]
    }
    let way = try fabric.traceroute(from: "A", to: "internet")
    #expect(seen(way) == ["hv1", "GW", "internet"])
    // The gateway address of A's own subnet.
    #expect(
      way.hops[0].answer.map { "\($0.address)" } == (family == .v4 ? "10.0.1.1" : "fd00:1::1"))
  }

  @Test(arguments: IPFamily.allCases)
  func `within a subnet there is one hop`(family: IPFamily) throws {
    let way = try SmallLab.fabric([family]).traceroute(from: "A", to: "B")
    #expect(seen(way) == ["B"])
  }

  @Test(arguments: IPFamily.allCases)
  func `datagrams go to ports from 33434 on, and a closed one is the end`(
    family: IPFamily
  ) throws {
    let fabric = try SmallLab.fabric([family]) { $0.change("X") { $0.open = [] } }
    let way = try fabric.traceroute(Question(from: "A", to: "X", ipProtocol: .udp))
    #expect(seen(way) == ["*", "X"] && way.isComplete)
    #expect(way.hops[1].trace.disposition == .portClosed)
    let ports = way.hops.map { $0.trace.sent?.frame.packet?.transport.ports?.destination }
    #expect(ports == [33434, 33435])
  }

  @Test func `one session: what a machine has learned stays known`() throws {
    let way = try GatewayLab.fabric(.v4).traceroute(from: "A", to: "internet")
    // The first probe finds A's gateway; with the second hv1 finds the next host; the third is the
    // first that GW forwards.
    #expect(way.hops.map { $0.trace.resolution.map(\.machine) } == [["A"], ["hv1"], ["GW"]])
    // Nothing came back from the first hop, and the second probe waited four seconds for it; the
    // third began when all was over that the second had brought about, a timer of GW's included.
    #expect(way.hops.map(\.trace.time) == [.zero, .seconds(4), .seconds(5)])
    let sequences = way.hops.map { hop -> UInt16? in
      guard case .icmp(.echoRequest(_, let sequence, _)) = hop.trace.sent?.frame.packet?.transport
      else { return nil }
      return sequence
    }
    #expect(sequences == [1, 2, 3])
  }

  @Test func `the round trip counts the wires both ways`() throws {
    let fabric = try GatewayLab.fabric(.v4) { lab in
      lab.underlay.latency = SmallLab.written("5us")
    }
    let way = try fabric.traceroute(from: "A", to: "internet")
    // Two cables across the underlay there, two back, and for each host the same again, both ways,
    // to find the other.
    let trip = try #require(way.hops[1].answer?.roundTrip)
    #expect(trip == VirtualTime(nanoseconds: 60_000))
  }

  @Test func `what cannot be reached ends the way where somebody says so`() throws {
    let fabric = try GatewayLab.fabric(.v4) { lab in
      lab.change("GW") { $0.routes.removeAll { $0.to.text == "0.0.0.0/0" } }
    }
    let way = try fabric.traceroute(from: "A", to: "192.0.2.1")
    #expect(seen(way) == ["*", "GW", "GW"])
    #expect(way.hops.last?.answer?.meaning == .unreachable)
    #expect(!way.isComplete)
    #expect(way.rendered().contains("GW reports it unreachable"))
  }

  @Test func `where nobody says anything all hops are silent`() throws {
    let fabric = try SmallLab.fabric { $0.withhold(record: "10.1.2.11", from: "hv1") }
    let way = try fabric.traceroute(Question(from: "A", to: "X"), maxHops: 5)
    #expect(seen(way) == ["*", "*", "*", "*", "*"])
    #expect(!way.isComplete)
    let text = way.rendered()
    #expect(text.contains("1-5  *") && text.contains("X did not reply"))
  }

  @Test func `an answer that is lost shows as nothing, with its own reason`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.change("A") { $0.rule(.deny, .inbound, remote: "10.0.1.12/32") }
    }
    let way = try fabric.traceroute(Question(from: "A", to: "B"), maxHops: 1)
    #expect(seen(way) == ["*"])
    #expect(try #require(way.hops[0].silence).hasPrefix("reply of B dropped at hv1"))
  }

  @Test func `what no traceroute sends is refused, all at once`() throws {
    let fabric = try SmallLab.fabric()
    #expect {
      try fabric.traceroute(Question(from: "A", to: "B", ipProtocol: .tcp), maxHops: 0)
    } throws: {
      ($0 as? Diagnostics)?.all.map(\.rule) == [.packetForm, .packetForm]
    }
    #expect(throws: Diagnostics.self) { try fabric.traceroute(from: "A", to: "nobody") }
  }

  @Test(arguments: [IPProtocol.icmp, .udp])
  func `another machine with the destination's address is not the destination`(
    ipProtocol: IPProtocol
  ) throws {
    let way = try LabFiles.fabric("invalid-configuration-lenient").traceroute(
      Question(from: "A", to: "D2", ipProtocol: ipProtocol))
    #expect(seen(way) == ["D1"])
    #expect(way.hops.map { $0.answer?.meaning } == [.wrongMachine])
    #expect(!way.isComplete)
    #expect(way.rendered().hasSuffix("D1 replied with the address of D2"))
    // Who asks about the address takes whoever replies.
    let address = "\(way.destination)"
    #expect(
      try LabFiles.fabric("invalid-configuration-lenient").traceroute(
        Question(from: "A", to: address, ipProtocol: ipProtocol)
      ).isComplete)
  }

  @Test func `the text has a line a hop`() throws {
    let text = try GatewayLab.fabric(.v4).traceroute(from: "A", to: "internet").rendered()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "traceroute A -> 198.51.100.10 (internet) with ICMP")
    #expect(lines[2].hasPrefix("     1  *  "))
    #expect(lines[3] == "     2  10.0.2.250     GW")
    #expect(lines[4] == "     3  198.51.100.10  internet")
    #expect(lines[6] == "internet replied after 3 hops")
  }
}
