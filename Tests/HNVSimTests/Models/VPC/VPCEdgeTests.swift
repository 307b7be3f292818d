import HNVCore
import HNVSim
import Testing

/// Internet gateways, NAT gateways, and how large packets may be there.
@Suite struct VPCEdgeTests {
  private func vpc(
    _ lab: Lab = CloudLab.lab(), _ change: (inout Lab) -> Void = { _ in }
  ) throws -> Fabric {
    var lab = lab
    change(&lab)
    return try Fabric(lab, under: VPCModel())
  }

  private static func elastic(_ machine: String, _ address: String) -> CloudAddress {
    CloudAddress(machine: CloudLab.written(machine), address: CloudLab.written(address))
  }

  /// The front subnet leads to the internet gateway, and A has a public address.
  private func withElasticAddress() throws -> Fabric {
    try vpc { lab in
      lab.vpc.publicAddresses = [Self.elastic("A", "203.0.113.11")]
      lab.vpc.routeTables = [
        VPCSection.RouteTable(
          subnets: CloudLab.written(["front"]),
          routes: [
            VPCSection.Route(
              to: CloudLab.written("0.0.0.0/0"), target: CloudLab.written("igw"))
          ])
      ]
    }
  }

  @Test func `a public address stands for one machine, both ways`() throws {
    let fabric = try withElasticAddress()
    let out = try fabric.ping("A", "internet")
    #expect(out.isAnswered && out.through == [])
    #expect(out.delivered?.source == .v4(IPv4Address(203, 0, 113, 11)))
    #expect(out.delivered?.timeToLive == 64)
    let back = try fabric.ping("internet", "A")
    #expect(back.isAnswered && back.delivered?.destination == .v4(IPv4Address(10, 0, 1, 11)))
    #expect(back.delivered?.timeToLive == 64)
  }

  @Test func `without a public address there is no way out, nor in`() throws {
    let fabric = try withElasticAddress()
    #expect(try fabric.ping("B", "internet").disposition == .noTranslation)
    #expect(try fabric.ping("internet", "B").disposition == .noRoute)
    #expect(try fabric.ping("internet", "203.0.113.77").disposition == .neighborUnreachable)
  }

  @Test func `a machine reaches another by its public address`() throws {
    let fabric = try withElasticAddress()
    let trace = try fabric.ping("A", "203.0.113.2")
    #expect(trace.isAnswered && trace.delivered?.machine == "GW")
    #expect(trace.delivered?.source == .v4(IPv4Address(203, 0, 113, 11)))
  }

  @Test func `an error quotes the packet as its sender knows it`() throws {
    let fabric = try vpc { lab in
      lab.vpc.publicAddresses = [Self.elastic("X", "203.0.113.12")]
      lab.vpc.routeTables = [
        VPCSection.RouteTable(
          subnets: CloudLab.written(["back"]),
          routes: [
            VPCSection.Route(
              to: CloudLab.written("0.0.0.0/0"), target: CloudLab.written("igw"))
          ])
      ]
      lab.change("X") { $0.open = [] }
    }
    let trace = try fabric.trace(Question(from: "internet", to: "X", ipProtocol: .udp))
    #expect(trace.disposition == .portClosed)
    let error = try #require(trace.reply?.delivered)
    #expect(error.source == .v4(IPv4Address(203, 0, 113, 12)))
    guard
      case .icmp(.destinationUnreachable(.port, let quoted))? =
        error.frame.packet?.transport
    else {
      Issue.record("not port unreachable: \(error)")
      return
    }
    #expect(quoted.destination == .v4(IPv4Address(203, 0, 113, 12)))
    #expect(quoted.destinationPort == 53)
  }

  @Test func `what is folded is told, each at its place`() throws {
    let warnings = try vpc().warnings.filter { $0.rule == .notInModel }
    #expect(warnings.map(\.value) == ["internet"])
    #expect(
      warnings.first?.explanation.contains(
        "GW's public address 203.0.113.2 is mapped to 10.0.2.250") == true)
    let site = try Fabric(LabFiles.lab("site-to-site"), under: VPCModel())
    #expect(
      site.warnings.contains { $0.value == "branch" && $0.explanation.contains("not simulated") })
    #expect(try site.reach(from: "GW", to: "internet").isReachable)
    #expect(try site.reach(from: "A", to: "branch").isReachable == false)
  }

  @Test func `jumbo frames pass within the VPC, and 1500 bytes the gateway`() throws {
    let fabric = try withElasticAddress()
    #expect(try fabric.ping("A", "B", size: 8973).isAnswered)
    #expect(try fabric.ping("A", "B", size: 8974).disposition == .exceedsMTU)
    #expect(try fabric.ping("A", "internet", size: 1472).isAnswered)
    let large = try fabric.ping("A", "internet", size: 1473)
    #expect(large.disposition == .fragmentationNeeded && large.hops.last?.element == "hv1")
    // The subnet's router says so, as Amazon's own tracepath shows it.
    #expect(large.reply?.delivered?.source == .v4(IPv4Address(10, 0, 1, 1)))
    #expect(large.reply?.delivered?.machine == "A")
    #expect(try fabric.ping("A", "internet", size: 1473, whole: false).isAnswered)
    let old = try vpc { $0.vpc.guestMTU = 1500 }
    #expect(try old.ping("A", "B", size: 1473).disposition == .exceedsMTU)
  }

  @Test func `a NAT gateway serves a subnet, whichever host stops`() throws {
    let fabric = try vpc(CloudLab.lab(route: false)) { lab in
      lab.vpc.natGateways = [
        VPCSection.NATGateway(
          name: CloudLab.written("nat"), subnet: CloudLab.written("gateway"),
          address: CloudLab.written("10.0.2.5"), publicAddress: CloudLab.written("203.0.113.50"))
      ]
      lab.vpc.routeTables = [
        VPCSection.RouteTable(
          subnets: CloudLab.written(["front"]),
          routes: [
            VPCSection.Route(
              to: CloudLab.written("0.0.0.0/0"), target: CloudLab.written("nat"))
          ])
      ]
    }
    var experiment = Experiment(fabric)
    try experiment.stop("hv2", at: .zero)
    try experiment.stop("hv3", at: .zero)
    try experiment.send(Question(from: "A", to: "internet"), at: .seconds(1))
    let trace = try #require(experiment.run().compactMap(\.trace).first)
    #expect(trace.isAnswered && trace.through == ["nat"])
    #expect(trace.delivered?.source == .v4(IPv4Address(203, 0, 113, 50)))
  }
}
