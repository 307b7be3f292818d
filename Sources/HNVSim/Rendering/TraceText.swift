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

extension Trace {
  /// The trace as text, without a line break at its end.
  public func rendered(_ detail: TraceDetail) -> String { rendered(detail, paint: .none) }

  /// The trace as text in colour.
  package func rendered(_ detail: TraceDetail, paint: Paint) -> String {
    var text = TraceText(detail: detail, paint: paint)
    text.write(self)
    return text.lines.text.withBytes { String(decoding: $0, as: UTF8.self) }
  }
}

/// The text of a trace.
struct TraceText: ~Copyable {
  private let detail: TraceDetail
  fileprivate var lines: TextLines
  private var writer = StepWriter()

  init(detail: TraceDetail, paint: Paint) {
    self.detail = detail
    lines = TextLines(paint: paint)
  }

  /// A copy begins at the element that made it, and was not sent by a guest.
  mutating func write(_ trace: Trace, isCopy: Bool = false) {
    writeHeadline(trace)
    switch detail {
    case .outcome: writeEnds(trace, isCopy)
    case .path, .everything:
      lines.beginEmpty()
      for (resolution, times) in trace.resolution.distinct { write(resolution, times: times) }
      writeHops(trace)
    }
    writeReason(trace)
    writeCopies(trace)
    for other in trace.redirects + trace.replies {
      lines.beginEmpty()
      write(other)
    }
  }

  private mutating func writeCopies(_ trace: Trace) {
    let copies = trace.copies
    let what = trace.disposition == .replicated ? "copy" : "fragment"
    for (number, copy) in copies.enumerated() {
      lines.beginEmpty()
      lines.begin(2)
      lines.append(.aside) { $0.append(phrases: what, " ", number + 1, " of ", copies.count) }
      lines.margin += 2
      write(copy, isCopy: true)
      lines.margin -= 2
    }
  }

  /// `ACCEPTED  A -> 10.0.1.12 (B): ICMP echo request`.
  private mutating func writeHeadline(_ trace: Trace) {
    let disposition = trace.disposition
    let packet = trace.packet
    lines.begin()
    lines.append(disposition.isSuccess ? .success : .failure) {
      $0.append(disposition.rawValue)
    }
    lines.text.append("  ")
    lines.append(name: trace.sender)
    lines.text.append(" -> ")
    lines.text.append(ascii: packet.destination)
    if let receiver = trace.receiver { lines.text.append(phrases: " (", receiver, ")") }
    if !trace.through.isEmpty { lines.text.append(phrases: " through ", trace.way) }
    lines.text.append(phrases: ": ", packet.text)
  }

  /// The frame as it left and as it arrived.
  private mutating func writeEnds(_ trace: Trace, _ isCopy: Bool) {
    if let sent = trace.sent {
      write(sent, "sent       ")
    } else if !isCopy {
      lines.begin(2)
      lines.text.append("sent       nothing")
    }
    if let delivered = trace.delivered { write(delivered, "delivered  ") }
  }

  private mutating func write(_ end: Trace.End, _ what: String) {
    lines.begin(2)
    lines.text.append(what)
    lines.text.append(
      phrases: end.sourceMAC, " -> ", end.destinationMAC, ", ", end.source, " -> ",
      end.destination, ", TTL ", end.timeToLive)
  }

  private mutating func writeHops(_ trace: Trace) {
    let hops = trace.hops
    let rounds = Rounds(in: hops.map(\.elementID))
    let passesTime = hops.contains { $0.time != .zero }
    let times = passesTime ? VirtualTime.texts(of: hops.map(\.time)) : []
    for (number, hop) in hops.enumerated() {
      if let rounds, rounds.repeated.contains(number) {
        if number == rounds.repeated.lowerBound { write(repeated: rounds.count - 1) }
        continue
      }
      lines.begin(2)
      lines.text.append(UInt64(number + 1))
      lines.text.append("  ")
      lines.append(name: hop.element)
      if hop.time != .zero { lines.append(.aside) { $0.append(phrases: "  at ", times[number]) } }
      write(hop, indent: 5)
    }
  }

  private mutating func write(repeated count: Int) {
    lines.begin()
    lines.append(.aside) {
      $0.append("     the same again, ")
      $0.append(count == 1 ? "once" : "\(count) times")
    }
  }

  private mutating func write(_ resolution: Trace.Resolution, times: Int) {
    lines.begin(2)
    lines.text.append(phrases: resolution.method, "  ")
    lines.append(name: resolution.machine)
    lines.text.append(": ")
    resolution.writeQuestion(to: &lines.text)
    lines.text.append(" ")
    resolution.writeReply(after: times, to: &lines.text)
    // Without an answer these steps say why the packet was dropped.
    guard detail == .everything || resolution.answer == nil else { return }
    for hop in resolution.hops where hop.hasSteps {
      lines.begin(7)
      lines.append(name: hop.element)
      write(hop, indent: 9)
    }
  }

