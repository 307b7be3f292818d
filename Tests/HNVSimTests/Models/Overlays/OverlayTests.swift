import HNVCore
import Testing

@testable import HNVSim

/// What the models that carry frames in VXLAN have in common.
@Suite struct OverlayTests {
  @Test(arguments: OverlayLab.models.indices)
  func `within a subnet a frame arrives as it was sent`(index: Int) throws {
    for lab in [ArticleLab.lab, TraditionalLab.lab()] {
      let trace = try Fabric(lab, under: OverlayLab.models[index]).ping("A", "B")
      let (sent, delivered) = (try #require(trace.sent), try #require(trace.delivered))
      #expect(delivered.timeToLive == 64 && delivered.frame == sent.frame)
      #expect(trace.isAnswered && trace.crossings == 1)
    }
  }

  @Test(arguments: OverlayLab.models.indices)
  func `between subnets both MAC addresses change, and the TTL is one less`(
    index: Int
  ) throws {
    let trace = try Fabric(ArticleLab.lab, under: OverlayLab.models[index]).ping("B", "X")
    let (sent, delivered) = (try #require(trace.sent), try #require(trace.delivered))
    #expect(delivered.timeToLive == 63 && trace.isAnswered)
    #expect(delivered.sourceMAC != sent.sourceMAC)
    #expect(delivered.destinationMAC != sent.destinationMAC)
  }

  @Test(arguments: OverlayLab.models.indices)
  func `a gateway among its clients works by way of the platform's router`(index: Int) throws {
    let fabric = try Fabric(TraditionalLab.lab(), under: OverlayLab.models[index])
    for sender in ["A", "B", "X"] {
      let trace = try fabric.ping(sender, "internet")
      #expect(trace.disposition == .exitsNetwork && trace.isAnswered)
      #expect(trace.timeToLive(at: "GW") == "63")
    }
    // Back to A the gateway is in A's own subnet: no router has a part in it.
    let reply = try #require(try fabric.ping("A", "internet").reply)
    #expect(reply.through == ["GW"] && reply.delivered?.timeToLive == 127)
  }

  @Test(arguments: OverlayLab.models.indices)
  func `a guest's own gateway in its subnet is obeyed`(index: Int) throws {
    let lab = TraditionalLab.lab {
      $0.change("A") { $0.gateways = [SmallLab.written("10.0.1.250")] }
    }
    let trace = try Fabric(lab, under: OverlayLab.models[index]).ping("A", "internet")
    #expect(trace.isAnswered && trace.through == ["GW"] && trace.timeToLive(at: "GW") == "64")
  }

  @Test(arguments: OverlayLab.models.indices)
  func `two networks with the same addresses know nothing of one another`(index: Int) throws {
    let fabric = try Fabric(OverlayLab.tenants, under: OverlayLab.models[index])
    for tenant in ["blue", "red"] {
      for (from, to) in [("A", "B"), ("B", "X"), ("X", "A")] {
        let trace = try fabric.ping("\(tenant)-\(from)", "\(tenant)-\(to)")
        #expect(trace.isAnswered && trace.delivered?.machine == "\(tenant)-\(to)")
        let passed = trace.hops.map(\.element) + trace.resolution.flatMap { $0.hops.map(\.element) }
        let other = tenant == "blue" ? "red" : "blue"
        #expect(passed.allSatisfy { !$0.contains(other) })
      }
    }
    #expect(throws: Diagnostics.self) { try fabric.ping("blue-A", "red-A") }
    #expect(try fabric.ping("blue-A", "red-B").delivered?.machine != "red-B")
  }

  @Test(arguments: OverlayLab.models.indices)
  func `a packet that the underlay has no room for is lost without a word`(index: Int) throws {
    let model = OverlayLab.models[index]
    let lab = SmallLab.lab()
    #expect(Fabric.check(lab, under: model).map(\.rule) == [.underlayMTU])
    let trace = try Fabric(lab, under: model).trace(Question(from: "A", to: "B", size: 1472))
    #expect(trace.disposition == .underlayMTU && trace.replies.isEmpty)
    // 1450 and the 50 of VXLAN are 1500.
    #expect(
      try Fabric(lab, under: model).trace(Question(from: "A", to: "B", size: 1422)).isAnswered)
    let roomy = SmallLab.lab { $0.underlay.mtu = 1600 }
    #expect(Fabric.check(roomy, under: model).isEmpty)
    #expect(
      try Fabric(roomy, under: model).trace(Question(from: "A", to: "B", size: 1472)).isAnswered)
    // The lab's own word on a guest counts.
    let narrow = SmallLab.lab { lab in
      for machine in ["A", "B", "X"] { lab.change(machine) { $0.mtu = 1450 } }
    }
    let own = try Fabric(narrow, under: model).trace(Question(from: "A", to: "B", size: 1423))
    #expect(own.disposition == .exceedsMTU)
  }

  @Test(arguments: OverlayLab.models.indices)
  func `rules of ports count within a subnet as between subnets`(index: Int) throws {
    let lab = SmallLab.lab { lab in
      lab.change("B") { $0.rule(.deny, .inbound, remote: "10.0.1.11/32") }
      lab.change("X") { $0.rule(.deny, .outbound, remote: "10.0.1.0/24") }
    }
    let fabric = try Fabric(lab, under: OverlayLab.models[index])
    let denied = try fabric.ping("A", "B")
    #expect(denied.disposition == .deniedIn && denied.decision?.element == "hv2")
    #expect(try fabric.ping("X", "A").disposition == .deniedOut)
    #expect(try fabric.ping("X", "A").decision?.step.fix != nil)
    #expect(try fabric.ping("A", "10.0.1.1").isAnswered)
  }

  @Test(arguments: LabFiles.names)
  func `every lab that ships runs, or is refused for a reason`(name: String) throws {
    let lab = try LabFiles.lab(name)
    for model in OverlayLab.models {
      let errors = Fabric.check(lab, under: model).filter { $0.severity == .error }
      #expect(errors.isEmpty != LabFiles.invalid.contains(name))
      guard errors.isEmpty else { continue }
      let fabric = try Fabric(lab, under: model)
      #expect(fabric.senders.count > 1)
      for from in fabric.senders.prefix(4) {
        for to in fabric.senders where to != from {
          guard let trace = try? fabric.trace(from: from, to: to) else {
            #expect(name == LabFiles.ambiguous)
            continue
          }
          #expect(trace.disposition.class != .analysis, "\(from) to \(to) under \(model.name)")
          #expect(trace.disposition.isSuccess || trace.decision?.step.detail.isEmpty == false)
        }
      }
    }
  }
}
