import HNVCore
import HNVSim
import Testing

/// A lab written in Swift: every line remembers where it stands.
@Suite struct LabBuilderTests {
  /// The one fault of a lab, which must stand on the line it is told of.
  private func expectFault(_ rule: Rule, in lab: Lab, line: UInt32) {
    let faults = Fabric.check(lab)
    #expect(faults.map(\.rule) == [rule])
    #expect(faults.first?.place?.line == line)
    #expect(faults.first?.place?.file == #fileID)
    #expect(faults.first.map { "\($0)".hasPrefix("\(#fileID):\(line): ") } == true)
  }

  @Test func `a wrong address is blamed on its line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      line = #line + 1
      lab.machine("C", on: "hv1", in: "front", "10.0.2.13")
    }
    expectFault(.addressOutsideSubnet, in: lab, line: line)
  }

  @Test func `an unknown host is blamed on its line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      line = #line + 1
      lab.machine("C", on: "hv11", in: "front", "10.0.1.13")
    }
    expectFault(.unknownName, in: lab, line: line)
  }

  @Test func `a route inside a machine is blamed on its own line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      lab.machine("C", on: "hv1", in: "front", "10.0.1.13") { machine in
        line = #line + 1
        machine.route(to: "10.9.0.0/16", via: "10.5.5.5")
      }
    }
    expectFault(.gatewayOffLink, in: lab, line: line)
  }

  @Test func `a prefix with host bits is blamed on its subnet's line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      lab.network("red") { network in
        line = #line + 1
        network.subnet("other", "10.7.0.1/24")
      }
    }
    expectFault(.prefixHostBits, in: lab, line: line)
  }

  @Test func `a wrong port of a rule is blamed on its line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      lab.change("A") { machine in
        line = #line + 1
        machine.rule(.deny, .outbound, ipProtocol: "tcp", remotePorts: "80-70")
      }
    }
    expectFault(.portSyntax, in: lab, line: line)
  }

  @Test func `a broken expectation says where it stands`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      line = #line + 1
      lab.expect("A", doesNotReach: "B")
    }
    let judgement = LabRun(lab).judgements.first
    #expect(judgement?.held == false)
    #expect(judgement?.place == Place(file: #fileID, line: line))
  }
}
