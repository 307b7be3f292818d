import HNVCore
import HNVSim

/// A JSON5 value without its places, to compare with.
indirect enum Tree: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case text(String)
  case list([Tree])
  case object([Member])

  struct Member: Equatable, Sendable {
    let key: String
    let value: Tree
  }

  init(_ value: JSON5Value) {
    self =
      switch value.kind {
      case .null: .null
      case .bool(let value): .bool(value)
      case .number(let written): .number(written)
      case .string(let text): .text(text)
      case .array(let items): .list(items.map(Tree.init))
      case .object(let members):
        .object(members.map { Member(key: $0.key, value: Tree($0.value)) })
      }
  }
}

extension Tree: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(arrayLiteral elements: Tree...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, Tree)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(nilLiteral: ()) { self = .null }
}

/// Reads a text; its diagnostics become the test's failure.
func read(_ text: String) throws(Diagnostics) -> JSON5Value {
  try JSON5Reader.read(Array(text.utf8), named: "lab.json5")
}

/// The diagnostics of bytes; none where they read.
func diagnostics(of bytes: [UInt8]) -> [Diagnostic] {
  do throws(Diagnostics) {
    _ = try JSON5Reader.read(bytes, named: "lab.json5")
    return []
  } catch {
    return error.all
  }
}

func diagnostics(of text: String) -> [Diagnostic] { diagnostics(of: Array(text.utf8)) }
