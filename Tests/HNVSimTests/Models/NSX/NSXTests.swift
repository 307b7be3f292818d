import HNVCore
import Testing

@testable import HNVSim

/// NSX for vSphere: what controllers know, and a router that is on every host.
@Suite struct NSXTests {
  private let vMAC = "02-50-56-56-44-52"

  private func fabric(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    try Fabric(SmallLab.lab([.v4], change), under: NSXModel())
  }

  @Test func `each direction is routed at its own sender's host`() throws {
    let trace = try Fabric(ArticleLab.lab, under: NSXModel()).ping("B", "X")
    #expect(trace.hops.map(\.element) == ["B", "hv2", "underlay", "hv3", "X"])
    let reply = try #require(trace.reply)
    for (trace, routing, switching) in [(trace, "hv2", "hv3"), (reply, "hv3", "hv2")] {
      let routed = trace.steps(at: routing).first { $0.action == .routed }
      #expect(routed?.lookup?.table == "routes of the distributed router of blue")
      #expect(trace.steps(at: switching).map(\.action) == [.decapsulated, .delivered])
    }
    #expect("\(try #require(trace.delivered).sourceMAC)" == vMAC)
    #expect(trace.through.isEmpty)
  }

  @Test func `the packet travels in its destination's segment`() throws {
    let tap = Wiretap(try fabric { $0.change("X") { $0.host = SmallLab.written("hv3") } })
    try tap.run(Question(from: "A", to: "X"))
    let vnis = tap.log.packets.compactMap { packet -> UInt32? in
      if case .vxlan(let header, _) = packet.transport {
        header.virtualSubnetID.number
      } else {
        nil
      }
    }
    #expect(vnis == [5002, 5001])
  }

  @Test func `on every host the router has the same MAC address, and it answers pings`() throws {
    let fabric = try fabric()
    for (machine, host, address) in [
      ("A", "hv1", "10.0.1.1"), ("B", "hv2", "10.0.1.1"), ("X", "hv2", "10.1.2.1"),
    ] {
      let trace = try fabric.ping(machine, address)
      let asked = try #require(trace.resolution.first)
      #expect(asked.answer.map { "\($0)" } == vMAC && asked.answeredBy == host)
      #expect(trace.disposition == .answered && trace.isAnswered)
    }
    // The address of another subnet's interface is the same router's.
    #expect(try fabric.ping("A", "10.1.2.1").isAnswered)
    let port = try fabric.trace(Question(from: "A", to: "10.0.1.1", ipProtocol: .tcp))
    #expect(port.disposition == .gatewayAddress)
  }

  @Test func `the sender's host answers for machines that the controllers know`() throws {
    let asked = try #require(try fabric().ping("A", "B").resolution.first)
    #expect(asked.answeredBy == "hv1")
    let trace = try fabric { $0.nsx.arpSuppression = SmallLab.written("off") }.ping("A", "B")
    #expect(trace.resolution.first?.answeredBy == "B")
    #expect(asked.answer == trace.delivered?.destinationMAC)
    // The router's own address is answered all the same.
    let router = try fabric { $0.nsx.arpSuppression = SmallLab.written("off") }.ping("A", "X")
    #expect(router.resolution.first?.answeredBy == "hv1")
    let nobody = try fabric().ping("A", "10.0.1.99")
    #expect(nobody.disposition == .neighborUnreachable)
  }

  @Test func `a route to a gateway in the sender's subnet hairpins, and nobody is told`() throws {
    let fabric = try Fabric(TraditionalLab.lab(), under: NSXModel())
    for sender in ["A", "B", "X"] {
      let trace = try fabric.ping(sender, "internet")
      #expect(trace.timeToLive(at: "GW") == "63" && trace.redirects.isEmpty)
    }
  }

  @Test func `the router says so when the TTL is used up, from its own interface`() throws {
    let fabric = try fabric()
    let trace = try fabric.trace(Question(from: "A", to: "X", timeToLive: 1))
    #expect(trace.disposition == .timeToLiveExceeded && trace.decision?.element == "hv1")
    let error = try #require(trace.reply)
    #expect("\(error.packet.source)" == "10.0.1.1" && error.disposition == .accepted)
    // Within the subnet nothing is taken from it.
    #expect(try fabric.trace(Question(from: "A", to: "B", timeToLive: 1)).isAnswered)
    let kept = try self.fabric { $0.nsx.timeToLive = SmallLab.written("kept") }
    #expect(try kept.trace(Question(from: "A", to: "X", timeToLive: 1)).delivered?.timeToLive == 1)
  }

  @Test func `the router has no route, or no neighbour, and says so`() throws {
    let fabric = try fabric()
    let noRoute = try fabric.ping("A", "192.0.2.1")
    #expect(noRoute.disposition == .noRoute && noRoute.reply?.disposition == .accepted)
    #expect(noRoute.decision?.step.lookup?.match == nil)
    let nobody = try fabric.ping("A", "10.1.2.99")
    #expect(nobody.disposition == .neighborUnreachable && nobody.reply?.disposition == .accepted)
  }

