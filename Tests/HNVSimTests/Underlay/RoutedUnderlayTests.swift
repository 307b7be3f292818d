import HNVCore
import Testing

@testable import HNVSim

/// Packets between hosts that routers of the underlay join.
@Suite struct RoutedUnderlayTests {
  @Test(arguments: IPFamily.allCases, ["10.0.1.13", "fd00:1::13"])
  func `a packet crosses the racks, whatever the families inside and outside`(
    family: IPFamily, destination: String
  ) throws {
    let fabric = try RackLab(family: family).fabric()
    #expect(fabric.warnings.isEmpty)
    let trace = try fabric.trace(from: "A", to: destination)
    #expect(trace.isAnswered)
    #expect(
      trace.hops.map(\.element) == [
        "A", "hv1", "underlay", "tor1", "underlay", "tor2", "underlay", "hv3", "C",
      ])
    // Routers of the underlay are no machines that forward: the customer does not see them.
    #expect(trace.through.isEmpty)
    #expect(try #require(trace.sent).frame == #require(trace.delivered).frame)
    let method = family == .v4 ? "ARP" : "ND"
    #expect(
      trace.resolution.filter { $0.machine != "A" }.map(\.method) == [method, method, method])
  }

  @Test(arguments: IPFamily.allCases)
  func `within a rack no router takes part`(family: IPFamily) throws {
    let trace = try RackLab(family: family).fabric().trace(from: "A", to: "B")
    #expect(trace.isAnswered)
    #expect(trace.hops.map(\.element) == ["A", "hv1", "underlay", "hv2", "B"])
  }

  /// ipSpace, October 2013: the outer TTL is the host's own; routers pay from it.
  @Test(arguments: IPFamily.allCases)
  func `each segment has its tag, its MAC addresses and one less to live`(
    family: IPFamily
  ) throws {
    let racks = RackLab(family: family)
    let fabric = try racks.fabric()
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "C", timeToLive: 7))
    let frames = tap.log.frames.filter {
      guard let packet = $0.packet else { return false }
      return "\(packet.destination)" == racks.rack(2, 13) && !packet.isNeighborDiscovery
    }
    try #require(frames.count == 3)
    #expect(frames.map(\.tag?.identifier) == [RackLab.vlans[0], nil, RackLab.vlans[1]])
    #expect(frames.compactMap(\.packet?.timeToLive) == [128, 127, 126])
    // What is inside stays as it was, and so do the outer addresses.
    let packets = frames.compactMap(\.packet)
    #expect(Set(packets.map(\.transport)).count == 1)
    #expect(Set(packets.map { "\($0.source)" }) == [racks.rack(1, 11)])
    // Each sender writes what it was told of its next hop.
    let told = try fabric.trace(from: "A", to: "C").resolution.filter { $0.machine != "A" }
    #expect(told.map { "\($0.target)" } == [racks.rack(1, 1), racks.spine(2), racks.rack(2, 13)])
    #expect(frames.map(\.destination) == told.compactMap(\.answer))
    // A router has a MAC address on each side.
    #expect(Set(frames.map(\.source) + frames.map(\.destination)).count == 6)
  }

  @Test(arguments: IPFamily.allCases)
  func `a question on the underlay stays in its VLAN`(family: IPFamily) throws {
    let tap = Wiretap(try RackLab(family: family).fabric())
    try tap.run(Question(from: "A", to: "B"))
    let questions = tap.log.frames.filter { $0.neighborAddress != nil || $0.packet == nil }
    // hv1 asks, and hv2 to answer; each question and each answer crosses once, to one receiver.
    #expect(tap.log.frames.count == 2 * 2 + 2)
    #expect(!questions.isEmpty)
    #expect(tap.log.frames.allSatisfy { $0.tag?.identifier == RackLab.vlans[0] })
    #expect(tap.log.hosts == [0, 1])
  }

  @Test func `a host says where a packet goes in one line`() throws {
    let trace = try RackLab().fabric().trace(from: "A", to: "C")
    let steps = trace.hops[1].steps
    let index = try #require(steps.firstIndex { $0.action == .encapsulated })
    #expect(steps.count == index + 2)
    #expect(steps[index + 1].action == .routed)
    #expect(
      steps[index + 1].detail == "172.16.2.13 matches provider route 0.0.0.0/0 via 172.16.1.1")
    let lookup = try #require(steps[index + 1].lookup)
    #expect(lookup.key == "172.16.2.13")
    #expect(lookup.match == "0.0.0.0/0 via 172.16.1.1")
  }

  @Test func `hosts and routers remember their neighbours through an experiment`() throws {
    var experiment = Experiment(try RackLab().fabric())
    for time in [0, 1, 29, 31] as [UInt64] {
      try experiment.send(Question(from: "A", to: "C"), at: .seconds(time))
    }
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.allSatisfy { $0.isAnswered })
    for element in ["hv1", "tor1", "tor2"] {
      #expect(traces.map { $0.questions(of: element).count } == [1, 0, 0, 1])
    }
  }

  @Test func `latency counts for each crossing, and for the questions before it`() throws {
    let trace = try RackLab().fabric { $0.underlay.latency = RackLab.written("1ms") }
      .trace(from: "A", to: "C")
    // On each of three segments: there and back to ask, 4 ms, and once across, 2 ms.
    #expect(trace.hops.last?.time == VirtualTime(nanoseconds: 18_000_000))
  }

  @Test func `of two ways the shorter is taken, and of two alike that of the router named first`()
    throws
  {
    // beside leads from rack to rack as well, and last to a third network.
    let fabric = try RackLab().fabric { lab in
      lab.underlay.router("beside", "172.16.1.2", "172.16.2.2")
      lab.underlay.network("far", "172.16.9.0/24", vlan: 900, mtu: 1600)
      lab.underlay.router("last", "172.16.2.3", "172.16.9.1")
      lab.host("hv4", "172.16.9.14")
      lab.machine("D", on: "hv4", in: "front", "10.0.1.14")
    }
    #expect(fabric.warnings.isEmpty)
    let toC = try fabric.trace(from: "A", to: "C")
    // From tor1 both tor2 and beside are one router away from rack2, and tor2 is named first.
    #expect(toC.hops.map(\.element).filter { $0.hasPrefix("tor") } == ["tor1", "tor2"])
    #expect(toC.isAnswered)
    let toD = try fabric.trace(from: "A", to: "D")
    #expect(toD.isAnswered)
    #expect(toD.hops.map(\.element).suffix(4) == ["last", "underlay", "hv4", "D"])
  }

  @Test func `a thousand hosts cost a trace the elements that it touches`() throws {
    let lab = Lab("many") { lab in
      for rack in 1...100 {
        lab.underlay.network("rack\(rack)", "172.16.\(rack).0/24", vlan: UInt64(rack))
        lab.underlay.router("tor\(rack)", "172.16.\(rack).1", "172.17.0.\(rack)")
        for host in 0..<10 { lab.host("hv\(rack)-\(host)", "172.16.\(rack).\(10 + host)") }
      }
      lab.underlay.network("spine", "172.17.0.0/24")
      lab.network("blue") { $0.subnet("front", "10.0.1.0/24") }
      lab.machine("A", on: "hv1-0", in: "front", "10.0.1.11")
      lab.machine("B", on: "hv100-9", in: "front", "10.0.1.12")
    }
    let fabric = try Fabric(lab)
    #expect(fabric.warnings.isEmpty)
    let tap = Wiretap(fabric)
    try tap.run(Question(from: "A", to: "B"))
    #expect(tap.log.hosts == [0, 999])
    #expect(tap.log.packets.count == 6)
  }
}
