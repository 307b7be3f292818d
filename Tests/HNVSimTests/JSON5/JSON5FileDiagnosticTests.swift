import HNVCore
import Testing

@testable import HNVSim

struct JSON5FileDiagnosticTests {
  private func place(_ line: UInt32, _ column: UInt32) -> Place {
    Place(file: "lab.json5", line: line, column: column)
  }

  @Test(
    arguments: [
      ("", 1, 1), ("\u{FEFF}", 1, 1), (" \n\t", 2, 2), ("// all\n/* blank */", 2, 12),
    ] as [(String, UInt32, UInt32)])
  func `a file without a value is empty`(text: String, line: UInt32, column: UInt32) {
    let diagnostics = diagnostics(of: text)
    #expect(diagnostics.map(\.rule) == [.emptyFile])
    #expect(diagnostics.map(\.place) == [place(line, column)])
  }

  @Test(
    arguments: [
      (Array("{}\0".utf8), 1, 3, "0x00"), ([0x7B, 0x0A, 0xFF], 2, 1, "0xFF"),
      ([0xFF, 0xFE, 0x7B, 0x00], 1, 1, "0xFF"), ([0xFE, 0xFF, 0x00, 0x7B], 1, 1, "0xFE"),
      (Array("['é".utf8) + [0xC3, 0x27, 0x5D], 1, 4, "0xC3"),
      ([0xEF, 0xBB, 0xBF, 0x5B, 0x80], 1, 2, "0x80"),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], 1, 2, "0xED"),
      ([0x22, 0xC0, 0x80, 0x22], 1, 2, "0xC0"), ([0x22, 0xF0, 0x9F, 0x8E], 1, 2, "0xF0"),
    ] as [([UInt8], UInt32, UInt32, String)])
  func `a file that is not text names its first wrong byte`(
    bytes: [UInt8], line: UInt32, column: UInt32, byte: String
  ) {
    let diagnostics = diagnostics(of: bytes)
    #expect(diagnostics.map(\.rule) == [.binaryFile])
    #expect(diagnostics.map(\.place) == [place(line, column)])
    #expect(diagnostics.map(\.value) == [byte])
    let isUTF16 = byte == "0xFE" || bytes.starts(with: [0xFF, 0xFE])
    #expect(diagnostics.allSatisfy { $0.explanation.contains("UTF-16") == isUTF16 })
  }

  @Test func `a file is refused by its size before it is loaded`() {
    #expect(JSON5Reader.tooLarge(size: JSON5Reader.sizeLimit, named: "lab.json5") == nil)
    let diagnostic = JSON5Reader.tooLarge(size: 536_870_913, named: "lab.json5")
    #expect(diagnostic?.rule == .tooLarge)
    #expect(diagnostic?.place == place(1, 1))
  }

  @Test(arguments: ["[", "{a:", "[{a:"])
  func `endless nesting is refused where it becomes too deep`(unit: String) {
    let diagnostics = diagnostics(of: String(repeating: unit, count: 100_000))
    let openings = unit.filter { "[{".contains($0) }.count
    #expect(diagnostics.map(\.rule) == [.tooDeep])
    #expect(diagnostics.map(\.place) == [place(1, UInt32(64 / openings * unit.count + 1))])
  }

  @Test func `the deepest nesting allowed reads`() throws {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    var value = try read(text)
    var depth = 1
    while let inner = value.items.first {
      value = inner
      depth += 1
    }
    #expect(depth == 64)
    #expect(diagnostics(of: "[\(text)]").map(\.rule) == [.tooDeep])
  }

  @Test func `siblings do not count as nesting`() throws {
    let text = "[" + String(repeating: "[[]],{a:{}},", count: 200) + "]"
    #expect(try read(text).items.count == 400)
  }

  @Test func `every doubled key is reported with the place of the first`() {
    let text = """
      {
        hosts: { hv1: 1, 'hv1': { x: 1, x: 2, "\\u0078": 3 } },
        list: [{ a: 1, b: 2, a: 3 }],
        hosts: 4,
      }
      """
    let diagnostics = diagnostics(of: text)
    #expect(diagnostics.allSatisfy { $0.rule == .duplicateKey })
    #expect(diagnostics.map(\.value) == ["hv1", "x", "x", "a", "hosts"])
    #expect(
      diagnostics.map(\.place) == [
        place(2, 20), place(2, 35), place(2, 41), place(3, 24), place(4, 3),
      ])
    let firsts = [(2, 12), (2, 29), (2, 29), (3, 12), (2, 3)]
    for (diagnostic, first) in zip(diagnostics, firsts) {
      #expect(diagnostic.explanation.hasSuffix("in line \(first.0), column \(first.1)"))
    }
  }

  @Test func `doubled keys are reported beside the diagnostic that ends the reading`() {
    #expect(diagnostics(of: "{a: 1, a: 2, b 3}").map(\.rule) == [.duplicateKey, .json5Syntax])
  }

  @Test(arguments: [2, 15, 16, 17, 18, 40])
  func `objects of any size find their doubled keys`(count: Int) {
    let keys = (0..<count).map { "k\($0)" }
    #expect(diagnostics(of: "{" + keys.map { "\($0): 0" }.joined(separator: ",") + "}").isEmpty)
    for doubled in keys {
      let text = "{" + (keys + [doubled, doubled]).map { "\($0): 0" }.joined(separator: ",") + "}"
      #expect(diagnostics(of: text).map(\.value) == [doubled, doubled])
    }
  }

  @Test func `the same mistake made everywhere is reported up to a limit`() {
    let text = "{" + String(repeating: "a:1,", count: 1_200) + "}"
    let diagnostics = diagnostics(of: text)
    #expect(diagnostics.count == 1_001)
    #expect(diagnostics.dropLast().allSatisfy { $0.rule == .duplicateKey })
    #expect(diagnostics.last?.rule == .tooManyDiagnostics)
    #expect(diagnostics.last?.place == place(1, 4 * 1_001 + 2))
  }

  @Test func `rules are listed once`() {
    #expect(DiagnosticRule.json5Rules.count == 12)
    #expect(Set(DiagnosticRule.json5Rules).count == DiagnosticRule.json5Rules.count)
  }
}
