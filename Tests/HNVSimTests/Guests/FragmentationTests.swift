import HNVCore
import Testing

@testable import HNVSim

/// Packets that are larger than a link.
@Suite struct FragmentationTests {
  /// An echo of so many bytes, headers included, that may be sent in parts.
  private func divisible(
    _ family: IPFamily, _ from: String, _ to: String, bytes: Int
  ) -> Question {
    Question(
      from: from, to: to, size: bytes - GatewayLab.headers(family), dontFragment: false)
  }

  @Test(arguments: IPFamily.allCases)
  func `a sender divides what is larger than its link, and the receiver answers likewise`(
    family: IPFamily
  ) throws {
    let question = divisible(family, "A", "B", bytes: 4000)
    let trace = try SmallLab.fabric([family]).trace(question)
    #expect(trace.isAnswered)
    #expect(trace.disposition == .accepted)
    // 1458 hold 1432 behind an IPv4 header, 1408 behind IPv6's two.
    let parts = family == .v4 ? [1432 + 20, 1432 + 20, 1136] : [1408 + 48, 1408 + 48, 1192]
    let sizes = trace.copies.compactMap { $0.arrived?.byteCount }
    #expect(sizes == parts || trace.copies.map { $0.sent?.frame.packet?.byteCount ?? 0 } == parts)
    #expect(trace.copies.allSatisfy { $0.disposition == .reassembled && $0.sender == "A" })
    #expect(trace.hops.map(\.element) == ["A", "B"])
    #expect(trace.hops[1].steps.map(\.action) == [.reassembled, .accepted])
    #expect(trace.arrived?.byteCount == 4000)
    #expect(trace.arrived?.fragment == nil)
    #expect(trace.sent?.frame.packet?.fragment?.offset == 0)
    let reply = try #require(trace.reply)
    #expect(reply.copies.count == 3)
    #expect(reply.arrived?.byteCount == 4000)
  }

  @Test(arguments: IPFamily.allCases)
  func `what must not be divided is refused by its sender, with the setting`(
    family: IPFamily
  ) throws {
    let question = Question(from: "A", to: "B", size: 1459 - GatewayLab.headers(family))
    let trace = try SmallLab.fabric([family]).trace(question)
    #expect(trace.disposition == .exceedsMTU)
    #expect(trace.sent == nil && trace.copies.isEmpty && trace.replies.isEmpty)
    let step = try #require(trace.decision?.step)
    #expect(step.setting == "guestMTU=automatic")
    #expect(step.detail.contains("minus 42 for NVGRE"))
    let most = 1458 - GatewayLab.headers(family)
    #expect(try #require(step.fix).contains("at most \(most) bytes"))
  }

  @Test func `packets that may be divided bear numbers of their own, others need none`() throws {
    var experiment = Experiment(try SmallLab.fabric())
    for dontFragment in [false, true, false] {
      try experiment.send(Question(from: "A", to: "B", dontFragment: dontFragment))
    }
    let packets = experiment.run().compactMap { event -> IPv4Packet? in
      guard case .v4(let packet) = event.trace?.arrived else { return nil }
      return packet
    }
    #expect(packets.map(\.dontFragment) == [false, true, false])
    #expect(packets.map(\.identification) == [1, 0, 2])
  }

  @Test func `a forwarding machine divides an IPv4 packet that allows it`() throws {
    let fabric = try GatewayLab.fabric(.v4)
    let trace = try fabric.trace(divisible(.v4, "internet", "X", bytes: 1500))
    #expect(trace.isAnswered)
    #expect(trace.through == ["GW"])
    #expect(trace.copies.map(\.sender) == ["GW", "GW"])
    #expect(trace.copies.map { $0.sent?.frame.packet?.byteCount } == [1452, 68])
    // X divides its answer itself, and the parts pass GW.
    let reply = try #require(trace.reply)
    #expect(reply.copies.map(\.sender) == ["X", "X"])
    #expect(reply.through == ["GW"])
    #expect(reply.disposition == .exitsNetwork)
  }

