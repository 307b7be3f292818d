import HNVCore
import Testing

/// A text that is refused, what is wrong with it and what would put it right.
struct Refused: Sendable, CustomTestStringConvertible {
  let text: String
  let explanation: String
  let fix: String

  init(_ text: String, _ explanation: String, _ fix: String) {
    self.text = text
    self.explanation = explanation
    self.fix = fix
  }

  var testDescription: String { text }

  func expect(_ rule: DiagnosticRule, _ parse: (String) throws -> some Any) {
    let diagnostic = #expect(throws: Diagnostic.self) { try parse(text) }
    #expect(diagnostic == Diagnostic(rule, value: text, explanation, fix: fix))
  }
}

/// The text with one character replaced, inserted or removed, or as it is.
func damaged(
  _ text: String, with alphabet: [Character], _ random: inout SplitMix64
) -> String {
  var characters = Array(text)
  let index = Int.random(in: 0..<characters.count, using: &random)
  let character = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
  switch Int.random(in: 0..<4, using: &random) {
  case 0: characters[index] = character
  case 1: characters.insert(character, at: index)
  case 2: characters.remove(at: index)
  default: break
  }
  return String(characters)
}
