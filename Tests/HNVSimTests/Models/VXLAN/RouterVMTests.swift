import HNVCore
import Testing

@testable import HNVSim

/// The router VM of each network: an ordinary machine that forwards.
@Suite struct RouterVMTests {
  private func placed(on host: String) -> [VXLANSection.Router] {
    [VXLANSection.Router(network: SmallLab.written("blue"), host: SmallLab.written(host))]
  }

  @Test(arguments: [("hv1", 0), ("hv2", 2)])
  func `between two machines on one host the way is by the router's host`(
    host: String, crossings: Int
  ) throws {
    let lab = Lab("trombone") { lab in
      for host in ["hv1", "hv2"] { lab.host(host) }
      lab.network("blue") { network in
        network.subnet("front", "10.0.1.0/24")
        network.subnet("back", "10.1.2.0/24")
      }
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
      lab.machine("X", on: "hv1", in: "back", "10.1.2.11")
      lab.vxlan.routers = placed(on: host)
    }
    let trace = try Fabric(lab, under: VXLANModel()).ping("A", "X")
    #expect(trace.isAnswered && trace.crossings == crossings && trace.through == ["router"])
    #expect(trace.delivered?.timeToLive == 63)
  }

  @Test func `it is on the first host by default, and has the lowest address of each subnet`()
    throws
  {
    let fabric = try SmallLab.overlay()
    #expect(try fabric.ping("A", "X").crossings == 1)
    for address in ["10.0.1.1", "10.1.2.1"] {
      let trace = try fabric.ping("A", address)
      #expect(trace.isAnswered && trace.delivered?.machine == "router")
    }
    let arrived = try fabric.ping("A", "X").delivered
    let asked = try fabric.ping("X", "10.1.2.1").delivered
    #expect(arrived?.sourceMAC == asked?.destinationMAC)
  }

  @Test func `it tells its neighbours of a better way, and no others`() throws {
    let fabric = try Fabric(TraditionalLab.lab(), under: VXLANModel())
    var experiment = Experiment(fabric)
    try experiment.send(Question(from: "A", to: "internet", timeToLive: 64))
    try experiment.send(Question(from: "A", to: "internet", timeToLive: 64), at: .seconds(1))
    let traces = experiment.run().compactMap(\.trace)
    let redirect = try #require(traces[0].redirects.first)
    #expect(redirect.sender == "router" && redirect.delivered?.machine == "A")
    #expect(traces.map { $0.timeToLive(at: "GW") } == ["63", "64"])
    #expect(try fabric.ping("X", "internet").redirects.isEmpty)
    // In the article's own network GW is in a subnet of its own.
    let article = try Fabric(ArticleLab.lab, under: VXLANModel())
    #expect(try article.ping("A", "internet").redirects.isEmpty)
  }

  @Test func `without it subnets are apart, and each is whole in itself`() throws {
    var experiment = Experiment(
      try SmallLab.overlay { $0.machine("C", on: "hv3", in: "front", "10.0.1.13") })
    try experiment.stop("router", at: .zero)
    try experiment.send(Question(from: "A", to: "X"), at: .seconds(1))
    try experiment.send(Question(from: "C", to: "B"), at: .seconds(2))
    try experiment.start("router", at: .seconds(8))
    try experiment.send(Question(from: "A", to: "X"), at: .seconds(9))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.isAnswered) == [false, true, true])
    #expect(traces[0].disposition == .neighborUnreachable)
  }

  @Test func `it stops with its host`() throws {
    var experiment = Experiment(try SmallLab.overlay { $0.vxlan.routers = placed(on: "hv3") })
    try experiment.stop("hv3", at: .zero)
    try experiment.send(Question(from: "A", to: "X"), at: .seconds(1))
    #expect(experiment.run().compactMap(\.trace).map(\.isAnswered) == [false])
  }

  @Test func `each network has one of its own, and a subnet alone none`() throws {
    let names = try Fabric(OverlayLab.tenants, under: VXLANModel()).senders
    #expect(names.filter { $0.hasPrefix("router") } == ["router-blue", "router-red"])
    let alone = Lab("alone") { lab in
      lab.host("hv1")
      lab.network("blue") { $0.subnet("front", "10.0.1.0/24") }
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11")
      lab.machine("B", on: "hv1", in: "front", "10.0.1.12")
    }
    #expect(try Fabric(alone, under: VXLANModel()).senders == ["A", "B"])
    var named = alone
    named.machines[0].name = SmallLab.written("router")
    named.networks[0].route(to: "0.0.0.0/0", via: "10.0.1.12")
    #expect(try Fabric(named, under: VXLANModel()).senders == ["router", "B", "router'"])
  }

  @Test func `it forwards IPv6 as it does IPv4`() throws {
    let fabric = try Fabric(SmallLab.lab([.v6]), under: VXLANModel())
    let trace = try fabric.ping("A", "X")
    #expect(trace.isAnswered && trace.delivered?.timeToLive == 63)
  }
}

extension SmallLab {
  static func overlay(_ change: (inout Lab) -> Void = { _ in }) throws(Diagnostics) -> Fabric {
    try Fabric(lab([.v4], change), under: VXLANModel())
  }
}
