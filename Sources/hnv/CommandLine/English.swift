/// Lists, ranges and counts as a sentence says them.
extension [String] {
  /// `a, b and c` for the conjunction `and`; empty for no words.
  func listed(with conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }
}

extension ClosedRange<UInt64> {
  /// `from 1 to 255`.
  var inWords: String { "from \(lowerBound) to \(upperBound)" }
}

extension String {
  /// The text, or two quotation marks where there would be nothing to see.
  var visible: String { isEmpty ? "\"\"" : self }
}

extension Int {
  /// `1 error`, `2 errors`.
  func counted(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}
