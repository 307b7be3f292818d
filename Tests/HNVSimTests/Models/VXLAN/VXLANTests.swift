import HNVCore
import Testing

@testable import HNVSim

/// VXLAN as RFC 7348 has it: VTEPs flood and learn.
@Suite struct VXLANTests {
  /// A, B and C in one subnet, each on a host of its own.
  private func lab(_ change: (inout Lab) -> Void = { _ in }) -> Lab {
    Lab("three") { lab in
      for host in ["hv1", "hv2", "hv3"] { lab.host(host) }
      lab.network("blue") { $0.subnet("front", "10.0.1.0/24", "fd00:1::/64") }
      for (number, name) in ["A", "B", "C"].enumerated() {
        lab.machine(
          name, on: "hv\(number + 1)", in: "front", "10.0.1.\(11 + number)",
          "fd00:1::\(11 + number)"
        ) { $0.mtu = 1400 }
      }
      change(&lab)
    }
  }

  private func fabric(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    try Fabric(lab(change), under: VXLANModel())
  }

  @Test func `a question goes to everyone, and the target answers`() throws {
    let trace = try fabric().ping("A", "B")
    let asked = try #require(trace.resolution.first { $0.machine == "A" })
    #expect(asked.answeredBy == "B" && asked.answer == trace.delivered?.destinationMAC)
    let tap = Wiretap(try fabric())
    try tap.run(Question(from: "A", to: "B"))
    // Both ask, with a copy for each other host; answers, request and reply go by unicast.
    let questions = tap.inner.filter { $0.destination == .broadcast }
    #expect(questions.count == 2 * 2 && tap.inner.count == 2 * 2 + 2 + 2)
  }

