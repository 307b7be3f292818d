import HNVCore
import Testing

@testable import HNVSim

/// What is wrong at one place of the text.
struct JSON5GrammarDiagnosticTests {
  struct Row: CustomTestStringConvertible {
    let text: String
    let line: UInt32
    let column: UInt32
    let explanation: String
    let fix: String

    init(_ text: String, _ line: UInt32, _ column: UInt32, _ explanation: String, _ fix: String) {
      (self.text, self.line, self.column) = (text, line, column)
      (self.explanation, self.fix) = (explanation, fix)
    }

    var testDescription: String { text.debugDescription }
  }

  private func check(_ row: Row) throws {
    let diagnostics = diagnostics(of: row.text)
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostics.count == 1)
    #expect(diagnostic.rule == .json5Syntax)
    #expect(diagnostic.place == Place(file: "lab.json5", line: row.line, column: row.column))
    #expect(diagnostic.explanation.contains(row.explanation))
    #expect(diagnostic.fix.contains(row.fix))
  }

  @Test(arguments: [
    Row("{a: 1 b: 2}", 1, 7, "expected a comma, found \"b\"", "put a comma before b"),
    Row("{a: 1\n  'b c': 2}", 2, 3, "expected a comma", "put a comma before 'b c'"),
    Row("[1 2]", 1, 4, "found \"2\"", "put a comma before 2"),
    Row("[[] {}]", 1, 5, "found \"{\"", "put a comma before {"),
    Row("[1; 2]", 1, 3, "expected a comma, found \";\"", "write a comma in place of ;"),
    Row("{a: 1; b: 2}", 1, 6, "expected a comma, found \";\"", "write a comma in place of ;"),
    Row("{a: 1;b: 2}", 1, 6, "expected a comma", "write a comma in place of ;"),
    Row("[;]", 1, 2, "expected a value, found \";\"", "write the value"),
    Row("['a': 1]", 1, 5, "expected a comma, found \":\"", "in braces"),
    Row("[a: 1]", 1, 2, "expected a value, found \"a\"", "in braces"),
    Row("name: 'x'", 1, 1, "expected a value, found \"name\"", "in braces"),
    Row("[,]", 1, 2, "expected a value, found \",\"", "remove ,"),
    Row("[1,,2]", 1, 4, "expected a value, found \",\"", "remove ,"),
    Row("{,}", 1, 2, "expected a key, found \",\"", "remove"),
    Row("{a: 1,,}", 1, 7, "expected a key, found \",\"", "remove"),
    Row("{a: ,}", 1, 5, "expected a value, found \",\"", "write the value"),
    Row("{a: }", 1, 5, "expected a value, found \"}\"", "write the value"),
    Row("{a:: 1}", 1, 4, "expected a value, found \":\"", "remove :"),
    Row("{a}", 1, 3, "after the key \"a\", found \"}\"", "a colon"),
    Row("{'a', 'b'}", 1, 5, "after the key \"a\", found \",\"", "a colon"),
    Row(
      "{a = 1}", 1, 4, "expected a colon after the key \"a\", found \"=\"",
      "write a colon in place of ="),
    Row("{a 1}", 1, 4, "expected a colon after the key \"a\"", "write a colon"),
    Row("{my-key: 1}", 1, 4, "expected a colon after the key \"my\"", "in quotes"),
    Row(
      "{10.0.1.0/24: 1}", 1, 2, "expected a key, found \"10.0.1.0/24\"",
      "quotes: \"10.0.1.0/24\""),
    Row("{: 1}", 1, 2, "expected a key, found \":\"", "write the key"),
    Row("{[1]}", 1, 2, "expected a key, found \"[\"", "write the key"),
    Row(
      "{“a”: 1}", 1, 2, "expected a key, found \"“a”\"", "put the key in quotes: \"a\""),
  ])
  func `a wrong token is reported with the one that is expected`(row: Row) throws { try check(row) }

  @Test(arguments: [
    Row(
      "{\n  a: [1, 2\n", 3, 1,
      "expected ] for the bracket opened in line 2, column 6, found the end of the file",
      "with ]"),
    Row(
      "{a: 1", 1, 6,
      "expected } for the bracket opened in line 1, column 1, found the end of the file",
      "with }"),
    Row(
      "{a:", 1, 4,
      "expected } for the bracket opened in line 1, column 1, found the end of the file",
      "with }"),
    Row(
      "{a", 1, 3,
      "expected } for the bracket opened in line 1, column 1, found the end of the file",
      "with }"),
    Row(
      "{", 1, 2,
      "expected } for the bracket opened in line 1, column 1, found the end of the file",
      "with }"),
    Row(
      "[1}", 1, 3, "expected ] for the bracket opened in line 1, column 1, found",
      "with ]"),
    Row(
      "{a: [1, }}", 1, 9, "expected ] for the bracket opened in line 1, column 5, found",
      "with ]"),
    Row(
      "{a: 1]", 1, 6, "expected } for the bracket opened in line 1, column 1, found",
      "with }"),
    Row(
      "{]", 1, 2, "expected } for the bracket opened in line 1, column 1, found", "with }"
    ),
    Row("]", 1, 1, "expected a value, found \"]\"", "remove ]"),
    Row("{}}", 1, 3, "expected the end of the file, found \"}\"", "remove this"),
    Row("{}\n{}", 2, 1, "expected the end of the file, found \"{\"", "one object"),
    Row("1,", 1, 2, "expected the end of the file, found \",\"", "remove this"),
    Row(",", 1, 1, "found \",\"", "remove"),
  ])
  func `brackets that do not match name the one that was opened`(row: Row) throws { try check(row) }

  @Test(arguments: [
    Row(
      "[10.0.1.4]", 1, 2, "expected a value, found \"10.0.1.4\"", "quotes: \"10.0.1.4\""),
    Row(
      "{a: 10.0.1.0/24}", 1, 5, "expected a value, found \"10.0.1.0/24\"",
      "quotes: \"10.0.1.0/24\""),
    Row(
      "[00-15-5D-01-02-03]", 1, 2, "expected a value, found \"00-15-5D-01-02-03\"",
      "in quotes"),
    Row("[fe80::1]", 1, 2, "expected a value, found \"fe80::1\"", "quotes: \"fe80::1\""),
    Row(
      "[007]", 1, 2, "\"007\" is not a number",
      "remove the leading zeros, or put text in quotes: \"007\""),
    Row("{mtu: 01500}", 1, 7, "\"01500\" is not a number", "remove the leading zeros"),
    Row("[-01]", 1, 2, "\"-01\" is not a number", "remove the leading zeros"),
    Row("[0x]", 1, 2, "expected a value", ""),
    Row("[0xG]", 1, 2, "expected a value", ""),
    Row("[1e]", 1, 2, "expected a value", ""),
    Row("[1e+]", 1, 2, "expected a value", ""),
    Row("[.]", 1, 2, "expected a value", ""),
    Row("[.e1]", 1, 2, "expected a value", ""),
    Row("[+]", 1, 2, "expected a value", ""),
    Row("[+-1]", 1, 2, "expected a value", ""),
    Row("[- 1]", 1, 2, "expected a value", ""),
    Row("[1_000]", 1, 2, "expected a value", ""),
    Row("[1.5.]", 1, 2, "expected a value", ""),
    Row("[0x1.5]", 1, 2, "expected a value", ""),
    Row("[1e1.5]", 1, 2, "expected a value", ""),
    Row("[1é]", 1, 2, "expected a value", ""),
    Row("[0b11]", 1, 2, "expected a value", ""),
    Row("[True]", 1, 2, "expected a value, found \"True\"", "write true"),
    Row("[NULL]", 1, 2, "expected a value, found \"NULL\"", "write null"),
    Row("[undefined]", 1, 2, "expected a value", "put text in quotes: \"undefined\""),
    Row(
      "{host: hv1}", 1, 8, "expected a value, found \"hv1\"",
      "put text in quotes: \"hv1\""),
    Row(
      "{host: “hv1”}", 1, 8, "expected a value, found \"“hv1”\"",
      "put text in quotes: \"hv1\""),
    Row("[truefalse]", 1, 2, "expected a value", ""),
    Row("[infinity]", 1, 2, "expected a value", ""),
    Row("[\\u0031]", 1, 2, "expected a value", ""),
    Row("(1)", 1, 1, "expected a value", ""),
  ])
  func `a word that is not a value should be in quotes`(row: Row) throws { try check(row) }

  @Test(arguments: [
    Row("{a: 'abc}\n", 1, 5, "not closed before the end of line 1", "opens it, '"),
    Row("['abc", 1, 2, "not closed before the end of line 1", "opens it, '"),
    Row("[\"abc'", 1, 2, "not closed before the end of line 1", "opens it, \""),
    Row("['abc\\", 1, 2, "not closed before the end of line 1", "close it"),
    Row("['one \\\ntwo\nthree']", 1, 2, "not closed before the end of line 2", "close it"),
    Row("['a\rb']", 1, 2, "not closed before the end of line 1", "close it"),
    Row("{\"a: 1}", 1, 2, "not closed before the end of line 1", "close it"),
    Row("['ab\\x4']", 1, 5, "this escape is not a character", "\\x with two"),
    Row("['ab\\xZZ']", 1, 5, "this escape is not a character", "\\x with two"),
    Row("['é\\u12G4']", 1, 4, "this escape is not a character", "\\u with four"),
    Row("['\\u{41}']", 1, 3, "this escape is not a character", "\\u with four"),
    Row("['\\1']", 1, 3, "this escape is not a character", ""),
    Row("['\\01']", 1, 3, "this escape is not a character", ""),
    Row("['C:\\9']", 1, 5, "this escape is not a character", "\\\\ for a backslash"),
    Row("['\\uD83C']", 1, 3, "this escape is not a character", "both halves"),
    Row("['\\uDFBC']", 1, 3, "this escape is not a character", "both halves"),
    Row("['\\uD83C\\n']", 1, 3, "this escape is not a character", "both halves"),
    Row("['\\uD83C\\u0041']", 1, 3, "this escape is not a character", "both halves"),
    Row("['\\uDFBC\\uD83C']", 1, 3, "this escape is not a character", "both halves"),
    Row("{a\\n: 1}", 1, 3, "this escape is not a character", ""),
    Row("{\\u0031: 1}", 1, 2, "expected a key", "put the key in quotes"),
    Row("/* never\nclosed", 1, 1, "this comment is never closed", "close it with */"),
    Row("[1, /*/ 2]", 1, 5, "this comment is never closed", "close it with */"),
    Row("[/x]", 1, 2, "expected a comment", "begin a comment with //"),
    Row("{} /", 1, 4, "expected a comment", "begin a comment with //"),
    Row("# no\n{}", 1, 1, "expected a value, found \"#\"", "begin a comment with //"),
    Row("{ # no\n}", 1, 3, "expected a key, found \"#\"", "begin a comment with //"),
    Row(
      "{a: 1, b: 2 # no\n}", 1, 13, "expected a comma, found \"#\"",
      "begin a comment with //"),
  ])
  func `a wrong string, escape or comment is reported where it begins`(row: Row) throws {
    try check(row)
  }
}

