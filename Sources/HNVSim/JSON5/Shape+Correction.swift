extension Shape {
  /// A value with its misspelt keys as they were most likely meant: an unknown key counts as the
  /// nearest known one, where the object does not have that one as well.
  ///
  /// - Complexity: O(values · keys of their object's shape).
  package func corrected(_ value: JSON5Value) -> JSON5Value {
    switch (self, value.kind) {
    case (.list(let shape, _), .array(let items)):
      JSON5Value(kind: .array(items.map { shape.corrected($0) }), place: value.place)
    case (.dictionary(let shape, _), .object(let members)):
      JSON5Value(
        kind: .object(
          members.map {
            JSON5Value.Member(
              key: $0.key, keyPlace: $0.keyPlace, value: shape.corrected($0.value))
          }), place: value.place)
    case (.object(let object), .object(let members)):
      JSON5Value(kind: .object(object.corrected(members)), place: value.place)
    case (.either(let shapes), let kind):
      shapes.first { $0.admits(kind) }?.corrected(value) ?? value
    default: value
    }
  }
}

extension ObjectShape {
  /// Objects with more members are not slightly misspelt, and may be very large.
  private static let mostMembers = 64

  fileprivate func corrected(_ members: [JSON5Value.Member]) -> [JSON5Value.Member] {
    members.map { member in
      let meant = meantKey(member.key, among: members) ?? member.key
      let shape = keys.first { $0.name == meant }?.shape
      return JSON5Value.Member(
        key: meant, keyPlace: member.keyPlace,
        value: shape?.corrected(member.value) ?? member.value)
    }
  }

  /// The key that an unknown one was most likely meant to be; `nil` for a known one, and where
  /// none is near or the object has that one as well.
  func meantKey(_ written: String, among members: [JSON5Value.Member]) -> String? {
    guard members.count <= Self.mostMembers, !keys.contains(where: { $0.name == written }),
      let nearest = NearestName.of(written, among: keys.map(\.name)),
      !members.contains(where: { $0.key == nearest })
    else { return nil }
    return nearest
  }
}
