import HNVCore
import Testing

@testable import hnv

struct ReportTests {
  static let hostBits = DiagnosticRule(
    "prefix-host-bits", .error,
    "A prefix is written canonically, with every bit beyond its length zero.",
    source: "RFC 4632, section 3.1", fix: "clear the host bits")
  static let uncovered = DiagnosticRule(
    "record-without-route", .warning, "A record has a route.", source: "an article",
    fix: "add a route")

  static func at(_ line: UInt32, _ column: UInt32 = 0, in file: String = "l.json5") -> Place {
    Place(file: file, line: line, column: column)
  }

  @Test func `a report has a block for each diagnostic, errors first, and a count`() {
    let diagnostics = [
      Diagnostic(
        Self.uncovered, in: .entry(.lookupRecord, index: 2, host: "hv2"), value: "10.0.9.5",
        "no route covers 10.0.9.5", at: Self.at(9)),
      Diagnostic(
        Self.hostBits, value: "10.0.1.5/24", "host bits are set in 10.0.1.5/24",
        fix: "write 10.0.1.0/24", at: Self.at(14, 32, in: "Labs/complex-routing.json5")),
      Diagnostic(Self.hostBits, in: .host("hv1"), value: "", "host bits are set", at: Self.at(2)),
    ]
    #expect(
      DiagnosticReport(diagnostics: diagnostics).text == """
        Labs/complex-routing.json5:14:32: error: host bits are set in 10.0.1.5/24
          [prefix-host-bits]
            value: 10.0.1.5/24
            rule:  A prefix is written canonically, with every bit beyond its length
                   zero.
                   (source: RFC 4632, section 3.1)
            fix:   write 10.0.1.0/24

        l.json5:2: error: host bits are set   [prefix-host-bits]
            in:    host hv1
            fix:   clear the host bits

        l.json5:9: warning: no route covers 10.0.9.5   [record-without-route]
            in:    lookup record 3 of host hv2
            value: 10.0.9.5
            rule:  A record has a route. (source: an article)
            fix:   add a route

        2 errors, 1 warning
        """)
  }

  @Test func `within errors and warnings the order is that of the source`() {
    let places: [Place?] = [
      nil, Self.at(10, 2), Self.at(9, 70), Self.at(10, 1), nil, Self.at(30, in: "a.json5"),
      Self.at(10, 1),
    ]
    let diagnostics = places.enumerated().flatMap { offset, place in
      [Self.uncovered, Self.hostBits].map {
        Diagnostic($0, value: "", "number \(offset)", at: place)
      }
    }
    let loggedEvents = DiagnosticReport(diagnostics: diagnostics, width: 200).text.split(
      separator: "\n"
    )
    .filter { $0.contains("number ") }
    .compactMap { line in
      line.split(separator: " ").last { $0.allSatisfy(\.isNumber) }.map(String.init)
    }
    let inOrder = ["5", "2", "3", "6", "1", "0", "4"]
    #expect(loggedEvents == inOrder + inOrder)
  }

  @Test(arguments: [
    (0, 0, ""), (1, 0, "1 error"), (0, 2, "2 warnings"), (1, 1, "1 error, 1 warning"),
  ])
  func `the count names what there is`(errors: Int, warnings: Int, count: String) {
    let diagnostics =
      Array(repeating: Diagnostic(Self.hostBits, value: "", "x"), count: errors)
      + Array(repeating: Diagnostic(Self.uncovered, value: "", "x"), count: warnings)
    let report = DiagnosticReport(diagnostics: diagnostics)
    #expect(report.count == count)
    #expect(report.text.hasSuffix(count) && report.text.isEmpty == (errors + warnings == 0))
  }

  @Test(arguments: [30, 50, 80, 120])
  func `lines keep to the width unless one word is wider`(width: Int) {
    let long = "several words that go on and on, as explanations do when they mean to teach"
    let diagnostic = Diagnostic(
      Self.hostBits, in: .named("the machine with the long name of gateway"), value: "v", long,
      fix: long, at: Self.at(1, 1))
    for style in [Style.plain, .coloured] {
      let text = DiagnosticReport(diagnostics: [diagnostic], style: style, width: width).text
      #expect(
        text.split(separator: "\n").allSatisfy { Style.visibleWidth(of: String($0)) <= width })
    }
  }

  @Test func `a value keeps its spaces and stays on one line`() {
    let value = String(repeating: "a  b ", count: 40)
    let text = DiagnosticReport(diagnostics: [Diagnostic(Self.hostBits, value: value, "x")]).text
    #expect(text.contains("\n    value: \(value)\n"))
  }

  @Test(arguments: [
    ("\u{1B}[31mred", "\\u{1B}[31mred"), ("two\nlines", "two\\nlines"),
    ("turned\u{202E}round", "turned\\u{202E}round"), ("bell\u{7}", "bell\\u{07}"),
    ("\u{9B}31m", "\\u{009B}31m"), ("é 漢 \\ \"", "é 漢 \\ \""),
  ])
  func `what a terminal would obey is spelled out`(value: String, shown: String) {
    let diagnostic = Diagnostic(
      Self.hostBits, in: .named("x\u{1B}x"), value: value, "y\u{1B}y", fix: "z\u{1B}z",
      at: Self.at(1, in: "f\u{1B}f"))
    let text = DiagnosticReport(diagnostics: [diagnostic]).text
    #expect(text.contains("    value: \(shown)\n"))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }
}
