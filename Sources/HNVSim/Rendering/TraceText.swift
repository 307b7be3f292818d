import HNVCore

/// How much of a trace is shown.
public enum TraceDetail: String, Hashable, Sendable, CaseIterable {
  /// The packet at both ends and, where it was dropped, where and why.
  case outcome
  /// Every element, and each of its steps on a line.
  case path
  /// Every step with its lookup, the entries not chosen, what changed, and address resolution.
  case everything
}

/// What a piece of text is, which decides its colour.
package enum TextRole: Hashable, Sendable {
  /// The packet arrived.
  case success
  /// The packet was dropped.
  case failure
  /// The name of an element.
  case name
  /// What can be skipped.
  case aside
}

extension Trace {
  /// The trace as text, without a line break at its end.
  public func rendered(_ detail: TraceDetail) -> String {
    rendered(detail, paint: { $1 })
  }

  /// The trace as text in colour.
  package func rendered(
    _ detail: TraceDetail, paint: @escaping (TextRole, String) -> String
  ) -> String {
    let text = TraceText(detail: detail, paint: paint)
    return text.lines(of: self).joined(separator: "\n")
  }
}

/// The lines of a trace.
struct TraceText {
  let detail: TraceDetail
  let paint: (TextRole, String) -> String

  /// A copy begins at the element that made it, and was not sent by a guest.
  func lines(of trace: Trace, isCopy: Bool = false) -> [String] {
    var lines = [headline(trace)]
    switch detail {
    case .outcome: lines += ends(trace, isCopy)
    case .path, .everything: lines += [""] + hops(of: trace)
    }
    lines += why(trace)
    for (number, copy) in trace.copies.enumerated() {
      let what = trace.disposition == .replicated ? "copy" : "fragment"
      let heading = "\(what) \(number + 1) of \(trace.copies.count)"
      lines +=
        ["", "  \(paint(.aside, heading))"] + self.lines(of: copy, isCopy: true).map(indented)
    }
    for redirect in trace.redirects { lines += [""] + self.lines(of: redirect) }
    for reply in trace.replies { lines += [""] + self.lines(of: reply) }
    return lines
  }

  private func indented(_ line: String) -> String { line.isEmpty ? line : "  \(line)" }

  /// `ACCEPTED  A -> 10.0.1.12 (B): ICMP echo request`.
  private func headline(_ trace: Trace) -> String {
    let role: TextRole = trace.disposition.isSuccess ? .success : .failure
    let receiver = trace.delivered.map { " (\($0.machine))" } ?? ""
    let through = trace.through.isEmpty ? "" : " through \(trace.way)"
    return "\(paint(role, trace.disposition.rawValue))  \(paint(.name, trace.sender))"
      + " -> \(trace.packet.destination)\(receiver)\(through): \(trace.packet.text)"
  }

  /// The frame as it left and as it arrived.
  private func ends(_ trace: Trace, _ isCopy: Bool) -> [String] {
    var lines: [String] = []
    if let sent = trace.sent {
      lines.append("  sent       \(end(sent))")
    } else if !isCopy {
      lines.append("  sent       nothing")
    }
    if let delivered = trace.delivered { lines.append("  delivered  \(end(delivered))") }
    return lines
  }

  private func end(_ end: Trace.End) -> String {
    "\(end.sourceMAC) -> \(end.destinationMAC), \(end.source) -> \(end.destination),"
      + " TTL \(end.timeToLive)"
  }

  private func hops(of trace: Trace) -> [String] {
    var lines: [String] = []
    let (resolutions, hops) = (trace.resolution, trace.hops)
    for (index, resolution) in resolutions.enumerated() {
      let isRepeated = index > 0 && resolutions[index - 1].repeats(resolution)
      guard !isRepeated else { continue }
      let times = resolutions[index...].prefix { $0.repeats(resolution) }.count
      lines += self.lines(of: resolution, times: times)
    }
    let rounds = Rounds(in: hops.map(\.element))
    let times = VirtualTime.texts(of: hops.map(\.time))
    for (number, hop) in hops.enumerated() {
      if let rounds, rounds.repeated.contains(number) {
        if number == rounds.repeated.lowerBound {
          let more = rounds.count - 1
          lines.append(
            paint(.aside, "     the same again, \(more == 1 ? "once" : "\(more) times")"))
        }
        continue
      }
      let time = hop.time == .zero ? "" : paint(.aside, "  at \(times[number])")
      lines.append("  \(number + 1)  \(paint(.name, hop.element))\(time)")
      for step in hop.steps { lines += self.lines(of: step, indent: "     ") }
    }
    return lines
  }

