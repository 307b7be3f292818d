import HNVCore

/// What a section has said so far, where of each thing it may say one.
struct DuplicateChecker<Key: Hashable> {
  fileprivate var places: [Key: Place] = [:]
}

extension TextReading {
  /// Whether a section says this of something for the first time; another time is a diagnostic, and
  /// does not count.
  mutating func isFirst<Key>(
    of key: Key, among statements: inout DuplicateChecker<Key>, _ value: String, _ what: String,
    at place: Place
  ) -> Bool {
    guard let first = statements.places[key] else {
      statements.places[key] = place
      return true
    }
    diagnostics.append(
      Diagnostic(.statedTwice, value: value, "\(what) is already stated at \(first)", at: place))
    return false
  }
}
