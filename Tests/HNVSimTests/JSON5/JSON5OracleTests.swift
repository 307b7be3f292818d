import Foundation
import HNVCore
import Testing

@testable import HNVSim

struct JSON5OracleTests {
  @Test(arguments: 0..<150 as Range<UInt64>)
  func `plain JSON reads as Foundation reads it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let text = randomJSON(depth: 4, using: &random)
    let foundation = try JSONSerialization.jsonObject(
      with: Data(text.utf8), options: .fragmentsAllowed)
    #expect(agrees(try read(text), foundation), "\(text)")
  }

  private func agrees(_ value: JSON5Value, _ other: Any) -> Bool {
    switch value.kind {
    case .null: other is NSNull
    case .bool(let bool): other as? Bool == bool
    case .number(let written): (other as? NSNumber)?.doubleValue == Double(written)
    case .string(let text): other as? String == text
    case .array(let items):
      items.count == (other as? [Any])?.count
        && zip(items, other as? [Any] ?? []).allSatisfy { agrees($0, $1) }
    case .object(let members):
      members.count == (other as? [String: Any])?.count
        && members.allSatisfy { member in
          (other as? [String: Any])?[member.key].map { agrees(member.value, $0) } ?? false
        }
    }
  }

  private func randomJSON(depth: Int, using random: inout SplitMix64) -> String {
    let blank = ["", " ", "\n", "\t\r\n"].randomElement(using: &random) ?? ""
    let count = Int.random(in: 0...4, using: &random)
    switch Int.random(in: depth == 0 ? 2...6 : 0...6, using: &random) {
    case 0:
      let items = (0..<count).map { _ in randomJSON(depth: depth - 1, using: &random) }
      return "[\(blank)" + items.joined(separator: "\(blank),") + "\(blank)]"
    case 1:
      let members = (0..<count).map { index in
        "\(randomString(index, using: &random))\(blank):"
          + randomJSON(depth: depth - 1, using: &random)
      }
      return "{\(blank)" + members.joined(separator: "\(blank),") + "\(blank)}"
    case 2: return "null"
    case 3: return "true"
    case 4: return "false"
    case 5: return randomString(count, using: &random)
    default:
      let numbers = ["0", "-1", "5001", "0.25", "-12.5e3", "1E-2", "16777214"]
      return numbers.randomElement(using: &random) ?? "0"
    }
  }

  private func randomString(_ number: Int, using random: inout SplitMix64) -> String {
    let pieces = [
      "a", "é", "🎼", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\uD83C\\uDFBC", "'", "//",
      "\u{2028}",
    ]
    let parts = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }
    return "\"\(number)" + parts.joined() + "\""
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `UTF-8 is told from other bytes as the standard library tells it`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let edges: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
      0xEE,
      0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        edges.randomElement(using: &random) ?? 0
      }
      let flaw = UTF8Text.firstFlaw(in: bytes)
      let valid = String(validating: bytes, as: UTF8.self)
      #expect((flaw == nil) == (valid != nil), "\(bytes)")
      if let flaw { #expect(String(validating: bytes[..<flaw], as: UTF8.self) != nil) }
    }
  }

  @Test(arguments: [
    "\u{1}", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}",
    "\u{FFFF}", "\u{10000}", "\u{10FFFF}",
  ])
  func `characters of every length are decoded`(text: String) {
    let (scalar, length) = UTF8Text.scalar(at: 1, in: Array(" \(text) ".utf8))
    #expect(String(scalar) == text)
    #expect(length == text.utf8.count)
  }
}
