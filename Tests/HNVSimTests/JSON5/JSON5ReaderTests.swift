import HNVCore
import Testing

@testable import HNVSim

struct JSON5ReaderTests {
  @Test(
    arguments: [
      ("{}", [:]), ("[]", []), ("{a: 1}", ["a": .number("1")]), ("[1,]", [.number("1")]),
      ("{a: 1,}", ["a": .number("1")]), ("[[],[{}]]", [[], [[:]]]),
      ("{ b: null, a: [true, false] }", ["b": nil, "a": [true, false]]),
      ("'lone'", "lone"), ("null", nil), ("\u{FEFF}true", true),
    ] as [(String, Tree)])
  func `structures read as they are written`(text: String, expected: Tree) throws {
    #expect(try Tree(read(text)) == expected)
  }

  @Test(arguments: [
    "0", "5001", "0.5", ".5", "5.", "5.e3", "1e9", "1E-9", "1.5e+3", "0x1F", "0XdecAF", "+1", "-1",
    "-.5", "+0x10", "Infinity", "-Infinity", "+Infinity", "NaN", "-NaN", "0e0",
    "123456789012345678901234567890",
  ])
  func `numbers stay as they were written`(text: String) throws {
    #expect(try Tree(read(text)) == .number(text))
    #expect(try Tree(read("[\(text)/**/]")) == .list([.number(text)]))
    #expect(try Tree(read("{a:\(text)}")) == .object([.init(key: "a", value: .number(text))]))
  }

