import HNVCore
import HNVSim
import Testing

/// Which route of a subnet's table counts (Amazon VPC User Guide, "Route tables").
@Suite struct VPCRouteTests {
  /// The lab with a route table for the front subnet.
  private func lab(
    _ routes: [(to: String, target: String)], propagated: [(to: String, target: String)] = [],
    era: String? = nil
  ) -> Lab {
    CloudLab.lab { lab in
      lab.vpc.era = era.map { CloudLab.written($0) }
      lab.vpc.routeTables = [
        VPCSection.RouteTable(
          subnets: CloudLab.written(["front"]),
          routes: routes.map { Self.route($0, false) } + propagated.map { Self.route($0, true) })
      ]
    }
  }

  private static func route(
    _ route: (to: String, target: String), _ isPropagated: Bool
  ) -> VPCSection.Route {
    VPCSection.Route(
      to: CloudLab.written(route.to), target: CloudLab.written(route.target),
      isPropagated: isPropagated)
  }

  private func vpc(_ lab: Lab) throws -> Fabric { try Fabric(lab, under: VPCModel()) }

  @Test func `since 2021 a route to a whole subnet leads through an appliance`() throws {
    let fabric = try vpc(lab([("10.1.2.0/24", "GW")]))
    let trace = try fabric.ping("A", "X")
    #expect(trace.through == ["GW"] && trace.delivered?.timeToLive == 63)
    let lookup = try #require(trace.lookups.first { $0.table == "route table of front" })
    #expect(lookup.match == "10.1.2.0/24 to GW")
    #expect(lookup.notChosen.map(\.entry) == ["10.1.0.0/16 to local"])
  }

  @Test(arguments: [
    ("10.1.2.0/24", "GW", "2013"), ("10.1.2.0/25", "GW", "2021"), ("10.1.0.0/17", "GW", "2021"),
    ("10.1.2.0/24", "igw", "2021"), ("169.254.169.0/24", "GW", "2021"),
  ])
  func `a route that the platform refuses is left out, and reported`(
    prefix: String, target: String, era: String
  ) throws {
    let fabric = try vpc(lab([(prefix, target)], era: era))
    let diagnostic = try #require(fabric.warnings.first { $0.value == prefix })
    #expect(diagnostic.rule == .notInModel && diagnostic.explanation.contains("accepts no route"))
    #expect(try fabric.ping("A", "X").through == [])
  }

  @Test func `the local route takes precedence over a propagated one`() throws {
    let fabric = try vpc(lab([], propagated: [("10.1.2.0/24", "GW")]))
    let trace = try fabric.ping("A", "X")
    #expect(trace.through == [] && trace.isAnswered)
    let lookup = try #require(trace.lookups.first { $0.table == "route table of front" })
    #expect(lookup.match == "10.1.0.0/16 to local")
    #expect(lookup.notChosen.map(\.entry) == ["10.1.2.0/24 to GW, propagated"])
  }

  @Test func `a static route beats a propagated one of its prefix, and not a longer one`() throws {
    let same = try vpc(lab([("0.0.0.0/0", "GW")], propagated: [("0.0.0.0/0", "blackhole")]))
    #expect(try same.ping("A", "internet").isAnswered)
    let longer = try vpc(
      lab([("0.0.0.0/0", "GW")], propagated: [("198.51.100.0/24", "blackhole")]))
    #expect(try longer.ping("A", "internet").disposition == .elementDown)
  }

  @Test func `a table without a route to the destination loses the packet`() throws {
    let trace = try vpc(lab([])).ping("A", "internet")
    #expect(trace.disposition == .noRoute && trace.hops.last?.element == "hv1")
  }

  @Test func `a route whose instance is stopped is a blackhole`() throws {
    var experiment = Experiment(try vpc(CloudLab.lab()))
    try experiment.stop("GW", at: .seconds(1))
    try experiment.send(Question(from: "A", to: "internet"), at: .zero)
    try experiment.send(Question(from: "A", to: "internet"), at: .seconds(2))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces.map(\.disposition) == [.exitsNetwork, .elementDown])
    #expect(traces.last?.hops.last?.element == "hv1")
  }

  @Test func `a next hop that no interface has makes no route`() throws {
    let fabric = try vpc(
      CloudLab.lab { $0.networks[0].route(to: "192.0.2.0/24", via: "10.0.1.99") })
    #expect(fabric.warnings.contains { $0.value == "10.0.1.99" && $0.rule == .notInModel })
  }

  @Test func `blocks are derived from the subnets, or declared`() throws {
    #expect(try vpc(CloudLab.lab()).ping("A", "10.0.200.1").disposition == .noRecord)
    let small = CloudLab.lab { lab in
      lab.vpc.blocks = [
        CloudBlocks(
          network: CloudLab.written("blue"),
          prefixes: CloudLab.written(["10.0.0.0/20", "10.1.2.0/24"]))
      ]
    }
    let trace = try vpc(small).ping("A", "10.0.200.1")
    #expect(trace.through == ["GW"])
    let missing = CloudLab.lab { lab in
      lab.vpc.blocks = [
        CloudBlocks(
          network: CloudLab.written("blue"), prefixes: CloudLab.written(["10.0.0.0/16"]))
      ]
    }
    let fabric = try vpc(missing)
    #expect(fabric.warnings.contains { $0.value == "10.1.2.0/24" })
  }

  @Test func `reserved addresses are told`() throws {
    let lab = CloudLab.lab { lab in
      lab.machine("R2", on: "hv1", in: "front", "10.0.1.2")
      lab.machine("R3", on: "hv1", in: "front", "10.0.1.3")
      lab.machine("R4", on: "hv1", in: "front", "10.0.1.4")
    }
    let values = try vpc(lab).warnings.filter { $0.rule == .notInModel }.map(\.value)
    #expect(values.filter { $0.hasPrefix("10.") } == ["10.0.1.2", "10.0.1.3"])
  }
}
