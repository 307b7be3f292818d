public import HNVCore

/// Takes what elements did with packets, a step at a time, and keeps all words in one buffer.
///
/// A fact says its step first, and then what belongs to it, each at most once except where it says
/// otherwise:
///
/// ```swift
/// step.say(.dropped, "no route to ", destination)
/// step.table("routes of ", name)
/// step.key(destination)
/// step.fix("add a route to ", destination)
/// ```
public struct StepWriter: ~Copyable, Sendable {
  private var text: TextBuffer
  private var parts: [StepText.Part] = []
  private var places: [Place] = []
  private var steps: [StepText.Row] = []

  init(capacity: Int = 1 << 10) {
    text = TextBuffer(capacity: capacity)
    parts.reserveCapacity(32)
  }

  /// What was written.
  consuming func finished() -> StepText {
    finishStep()
    return StepText(text, parts, places, steps)
  }

  /// Begins a step, which somebody says then.
  mutating func begin() {
    finishStep()
    steps.append(StepText.Row(action: .received, parts: parts.count..<parts.count))
  }

  /// Has the last step end here.
  private mutating func finishStep() {
    guard !steps.isEmpty else { return }
    if steps[steps.count - 1].isOfChanges { sayChanges() }
    steps[steps.count - 1].parts = steps[steps.count - 1].parts.lowerBound..<parts.count
  }

  @inline(__always)
  private mutating func write<each Piece: Phrase>(
    _ kind: StepText.Part.Kind, tag: Int = 0, _ piece: repeat each Piece
  ) {
    repeat (each piece).write(to: &text)
    parts.append(StepText.Part(kind: kind, tag: tag, end: text.count))
  }
}

/// The sentence.
extension StepWriter {
  /// Says what was done, and what exactly, in a sentence without its full stop.
  @inline(__always)
  public mutating func say<each Piece: Phrase>(_ action: Step.Action, _ detail: repeat each Piece) {
    steps[steps.count - 1].action = action
    write(.detail, repeat each detail)
  }

  /// Says more in the part that was written last.
  @inline(__always)
  public mutating func add<each Piece: Phrase>(_ piece: repeat each Piece) {
    repeat (each piece).write(to: &text)
    parts[parts.count - 1].end = text.count
  }

  /// Says what was done; what exactly, the changes say that are written after this.
  public mutating func sayChanges(_ action: Step.Action) {
    steps[steps.count - 1].action = action
    steps[steps.count - 1].isOfChanges = true
  }

  /// The sentence of a step that says what changed, and nothing else.
  private mutating func sayChanges() {
    var isFirst = true
    for number in steps[steps.count - 1].parts.lowerBound..<parts.count
    where parts[number].kind == .before {
      if !isFirst { text.append(", ") }
      isFirst = false
      text.append(Step.Change.Field.allCases[parts[number].tag].rawValue)
      text.append(" ")
      text.append(part(number))
      text.append(" -> ")
      text.append(part(number + 1))
    }
    parts.append(StepText.Part(kind: .detail, end: text.count))
  }

  private func part(_ number: Int) -> Range<Int> {
    (number == 0 ? 0 : parts[number - 1].end)..<parts[number].end
  }
}

/// What was looked up.
extension StepWriter {
  /// The table that was asked; without one, nothing was looked up.
  @inline(__always)
  public mutating func table<each Piece: Phrase>(_ piece: repeat each Piece) {
    write(.table, repeat each piece)
  }

  /// What was looked for.
  @inline(__always)
  public mutating func key<each Piece: Phrase>(_ piece: repeat each Piece) {
    write(.key, repeat each piece)
  }

  /// The entry that was found; not written on a miss.
  @inline(__always)
  public mutating func match<each Piece: Phrase>(_ piece: repeat each Piece) {
    write(.match, repeat each piece)
  }

  /// An entry that covers the key and was not chosen; as many as there are, the best first.
  ///
  /// Why it was not, `why` must say next.
  @inline(__always)
  public mutating func notChosen<each Piece: Phrase>(_ piece: repeat each Piece) {
    write(.notChosen, repeat each piece)
  }

  /// Why the entry that was written last was not chosen.
  @inline(__always)
  public mutating func why<each Piece: Phrase>(_ piece: repeat each Piece) {
    write(.why, repeat each piece)
  }

  /// On a miss, an entry that comes near; as many as there are.
  @inline(__always)
  public mutating func nearest<each Piece: Phrase>(_ piece: repeat each Piece) {
    write(.nearest, repeat each piece)
  }

  /// The entry of a table that decided: what kind it is, what tells it from others of its kind in
  /// its table, and where the lab says it.
  @inline(__always)
  public mutating func entry<each Piece: Phrase>(
    _ kind: Step.Entry.Kind, _ name: repeat each Piece, at place: Place?
  ) {
    if let place { write(place) }
    write(.entry, tag: kind.number, repeat each name)
  }
}

extension StepWriter {
  private mutating func write(_ place: Place) {
    write(.place, tag: places.count)
    places.append(place)
  }
}

/// What changed, which setting decided, and what would help.
extension StepWriter {
  /// A header field before and after; nothing where it is the same.
  @inline(__always)
  public mutating func change(
    _ field: Step.Change.Field, _ before: some Phrase, _ after: some Phrase
  ) {
    let start = text.count
    write(.before, tag: field.number, before)
    write(.after, after)
    dropChangeIfNone(from: start)
  }

  private mutating func dropChangeIfNone(from start: Int) {
    let middle = parts[parts.count - 2].end
    let isNone = text.withBytes(start..<middle) { before in
      text.withBytes(middle..<text.count) { after in before.elementsEqual(after) }
    }
    guard isNone else { return }
    parts.removeLast(2)
    text.truncate(to: start)
  }

  /// The setting that decided, as `timeToLive=decremented`; nothing for `nil`.
  public mutating func setting(_ setting: String?) {
    if let setting { write(.setting, setting) }
  }

  /// The settings that decided.
  mutating func setting<First: Choice>(_ setting: First) { write(.setting, setting.phrase) }

  /// Two settings that decided together.
  mutating func settings<First: Choice, Second: Choice>(_ first: First, _ second: Second) {
    write(.setting, first.phrase, ", ", second.phrase)
  }

  /// What would let the packet pass, where it was dropped.
  @inline(__always)
  public mutating func fix<each Piece: Phrase>(_ piece: repeat each Piece) {
    write(.fix, repeat each piece)
  }

  /// What another step looked up, found and was decided by; not what would help.
  mutating func grounds(of other: Step) {
    for number in other.range {
      let part = other.text.parts[number]
      switch part.kind {
      case .detail, .before, .after, .fix: continue
      case .place:
        if let place = other.text.place(number) { write(place) }
        continue
      case .entry, .table, .key, .match, .notChosen, .why, .nearest, .setting: break
      }
      write(part.kind, tag: part.tag, other.text.words(number))
    }
  }
}
