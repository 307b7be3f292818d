import HNVCore

/// The words of steps, one behind the other, and which of them say what.
final class StepText: Sendable {
  private let text: TextBuffer
  let parts: [Part]
  private let places: [Place]
  private let rows: [Row]

  init(_ text: consuming TextBuffer, _ parts: [Part], _ places: [Place], _ rows: [Row]) {
    self.text = text
    self.parts = parts
    self.places = places
    self.rows = rows
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

  /// How many steps there are.
  var count: Int { rows.count }

  /// A step by its number.
  subscript(number: Int) -> Step {
    let row = rows[number]
    return Step(
      text: self, range: row.parts, action: row.action, isOfChanges: row.isOfChanges)
  }

  /// The words of a part.
  func words(_ part: Int) -> Words {
    Words(text: self, range: (part == 0 ? 0 : parts[part - 1].end)..<parts[part].end)
  }

  /// No words.
  var nothing: Words { Words(text: self, range: 0..<0) }

  /// The place that a part stands for.
  func place(_ part: Int) -> Place? { parts[part].kind == .place ? places[parts[part].tag] : nil }

  func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    text.withBytes(range, body)
  }
}

/// A sentence of a step, or a part of one.
struct Words: Sendable {
  let text: StepText
  let range: Range<Int>

  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    text.withBytes(range, body)
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
