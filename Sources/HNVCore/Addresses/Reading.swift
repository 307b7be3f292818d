/// A text being read and the rule it is held to: what all address parsers need to complain alike.
///
/// Parsers work on slices of `bytes`. A slice keeps the indices of the whole text, and everything
/// before the first flaw is ASCII, so an index is also the count of characters before it.
struct Reading {
  let text: String
  let rule: DiagnosticRule

  /// The bytes of the text.
  var bytes: ArraySlice<UInt8> { Array(text.utf8)[...] }

  /// A diagnostic in the text as a whole; without `fix` it takes the rule's general one.
  func diagnostic(_ explanation: String, fix: String? = nil) -> Diagnostic {
    Diagnostic(rule, value: Excerpt.of(text), explanation, fix: fix)
  }

  /// The diagnostic that is a byte which cannot stand where the slice begins.
  func stray(_ rest: ArraySlice<UInt8>, insteadOf expected: String) -> Diagnostic {
    let character = Excerpt.character(rest)
    return diagnostic(
      "\(character) at character \(rest.startIndex + 1) is not \(expected)",
      fix: Excerpt.isRemovable(rest.first) ? "leave out \(character)" : nil)
  }

  /// Refuses an address that is not there, or that has a prefix length behind it.
  func requireAddress(_ part: ArraySlice<UInt8>) throws(Diagnostic) {
    if part.isEmpty { throw diagnostic("the address is missing") }
    if part.contains(UInt8(ascii: "/")) {
      throw diagnostic(
        "'/' makes it a prefix, and an address is wanted", fix: "leave out '/' and the length")
    }
  }

  /// Refuses anything but a decimal number, whatever its size.
  func requireDecimal(_ part: ArraySlice<UInt8>, _ noun: String) throws(Diagnostic) {
    if let index = part.firstIndex(where: { !Digits.isDecimal($0) }) {
      throw stray(part[index...], insteadOf: "a decimal digit")
    }
    if part.isEmpty {
      throw diagnostic("the \(noun) at character \(part.startIndex + 1) is missing")
    }
    guard part.first == Digits.zero, part.count > 1 else { return }
    let significant = part.drop { $0 == Digits.zero }
    throw diagnostic(
      "the \(noun) \(Excerpt.part(part)) has a leading zero, which some readers take for octal",
      fix: "write \(significant.isEmpty ? "0" : Excerpt.of(significant))")
  }
}
