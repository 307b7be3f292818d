public import HNVCore

/// Takes what elements did with packets, a step at a time, and keeps all words in one buffer.
///
/// A fact says its step first, and then what belongs to it, in the order of the methods here, each
/// at most once except where it says otherwise. What is left out is not told:
///
/// ```swift
/// step.say(.dropped, "no route to ", destination)
/// step.table("routes of ", name)
/// step.key(destination)
/// step.fix("add a route to ", destination)
/// ```
public struct StepWriter: ~Copyable, Sendable {
  private(set) var page: StepPage

  init(capacity: Int = 1 << 10) { page = StepPage(capacity: capacity) }

  /// Begins a step, which somebody says then.
  mutating func begin() {
    finishStep()
    page.rows.append(StepPage.Row(action: .received, parts: page.parts.count..<page.parts.count))
  }

  /// Has the last step end here.
  mutating func finishStep() {
    guard !page.rows.isEmpty else { return }
    if page.rows[page.rows.count - 1].isOfChanges { sayChanges() }
    let start = page.rows[page.rows.count - 1].parts.lowerBound
    page.rows[page.rows.count - 1].parts = start..<page.parts.count
  }

  /// What was written, to keep.
  consuming func finished() -> StepText {
    finishStep()
    return StepText(page)
  }

  /// Forgets what was written.
  mutating func clear() { page.clear() }

  /// Has a part end here.
  private mutating func end(_ kind: StepPage.Part.Kind, tag: Int = 0) {
    page.parts.append(StepPage.Part(kind: kind, tag: tag, end: page.text.count))
  }
}

/// The sentence.
extension StepWriter {
  /// Says what was done, and what exactly, in a sentence without its full stop.
  @inline(__always)
  public mutating func say<each Piece: Phrase>(_ action: Step.Action, _ detail: repeat each Piece) {
    page.rows[page.rows.count - 1].action = action
    repeat (each detail).write(to: &page.text)
    end(.detail)
  }

  /// Says more in the part that was written last.
  @inline(__always)
  public mutating func add<each Piece: Phrase>(_ piece: repeat each Piece) {
    guard let row = page.rows.last, page.parts.count > row.parts.lowerBound else { return }
    repeat (each piece).write(to: &page.text)
    page.parts[page.parts.count - 1].end = page.text.count
  }

  /// Says what was done; what exactly, the changes say that are written after this.
  public mutating func sayChanges(_ action: Step.Action) {
    page.rows[page.rows.count - 1].action = action
    page.rows[page.rows.count - 1].isOfChanges = true
  }

  /// The sentence of a step that says what changed, and nothing else.
  private mutating func sayChanges() {
    var isFirst = true
    for number in page.rows[page.rows.count - 1].parts.lowerBound..<page.parts.count
    where page.parts[number].kind == .before {
      if !isFirst { page.text.append(", ") }
      isFirst = false
      page.text.append(Step.Change.Field.allCases[page.parts[number].tag].rawValue)
      page.text.append(" ")
      page.text.append(page.range(of: number))
      page.text.append(" -> ")
      page.text.append(page.range(of: number + 1))
    }
    page.parts.append(StepPage.Part(kind: .detail, end: page.text.count))
  }
}

/// What was looked up.
extension StepWriter {
  /// The table that was asked; without one, nothing was looked up.
  @inline(__always)
  public mutating func table<each Piece: Phrase>(_ piece: repeat each Piece) {
    repeat (each piece).write(to: &page.text)
    end(.table)
  }

  /// What was looked for.
  @inline(__always)
  public mutating func key<each Piece: Phrase>(_ piece: repeat each Piece) {
    repeat (each piece).write(to: &page.text)
    end(.key)
  }

  /// The entry that was found; not written on a miss.
  @inline(__always)
  public mutating func match<each Piece: Phrase>(_ piece: repeat each Piece) {
    repeat (each piece).write(to: &page.text)
    end(.match)
  }

  /// An entry that covers the key and was not chosen; as many as there are, the best first.
  ///
  /// Why it was not, `why` must say next.
  @inline(__always)
  public mutating func notChosen<each Piece: Phrase>(_ piece: repeat each Piece) {
    repeat (each piece).write(to: &page.text)
    end(.notChosen)
  }

  /// Why the entry that was written last was not chosen.
  @inline(__always)
  public mutating func why<each Piece: Phrase>(_ piece: repeat each Piece) {
    repeat (each piece).write(to: &page.text)
    end(.why)
  }

  /// On a miss, an entry that comes near; as many as there are.
  @inline(__always)
  public mutating func nearest<each Piece: Phrase>(_ piece: repeat each Piece) {
    repeat (each piece).write(to: &page.text)
    end(.nearest)
  }

  /// The entry of a table that decided: what kind it is, what tells it from others of its kind in
  /// its table, and where the lab says it.
  @inline(__always)
  public mutating func entry<each Piece: Phrase>(
    _ kind: Step.Entry.Kind, _ name: repeat each Piece, at place: Place?
  ) {
    if let place { write(place) }
    repeat (each name).write(to: &page.text)
    end(.entry, tag: kind.number)
  }
}

extension StepWriter {
  private mutating func write(_ place: Place) {
    end(.place, tag: page.places.count)
    page.places.append(place)
  }
}

/// What changed, which setting decided, and what would help.
extension StepWriter {
  /// A header field before and after; nothing where it is the same.
  @inline(__always)
  public mutating func change(
    _ field: Step.Change.Field, _ before: some Phrase, _ after: some Phrase
  ) {
    let start = page.text.count
    before.write(to: &page.text)
    end(.before, tag: field.number)
    after.write(to: &page.text)
    end(.after)
    dropChangeIfNone(from: start)
  }

  private mutating func dropChangeIfNone(from start: Int) {
    let middle = page.parts[page.parts.count - 2].end
    let isNone = page.text.withBytes(start..<middle) { before in
      page.text.withBytes(middle..<page.text.count) { after in before.elementsEqual(after) }
    }
    guard isNone else { return }
    page.parts.removeLast(2)
    page.text.truncate(to: start)
  }

  /// The setting that decided, as `timeToLive=decremented`; nothing for `nil`.
  public mutating func setting(_ setting: String?) {
    guard let setting else { return }
    page.text.append(setting)
    end(.setting)
  }

  /// The settings that decided.
  mutating func setting<First: Choice>(_ setting: First) {
    setting.phrase.write(to: &page.text)
    end(.setting)
  }

  /// Two settings that decided together.
  mutating func settings<First: Choice, Second: Choice>(_ first: First, _ second: Second) {
    Phrases(first.phrase, ", ", second.phrase).write(to: &page.text)
    end(.setting)
  }

  /// What would let the packet pass, where it was dropped.
  @inline(__always)
  public mutating func fix<each Piece: Phrase>(_ piece: repeat each Piece) {
    repeat (each piece).write(to: &page.text)
    end(.fix)
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
      other.text.words(number).write(to: &page.text)
      end(part.kind, tag: part.tag)
    }
  }
}
