import HNVCore
import Testing

@testable import HNVSim

/// The table of answers that the sources give for each kind of network, and what they lead to on
/// the article's network: by packets, not by what models claim.
@Suite struct AnswerMatrixTests {
  /// A model as a lab sets it.
  enum Variant: String, CaseIterable, CustomTestStringConvertible {
    case hnv, vlan, vxlan, vpc, contrail2013, contrail, contrailL3, nsx, azure, ovn

    var testDescription: String { rawValue }

    var model: any ForwardingModel {
      let name =
        switch self {
        case .contrail2013, .contrailL3: "contrail"
        default: rawValue
        }
      return ForwardingModels.named(name) ?? HNVModel()
    }

    func set(in lab: inout Lab) {
      let place = Place(file: "matrix", line: 1)
      switch self {
      case .contrail2013: lab.contrail.era = Written("2013", at: place)
      case .contrailL3: lab.contrail.mode = Written("l3", at: place)
      default: break
      }
    }

    /// What a source says arrives: MAC addresses, and what is spent of the TTL.
    var within: (Claims.MACTreatment, spent: Int) {
      switch self {
      case .contrail2013, .azure: (.bothRewritten, 0)
      case .contrailL3: (.bothRewritten, 1)
      default: (.kept, 0)
      }
    }

    var between: (Claims.MACTreatment, spent: Int) {
      switch self {
      // Release 2012 R2: the source's MAC address stays, by the setting sourceMAC.
      case .hnv: (.destinationRewritten, 1)
      case .vpc, .contrail2013, .azure: (.bothRewritten, 0)
      default: (.bothRewritten, 1)
      }
    }

    /// Whose MAC address a machine is told for its neighbour, and whether the neighbour itself says
    /// so.
    var answer: (isOwn: Bool, byItself: Bool) {
      switch self {
      case .vlan, .vxlan: (true, true)
      case .contrail2013, .contrailL3, .azure: (false, false)
      default: (true, false)
      }
    }

    /// Whether another machine of its subnet serves a machine that takes it for its gateway.
    var servesAsGateway: Bool {
      switch self {
      case .hnv, .contrail2013, .contrailL3, .azure: false
      default: true
      }
    }

    /// What is spent when A's packet for the outside comes to GW, which is in A's subnet, by the
    /// platform's router; `nil` where GW cannot be there, or what it sends comes back to it.
    var spentAtGateway: Int? {
      switch self {
      case .hnv, .vpc, .azure: nil
      case .contrail2013: 0
      default: 1
      }
    }

    /// The same with GW in a subnet of its own, as the article has it.
    var spentAtDistantGateway: Int {
      switch self {
      case .vpc, .azure, .contrail2013: 0
      default: 1
      }
    }
  }

  private func wiredUp(_ lab: Lab, _ variant: Variant) throws -> Fabric {
    var lab = lab
    variant.set(in: &lab)
    return try Fabric(lab, under: variant.model)
  }

  @Test(arguments: Variant.allCases)
  func `headers on arrival`(_ variant: Variant) throws {
    let fabric = try wiredUp(try LabFiles.lab("complex-routing"), variant)
    for (from, to, expected) in [
      ("A", "B", variant.within), ("A", "C", variant.within), ("B", "X", variant.between),
      ("X", "A", variant.between),
    ] {
      let question = Question(from: from, to: to, timeToLive: 64)
      let seen = try #require(try fabric.observe(question).arrival, "\(from) to \(to)")
      #expect(seen.macAddresses == expected.0, "\(from) to \(to)")
      #expect(Int(seen.timeToLive) == 64 - expected.spent, "\(from) to \(to)")
    }
  }

  @Test(arguments: Variant.allCases)
  func `who answers for a neighbour`(_ variant: Variant) throws {
    let fabric = try wiredUp(try LabFiles.lab("complex-routing"), variant)
    let trace = try fabric.trace(from: "A", to: "B")
    let answer = try #require(trace.resolution.first { $0.machine == "A" })
    let own = try #require(
      fabric.network.intent.machines.first { $0.name == "B" }?.interfaces.first?.macAddress)
    #expect((answer.answer == own) == variant.answer.isOwn)
    #expect((answer.answeredBy == "B") == variant.answer.byItself)
  }

  @Test(arguments: Variant.allCases)
  func `a guest's own gateway in its subnet`(_ variant: Variant) throws {
    let fabric = try wiredUp(ContractLab.guestGateway, variant)
    let trace = try fabric.trace(Question(from: "A", to: "internet", timeToLive: 64))
    #expect((try spent(at: "GW", trace, fabric) != nil) == variant.servesAsGateway)
    if variant.servesAsGateway { #expect(try spent(at: "GW", trace, fabric) == 0) }
  }

  @Test(arguments: Variant.allCases)
  func `the way out by a gateway in the subnet of those whom it serves`(
    _ variant: Variant
  ) throws {
    guard variant != .hnv else {
      let diagnostics = #expect(throws: Diagnostics.self) {
        try wiredUp(try LabFiles.lab("traditional"), variant)
      }
      #expect(diagnostics?.all.contains { $0.rule == .externalGatewaySubnet } ?? false)
      return
    }
    let fabric = try wiredUp(try LabFiles.lab("traditional"), variant)
    let question = Question(from: "A", to: "198.51.100.10", timeToLive: 64)
    let trace = try fabric.trace(question)
    guard let expected = variant.spentAtGateway else {
      #expect(trace.disposition == .loop)
      return
    }
    #expect(try spent(at: "GW", trace, fabric) == expected)
  }

  @Test(arguments: Variant.allCases)
  func `the way out by a gateway in a subnet of its own`(_ variant: Variant) throws {
    let fabric = try wiredUp(try LabFiles.lab("complex-routing"), variant)
    let question = Question(from: "A", to: "198.51.100.10", timeToLive: 64)
    let trace = try fabric.trace(question)
    #expect(try spent(at: "GW", trace, fabric) == variant.spentAtDistantGateway)
  }

  /// What a packet had spent of 64 when it first came to a machine that forwards, which notes what
  /// it makes of the rest; `nil` when it did not come there.
  private func spent(at machine: String, _ trace: Trace, _ fabric: Fabric) throws -> Int? {
    for hop in trace.allHops where hop.element == machine {
      for step in hop.steps {
        guard let change = step.changes.first(where: { $0.field == .timeToLive }) else {
          continue
        }
        return 64 - (Int(change.before) ?? 0)
      }
    }
    return nil
  }
}

extension Trace {
  /// The hops of the packet and of its copies.
  fileprivate var allHops: [Hop] { hops + copies.flatMap(\.allHops) }
}
