import HNVCore
import Testing

@testable import HNVSim

/// Networks beside one another, and what of a lab the vRouter cannot honour.
struct ContrailNetworkTests {
  @Test(arguments: ["2013", "2014-11"], ["MPLSoGRE", "VXLAN"])
  func `two networks with the same addresses stay apart`(
    era: String, encapsulation: String
  ) throws {
    let lab = Lab("two networks") { lab in
      for host in ["hv1", "hv2"] { lab.host(host) }
      for network in ["blue", "red"] {
        lab.network(network) { $0.subnet("\(network)-front", "10.0.1.0/24") }
        lab.machine("\(network)-A", on: "hv1", in: "\(network)-front", "10.0.1.11")
        lab.machine("\(network)-B", on: "hv2", in: "\(network)-front", "10.0.1.12")
      }
      lab.machine("blue-C", on: "hv2", in: "blue-front", "10.0.1.13")
      lab.contrail.set(era)
      lab.contrail.encapsulation = SmallLab.written(encapsulation)
    }
    let fabric = try Fabric(lab, under: ContrailModel())
    #expect(try fabric.trace(from: "blue-A", to: "blue-B").delivered?.machine == "blue-B")
    #expect(try fabric.trace(from: "red-A", to: "red-B").delivered?.machine == "red-B")
    #expect(try fabric.trace(from: "red-A", to: "10.0.1.13").disposition.isSuccess == false)
    let broadcast = try fabric.trace(from: "red-A", to: "255.255.255.255")
    #expect(([broadcast] + broadcast.copies).compactMap { $0.delivered?.machine } == ["red-B"])
  }

  @Test func `the gateway answers pings and nothing else`() throws {
    let fabric = try ContrailLab.article()
    #expect(try fabric.ping("A", "10.0.1.1").isAnswered)
    #expect(
      try fabric.trace(Question(from: "A", to: "10.0.1.1", ipProtocol: .tcp)).disposition
        == .gatewayAddress)
  }

  @Test func `a machine reaches the outside`() throws {
    #expect(try ContrailLab.article().reach(from: "A", to: "internet").isReachable)
  }

  @Test(arguments: LabFiles.names)
  func `every lab runs, or says what is wrong with it`(name: String) throws {
    let lab = try LabFiles.lab(name)
    guard !LabFiles.invalid.contains(name) else {
      #expect(Fabric.check(lab, under: ContrailModel()).contains { $0.severity == .error })
      return
    }
    let fabric = try Fabric(lab, under: ContrailModel())
    #expect(fabric.senders.count > 1)
    for sender in fabric.senders {
      for receiver in fabric.senders where receiver != sender {
        guard let trace = try? fabric.trace(from: sender, to: receiver) else {
          #expect(name == LabFiles.ambiguous)
          continue
        }
        #expect(trace.disposition.class != .analysis)
      }
    }
  }

  private func warnings(_ change: (inout Lab) -> Void) -> [Diagnostic] {
    var lab = ArticleLab.lab
    change(&lab)
    return Fabric.check(lab, under: ContrailModel())
  }

  @Test func `a mode that does not route is said where subnets are to be joined`() throws {
    let diagnostics = warnings { $0.contrail.set("2014-11", "l2") }
    #expect(diagnostics.map(\.rule) == [.notInModel])
    let diagnostic = try #require(diagnostics.first)
    #expect(
      diagnostic.value == "mode=l2" && diagnostic.fix == "set mode: l2_l3"
        && diagnostic.place != nil)
    let own = ContrailSection.Network(
      network: SmallLab.written("blue"), mode: SmallLab.written("l3"))
    let fixed = warnings { lab in
      lab.contrail.set("2014-11", "l2")
      lab.contrail.networks = [own]
    }
    #expect(fixed == [])
  }

  @Test func `the vRouter of 2013 has no modes, and does not route IPv6`() throws {
    #expect(warnings { $0.contrail.set("2013", "l3") }.map(\.value) == ["l3"])
    #expect(warnings { $0.contrail.set("2013") } == [])
    let lab = SmallLab.lab([.v4, .v6]) { $0.contrail.set("2013") }
    let diagnostics = Fabric.check(lab, under: ContrailModel())
    #expect(diagnostics.map(\.rule) == [.notInModel] && diagnostics.first?.value == "era=2013")
  }

  @Test func `a static route leads to a machine`() throws {
    let diagnostics = warnings { $0.networks[0].route(to: "10.9.0.0/16", via: "10.0.1.99") }
    #expect(diagnostics.map(\.rule) == [.notInModel] && diagnostics.first?.value == "10.0.1.99")
  }

  @Test func `a word that is no choice, and a network that is none, are diagnostics`() {
    let diagnostics = warnings { lab in
      lab.contrail.set("2012", "l4")
      lab.contrail.networks = [ContrailSection.Network(network: SmallLab.written("bleu"))]
    }
    #expect(diagnostics.map(\.rule) == [.unknownName, .unknownName, .unknownName])
    #expect(diagnostics.map(\.value) == ["2012", "l4", "bleu"])
  }
}