  /// For a packet that was dropped: where, why, the nearest entries, and the fix.
  private mutating func writeReason(_ trace: Trace) {
    guard !trace.disposition.isSuccess, let decision = trace.decision else { return }
    let step = decision.step
    if detail != .outcome { lines.beginEmpty() }
    lines.begin(2)
    let ending = trace.disposition.class == .analysis ? "gave up at" : "dropped at"
    lines.append(.failure) { $0.append(ending) }
    lines.text.append(phrases: " ", decision.element)
    if detail == .outcome { lines.text.append(phrases: ": ", step.detailWords) }
    func add(_ label: String, _ words: Words) {
      lines.begin(2)
      lines.text.append(phrases: label, words)
    }
    if detail != .everything {
      for near in step.lookup?.nearestWords ?? [] { add("nearest: ", near) }
    }
    if let setting = step.settingWords { add("setting: ", setting) }
    if let fix = step.fixWords { add("fix: ", fix) }
  }
}

/// Steps.
extension TraceText {
  /// What was done at a hop, a step a line; in full each with its grounds.
  private mutating func write(_ hop: Trace.Hop, indent: Int) {
    writer.clear()
    hop.write(to: &writer)
    for row in writer.page.rows {
      lines.write(row, of: writer.page, indent: indent)
      if detail == .everything { lines.writeGrounds(of: row, of: writer.page, indent: indent) }
    }
  }
}

extension TextLines {
  /// The columns that the name of an action takes.
  private static let actionWidth = 13

  fileprivate mutating func write(_ row: StepPage.Row, of page: borrowing StepPage, indent: Int) {
    begin(indent)
    let action = row.action.rawValue
    func pad(_ text: inout TextBuffer) {
      text.append(action)
      text.append(spaces: Self.actionWidth - action.utf8.count)
    }
    switch row.action {
    case .dropped, .denied, .gaveUp: append(.failure, pad)
    default: pad(&text)
    }
    text.append(" ")
    for part in row.parts where page.parts[part].kind == .detail { append(part, of: page) }
  }

  /// What belongs to the sentence of a step.
  fileprivate mutating func writeGrounds(
    of row: StepPage.Row, of page: borrowing StepPage, indent: Int
  ) {
    let indent = indent + Self.actionWidth + 1
    for part in row.parts {
      switch page.parts[part].kind {
      case .table: writeLookup(part, in: row, of: page, indent)
      case .match: writeAside("match: ", part, of: page, indent)
      case .notChosen: writeAside("not chosen: ", part, of: page, indent)
      case .nearest: writeAside("nearest: ", part, of: page, indent)
      case .before where !row.isOfChanges: writeChange(part, of: page, indent)
      case .setting: writeAside("setting: ", part, of: page, indent)
      case .detail, .key, .why, .place, .entry, .before, .after, .fix: break
      }
    }
  }

  private mutating func writeLookup(
    _ table: Int, in row: StepPage.Row, of page: borrowing StepPage, _ indent: Int
  ) {
    beginAside(indent)
    text.append("lookup of ")
    if let key = page.next(table, .key) { append(key, of: page) }
    text.append(" in ")
    append(table, of: page)
    endAside()
    var isMiss = true
    for part in row.parts where page.parts[part].kind == .match { isMiss = false }
    guard isMiss else { return }
    beginAside(indent)
    text.append("no match")
    endAside()
  }

  private mutating func writeChange(_ before: Int, of page: borrowing StepPage, _ indent: Int) {
    beginAside(indent)
    text.append(Step.Change.Field.allCases[page.parts[before].tag].rawValue)
    text.append(" ")
    append(before, of: page)
    text.append(" -> ")
    append(before + 1, of: page)
    endAside()
  }

  /// A part, with the reason if one is behind it.
  private mutating func writeAside(
    _ label: String, _ part: Int, of page: borrowing StepPage, _ indent: Int
  ) {
    beginAside(indent)
    text.append(label)
    append(part, of: page)
    if let why = page.next(part, .why) {
      text.append("; ")
      append(why, of: page)
    }
    endAside()
  }

  private mutating func append(_ part: Int, of page: borrowing StepPage) {
    page.text.withBytes(page.range(of: part)) { text.append($0) }
  }

  private mutating func beginAside(_ indent: Int) {
    begin(indent)
    text.append(paint.before(.aside))
  }

  private mutating func endAside() { text.append(paint.after) }
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

  /// What was asked.
  fileprivate func writeQuestion(to text: inout TextBuffer) {
    switch target.family {
    case .v4: text.append(phrases: "who-has ", target, "?")
    case .v6: text.append(phrases: "neighbor solicitation for ", target, ";")
    }
  }

  /// What was answered, after so many attempts.
  fileprivate func writeReply(after attempts: Int, to text: inout TextBuffer) {
    guard let answer, let answeredBy else {
      text.append("no reply")
      if attempts > 1 { text.append(phrases: " (", attempts, " requests)") }
      return
    }
    text.append(answeredBy)
    if isProxied { text.append(" (proxy)") }
    text.append(target.family == .v4 ? ": is-at " : ": neighbor advertisement, ")
    text.append(ascii: answer)
  }
}

extension [Trace.Resolution] {
  /// The requests, attempts at the same one together, and how many attempts there were.
  fileprivate var distinct: [(resolution: Trace.Resolution, attempts: Int)] {
    var distinct: [(resolution: Trace.Resolution, attempts: Int)] = []
    for resolution in self {
      if let last = distinct.last, last.resolution.repeats(resolution) {
        distinct[distinct.count - 1].attempts += 1
      } else {
        distinct.append((resolution, 1))
      }
    }
    return distinct
  }
}

extension String {
  /// The text with spaces behind it, at least `width` wide.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