  @Test func `with ARP suppression the sender's host answers for the target`() throws {
    let fabric = try fabric { $0.vxlan.arpSuppression = SmallLab.written("on") }
    let trace = try fabric.ping("A", "B")
    let asked = try #require(trace.resolution.first { $0.machine == "A" })
    #expect(asked.answeredBy == "hv1" && asked.answer == trace.delivered?.destinationMAC)
    #expect(asked.hops.flatMap(\.steps).contains { $0.setting == "arpSuppression=on" })
    #expect(trace.isAnswered)
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "B"))
    #expect(tap.inner.count == 2)
    // Nobody has told of an address that nobody has: the question goes out.
    let nobody = try fabric.ping("A", "10.0.1.99")
    #expect(nobody.disposition == .neighborUnreachable)
    #expect(nobody.resolution.first?.hops.last?.steps.last?.action == .replicated)
  }

  @Test func `IPv6 is carried as IPv4 is`() throws {
    let trace = try fabric().ping("A", "fd00:1::12")
    #expect(trace.isAnswered && trace.delivered?.frame == trace.sent?.frame)
    #expect(trace.resolution.contains { $0.method == "ND" && $0.answeredBy == "B" })
  }

  @Test(arguments: [("10s", Disposition.replicated), ("300s", .accepted)])
  func `a table forgets what it has not heard of for long`(
    ageing: String, expected: Disposition
  ) throws {
    var experiment = Experiment(try fabric { $0.vxlan.macAgeing = SmallLab.written(ageing) })
    try experiment.send(Question(from: "A", to: "B"))
    // A's own cache lasts longer: it asks nobody.
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(20))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.isAnswered) == [true, true])
    #expect(traces[0].disposition == .accepted && traces[1].disposition == expected)
    #expect(traces[1].resolution.allSatisfy { $0.machine != "A" })
    guard expected == .replicated else { return }
    #expect(traces[1].endings["B"] == .accepted && traces[1].endings["C"] == .ignored)
  }

  @Test
  func `what came by a tunnel leaves by none, and a machine that moved is found when it sends`()
    throws
  {
    var experiment = Experiment(try fabric { $0.vxlan.moves = SmallLab.written("silent") })
    try experiment.send(Question(from: "A", to: "B"))
    try experiment.move("B", to: "hv3", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(2))
    try experiment.send(Question(from: "B", to: "A"), at: .seconds(3))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(4))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.isAnswered) == [true, false, true, true])
    #expect(traces[1].disposition == .noPort && traces[1].decision?.element == "hv2")
    #expect(traces[3].hops.map(\.element) == ["A", "hv1", "underlay", "hv3", "B"])
    // With another machine of the subnet at the old host, the frame still goes into no tunnel.
    var busy = Experiment(
      try fabric {
        $0.vxlan.moves = SmallLab.written("silent")
        $0.machine("D", on: "hv2", in: "front", "10.0.1.14")
      })
    try busy.send(Question(from: "A", to: "B"))
    try busy.move("B", to: "hv3", at: .seconds(1))
    try busy.send(Question(from: "A", to: "B"), at: .seconds(2))
    let lost = try #require(busy.run().compactMap(\.trace).last)
    #expect(lost.crossings == 1 && lost.disposition == .notAddressed)
  }

  @Test(arguments: [nil, "announced", "silent"], ["headEnd", "multicast"])
  func `who moves is found again at once where its host announces it`(
    setting: String?, replication: String
  ) throws {
    for target in ["10.0.1.12", "fd00:1::12"] {
      var experiment = Experiment(
        try fabric {
          $0.vxlan.moves = setting.map(SmallLab.written)
          $0.vxlan.replication = SmallLab.written(replication)
        })
      try experiment.send(Question(from: "A", to: target))
      try experiment.move("B", to: "hv3", at: .seconds(1))
      try experiment.send(Question(from: "A", to: target), at: .seconds(2))
      let trace = try #require(experiment.run().compactMap(\.trace).last)
      #expect(trace.isAnswered == (setting != "silent"))
      #expect(trace.hops.contains { $0.element == "hv3" } == trace.isAnswered)
    }
  }

  @Test func `a host that stops forgets, and floods again`() throws {
    var experiment = Experiment(try fabric())
    try experiment.send(Question(from: "A", to: "B"))
    try experiment.stop("hv3", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "C"), at: .seconds(2))
    try experiment.start("hv3", at: .seconds(9))
    try experiment.send(Question(from: "C", to: "A"), at: .seconds(10))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.isAnswered) == [true, false, true])
    #expect(traces[1].disposition == .neighborUnreachable)
  }

  @Test func `with a group one packet serves all hosts`() throws {
    let fabric = try fabric { $0.vxlan.replication = SmallLab.written("multicast") }
    #expect(try fabric.ping("A", "B").isAnswered)
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "B"))
    let groups = tap.log.packets.filter(\.destination.isMulticast)
    // Both ask, once each; answers, request and reply go by unicast.
    #expect(groups.map { "\($0.destination)" } == ["239.0.19.137", "239.0.19.137"])
    #expect(tap.inner.count == 2 + 2 + 2)
  }

  @Test func `a host with the last machine of a segment leaves its group`() throws {
    var experiment = Experiment(
      try fabric { $0.vxlan.replication = SmallLab.written("multicast") })
    try experiment.move("C", to: "hv2", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "C"), at: .seconds(2))
    let trace = try #require(experiment.run().compactMap(\.trace).first)
    #expect(trace.isAnswered && trace.hops.contains { $0.element == "hv2" })
    let asked = try #require(trace.resolution.first { $0.machine == "A" })
    #expect(!asked.hops.contains { $0.element == "hv3" })
  }

  @Test func `tags are stripped before a tunnel, and nothing tagged is taken out of one`() throws {
    let fabric = try fabric()
    let tap = Wiretap(fabric)
    let machines = tap.intent.machines
    let frame = EthernetFrame(
      destination: machines[1].interfaces[0].macAddress,
      source: machines[0].interfaces[0].macAddress, tag: VLANTag(identifier: 7),
      payload: .other(etherType: 0x88b5, data: [1, 2, 3]))
    let sent = tap.inject(frame, on: .adapter(machine: 0, index: 0), from: .machine(0))
    #expect(sent.steps.contains { $0.action == .rewritten && $0.detail.contains("VLAN tag 7") })
    #expect(!tap.inner.isEmpty && tap.inner.allSatisfy { $0.tag == nil })
    let vni = try VirtualSubnetID(5001)
    let packet = try #require(
      IPPacket(
        from: tap.intent.hosts[0].address, to: tap.intent.hosts[1].address, timeToLive: 64,
        transport: .vxlan(VXLANHeader(virtualSubnetID: vni), frame)))
    let outer = EthernetFrame(
      destination: .adapter(ofHost: 1), source: .adapter(ofHost: 0), payload: .ip(packet))
    let taken = tap.inject(outer, on: .uplink(host: 0), from: .host(0))
    #expect(taken.disposition == .notCarried)
  }

  @Test func `a VTEP takes no part of a packet, and no VNI that is not there`() throws {
    let tap = Wiretap(try fabric())
    func arrive(_ transport: Transport, _ change: (inout IPv4Packet) -> Void = { _ in }) throws
      -> Disposition?
    {
      guard case .v4(let own) = tap.intent.hosts[0].address,
        case .v4(let peer) = tap.intent.hosts[1].address
      else { return nil }
      var packet = IPv4Packet(source: own, destination: peer, timeToLive: 64, transport: transport)
      change(&packet)
      let outer = EthernetFrame(
        destination: .adapter(ofHost: 1), source: .adapter(ofHost: 0), payload: .ip(.v4(packet)))
      return tap.inject(outer, on: .uplink(host: 0), from: .host(0)).disposition
    }
    let frame = EthernetFrame(
      destination: .broadcast, source: MACAddress(bits: 2),
      payload: .other(etherType: 0x88b5, data: []))
    let other = try VirtualSubnetID(9999)
    #expect(try arrive(.vxlan(VXLANHeader(virtualSubnetID: other), frame)) == .noPort)
    #expect(
      try arrive(.other(.udp, data: [0, 0, 0, 0, 0, 0, 0, 0])) { $0.moreFragments = true }
        == .notCarried)
  }

  @Test func `claims follow the settings`() throws {
    let claims = try fabric().claims
    #expect(claims.resolution.value == .target && claims.flooding.value == .headEnd)
    #expect(claims.encapsulation.value.overhead == 50)
    let other = try fabric {
      $0.vxlan.arpSuppression = SmallLab.written("on")
      $0.vxlan.replication = SmallLab.written("multicast")
    }.claims
    #expect(other.resolution.value == .platformWithTarget)
    #expect(other.flooding.value == .underlayMulticast)
  }
}
