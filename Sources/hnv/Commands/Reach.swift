import HNVCore
import HNVSim

extension Command {
  static let reach = Command(
    name: "reach",
    summary: "tell which machines reach which, one pair or all",
    discussion: """
      Asks for every pair of machines, and from every machine to every outside network, whether \
      an ICMP echo request arrives and is answered. --from and --to narrow the pairs.

      A pair is good when it comes out as the lab's expect says or, where that says nothing, \
      when it is reachable. hnv trace tells the reason of every line.
      """,
    positionals: [.lab],
    options: [
      .model,
      .text("from", "MACHINE", "only what this machine sends"),
      .text("to", "MACHINE|ADDRESS", "only what goes here"),
      .format,
    ],
    examples: [
      Example(
        commandLine: "hnv reach Labs/complex-routing.json5", shows: "the matrix of all pairs")
    ],
    exitStatuses: [
      ExitStatus(code: 0, meaning: "every pair as the lab expects, or reachable"),
      ExitStatus(code: 1, meaning: "a pair came out otherwise"),
      ExitStatus(code: 2, meaning: "refused: the command line, the lab, or a limit"),
    ])
}

extension Program {
  private struct PairDocument: Encodable {
    let verdict: Reachability
    let expected: String?
    let asExpected: Bool
  }

  func reach(_ command: ParsedCommand) throws(Diagnostics) -> Int32 {
    let fabric = try fabric(command)
    let pairs = try fabric.pairs(from: command.text("from"), to: command.text("to"))
    var progress = Progress(total: pairs.count, unit: "pairs", complain: complain)
    var verdicts: [Reachability] = []
    for pair in pairs {
      verdicts.append(try fabric.reach(pair))
      progress.advance()
    }
    if command.text("format") == "json" {
      writeJSON(
        verdicts.map {
          PairDocument(
            verdict: $0, expected: fabric.expectation(for: $0.question),
            asExpected: fabric.isAsExpected($0))
        })
    } else {
      write(lines(verdicts, in: fabric))
    }
    let undecided = verdicts.first { $0.disposition.class == .analysis }
    if let undecided {
      throw Diagnostics([
        Diagnostic(
          .limit, in: .named("\(undecided.question.from) to \(undecided.question.to)"),
          value: undecided.disposition.rawValue, "this pair could not be analysed to its end")
      ])
    }
    return verdicts.allSatisfy { fabric.isAsExpected($0) } ? 0 : 1
  }

  private func lines(_ verdicts: [Reachability], in fabric: Fabric) -> String {
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
      return style(.error, "lost") + ", \(verdict.disposition)\(through)"
    }
    let reply = verdict.replyDisposition.map { ", the answer \($0)" } ?? ", no answer"
    return style(.error, "not answered") + through + reply
  }

  private func aside(_ verdict: Reachability, in fabric: Fabric) -> String {
    let expected = fabric.expectation(for: verdict.question)
    if fabric.isAsExpected(verdict) {
      return expected == nil || verdict.isReachable ? "" : style(.aside, "  (as expected)")
    }
    return style(.error, "  expected \(expected ?? "reachable")")
  }
}
