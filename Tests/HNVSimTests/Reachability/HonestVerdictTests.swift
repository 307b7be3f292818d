import HNVCore
import HNVSim
import Testing

/// Verdicts that would be easy to get wrong: arrival elsewhere, and losses seen from afar.
@Suite struct HonestVerdictTests {
  /// Two machines in each of two subnets over two hosts, of both families.
  private static func lab(_ change: (inout Lab) -> Void) -> Lab {
    Lab("honest verdicts") { lab in
      lab.host("hv1")
      lab.host("hv2")
      lab.network("blue") { network in
        network.subnet("front", "10.0.1.0/24", "fd00:1::/64")
        network.subnet("gateway", "10.0.2.0/24")
        network.subnet("back", "10.1.2.0/24", "fd00:2::/64")
        network.route(to: "0.0.0.0/0", via: "10.0.2.250")
      }
      lab.outside("internet", link: "203.0.113.0/24", addresses: ["198.51.100.10"])
      lab.machine("A", on: "hv1", in: "front", "10.0.1.11", "fd00:1::11")
      lab.machine("B", on: "hv2", in: "front", "10.0.1.12", "fd00:1::12")
      lab.machine("X", on: "hv2", in: "back", "10.1.2.11", "fd00:2::11")
      change(&lab)
    }
  }

  @Test func `an answer that the outside keeps for itself is no answer`() throws {
    let lab = Self.lab { lab in
      lab.gateway("GW", on: "hv2") { gateway in
        gateway.interface(in: "gateway", "10.0.2.250")
        gateway.interface(outside: "internet", "203.0.113.2")
        // No way back to the front: what goes there leaves again.
        gateway.route(to: "0.0.0.0/0", via: "203.0.113.1")
      }
    }
    let answer = try Fabric(lab).reach(from: "A", to: "internet")
    #expect(answer.disposition == .exitsNetwork)
    #expect(answer.replyDisposition == .noRoute)
    #expect(!answer.isReachable)
  }

  @Test func `another network's machine with the same address is not the one that was meant`()
    throws
  {
    let lab = Self.lab { lab in
      lab.network("red") { $0.subnet("scarlet", "10.0.1.0/24") }
      lab.machine("R", on: "hv1", in: "scarlet", "10.0.1.11")
    }
    let answer = try Fabric(lab).reach(from: "B", to: "R")
    #expect(answer.disposition == .wrongMachine)
    #expect(!answer.isReachable)
    #expect(throws: Diagnostics.self) { try Fabric(lab).reach(from: "A", to: "R") }
  }

  @Test func `an unanswered question for a neighbour blames the host that lacks the record`()
    throws
  {
    let lab = Self.lab { $0.withhold(record: "10.0.1.12", from: "hv1") }
    let trace = try Fabric(lab).trace(from: "A", to: "B")
    #expect(trace.disposition == .neighborUnreachable)
    let step = try #require(trace.decision).step
    #expect(step.detail.contains("no lookup record for 10.0.1.12"))
    #expect(step.fix == "deliver the record of 10.0.1.12 to hv1 (hv2 has it)")
  }

  @Test func `a guest that takes too much for its link is told so`() throws {
    let lab = Self.lab { $0.machine("W", on: "hv1", in: "front", "10.0.1.13/8") }
    let trace = try Fabric(lab).trace(from: "W", to: "X")
    #expect(trace.disposition == .neighborUnreachable)
    #expect(try #require(trace.decision?.step.fix).contains("prefix length"))
  }

  @Test(arguments: [("10.1.2.11", "fd00:2::11"), ("fd00:2::11", "10.1.2.11")])
  func `the receiver needs the record of the packet's own family`(
    withheld: String, other: String
  ) throws {
    let fabric = try Fabric(Self.lab { $0.withhold(record: withheld, from: "hv2") })
    #expect(try fabric.reach(from: "A", to: withheld).disposition == .noPolicy)
    #expect(try fabric.reach(from: "A", to: other).isReachable)
  }

  @Test func `a record whose subnet no route names is listed among the beaten`() throws {
    var lab = Self.lab { _ in }
    lab.hnv.deviations = [
      HNVSection.Deviation(
        host: Written("hv1", at: Place(file: "test", line: 1)),
        withholdRoutes: [
          Written("10.1.2.0/24", at: Place(file: "test", line: 2)),
          Written("fd00:2::/64", at: Place(file: "test", line: 3)),
        ])
    ]
    let trace = try Fabric(lab).trace(from: "A", to: "10.1.2.11")
    let lookups = trace.hops.flatMap(\.steps).compactMap(\.lookup)
    #expect(
      lookups.contains { lookup in
        lookup.notChosen.contains {
          $0.entry.contains("(X)") && $0.why.contains("has its VSID")
        }
      })
  }
}
