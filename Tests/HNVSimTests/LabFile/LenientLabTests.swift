import HNVCore
import Testing

@testable import HNVSim

/// Labs under `policyChecks=lenient`: what would refuse them is reported, and they run.
struct LenientLabTests {
  /// The bad labs that the setting is about, but for those in which a name stands for two things.
  static let table = (BadLab.addresses + BadLab.subnets + BadLab.policies).filter {
    PolicyChecks.rules.contains($0.rule)
  }

  private static func lab(_ bad: BadLab, _ checks: PolicyChecks) throws -> Lab {
    var lab = try Lab.read(Array(#require(bad.text).utf8), named: "l.json5")
    lab.set("policyChecks", checks.rawValue)
    return lab
  }

  @Test func `every rule of the setting is broken by some lab`() {
    #expect(Set(Self.table.map(\.rule)) == PolicyChecks.rules)
  }

  @Test(arguments: table)
  func `a lab is refused under strict`(bad: BadLab) throws {
    let lab = try Self.lab(bad, .strict)
    #expect(throws: Diagnostics.self) { try Fabric(lab) }
  }

  @Test(arguments: table)
  func `it runs under lenient, says what is wrong, and does the same again`(bad: BadLab) throws {
    let lab = try Self.lab(bad, .lenient)
    let (first, second) = (try Fabric(lab), try Fabric(lab))
    #expect(first.warnings.contains { $0.rule == bad.rule && $0.severity == .warning })
    for sender in first.senders {
      for receiver in first.senders {
        let trace = try? first.trace(from: sender, to: receiver)
        let again = try? second.trace(from: sender, to: receiver)
        #expect(trace?.rendered(.everything) == again?.rendered(.everything))
      }
    }
  }

  @Test func `a gateway among the machines works as it did under 2012`() throws {
    var lab = try LabFiles.lab("gateway-in-vm-subnet")
    lab.set("policyChecks", "lenient")
    let fabric = try Fabric(lab)
    #expect(Set(fabric.warnings.map(\.rule)) == [.externalGatewaySubnet])
    #expect(try fabric.trace(from: "A", to: "internet").through == ["GW"])
  }
}
