import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// OVN's own tracer and our model answer the same questions about the same random networks.
///
/// Skipped where OVN is not installed. `HNV_OVN_BATCHES` asks for more than the few batches of 25
/// networks that run by default.
@Suite(.serialized, .enabled(if: OVNTracer.isInstalled, "skipped: ovn-central is not installed"))
struct OVNOracleTests {
  private static let networksOfBatch = 25
  private static let questionsOfNetwork = 10

  private static let batches =
    ProcessInfo.processInfo.environment["HNV_OVN_BATCHES"].flatMap { Int($0) } ?? 4

  @Test func `both say the same of random networks`() throws {
    var random = SplitMix64(seed: 2023)
    var asked = 0
    for batch in 0..<Self.batches {
      let networks = (0..<Self.networksOfBatch).map { OVNTestNetwork($0, &random) }
      try OVNTracer.run(networks.flatMap(\.commands)) { tracer in
        for network in networks {
          let fabric = try Fabric(network.lab, under: OVNModel())
          for _ in 0..<Self.questionsOfNetwork {
            guard let question = network.question(&random), !question.isReset(in: network),
              !question.isAnsweredWithin(network)
            else { continue }
            try compare(question, network, fabric, tracer, batch)
            asked += 1
          }
        }
      }
    }
    #expect(asked > Self.batches * Self.networksOfBatch * Self.questionsOfNetwork / 2)
  }

  private func compare(
    _ question: OVNQuestion, _ network: OVNTestNetwork, _ fabric: Fabric, _ tracer: OVNTracer,
    _ batch: Int
  ) throws {
    let flow = question.microflow(in: network)
    let theirs = try tracer.verdict(flow.datapath, flow.expression)
    // A router's question for the next hop is made again by the tracer; the packet itself is lost.
    let expected = Set(theirs.outputs.filter { $0.cause != .arp })
    let ours = network.verdict(on: question, in: fabric)
    #expect(
      Set(ours.outputs) == expected,
      "batch \(batch), \(flow.datapath): \(flow.expression)\n\(network.commands)")
  }
}

extension OVNQuestion {
  /// Whether the answer meets a list that tracks connections: the tracer does not know it for one.
  fileprivate func isAnsweredWithin(_ network: OVNTestNetwork) -> Bool {
    guard case .ip(let target, _, _) = content,
      network.accessRules.contains(where: { $0.verdict == .allowRelated })
    else { return false }
    return network.switches.contains { $0.routerAddress == target }
      || network.ports[port].address == target
  }

  /// Whether the answer is a TCP reset by the router, which the model does not send.
  fileprivate func isReset(in network: OVNTestNetwork) -> Bool {
    guard case .ip(let target, .tcp, _) = content else { return false }
    return network.switches.contains { $0.routerAddress == target }
  }
}
