import HNVCore

extension Traceroute {
  /// The traceroute as text, a line for each hop, without a line break at its end.
  ///
  /// Hops that are silent for the same reason share a line.
  public func rendered() -> String { rendered(paint: .none) }

  /// The traceroute as text in colour.
  package func rendered(paint: Paint) -> String {
    let name = "\(destination)" == to ? "" : " (\(to))"
    var lines = [
      "traceroute \(paint(.name, from)) -> \(destination)\(name) with \("\(ipProtocol)".uppercased())",
      "",
    ]
    let addresses = hops.compactMap { $0.answer.map { "\($0.address)" } }
    let width = addresses.map(\.count).max() ?? 1
    var rest = hops[...]
    while let first = rest.first {
      let alike = rest.prefix { $0.number == first.number || $0.isSilent(like: first) }
      let numbers =
        alike.count > 1 ? "\(first.number)-\(first.number + alike.count - 1)" : "\(first.number)"
      let margin = String(repeating: " ", count: max(0, 6 - numbers.count))
      lines.append("\(margin)\(numbers)  " + line(of: first, width, paint))
      rest = rest.dropFirst(alike.count)
    }
    lines += ["", conclusion(paint)]
    return lines.joined(separator: "\n")
  }

  private func line(of hop: Hop, _ width: Int, _ paint: Paint) -> String {
    guard let answer = hop.answer else {
      return "*".padded(to: width) + "  " + paint(.aside, hop.silence ?? "no reply")
    }
    var words = paint(.name, answer.machine)
    if answer.meaning == .unreachable { words += ": \(hop.trace.reply?.packet.text ?? "")" }
    if answer.roundTrip > .zero { words += paint(.aside, ", round trip \(answer.roundTrip)") }
    return "\(answer.address)".padded(to: width) + "  " + words
  }

  private func conclusion(_ paint: Paint) -> String {
    if isComplete {
      let count = hops.count == 1 ? "1 hop" : "\(hops.count) hops"
      return paint(.success, "\(to) replied") + " after \(count)"
    }
    if let answer = hops.last?.answer, answer.meaning == .wrongMachine {
      return paint(.failure, "\(answer.machine) replied with the address of \(to)")
    }
    let last = hops.last?.answer.map { ": \($0.machine) reports it unreachable" } ?? ""
    return paint(.failure, "\(to) did not reply") + last
  }
}

extension Traceroute.Hop {
  /// Why no reply came back: where the test packet or its answer was dropped, and the setting that
  /// decided; `nil` when one did.
  public var silence: String? {
    guard answer == nil else { return nil }
    guard let lost = trace.failure, let decision = lost.decision else {
      return "no reply is due"
    }
    let isProbe = trace.loss?.subject == .packet
    let what = isProbe ? "dropped at" : "reply of \(lost.sender) dropped at"
    let why = setting.map { " (setting \($0))" } ?? ""
    // The sender's own stack reports an error to its user.
    let hint = isProbe && decision.element != trace.sender ? ", silently" : ""
    return "\(what) \(decision.element)\(hint)\(why): \(decision.step.detail)"
  }

  fileprivate func isSilent(like other: Traceroute.Hop) -> Bool {
    silence != nil && silence == other.silence
  }
}
