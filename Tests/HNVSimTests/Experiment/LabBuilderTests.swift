import HNVCore
import HNVSim
import Testing

/// A lab written in Swift: every line remembers where it stands.
@Suite struct LabBuilderTests {
  /// The one diagnostic of a lab, which must stand on the line it is told of.
  private func expectDiagnostic(_ rule: DiagnosticRule, in lab: Lab, line: UInt32) {
    let diagnostics = Fabric.check(lab)
    #expect(diagnostics.map(\.rule) == [rule])
    #expect(diagnostics.first?.place?.line == line)
    #expect(diagnostics.first?.place?.file == #fileID)
    #expect(diagnostics.first.map { "\($0)".hasPrefix("\(#fileID):\(line): ") } == true)
  }

  @Test func `a wrong address is blamed on its line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      line = #line + 1
      lab.machine("C", on: "hv1", in: "front", "10.0.2.13")
    }
    expectDiagnostic(.addressOutsideSubnet, in: lab, line: line)
  }

  @Test func `an unknown host is blamed on its line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      line = #line + 1
      lab.machine("C", on: "hv11", in: "front", "10.0.1.13")
    }
    expectDiagnostic(.unknownName, in: lab, line: line)
  }

  @Test func `a route inside a machine is blamed on its own line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      lab.machine("C", on: "hv1", in: "front", "10.0.1.13") { machine in
        line = #line + 1
        machine.route(to: "10.9.0.0/16", via: "10.5.5.5")
      }
    }
    expectDiagnostic(.gatewayOffLink, in: lab, line: line)
  }

  @Test func `a prefix with host bits is blamed on its subnet's line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      lab.network("red") { network in
        line = #line + 1
        network.subnet("other", "10.7.0.1/24")
      }
    }
    expectDiagnostic(.prefixHostBits, in: lab, line: line)
  }

  @Test func `a wrong port of a rule is blamed on its line`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      lab.change("A") { machine in
        line = #line + 1
        machine.rule(.deny, .outbound, ipProtocol: .tcp, remotePorts: "80-70")
      }
    }
    expectDiagnostic(.portSyntax, in: lab, line: line)
  }

  @Test func `a broken expectation says where it stands`() {
    var line: UInt32 = 0
    let lab = SmallLab.lab { lab in
      line = #line + 1
      lab.expect("A", doesNotReach: "B")
    }
    let result = LabRun(lab).results.first
    #expect(result?.passed == false)
    #expect(result?.place == Place(file: #fileID, line: line))
  }
}
