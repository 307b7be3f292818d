import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// Steps say as fields which entry decided, under every model.
@Suite struct EntryTests {
  private let name = "complex-routing"

  private func text() throws -> (path: String, lines: [String]) {
    let path = LabFiles.root.appendingPathComponent("Labs/\(name).json5").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return (path, text.components(separatedBy: "\n"))
  }

  private func fabric(_ lab: Lab, _ model: String) throws -> Fabric {
    try Fabric(lab, under: try #require(ForwardingModels.named(model)))
  }

  @Test(arguments: ForwardingModels.names)
  func `between subnets, entries have names and are found in the lab file`(
    _ model: String
  ) throws {
    let (path, lines) = try text()
    let trace = try fabric(try LabFiles.lab(name), model).trace(from: "B", to: "X")
    let decisions = trace.decisions
    #expect(decisions.contains { !["B", "X"].contains($0.element) })
    for (element, entry) in decisions {
      #expect(!entry.name.isEmpty)
      let line = try entry.place.map { place in
        #expect(place.file == path)
        return try #require(lines.indices.contains(Int(place.line) - 1) ? place.line : nil)
      }
      switch entry.kind {
      case .route: #expect(line != nil, "\(entry.name) of \(element)")
      case .port:
        // It is said where its subnet is named.
        let said = lines[try Int(#require(line, "\(entry.name) at \(element)")) - 1]
        #expect(said.contains(#""front""#) || said.contains(#""back""#), "\(entry.name)")
      default: break
      }
    }
  }

  /// A platform's own routes, which no lab says, are those of clouds.
  @Test(arguments: [
    "nsx": "10.1.2.0/24 on-link", "ovn": "10.1.2.0/24 connected",
    "contrail": "10.1.2.11/32 to the interface of X", "vpc": "10.1.0.0/16 to local",
    "azure": "10.1.0.0/16 to Virtual network, system",
  ])
  func `the route of the virtual network that a packet takes`(
    _ model: String, _ route: String
  ) throws {
    let (_, lines) = try text()
    let trace = try fabric(try LabFiles.lab(name), model).trace(from: "B", to: "X")
    let entries = trace.decisions.map(\.entry).filter { $0.kind == .customerRoute }
    let entry = try #require(entries.first { $0.name == route })
    let isOfLab = !["vpc", "azure"].contains(model)
    #expect((entry.place != nil) == isOfLab)
    guard let place = entry.place else { return }
    #expect(lines[Int(place.line) - 1].contains(model == "contrail" ? "10.1.2.11" : "10.1.2.0/24"))
  }

  /// Under a cloud GW has no adapter on the wire: the edge has its address there.
  @Test(arguments: ["vpc", "azure"])
  func `the public address by which a packet leaves a cloud`(_ model: String) throws {
    let trace = try fabric(try LabFiles.lab(name), model).trace(from: "GW", to: "198.51.100.10")
    let entry = trace.decisions.map(\.entry).first { $0.name == "203.0.113.2 for 10.0.2.250" }
    #expect(entry?.kind == .translation)
    let place = try #require(entry?.place)
    #expect(try text().lines[Int(place.line) - 1].contains(#""203.0.113.2""#))
  }

  @Test(arguments: ["vpc", "contrail", "ovn"])
  func `the address for which a platform answers`(_ model: String) throws {
    let fabric = try fabric(try LabFiles.lab(name), model)
    let mac = try #require(
      fabric.network.intent.machines.first { $0.name == "B" }?.interfaces.first?.macAddress)
    let steps = try fabric.trace(from: "A", to: "B").steps.map(\.step)
    let answer = try #require(steps.first { $0.action == .answered })
    #expect(answer.entry?.kind == .address)
    #expect(answer.entry?.name == "10.0.1.12 at \(mac) of B")
    let place = try #require(answer.entry?.place)
    #expect(try text().lines[Int(place.line) - 1].contains(#""10.0.1.12""#))
  }

  /// B's second rule denies what A sends; a VPC's groups only allow, and none of them does.
  @Test(arguments: ForwardingModels.names)
  func `the rule that denies a packet`(_ model: String) throws {
    let fabric = try fabric(ContractLab.plain(denying: true), model)
    let trace = try fabric.trace(from: "A", to: "B")
    let denial = try #require(trace.steps.map(\.step).first { $0.action == .denied })
    guard model != "vpc" else {
      #expect(denial.entry == nil)
      return
    }
    #expect(denial.entry?.kind == .accessRule)
    let number = model == "azure" ? "rule 101 " : "rule 2 "
    #expect(denial.entry?.name.contains(number) ?? false, "\(denial)")
    #expect(denial.entry?.name.contains("B") ?? false, "\(denial)")
  }
}

extension Trace {
  /// The steps of the packet, of its copies, and of the questions for its next hops.
  fileprivate var steps: [(element: String, step: Step)] {
    let own = (resolution.flatMap(\.hops) + hops).flatMap { hop in
      hop.steps.map { (hop.element, $0) }
    }
    return own + copies.flatMap(\.steps)
  }

  /// The entries that decided, and where.
  fileprivate var decisions: [(element: String, entry: Step.Entry)] {
    steps.compactMap { element, step in step.entry.map { (element, $0) } }
  }
}
