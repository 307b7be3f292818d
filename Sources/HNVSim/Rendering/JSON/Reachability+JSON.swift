extension Reachability: JSONObjectValue {
  /// The members of a verdict.
  public static let jsonForm = JSONForm<Reachability>(
    "verdict", about: "Whether a packet arrives and is answered.",
    [
      .member("from", "Who sends.") { $0.question.from },
      .member("to", "The destination.") { $0.question.to },
      .member("reachable", "Whether the packet, and a reply where one is due, arrived.") {
        $0.isReachable
      },
      .member("disposition", "How the packet ended.") { $0.disposition },
      .member("replyDisposition", "How its first reply ended; null when none was sent.") {
        $0.replyDisposition
      },
      .member("through", "The forwarding machines that the packet passed, in order.") {
        $0.through
      },
    ])
}

/// Verdicts on several pairs, as `hnv reach` writes them.
package struct ReachReport: JSONWritable {
  let pairs: [Pair]

  /// A verdict, and what the lab expects.
  struct Pair: Sendable {
    let verdict: Reachability
    let expected: ExpectedOutcome?
    let asExpected: Bool
  }

  /// Reports verdicts in the order given.
  package init(_ verdicts: [Reachability], in fabric: Fabric) {
    pairs = verdicts.map { verdict in
      Pair(
        verdict: verdict, expected: fabric.expectation(for: verdict.question),
        asExpected: fabric.isAsExpected(verdict))
    }
  }

  package static let jsonForm = JSONForm<ReachReport>(
    "reach", about: "Which machines reach which.",
    [.member("pairs", "A verdict for each pair.") { $0.pairs }])
}

extension ReachReport.Pair: JSONObjectValue {
  static let jsonForm = JSONForm<ReachReport.Pair>(
    "pair", about: "A verdict, and what the lab expects of it.",
    [
      .member("verdict", "The verdict.") { $0.verdict },
      .optional("expected", "What the lab expects, where it names the pair.") {
        $0.expected?.description
      },
      .member("asExpected", "Whether it is as the lab expects or, by default, reachable.") {
        $0.asExpected
      },
    ])
}
