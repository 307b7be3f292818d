package import HNVCore

extension Shape {
  /// Everything in a value that is not of this shape, in the order of the file.
  ///
  /// - Complexity: O(values · keys of their object's shape).
  package func check(_ value: JSON5Value) -> [Fault] {
    var faults = FaultList()
    check(value, into: &faults)
    return faults.all
  }

  fileprivate func check(_ value: JSON5Value, into faults: inout FaultList) {
    switch (self, value.kind) {
    case (.text, .string), (.bool, .bool): break
    case (.oneOf(let choices, _), .string(let text)):
      if !choices.contains(text) { faults.add(.notAChoice(text, of: choices, at: value.place)) }
    case (.number(let range, _), .number(let written)):
      if let number = value.integer, range.contains(number) { return }
      faults.add(.outOfRange(written, range, at: value.place))
    case (.list(let shape, _), .array(let items)):
      for item in items { shape.check(item, into: &faults) }
    case (.dictionary(let shape, _), .object(let members)):
      for member in members { shape.check(member.value, into: &faults) }
    case (.object(let object), .object(let members)):
      object.check(members, of: value, into: &faults)
    case (.either(let shapes), let kind):
      check(value, against: shapes.filter { $0.admits(kind) }, into: &faults)
    default:
      faults.add(.wrongType(of: value, for: self))
    }
  }

  /// Where several shapes admit the value's kind, one without faults will do, or else the first
  /// tells what is wrong.
  private func check(
    _ value: JSON5Value, against shapes: [Shape], into faults: inout FaultList
  ) {
    guard let first = shapes.first else { return faults.add(.wrongType(of: value, for: self)) }
    if shapes.count > 1, shapes.contains(where: { $0.check(value).isEmpty }) { return }
    first.check(value, into: &faults)
  }
}

extension ObjectShape {
  fileprivate func check(
    _ members: [JSON5Value.Member], of value: JSON5Value, into faults: inout FaultList
  ) {
    for key in keys where key.required {
      let isThere = members.contains {
        $0.key == key.name || meantKey($0.key, among: members) == key.name
      }
      if !isThere { faults.add(.missing(key, in: self, at: value.place)) }
    }
    for member in members {
      if let key = keys.first(where: { $0.name == member.key }) {
        key.shape.check(member.value, into: &faults)
      } else {
        faults.add(.unknown(member, in: self))
      }
    }
  }
}