  private func lines(of resolution: Trace.Resolution, times: Int) -> [String] {
    let isARP = resolution.target.family == .v4
    let request =
      isARP ? "who-has \(resolution.target)?" : "neighbor solicitation for \(resolution.target);"
    let answer =
      if let mac = resolution.answer, let by = resolution.answeredBy {
        "\(by)\(resolution.isProxied ? " (proxy)" : ""):"
          + (isARP ? " is-at \(mac)" : " neighbor advertisement, \(mac)")
      } else {
        times > 1 ? "no reply (\(times) requests)" : "no reply"
      }
    var lines = [
      "  \(resolution.method)  \(paint(.name, resolution.machine)): \(request) \(answer)"
    ]
    // Without an answer these steps say why the packet was dropped.
    guard detail == .everything || resolution.answer == nil else { return lines }
    for hop in resolution.hops where hop.hasSteps {
      lines.append("       \(paint(.name, hop.element))")
      for step in hop.steps { lines += self.lines(of: step, indent: "         ") }
    }
    return lines
  }

  /// What stands before a line that belongs to the sentence above.
  private static let underDetail = String(repeating: " ", count: 14)

  private func lines(of step: Step, indent: String) -> [String] {
    let action = step.action.rawValue.padded(to: 13)
    let isLoss = step.action == .dropped || step.action == .denied || step.action == .gaveUp
    var lines = [
      "\(indent)\(isLoss ? paint(.failure, action) : action) \(step.detail)"
    ]
    guard detail == .everything else { return lines }
    let margin = indent + Self.underDetail
    func add(_ text: String) { lines.append(margin + paint(.aside, text)) }
    if let lookup = step.lookup {
      add("lookup of \(lookup.key) in \(lookup.table)")
      add(lookup.match.map { "match: \($0)" } ?? "no match")
      for notChosen in lookup.notChosen { add("not chosen: \(notChosen.entry); \(notChosen.why)") }
      for near in lookup.nearest { add("nearest: \(near)") }
    }
    for change in step.changesBeside { add("\(change)") }
    if let setting = step.setting { add("setting: \(setting)") }
    return lines
  }

  /// For a packet that was dropped: where, why, the nearest entries, and the fix.
  private func why(_ trace: Trace) -> [String] {
    guard !trace.disposition.isSuccess, let decision = trace.decision else { return [] }
    var lines = detail == .outcome ? [] : [""]
    let reason = detail == .outcome ? ": \(decision.step.detail)" : ""
    let ending = trace.disposition.class == .analysis ? "gave up at" : "dropped at"
    lines.append("  \(paint(.failure, ending)) \(decision.element)\(reason)")
    if detail != .everything {
      for near in decision.step.lookup?.nearest ?? [] { lines.append("  nearest: \(near)") }
    }
    if let setting = decision.step.setting { lines.append("  setting: \(setting)") }
    if let fix = decision.step.fix { lines.append("  fix: \(fix)") }
    return lines
  }
}

extension Trace {
  /// The forwarding machines in order, each named once: `GW (3 times), FW`.
  var way: String {
    var counts: [String: Int] = [:]
    let names = through.filter { name in
      counts[name, default: 0] += 1
      return counts[name] == 1
    }
    return names.map { name in
      counts[name].flatMap { $0 > 1 ? "\(name) (\($0) times)" : nil } ?? name
    }.joined(separator: ", ")
  }
}

extension Trace.Resolution {
  /// Whether this is another attempt at the same request, also without an answer.
  func repeats(_ other: Trace.Resolution) -> Bool {
    machine == other.machine && target == other.target && answer == nil && other.answer == nil
  }
}

extension String {
  /// The text with spaces behind it, at least `width` wide.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
