import HNVCore
import Testing

@testable import HNVSim

/// The distributed firewall: stateful, at both ends, whatever the subnet.
@Suite struct NSXFirewallTests {
  private func lab(_ change: (inout Lab) -> Void = { _ in }) -> Lab {
    SmallLab.lab { lab in
      lab.change("A") { $0.rule(.deny, .inbound) }
      change(&lab)
    }
  }

  @Test(arguments: ["B", "X"])
  func `answers come back to a machine that takes nothing else`(peer: String) throws {
    let fabric = try Fabric(lab(), under: NSXModel())
    #expect(try fabric.ping("A", peer).isAnswered)
    let denied = try fabric.ping(peer, "A")
    #expect(denied.disposition == .deniedIn && denied.decision?.element == "hv1")
    // A rule without state, which is all that VXLAN's filters have here, lets no answer in.
    let vxlan = try Fabric(lab(), under: VXLANModel()).ping("A", peer)
    #expect(vxlan.disposition == .accepted && vxlan.reply?.disposition == .deniedIn)
  }

  @Test func `a single rule can have state where the filter has none`() throws {
    let fabric = try Fabric(
      lab { $0.change("A") { $0.rule(.allow, .outbound, stateful: true) } }, under: VXLANModel())
    #expect(try fabric.ping("A", "B").isAnswered)
    #expect(try fabric.ping("B", "A").disposition == .deniedIn)
  }

  @Test(arguments: OverlayLab.models.indices)
  func `state follows a machine that moves under NSX, and is lost elsewhere`(index: Int) throws {
    let model = OverlayLab.models[index]
    let fabric = try Fabric(
      lab { $0.change("A") { $0.rule(.allow, .outbound, stateful: true) } }, under: model)
    var experiment = Experiment(fabric)
    try experiment.send(Question(from: "A", to: "B", ipProtocol: .tcp))
    try experiment.move("A", to: "hv2", at: .seconds(1))
    try experiment.send(
      Question(from: "B", to: "A", ipProtocol: .tcp, sourcePort: 80, destinationPort: 49152),
      at: .seconds(2))
    let traces = experiment.run().compactMap(\.trace)
    #expect(traces[0].isAnswered)
    #expect(traces[1].disposition.isSuccess == (model.name == "nsx"))
  }

  @Test func `state is lost with the host`() throws {
    var experiment = Experiment(try Fabric(lab(), under: NSXModel()))
    try experiment.send(Question(from: "A", to: "B", ipProtocol: .tcp))
    try experiment.stop("hv1", at: .seconds(1))
    try experiment.start("hv1", at: .seconds(2))
    try experiment.send(
      Question(from: "B", to: "A", ipProtocol: .tcp, sourcePort: 80, destinationPort: 49152),
      at: .seconds(3))
    #expect(experiment.run().compactMap(\.trace).last?.disposition == .deniedIn)
  }
}
