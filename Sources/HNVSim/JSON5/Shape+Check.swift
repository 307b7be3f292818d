package import HNVCore

extension Shape {
  /// Everything in a value that is not of this shape, in the order of the file.
  ///
  /// - Complexity: O(values · keys of their object's shape).
  package func check(_ value: JSON5Value) -> [Diagnostic] {
    var diagnostics = DiagnosticList()
    check(value, into: &diagnostics)
    return diagnostics.all
  }

  fileprivate func check(_ value: JSON5Value, into diagnostics: inout DiagnosticList) {
    switch (self, value.kind) {
    case (.text, .string), (.bool, .bool): break
    case (.oneOf(let choices, _), .string(let text)):
      if !choices.contains(text) {
        diagnostics.add(.notAChoice(text, of: choices, at: value.place))
      }
    case (.number(let range, _), .number(let written)):
      if let number = value.integer, range.contains(number) { return }
      diagnostics.add(.outOfRange(written, range, at: value.place))
    case (.list(let shape, _), .array(let items)):
      for item in items { shape.check(item, into: &diagnostics) }
    case (.dictionary(let shape, _), .object(let members)):
      for member in members { shape.check(member.value, into: &diagnostics) }
    case (.object(let object), .object(let members)):
      object.check(members, of: value, into: &diagnostics)
    case (.either(let shapes), let kind):
      check(value, against: shapes.filter { $0.admits(kind) }, into: &diagnostics)
    default:
      diagnostics.add(.wrongType(of: value, for: self))
    }
  }

  /// Where several shapes admit the value's kind, one without diagnostics will do, or else the first
  /// tells what is wrong.
  private func check(
    _ value: JSON5Value, against shapes: [Shape], into diagnostics: inout DiagnosticList
  ) {
    guard let first = shapes.first else { return diagnostics.add(.wrongType(of: value, for: self)) }
    if shapes.count > 1, shapes.contains(where: { $0.check(value).isEmpty }) { return }
    first.check(value, into: &diagnostics)
  }
}

extension ObjectShape {
  fileprivate func check(
    _ members: [JSON5Value.Member], of value: JSON5Value, into diagnostics: inout DiagnosticList
  ) {
    for key in keys where key.required {
      let isThere = members.contains {
        $0.key == key.name || meantKey($0.key, among: members) == key.name
      }
      if !isThere { diagnostics.add(.missing(key, in: self, at: value.place)) }
    }
    for member in members {
      if let key = keys.first(where: { $0.name == member.key }) {
        key.shape.check(member.value, into: &diagnostics)
      } else {
        diagnostics.add(.unknown(member, in: self))
      }
    }
  }
}