  @Test(arguments: [
    (#""""#, ""), (#"'it is "so"'"#, #"it is "so""#), (#""it's""#, "it's"),
    (#"'\'\"\\\b\f\n\r\t\v\0'"#, "'\"\\\u{8}\u{C}\n\r\t\u{B}\0"), (#"'\A\C\/\D\C'"#, "AC/DC"),
    (#"'\x41\u00e9\u00E9'"#, "Aéé"), (#"'\uD83C\uDFBC'"#, "🎼"), (#"'\u0000x'"#, "\0x"),
    ("'one \\\ntwo \\\r\nthree \\\rfour \\\u{2028}five\\\u{2029}'", "one two three four five"),
    ("'a\u{2028}b\u{2029}c'", "a\u{2028}b\u{2029}c"), ("'\té🎼\u{1}'", "\té🎼\u{1}"),
    (#"'\é\🎼'"#, "é🎼"), (#"'// no comment /* either'"#, "// no comment /* either"),
  ])
  func `strings resolve their escapes`(text: String, expected: String) throws {
    #expect(try Tree(read(text)) == .text(expected))
    #expect(try read("{ \(text): 1 }").members.map(\.key) == [expected])
  }

  @Test(arguments: [
    ("a", "a"), ("_x9", "_x9"), ("$schema", "$schema"), ("true", "true"), ("null", "null"),
    ("Infinity", "Infinity"), ("été", "été"), ("a\u{300}", "a\u{300}"), ("a٣_", "a٣_"),
    ("a\u{200C}b\u{200D}", "a\u{200C}b\u{200D}"), (#"\u0061b"#, "ab"), (#"a\u0062c"#, "abc"),
    ("ⅷ", "ⅷ"), ("𝒳1", "𝒳1"), (#"\u005fx"#, "_x"), (#"\u0024"#, "$"),
  ])
  func `keys need no quotes where they are identifiers`(text: String, expected: String) throws {
    for blank in ["", " ", "/**/", "\u{A0}"] {
      #expect(try read("{\(text)\(blank):1}").members.map(\.key) == [expected])
    }
  }

  @Test(arguments: [
    " ", "\t", "\u{B}", "\u{C}", "\n", "\r\n", "\r", "\u{A0}", "\u{FEFF}", "\u{2028}", "\u{2029}",
    "\u{2003}", "\u{3000}", "// x\n", "// x\r", "//\u{2028}", "// é \u{2029}", "/* */", "/***/",
    "/* \n * / ** // */", "/* é */",
  ])
  func `blanks and comments may stand between any two tokens`(blank: String) throws {
    let text = "{a:[1,true,'x'],}".reduce(into: blank) { text, character in
      text.append(character)
      if "{:[],}".contains(character) { text += blank }
    }
    let expected: Tree = ["a": [.number("1"), true, "x"]]
    #expect(try Tree(read(text)) == expected)
  }

  @Test func `the example of the specification reads`() throws {
    let text = #"""
      {
        // comments
        unquoted: 'and you can quote me on that',
        singleQuotes: 'I can use "double quotes" here',
        lineBreaks: "Look, Mom! \
      No \\n's!",
        hexadecimal: 0xdecaf,
        leadingDecimalPoint: .8675309, andTrailing: 8675309.,
        positiveSign: +1,
        trailingComma: 'in objects', andIn: ['arrays',],
        "backwardsCompatible": "with JSON",
      }
      """#
    let expected: Tree = [
      "unquoted": "and you can quote me on that",
      "singleQuotes": "I can use \"double quotes\" here",
      "lineBreaks": "Look, Mom! No \\n's!", "hexadecimal": .number("0xdecaf"),
      "leadingDecimalPoint": .number(".8675309"), "andTrailing": .number("8675309."),
      "positiveSign": .number("+1"), "trailingComma": "in objects", "andIn": ["arrays"],
      "backwardsCompatible": "with JSON",
    ]
    #expect(try Tree(read(text)) == expected)
  }

  @Test func `accessors find what is there and nothing else`() throws {
    let value = try read("{ n: 5001, t: 'x', l: [1, 2], b: true, o: { p: null } }")
    #expect(value["n"]?.integer == 5001)
    #expect(value["t"]?.text == "x")
    #expect(value["l"]?.items.map(\.integer) == [1, 2])
    #expect(value["b"]?.boolean == true)
    #expect(value["o"]?["p"]?.kind == .null)
    #expect(value["o"]?.members.map(\.key) == ["p"])
    #expect(value["x"] == nil && value["t"]?["n"] == nil)
    #expect(value["t"]?.integer == nil && value["n"]?.text == nil && value["n"]?.boolean == nil)
    #expect(value.items.isEmpty && value["l"]?.members.isEmpty == true)
  }

  @Test(
    arguments: [
      ("0", 0), ("16777214", 16_777_214), ("18446744073709551615", UInt64.max),
      ("18446744073709551616", nil), ("-1", nil), ("+1", nil), ("1.0", nil), ("1e3", nil),
      ("0x10", nil), ("NaN", nil), ("Infinity", nil),
    ] as [(String, UInt64?)])
  func `integers are written in decimal digits alone`(text: String, expected: UInt64?) throws {
    #expect(try read(text).integer == expected)
  }
}

struct JSON5PlaceTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func `values and keys know their lines whatever ends them`(lineEnd: String) throws {
    let lines = ["\u{FEFF}// é", "{", "  a: 'é', 'b': [ 1,", "", "  /* 🎼 */ true ]", "}"]
    let value = try read(lines.joined(separator: lineEnd))
    func place(_ line: UInt32, _ column: UInt32) -> Place {
      Place(file: "lab.json5", line: line, column: column)
    }
    #expect(value.place == place(2, 1))
    #expect(value.members.map(\.keyPlace) == [place(3, 3), place(3, 11)])
    #expect(value.members.map(\.value.place) == [place(3, 6), place(3, 16)])
    #expect(value["b"]?.items.map(\.place) == [place(3, 18), place(5, 11)])
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `the cursor agrees with counting from the start each time`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pieces: [String] = ["a", "é", "🎼", "\n", "\r", "\r\n", "\u{2028}", "e\u{301}"]
    let text = (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    var cursor = PlaceCursor(file: "f", startingAt: 0)
    for offset in text.unicodeScalars.indices where Bool.random(using: &random) {
      let place = cursor.place(
        at: text.utf8.distance(from: text.startIndex, to: offset), in: Array(text.utf8))
      #expect(place == slowPlace(of: offset, in: text))
    }
  }

  /// Splits the text before the offset into lines and counts; an end between \r and \n is none.
  private func slowPlace(of offset: String.Index, in text: String) -> Place {
    var lines: [[Unicode.Scalar]] = [[]]
    let scalars = Array(text.unicodeScalars)
    for index in 0..<text.unicodeScalars.distance(from: text.startIndex, to: offset) {
      let isHalf = scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
      if "\n\r".unicodeScalars.contains(scalars[index]), !isHalf {
        lines.append([])
      } else {
        lines[lines.count - 1].append(scalars[index])
      }
    }
    return Place(file: "f", line: UInt32(lines.count), column: UInt32(lines.last?.count ?? 0) + 1)
  }
}
