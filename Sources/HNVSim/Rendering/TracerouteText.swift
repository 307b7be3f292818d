import HNVCore

extension Traceroute {
  /// The way as text, a line for each hop, without a line break at its end; `paint` may add colour.
  ///
  /// Hops from which nothing came back for one reason share a line.
  public func rendered(paint: (TextRole, String) -> String = { $1 }) -> String {
    let name = "\(destination)" == to ? "" : " (\(to))"
    var lines = [
      "\(paint(.name, from)) to \(destination)\(name) by \(ipProtocol), one hop after the other",
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

  private func line(
    of hop: Hop, _ width: Int, _ paint: (TextRole, String) -> String
  ) -> String {
    guard let answer = hop.answer else {
      return "*".padded(to: width) + "  " + paint(.aside, hop.silence ?? "nothing came back")
    }
    var words = paint(.name, answer.machine)
    if answer.meaning == .unreachable { words += ": \(hop.trace.reply?.packet.text ?? "")" }
    if answer.roundTrip > .zero { words += paint(.aside, ", after \(answer.roundTrip)") }
    return "\(answer.address)".padded(to: width) + "  " + words
  }

  private func conclusion(_ paint: (TextRole, String) -> String) -> String {
    if isComplete {
      let count = hops.count == 1 ? "1 hop" : "\(hops.count) hops"
      return paint(.success, "\(to) answers") + " after \(count)"
    }
    let last = hops.last?.answer.map { ", which \($0.machine) says cannot be reached" } ?? ""
    return paint(.failure, "\(to) does not answer") + last
  }
}

extension Traceroute.Hop {
  /// Why nothing came back: where the probe or its answer was lost, and the setting that decided;
  /// `nil` when something did.
  public var silence: String? {
    guard answer == nil else { return nil }
    guard let lost = trace.failure, let decision = lost.decision else {
      return "nothing answers such a packet"
    }
    let what = lost == trace ? "lost at" : "the answer of \(lost.sender) was lost at"
    let why = setting.map { " (setting \($0))" } ?? ""
    let hint = lost == trace ? ", silently" : ""
    return "\(what) \(decision.element)\(hint)\(why): \(decision.step.detail)"
  }

  fileprivate func isSilent(like other: Traceroute.Hop) -> Bool {
    silence != nil && silence == other.silence
  }
}
