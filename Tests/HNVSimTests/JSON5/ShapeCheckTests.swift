import HNVCore
import HNVSim
import Testing

struct ShapeCheckTests {
  private func diagnostics(in text: String) throws -> [Diagnostic] {
    ShapeFixture.lab.check(try read(text))
  }

  @Test(arguments: [
    "{ vsid: 5001, machines: {} }",
    """
    { release: '2016', vsid: 4096, hosts: ['hv1'], machines: {
      A: { host: 'hv1', address: '10.0.1.4', on: true },
      'B 2': { address: ['10.0.1.5', '10.0.1.6'], host: 'hv1' } }, spare: { host: '' } }
    """,
  ])
  func `a document of the right shape has no diagnostics`(text: String) throws {
    #expect(try diagnostics(in: text) == [])
  }

  @Test(
    arguments: [
      (
        "{ vsid: 5001, machins: {}, machines: {} }", DiagnosticRule.unknownKey, 15,
        "write \"machines\""
      ),
      ("{ vsid: 5001, zone: 1, machines: {} }", .unknownKey, 15, "write one of these: \"release\""),
      ("{ vsid: 5001 }", .missingKey, 1, "add \"machines\" with an object"),
      ("{ machines: {} }", .missingKey, 1, "add \"vsid\" with a whole number"),
      ("[]", .wrongType, 1, "write an object"),
      ("{ vsid: 5001, hosts: 'hv1', machines: {} }", .wrongType, 22, "put it in square brackets"),
      ("{ vsid: 5001, hosts: 7, machines: {} }", .wrongType, 22, "write a list"),
      ("{ vsid: 5001, hosts: [7], machines: {} }", .wrongType, 23, "put it in quotes: \"7\""),
      ("{ vsid: '5001', machines: {} }", .wrongType, 9, "remove the quotes"),
      ("{ vsid: null, machines: {} }", .wrongType, 9, "write a whole number"),
      ("{ vsid: 5001, release: 2016, machines: {} }", .wrongType, 24, "quotes: \"2016\""),
      ("{ vsid: 5001, release: '2012r2', machines: {} }", .notAChoice, 24, "write \"2012R2\""),
      ("{ vsid: 5001, release: 'Azure', machines: {} }", .notAChoice, 24, "write one of these"),
      ("{ vsid: 4095, machines: {} }", .numberOutOfRange, 9, "within the range"),
      ("{ vsid: 16777215, machines: {} }", .numberOutOfRange, 9, "within the range"),
      ("{ vsid: 5001.0, machines: {} }", .numberOutOfRange, 9, "decimal digits"),
      ("{ vsid: 0x1389, machines: {} }", .numberOutOfRange, 9, "decimal digits"),
      ("{ vsid: -5001, machines: {} }", .numberOutOfRange, 9, "within the range"),
      ("{ vsid: 99999999999999999999, machines: {} }", .numberOutOfRange, 9, "within the range"),
      ("{ vsid: 5001, machines: [] }", .wrongType, 25, "write an object"),
      ("{ vsid: 5001, machines: { A: {} } }", .missingKey, 30, "add \"host\""),
      ("{ vsid: 5001, machines: { A: { host: 'x', on: 'true' } } }", .wrongType, 47, "the quotes"),
      ("{ vsid: 5001, machines: { A: { host: 'x', address: 1 } } }", .wrongType, 52, "or a list"),
      ("{ vsid: 5001, machines: { A: { host: 'x', address: [1] } } }", .wrongType, 53, "quotes"),
    ] as [(String, DiagnosticRule, UInt32, String)])
  func `a diagnostic has its rule, place and fix`(
    text: String, rule: DiagnosticRule, column: UInt32, fix: String
  ) throws {
    let diagnostics = try diagnostics(in: text)
    #expect(diagnostics.map(\.rule) == [rule])
    #expect(diagnostics.map(\.place) == [Place(file: "lab.json5", line: 1, column: column)])
    #expect(diagnostics.allSatisfy { $0.fix.contains(fix) })
  }

  @Test func `all diagnostics are reported at once, outer ones before inner ones`() throws {
    let diagnostics = try diagnostics(
      in: """
        { vsid: 1, hosts: [true, 'hv1', null],
          machines: { A: { hots: 'hv1' }, B: 2, C: { server: 'hv1' } },
          relase: '2016' }
        """)
    #expect(
      diagnostics.map(\.rule) == [
        .numberOutOfRange, .wrongType, .wrongType, .unknownKey, .wrongType, .missingKey,
        .unknownKey, .unknownKey,
      ])
    #expect(
      diagnostics.map(\.value) == ["1", "true", "null", "hots", "2", "host", "server", "relase"])
    #expect(diagnostics.map { $0.place?.line } == [1, 1, 1, 2, 2, 2, 2, 3])
    #expect(diagnostics[1].explanation == "expected a string, found true")
    #expect(diagnostics[4].explanation == "expected an object, found a number")
  }

  @Test(
    arguments: [
      ("{ machines: { A: { hots: 'hv1' } } }", "{ machines: { A: { host: 'hv1' } } }"),
      ("{ hosts: [], hots: [1] }", "{ hosts: [], hots: [1] }"),
      ("{ hots: [1], hosts: [] }", "{ hots: [1], hosts: [] }"),
      ("{ zzz: 1, spare: { adress: ['x'] } }", "{ zzz: 1, spare: { address: ['x'] } }"),
      ("{ machines: { host: { on: 1 } } }", "{ machines: { host: { on: 1 } } }"),
    ])
  func `misspelt keys count as the nearest ones, where those are free`(
    text: String, meant: String
  ) throws {
    let corrected = ShapeFixture.lab.corrected(try read(text))
    #expect(Tree(corrected) == Tree(try read(meant)))
  }

  @Test func `of several shapes for one kind any may fit`() throws {
    let shape = Shape.either([.oneOf(["any"], about: ""), .oneOf(["none"], about: "")])
    #expect(shape.check(try read("'any'")) == [])
    #expect(shape.check(try read("'none'")) == [])
    #expect(shape.check(try read("'some'")).map(\.rule) == [.notAChoice])
    #expect(shape.check(try read("1")).map(\.rule) == [.wrongType])
  }

  @Test func `the same mistake made everywhere is reported up to a limit`() throws {
    let text = "[" + String(repeating: "1,", count: 1_100) + "]"
    let diagnostics = Shape.list(of: .bool).check(try read(text))
    #expect(diagnostics.count == 1_001)
    #expect(diagnostics.last?.rule == .tooManyDiagnostics)
  }
}
