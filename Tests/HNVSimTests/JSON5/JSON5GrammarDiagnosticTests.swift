import HNVCore
import HNVSim
import Testing

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
    Row("{a: 1 b: 2}", 1, 7, "a comma is missing before this", "put a comma before b"),
    Row("{a: 1\n  'b c': 2}", 2, 3, "a comma is missing", "put a comma before 'b c'"),
    Row("[1 2]", 1, 4, "a comma is missing", "put a comma before 2"),
    Row("[[] {}]", 1, 5, "a comma is missing", "put a comma before {"),
    Row("[1; 2]", 1, 3, "this is a semicolon", "write a comma"),
    Row("[;]", 1, 2, "this is a semicolon", "write the value and a comma"),
    Row("['a': 1]", 1, 5, "this is a colon", "in braces"),
    Row("[a: 1]", 1, 2, "this is a key", "in braces"),
    Row("name: 'x'", 1, 1, "this is a key", "in braces"),
    Row("[,]", 1, 2, "this is a comma", "remove the comma"),
    Row("[1,,2]", 1, 4, "this is a comma", "remove the comma"),
    Row("{,}", 1, 2, "a key is expected here, this is a comma", "remove"),
    Row("{a: 1,,}", 1, 7, "a key is expected here, this is a comma", "remove"),
    Row("{a: ,}", 1, 5, "a value is expected here, this is a comma", "write the value"),
    Row("{a: }", 1, 5, "this is a closing bracket", "write the value"),
    Row("{a:: 1}", 1, 4, "this is a colon", "one colon"),
    Row("{a}", 1, 3, "the key \"a\" has no value", "square brackets"),
    Row("{'a', 'b'}", 1, 5, "the key \"a\" has no value", "square brackets"),
    Row("{a = 1}", 1, 4, "this is an equals sign", "write a colon"),
    Row("{a 1}", 1, 4, "a colon is missing between the key \"a\"", "write a colon"),
    Row("{my-key: 1}", 1, 4, "a colon is missing between the key \"my\"", "in quotes"),
    Row("{10.0.1.0/24: 1}", 1, 2, "\"10.0.1.0/24\" is not a key", "quotes: \"10.0.1.0/24\""),
    Row("{: 1}", 1, 2, "a key is expected here, this is a colon", "write the key"),
    Row("{[1]}", 1, 2, "this is an opening bracket", "square brackets"),
    Row("{“a”: 1}", 1, 2, "is not a key", "put the key in quotes: \"a\""),
  ])
  func `a wrong token is answered with the one expected`(row: Row) throws { try check(row) }

  @Test(arguments: [
    Row("{\n  a: [1, 2\n", 3, 1, "opened in line 2, column 6 is never closed", "with ]"),
    Row("{a: 1", 1, 6, "opened in line 1, column 1 is never closed", "with }"),
    Row("{a:", 1, 4, "opened in line 1, column 1 is never closed", "with }"),
    Row("{a", 1, 3, "opened in line 1, column 1 is never closed", "with }"),
    Row("{", 1, 2, "opened in line 1, column 1 is never closed", "with }"),
    Row("[1}", 1, 3, "does not close the one opened in line 1, column 1", "with ]"),
    Row("{a: [1, }}", 1, 9, "does not close the one opened in line 1, column 5", "with ]"),
    Row("{a: 1]", 1, 6, "does not close the one opened in line 1, column 1", "with }"),
    Row("{]", 1, 2, "does not close the one opened in line 1, column 1", "with }"),
    Row("]", 1, 1, "this bracket closes none", "remove it"),
    Row("{}}", 1, 3, "this bracket closes none", "remove it"),
    Row("{}\n{}", 2, 1, "the document ends before this", "one object"),
    Row("1,", 1, 2, "the document ends before this", "remove it"),
    Row(",", 1, 1, "this is a comma", "remove"),
  ])
  func `brackets that do not match name their counterpart`(row: Row) throws { try check(row) }

  @Test(arguments: [
    Row("[10.0.1.4]", 1, 2, "\"10.0.1.4\" is not a number", "quotes: \"10.0.1.4\""),
    Row("{a: 10.0.1.0/24}", 1, 5, "\"10.0.1.0/24\" is not a number", "quotes: \"10.0.1.0/24\""),
    Row("[00-15-5D-01-02-03]", 1, 2, "\"00-15-5D-01-02-03\" is not a number", "in quotes"),
    Row("[fe80::1]", 1, 2, "\"fe80::1\" is not a value", "quotes: \"fe80::1\""),
    Row("[007]", 1, 2, "is not a number", "remove the leading zeros"),
    Row("[-01]", 1, 2, "is not a number", "in quotes"), Row("[0x]", 1, 2, "is not a number", ""),
    Row("[0xG]", 1, 2, "is not a number", ""), Row("[1e]", 1, 2, "is not a number", ""),
    Row("[1e+]", 1, 2, "is not a number", ""), Row("[.]", 1, 2, "is not a value", ""),
    Row("[.e1]", 1, 2, "is not a value", ""), Row("[+]", 1, 2, "is not a number", ""),
    Row("[+-1]", 1, 2, "is not a number", ""), Row("[- 1]", 1, 2, "is not a number", ""),
    Row("[1_000]", 1, 2, "is not a number", ""), Row("[1.5.]", 1, 2, "is not a number", ""),
    Row("[0x1.5]", 1, 2, "is not a number", ""), Row("[1e1.5]", 1, 2, "is not a number", ""),
    Row("[1é]", 1, 2, "is not a number", ""), Row("[0b11]", 1, 2, "is not a number", ""),
    Row("[True]", 1, 2, "\"True\" is not a value", "write true in small letters"),
    Row("[NULL]", 1, 2, "\"NULL\" is not a value", "write null in small letters"),
    Row("[undefined]", 1, 2, "is not a value", "put text in quotes: \"undefined\""),
    Row("{host: hv1}", 1, 8, "\"hv1\" is not a value", "put text in quotes: \"hv1\""),
    Row("{host: “hv1”}", 1, 8, "\"“hv1”\" is not a value", "put text in quotes: \"hv1\""),
    Row("[truefalse]", 1, 2, "is not a value", ""), Row("[infinity]", 1, 2, "is not a value", ""),
    Row("[\\u0031]", 1, 2, "is not a value", ""), Row("(1)", 1, 1, "is not a value", ""),
  ])
  func `a bare word that means nothing asks for quotes`(row: Row) throws { try check(row) }

  @Test(arguments: [
    Row("{a: 'abc}\n", 1, 5, "not closed before the end of line 1", "opens it, '"),
    Row("['abc", 1, 2, "this string is never closed", "opens it, '"),
    Row("[\"abc'", 1, 2, "this string is never closed", "opens it, \""),
    Row("['abc\\", 1, 2, "this string is never closed", "close it"),
    Row("['one \\\ntwo\nthree']", 1, 2, "not closed before the end of line 2", "close it"),
    Row("['a\rb']", 1, 2, "not closed before the end of line 1", "close it"),
    Row("{\"a: 1}", 1, 2, "this string is never closed", "close it"),
    Row("['ab\\x4']", 1, 5, "stand for no character", "\\x and two"),
    Row("['ab\\xZZ']", 1, 5, "stand for no character", "\\x and two"),
    Row("['é\\u12G4']", 1, 4, "stand for no character", "\\u and four"),
    Row("['\\u{41}']", 1, 3, "stand for no character", "\\u and four"),
    Row("['\\1']", 1, 3, "stand for no character", ""),
    Row("['\\01']", 1, 3, "stand for no character", ""),
    Row("['C:\\9']", 1, 5, "stand for no character", "\\\\ for a backslash"),
    Row("['\\uD83C']", 1, 3, "one half of a surrogate pair", "both halves"),
    Row("['\\uDFBC']", 1, 3, "one half of a surrogate pair", "both halves"),
    Row("['\\uD83C\\n']", 1, 3, "one half of a surrogate pair", "both halves"),
    Row("['\\uD83C\\u0041']", 1, 3, "one half of a surrogate pair", "both halves"),
    Row("['\\uDFBC\\uD83C']", 1, 3, "one half of a surrogate pair", "both halves"),
    Row("{a\\n: 1}", 1, 3, "stand for no character", ""),
    Row("{\\u0031: 1}", 1, 2, "is not a key", "put the key in quotes"),
    Row("/* never\nclosed", 1, 1, "this comment is never closed", "close it with */"),
    Row("[1, /*/ 2]", 1, 5, "this comment is never closed", "close it with */"),
    Row("[/x]", 1, 2, "a slash alone", "begin a comment with //"),
    Row("{} /", 1, 4, "a slash alone", "begin a comment with //"),
    Row("# no\n{}", 1, 1, "this sign means nothing", "begin a comment with //"),
    Row("{ # no\n}", 1, 3, "this sign means nothing", "begin a comment with //"),
    Row("{a: 1, b: 2 # no\n}", 1, 13, "this sign means nothing", "begin a comment with //"),
  ])
  func `strings, escapes and comments tell where they go wrong`(row: Row) throws { try check(row) }
}