  @Test func `a forwarding machine divides a part again, and the whole still arrives`() throws {
    let fabric = try GatewayLab.fabric(.v4) { lab in lab.change("X") { $0.mtu = 9000 } }
    // The outside divides 4000 into 1500, 1500 and the rest; GW the first two again.
    let trace = try fabric.trace(divisible(.v4, "internet", "X", bytes: 4000))
    #expect(trace.disposition == .accepted)
    #expect(trace.copies.map(\.copies.count) == [2, 2, 0])
    #expect(trace.copies.allSatisfy { $0.disposition == .reassembled })
    #expect(trace.copies.flatMap(\.copies).allSatisfy { $0.disposition == .reassembled })
    #expect(trace.through == ["GW"])
    #expect(trace.arrived?.byteCount == 4000)
  }

  @Test func `a packet is lost with the part that is, and the trace says which`() throws {
    // Of 1500 on the wire only the first part is too large for the underlay.
    let fabric = try SmallLab.fabric { lab in
      for name in ["A", "B"] { lab.change(name) { $0.mtu = 1500 } }
    }
    let trace = try fabric.trace(divisible(.v4, "A", "B", bytes: 1700))
    #expect(trace.copies.count == 2)
    #expect(!trace.copies[0].disposition.isSuccess)
    #expect(trace.disposition == trace.copies[0].disposition)
    // The other part waited in vain.
    #expect(trace.copies[1].disposition == .fragmentsMissing)
    #expect(trace.decision?.element == "underlay")
    #expect(trace.delivered == nil && !trace.isAnswered)
    #expect(trace.rendered(.outcome).contains("fragment 2 of 2"))
  }

  @Test(arguments: IPFamily.allCases)
  func `parts wait a minute, and the sender is told once`(family: IPFamily) throws {
    let (trace, packet) = try injected(family, keeping: 0)
    #expect(trace.disposition == .fragmentsMissing)
    #expect(trace.decision?.element == "B")
    let error = try #require(trace.reply)
    #expect(error.time == .seconds(60))
    #expect(error.packet.text == "ICMP reassembly time exceeded")
    #expect(error.packet.destination == packet.source)
    let bytes: [UInt8]? =
      switch error.arrived?.transport {
      case .icmp(.other(type: 11, code: 1, let body)): Array(body.dropFirst(4))
      case .icmpv6(.other(type: 3, code: 1, let body)): Array(body.dropFirst(4))
      default: nil
      }
    #expect(try #require(bytes).starts(with: packet.wireBytes.prefix(40)))
  }

  @Test(arguments: IPFamily.allCases)
  func `without the first part nobody is told (RFC 1122, section 3.3.2)`(family: IPFamily) throws {
    let (trace, _) = try injected(family, keeping: 1)
    #expect(trace.disposition == .fragmentsMissing)
    #expect(trace.replies.isEmpty)
  }

  /// One part of a packet from A to B, alone.
  private func injected(
    _ family: IPFamily, keeping number: Int
  ) throws -> (trace: Trace, part: IPPacket) {
    let fabric = try SmallLab.fabric([family])
    let trace = try fabric.trace(divisible(family, "A", "B", bytes: 2000))
    let frame = try #require(trace.copies[number].sent?.frame)
    let simulation = Simulation(fabric.network, keepingSteps: true)
    let part = try #require(frame.packet)
    let number = simulation.begin(.request, of: PacketSummary(part), at: .machine(0)) {
      [frame] in $0.emit(frame, on: .adapter(machine: 0, index: 0))
    }
    simulation.run()
    return (Trace(number, of: simulation.log), part)
  }

  @Test func `a machine that stops loses the parts that wait in it`() throws {
    var experiment = Experiment(
      try SmallLab.fabric { lab in
        for name in ["A", "B"] { lab.change(name) { $0.mtu = 1500 } }
      })
    try experiment.send(divisible(.v4, "A", "B", bytes: 1700))
    try experiment.stop("B", at: .seconds(5))
    let trace = try #require(experiment.run().first?.trace)
    #expect(trace.copies[1].disposition == .elementDown)
  }
}