/// What is wrong with a file as a whole.
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

  @Test func `every duplicate key is reported with the place of the first`() {
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

  @Test func `duplicate keys are reported beside the diagnostic that ends the reading`() {
    #expect(diagnostics(of: "{a: 1, a: 2, b 3}").map(\.rule) == [.duplicateKey, .json5Syntax])
  }

  @Test(arguments: [2, 15, 16, 17, 18, 40])
  func `objects of any size find their duplicate keys`(count: Int) {
    let keys = (0..<count).map { "k\($0)" }
    #expect(diagnostics(of: "{" + keys.map { "\($0): 0" }.joined(separator: ",") + "}").isEmpty)
    for duplicate in keys {
      let text =
        "{" + (keys + [duplicate, duplicate]).map { "\($0): 0" }.joined(separator: ",") + "}"
      #expect(diagnostics(of: text).map(\.value) == [duplicate, duplicate])
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
    let rules: [DiagnosticRule] = [
      .json5Syntax, .duplicateKey, .unknownKey, .missingKey, .wrongType, .notAChoice,
      .numberOutOfRange, .emptyFile, .binaryFile, .tooLarge, .tooDeep, .tooManyDiagnostics,
    ]
    for rule in rules { #expect(DiagnosticRule.all.count { $0 == rule } == 1) }
  }
}
