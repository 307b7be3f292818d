import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// JSON, byte by byte.
struct JSONWriterTests {
  /// What the writer makes of a value.
  private func text(_ value: some JSONValue) -> String {
    var writer = JSONWriter()
    value.write(to: &writer)
    return writer.text.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `a value a line, two spaces a level, keys in order`() {
    let value: [String: [[String: Int?]]] = [
      "b": [["y": 1, "x": nil], ["z": 0]], "a": [], "c": [[:]],
    ]
    #expect(
      text(value) == """
        {
          "a" : [

          ],
          "b" : [
            {
              "x" : null,
              "y" : 1
            },
            {
              "z" : 0
            }
          ],
          "c" : [
            {

            }
          ]
        }
        """)
  }

  @Test(arguments: [
    ("", #""""#), ("hv1 → ü🎼/\u{7F}\u{2028}", "\"hv1 → ü🎼/\u{7F}\u{2028}\""),
    (#"a"b\c"#, #""a\"b\\c""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
    ("\u{0}\u{1B}x\u{1F}", #""\u0000\u001Bx\u001F""#),
    ("\u{E9}\u{65}\u{301}", "\"\u{E9}e\u{301}\""),
  ])
  func `a string has the escapes of RFC 8259, and is read as it was`(
    string: String, expected: String
  ) throws {
    #expect(text(string).utf8.elementsEqual(expected.utf8))
    let read = try JSONSerialization.jsonObject(
      with: Data(text(string).utf8), options: .fragmentsAllowed)
    #expect((read as? String)?.utf8.elementsEqual(string.utf8) == true)
    #expect(text([string: 1]) == "{\n  \(expected) : 1\n}")
  }

  @Test func `every byte of ASCII is read as it was`() throws {
    let all = String(decoding: Array(0..<128 as Range<UInt8>), as: UTF8.self)
    for string in all.map(String.init) + [all, all + all] {
      let read = try JSONSerialization.jsonObject(
        with: Data(text(string).utf8), options: .fragmentsAllowed)
      #expect(read as? String == string)
    }
  }

  @Test func `numbers are decimal`() {
    #expect([0, 9, 10, -1, 1_000_000].map { text($0) } == ["0", "9", "10", "-1", "1000000"])
    #expect([Int.min, .max].map { text($0) } == ["-9223372036854775808", "9223372036854775807"])
    #expect(
      [0, 9, 10, 99, 100, 255].map { text(UInt8($0)) } == ["0", "9", "10", "99", "100", "255"])
    #expect(text(UInt32.max) == "4294967295")
    #expect(text(VirtualTime(nanoseconds: .max)) == "18446744073709551615")
    #expect([true, false].map { text($0) } == ["true", "false"])
  }

  @Test(arguments: [
    "0.0.0.0", "10.0.1.250", "255.255.255.255", "::", "2001:db8::1:0:0:1", "::ffff:10.0.1.2",
  ])
  func `an address is a string`(address: String) throws {
    #expect(text(try IPAddress(parsing: address)) == "\"\(address)\"")
  }

  @Test(arguments: ["00-00-00-00-00-00", "02-15-5D-A0-0B-C1", "FF-FF-FF-FF-FF-FF"])
  func `a MAC address is a string`(address: String) throws {
    #expect(text(try MACAddress(parsing: address)) == "\"\(address)\"")
  }

  @Test func `a document begins with its version, and what it holds does not have one`() throws {
    let trace = try SmallLab.fabric().trace(from: "A", to: "B")
    #expect(trace.json.hasPrefix("{\n  \"schemaVersion\" : 1,\n  \"delivered\" : {\n"))
    #expect(trace.json.hasSuffix("\n}"))
    #expect(trace.json.components(separatedBy: "schemaVersion").count == 2)
    #expect(trace.reply != nil)
  }

  @Test func `documents are written one behind the other into a buffer`() throws {
    let trace = try SmallLab.fabric().trace(from: "A", to: "B")
    var buffer = Array("[".utf8)
    trace.appendJSON(to: &buffer)
    buffer.append(UInt8(ascii: ","))
    trace.appendJSON(to: &buffer)
    #expect(String(decoding: buffer, as: UTF8.self) == "[\(trace.json),\(trace.json)")
  }

  @Test func `the form is that of Foundation`() throws {
    let text = try SmallLab.fabric().trace(from: "A", to: "B").json
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains("schemaVersion") }
    }
    #expect(lines(text) == lines(String(decoding: data, as: UTF8.self)))
  }
}

/// What a schema says of values, and of objects that hold others of their kind.
struct JSONFormTests {
  private struct Node: JSONObjectValue {
    let name: String
    var next: [Node] = []
    var weight: UInt8?

    static let jsonForm = JSONForm<Node>(
      "node", about: "A node.",
      [
        .member("next", "Those behind it.") { $0.next },
        .optional("name", "Its name.") { $0.name.isEmpty ? nil : $0.name },
        .member("weight", "Its weight.") { $0.weight },
      ])
  }

  @Test func `a member is null or left out`() {
    #expect(
      Node(name: "", next: [Node(name: "b", weight: 7)]).json == """
        {
          "schemaVersion" : 1,
          "next" : [
            {
              "name" : "b",
              "next" : [

              ],
              "weight" : 7
            }
          ],
          "weight" : null
        }
        """)
  }

  @Test func `the schema has the members that are written`() {
    #expect(
      Node.jsonSchema == """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "hnv node",
          "$ref": "#/$defs/node",
          "properties": {
            "schemaVersion": {
              "description": "The version of the document.",
              "const": 1
            }
          },
          "required": [
            "schemaVersion"
          ],
          "$defs": {
            "node": {
              "description": "A node.",
              "type": "object",
              "properties": {
                "name": {
                  "description": "Its name.",
                  "type": "string"
                },
                "next": {
                  "description": "Those behind it.",
                  "type": "array",
                  "items": {
                    "$ref": "#/$defs/node"
                  }
                },
                "weight": {
                  "description": "Its weight.",
                  "anyOf": [
                    {
                      "type": "integer",
                      "minimum": 0,
                      "maximum": 255
                    },
                    {
                      "type": "null"
                    }
                  ]
                }
              },
              "required": [
                "next",
                "weight"
              ]
            }
          }
        }

        """)
  }
}
