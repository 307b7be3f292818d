import HNVCore
import Testing

@testable import HNVSim

/// Damaged labs are refused or run; no input makes the reader or a run trap.
struct LabFuzzTests {
  /// Words that mean something to a lab, which random bytes would seldom be.
  private static let spice = [
    "\"10.0.1.1\"", "\"10.0.1.11\"", "\"0.0.0.0\"", "\"::\"", "\"fd00::1\"", "\"224.0.0.1\"",
    "\"255.255.255.255\"", "\"0.0.0.0/0\"", "\"::/0\"", "\"10.0.0.0/31\"", "\"10.0.1.11/32\"",
    "\"169.254.254.254\"", "\"A\"", "\"GW\"", "\"hv1\"", "\"hv9\"", "\"front\"", "\"internet\"",
    "\"underlay\"", "\"\"", "\"-\"", "\"1s\"", "\"18446744073709551615s\"",
    "\"FF-FF-FF-FF-FF-FF\"", "\"2012\"", "0", "1", "65535", "4294967295", "18446744073709551615",
    "-1", "1e9", "true", "false", "null", "[]", "{}", "[{}]", "[[]]", "via", "to", "from",
    "address", "addresses", "subnet", "outside", "name", "host", "forwards", "metric: 0,",
    "ttl: 1,", "size: 65507,", "mtu: 1280,", "gateways: [],", "cut: [\"hv1\", \"underlay\"],",
    "stop: \"GW\",", "through: [],", "fault: \"limit\",", ",", ":", "{", "}", "[", "]", "\"", "//",
  ]

  @Test(arguments: LabFiles.names, 0..<3 as Range<UInt64>)
  func `a damaged lab is refused or runs`(name: String, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let tokens = Self.tokens(String(decoding: try LabFiles.bytes(name), as: UTF8.self))
    for round in 0..<8 {
      var damaged = tokens
      for _ in 0...round % 3 { Self.damage(&damaged, &random) }
      judge(Array(damaged.joined().utf8))
    }
    for _ in 0..<5 {
      var bytes = Array(tokens.joined().utf8)
      for _ in 0..<3 {
        let index = Int.random(in: bytes.indices, using: &random)
        bytes[index] = UInt8.random(in: .min ... .max, using: &random)
      }
      judge(bytes)
    }
  }

  /// Reads, checks and runs a lab; every diagnostic must be fit to be shown.
  private func judge(_ bytes: [UInt8]) {
    do throws(Diagnostics) {
      let lab = try Lab.read(bytes, named: "l.json5")
      let run = LabRun(lab)
      for diagnostic in run.diagnostics {
        #expect(!diagnostic.explanation.isEmpty && !diagnostic.fix.isEmpty)
        #expect(diagnostic.place != nil, "\(diagnostic)\n\(String(decoding: bytes, as: UTF8.self))")
      }
      // Some expectations are of other models, and what is wrong with those is told there.
      let runs = [run] + run.others
      let judged = runs.reduce(0) { $0 + $1.results.count }
      #expect(runs.contains { $0.isRefused } || judged >= lab.expectations.count)
    } catch {
      #expect(!error.errors.isEmpty)
      for diagnostic in error.all {
        #expect(!diagnostic.explanation.isEmpty && !diagnostic.fix.isEmpty)
        #expect(diagnostic.place?.file == "l.json5", "\(diagnostic)")
      }
    }
  }

  /// Strings, words, numbers and signs, each with the blanks before it.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var inString = false
    for character in text {
      let isPart = character.isLetter || character.isNumber || "./-_$".contains(character)
      let continues =
        inString
        || (isPart && tokens.last?.last.map { $0.isLetter || $0.isNumber } ?? false)
      if character == "\"" { inString.toggle() }
      if continues, !tokens.isEmpty {
        tokens[tokens.count - 1].append(character)
      } else {
        tokens.append(String(character))
      }
    }
    return tokens
  }

  private static func damage(_ tokens: inout [String], _ random: inout SplitMix64) {
    let strings = tokens.indices.filter { tokens[$0].hasPrefix("\"") }
    let anywhere = Int.random(in: tokens.indices, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: tokens.remove(at: anywhere)
    case 1: tokens.insert(spice.randomElement(using: &random) ?? "", at: anywhere)
    case 2: tokens.swapAt(anywhere, Int.random(in: tokens.indices, using: &random))
    case 3:
      let (one, other) = (
        strings.randomElement(using: &random), strings.randomElement(using: &random)
      )
      if let one, let other { tokens[one] = tokens[other] }
    default:
      let word = spice.filter { $0.hasPrefix("\"") && $0.count > 1 }
      if let one = strings.randomElement(using: &random) {
        tokens[one] = word.randomElement(using: &random) ?? ""
      }
    }
  }
}
