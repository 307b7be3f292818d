import HNVCore
import HNVSim
import Testing

/// Path MTU discovery: RFC 1191 and RFC 8201.
@Suite struct PathMTUTests {
  private func size(_ bytes: Int, _ family: IPFamily) -> Int { bytes - GatewayLab.headers(family) }

  @Test(arguments: IPFamily.allCases)
  func `a forwarding machine says what the next link carries, and quotes the packet`(
    family: IPFamily
  ) throws {
    let addresses = GatewayLab.Addresses(family)
    let trace = try GatewayLab.fabric(family).trace(
      Question(from: "internet", to: "X", size: size(1500, family)))
    #expect(trace.disposition == .fragmentationNeeded)
    #expect(trace.decision?.element == "GW")
    #expect(trace.decision?.step.setting == "guestMTU=automatic")
    let error = try #require(trace.reply)
    #expect(error.disposition == .exitsNetwork)
    #expect("\(error.packet.source)" == addresses.gatewayOutside)
    #expect("\(error.packet.destination)" == addresses.outside)
    let told: (mtu: Int, quoted: QuotedPacket)? =
      switch error.arrived?.transport {
      case .icmp(.fragmentationNeeded(let mtu, let quoted)): (Int(mtu), quoted)
      case .icmpv6(.packetTooBig(let mtu, let quoted)): (Int(mtu), quoted)
      default: nil
      }
    #expect(told?.mtu == 1458)
    #expect(told?.quoted.source == trace.packet.source)
    #expect(told?.quoted.destination == trace.packet.destination)
    // The most of the packet that 576 bytes or 1280 leave room for.
    let room = family == .v4 ? 576 - 28 : 1280 - 48
    #expect(told?.quoted.bytes.count == room)
    #expect(error.arrived?.byteCount == (family == .v4 ? 576 : 1280))
  }

  @Test(arguments: IPFamily.allCases)
  func `the sender heeds it for ten minutes, and forgets it then`(family: IPFamily) throws {
    var experiment = Experiment(try GatewayLab.fabric(family))
    let large = Question(from: "internet", to: "X", size: size(1500, family))
    var divided = large
    divided.dontFragment = false
    try experiment.send(large, at: .seconds(0))
    try experiment.send(large, at: .seconds(1))
    try experiment.send(divided, at: .seconds(2))
    try experiment.send(
      Question(from: "internet", to: "X", size: size(1458, family)), at: .seconds(3))
    // Of another destination nothing has been learned.
    try experiment.send(
      Question(from: "internet", to: "A", size: size(1500, family)), at: .seconds(4))
    try experiment.send(large, at: .seconds(599))
    try experiment.send(large, at: .seconds(601))
    let traces = experiment.run().compactMap(\.trace)
    #expect(
      traces.map(\.disposition) == [
        .fragmentationNeeded, .exceedsMTU, .accepted, .accepted, .fragmentationNeeded, .exceedsMTU,
        .fragmentationNeeded,
      ])
    let refusal = try #require(traces[1].decision)
    #expect(refusal.element == "internet")
    let teller = GatewayLab.Addresses(family).gatewayOutside
    #expect(refusal.step.detail.contains("learned from \(teller)"))
    // It divides by what it has learned, not by its own link.
    #expect(traces[2].copies.map(\.sender) == ["internet", "internet"])
    #expect(traces[2].copies.allSatisfy { $0.sent?.frame.packet?.byteCount ?? 0 <= 1458 })
    let learned = traces[0].reply?.hops.last?.steps.map(\.action)
    #expect(learned == [.learned, .accepted])
  }

  @Test(arguments: IPFamily.allCases)
  func `a machine that stops forgets what it learned`(family: IPFamily) throws {
    var experiment = Experiment(try GatewayLab.fabric(family))
    let large = Question(from: "internet", to: "X", size: size(1500, family))
    try experiment.send(large)
    try experiment.stop("internet", at: .seconds(1))
    try experiment.start("internet", at: .seconds(2))
    try experiment.send(large, at: .seconds(3))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.disposition) == [.fragmentationNeeded, .fragmentationNeeded])
  }

  @Test func `IPv4 that may be divided is not reported, IPv6 always is`() throws {
    for family in IPFamily.allCases {
      var question = Question(from: "internet", to: "X", size: size(1500, family))
      question.dontFragment = false
      let trace = try GatewayLab.fabric(family).trace(question)
      #expect(trace.disposition == (family == .v4 ? .accepted : .fragmentationNeeded))
    }
  }

  @Test(arguments: IPFamily.allCases)
  func `a guest that keeps 1500 learns better where hosts tell of what does not fit`(
    family: IPFamily
  ) throws {
    let fabric = try SmallLab.fabric([family]) { lab in
      lab.change("A") { $0.mtu = 1500 }
      lab.hnv.settings = [
        HNVSection.Named(SmallLab.written("icmpErrors"), SmallLab.written("sent"))
      ]
    }
    var experiment = Experiment(fabric)
    let large = Question(from: "A", to: "B", size: size(1500, family))
    try experiment.send(large)
    try experiment.send(large, at: .seconds(1))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces[0].decision?.element == "hv1" && traces[0].reply?.disposition == .accepted)
    #expect(traces[1].disposition == .exceedsMTU)
    let refusal = try #require(traces[1].decision)
    #expect(refusal.element == "A" && refusal.step.detail.contains("exceeds 1458"))
  }

  @Test(arguments: IPFamily.allCases)
  func `whoever asks for a smaller packet than every link carries is not believed`(
    family: IPFamily
  ) throws {
    // GW's own link is told to carry less than the least; IPv4's least of 68 a lab cannot go below.
    let fabric = try GatewayLab.fabric(family) { lab in lab.change("GW") { $0.mtu = 600 } }
    var experiment = Experiment(fabric)
    let question = Question(from: "internet", to: "X", size: 1000)
    try experiment.send(question)
    try experiment.send(question, at: .seconds(1))
    let second = try #require(experiment.run().last?.trace)
    #expect(second.disposition == (family == .v4 ? .exceedsMTU : .fragmentationNeeded))
  }
}
