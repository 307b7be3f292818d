import HNVCore
import HNVSim

extension Command {
  static let reach = Command(
    name: "reach",
    summary: "show which machines reach which, one pair or all",
    discussion: """
      Tests for every pair of machines, and from every machine to every outside network, whether \
      an ICMP echo request arrives and is answered. --from and --to narrow the pairs.

      A pair is as expected when the lab's expect says so or, where that does not name the pair, \
      when it is reachable. hnv trace shows the reason for every line.
      """,
    examples: [
      Example(
        commandLine: "hnv reach Labs/complex-routing.json5", shows: "the matrix of all pairs")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "every pair is as the lab expects, or reachable"),
      ExitStatus(code: 1, meaning: "a pair is not"),
      ExitStatus(code: 2, meaning: "wrong usage, a file was refused, or a limit was reached"),
    ]
  ) { arguments in
    let lab = arguments.lab()
    let model = arguments.model()
    let from = arguments.text("from", "MACHINE", "only packets from this machine")
    let to = arguments.text("to", "MACHINE|ADDRESS", "only packets to this destination")
    let format = arguments.format()
    return { program throws(Diagnostics) in
      let (fabric, verdicts) = try program.result(as: format) { () throws(Diagnostics) in
        let fabric = try Fabric(contentsOf: lab, under: model)
        return (fabric, try program.verdicts(on: fabric.pairs(from: from, to: to), in: fabric))
      }
      switch format {
      case .text: program.write(program.lines(verdicts, in: fabric))
      case .json: program.write(ReachReport(verdicts, in: fabric).json)
      }
      if let undecided = verdicts.first(where: { $0.disposition.class == .analysis }) {
        throw Diagnostics([
          Diagnostic(
            .limit, in: .named("\(undecided.question.from) -> \(undecided.question.to)"),
            value: undecided.disposition.rawValue, "this pair could not be analysed to its end")
        ])
      }
      return verdicts.allSatisfy { fabric.isAsExpected($0) } ? 0 : 1
    }
  }
}

extension Program {
  fileprivate func verdicts(
    on pairs: [Question], in fabric: Fabric
  ) throws(Diagnostics) -> [Reachability] {
    var progress = Progress(total: pairs.count, unit: "pairs", complain: complain)
    var verdicts: [Reachability] = []
    for pair in pairs {
      verdicts.append(try fabric.reach(pair, explaining: false))
      progress.advance()
    }
    return verdicts
  }

  fileprivate func lines(_ verdicts: [Reachability], in fabric: Fabric) -> String {
    let from = verdicts.map(\.question.from.count).max() ?? 0
    let to = verdicts.map(\.question.to.count).max() ?? 0
    var lines = verdicts.map { verdict in
      TextLayout.padded(verdict.question.from, to: from) + " -> "
        + TextLayout.padded(verdict.question.to, to: to) + "  " + words(verdict)
        + aside(verdict, in: fabric)
    }
    let reachable = verdicts.count(where: \.isReachable)
    let unexpected = verdicts.count { !fabric.isAsExpected($0) }
    lines.append("")
    lines.append(
      "\(verdicts.count.counted("pair")): \(reachable) reachable,"
        + " \(verdicts.count - reachable) not; "
        + (unexpected == 0
          ? style(.success, "all as expected")
          : style(.error, "\(unexpected) not as expected")))
    return lines.joined(separator: "\n")
  }

  private func words(_ verdict: Reachability) -> String {
    let through = verdict.through.isEmpty ? "" : " through \(verdict.through.listed(with: "and"))"
    if verdict.isReachable { return style(.success, "reachable") + through }
    guard verdict.disposition.isSuccess else {
      return style(.error, "dropped") + ", \(verdict.disposition)\(through)"
    }
    let reply = verdict.replyDisposition.map { " (reply dropped, \($0))" } ?? ""
    return style(.error, "no reply") + reply + through
  }

  private func aside(_ verdict: Reachability, in fabric: Fabric) -> String {
    let expected = fabric.expectation(for: verdict.question)
    if fabric.isAsExpected(verdict) {
      return expected == nil || verdict.isReachable ? "" : style(.aside, "  (as expected)")
    }
    return style(.error, "  expected \(expected ?? .reachable)")
  }
}
