import HNVCore

/// The words of steps, one behind the other, and which of them say what.
struct StepPage: ~Copyable, Sendable {
  var text: TextBuffer
  var parts: [Part] = []
  var places: [Place] = []
  var rows: [Row] = []

  init(capacity: Int) {
    text = TextBuffer(capacity: capacity)
    parts.reserveCapacity(32)
  }

  /// A part of a step: its words begin where those of the part before end.
  struct Part: Sendable {
    enum Kind: UInt8 {
      case detail, table, key, match, notChosen, why, nearest, place, entry, before, after, setting,
        fix
    }

    let kind: Kind
    /// The kind of an entry, the field of a change, or the number of a place.
    var tag = 0
    var end: Int
  }

  /// A step.
  struct Row: Sendable {
    var action: Step.Action
    var isOfChanges = false
    var parts: Range<Int>
  }

  /// Makes room for other steps.
  mutating func clear() {
    text.truncate(to: 0)
    parts.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  /// Where the words of a part are.
  func range(of part: Int) -> Range<Int> {
    (part == 0 ? 0 : parts[part - 1].end)..<parts[part].end
  }

  /// The part behind another; `nil` where it is of another kind, or of another step.
  func next(_ part: Int, _ kind: Part.Kind) -> Int? {
    part + 1 < parts.count && parts[part + 1].kind == kind ? part + 1 : nil
  }

  /// The place that a part stands for.
  func place(_ part: Int) -> Place? { parts[part].kind == .place ? places[parts[part].tag] : nil }
}

/// A page that is written, for all who read it.
final class StepText: Sendable {
  let page: StepPage

  init(_ page: consuming StepPage) { self.page = page }

  var parts: [StepPage.Part] { page.parts }

  /// How many steps there are.
  var count: Int { page.rows.count }

  /// A step by its number.
  subscript(number: Int) -> Step {
    let row = page.rows[number]
    return Step(
      text: self, range: row.parts, action: row.action, isOfChanges: row.isOfChanges)
  }

  /// The words of a part.
  func words(_ part: Int) -> Words { Words(text: self, range: page.range(of: part)) }

  /// The words of the part behind another, if it is of this kind; else none.
  func words(behind part: Int, _ kind: StepPage.Part.Kind) -> Words {
    page.next(part, kind).map(words) ?? nothing
  }

  /// No words.
  var nothing: Words { Words(text: self, range: 0..<0) }

  /// The place that a part stands for.
  func place(_ part: Int) -> Place? { page.place(part) }
}

/// A sentence of a step, or a part of one.
struct Words: Sendable {
  let text: StepText
  let range: Range<Int>

  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    text.page.text.withBytes(range, body)
  }
}

extension Words: Hashable {
  static func == (one: Words, other: Words) -> Bool {
    one.withBytes { bytes in other.withBytes { bytes.elementsEqual($0) } }
  }

  func hash(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension Words: CustomStringConvertible, Phrase {
  var description: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  func write(to text: inout TextBuffer) { withBytes { text.append($0) } }
}