  @Test func `what is connected beats a static route of the same prefix`() throws {
    let fabric = try fabric { lab in
      lab.networks[0].route(to: "10.1.2.0/24", via: "10.0.1.12")
      lab.networks[0].route(to: "0.0.0.0/0", via: "10.0.1.12")
    }
    let step = try #require(
      try fabric.ping("A", "X").steps(at: "hv1").first { $0.action == .routed })
    #expect(step.lookup?.match == "10.1.2.0/24 on-link")
    #expect(
      step.lookup?.notChosen.map(\.entry) == [
        "10.1.2.0/24 via 10.0.1.12", "0.0.0.0/0 via 10.0.1.12",
      ])
  }

  @Test func `controllers know at once where a machine has moved`() throws {
    var experiment = Experiment(try fabric())
    try experiment.send(Question(from: "A", to: "B"))
    try experiment.move("B", to: "hv3", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "B"), at: .seconds(2))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.isAnswered) == [true, true])
    #expect(traces[1].hops.map(\.element) == ["A", "hv1", "underlay", "hv3", "B"])
  }

  @Test func `IPv6 ends at the subnet, unless the setting has it routed`() throws {
    func lab(_ routing: String?) -> Lab {
      SmallLab.lab([.v4, .v6]) { lab in
        lab.underlay.mtu = 1600
        lab.nsx.ipv6Routing = routing.map { SmallLab.written($0) }
      }
    }
    let none = try Fabric(lab(nil), under: NSXModel())
    #expect(none.warnings.map(\.rule) == [.notInModel, .notInModel])
    #expect(try none.ping("A", "fd00:1::12").isAnswered)
    #expect(try none.ping("A", "fd00:2::11").disposition == .neighborUnreachable)
    #expect(try none.ping("A", "10.1.2.11").isAnswered)
    let routed = try Fabric(lab("routed"), under: NSXModel())
    #expect(routed.warnings.isEmpty)
    let trace = try routed.ping("A", "fd00:2::11")
    #expect(trace.isAnswered && trace.delivered?.timeToLive == 63)
  }

  @Test(arguments: [(1500, ["1500"]), (1550, ["1550"]), (1600, [])] as [(UInt64, [String])])
  func `the underlay should carry 1600 bytes`(mtu: UInt64, values: [String]) {
    let diagnostics = Fabric.check(SmallLab.lab { $0.underlay.mtu = mtu }, under: NSXModel())
    #expect(diagnostics.map(\.value) == values)
    #expect(diagnostics.allSatisfy { $0.rule == .underlayMTU })
    #expect(
      (mtu == 1550) == (diagnostics.first?.explanation.contains("VMware requires 1600") ?? false))
  }

  @Test(arguments: ["rejected", "accepted"])
  func `a machine sends from its own MAC address, unless forged transmits are accepted`(
    setting: String
  ) throws {
    let tap = Wiretap(try fabric { $0.nsx.forgedTransmits = SmallLab.written(setting) })
    let frame = EthernetFrame(
      destination: tap.intent.machines[1].interfaces[0].macAddress,
      source: MACAddress(bits: 0x0000_5E00_0101), payload: .other(etherType: 0x88b5, data: []))
    let result = tap.inject(frame, on: .adapter(machine: 0, index: 0), from: .machine(0))
    #expect((result.disposition == .spoofedMAC) == (setting == "rejected"))
    #expect(tap.inner.isEmpty == (setting == "rejected"))
  }

  @Test(arguments: ["rejected", "accepted"], ["controller", "asked"])
  func `what keeps shared addresses from being had is found, with all settings that fix it`(
    rejects: String, neighbors: String
  ) throws {
    for promiscuous in ["rejected", "accepted"] {
      var lab = try LabFiles.lab("gateway-pair")
      lab.nsx.forgedTransmits = SmallLab.written(rejects)
      lab.nsx.promiscuousMode = SmallLab.written(promiscuous)
      lab.nsx.routerNeighbors = SmallLab.written(neighbors)
      let fabric = try Fabric(lab, under: NSXModel())
      let diagnostics = fabric.warnings.filter { $0.rule == .notInModel }
      let hinders = [
        "forgedTransmits": rejects == "rejected", "promiscuousMode": promiscuous == "rejected",
        "routerNeighbors": neighbors == "controller",
      ]
      #expect(diagnostics.isEmpty == !hinders.values.contains(true))
      #expect(try fabric.ping("A", "internet").isAnswered == diagnostics.isEmpty)
      for diagnostic in diagnostics {
        #expect(diagnostic.value == "10.0.2.250")
        for (name, isHinder) in hinders { #expect(diagnostic.fix.contains(name) == isHinder) }
      }
    }
  }
}
