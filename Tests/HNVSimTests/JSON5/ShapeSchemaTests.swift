import Foundation
import HNVCore
import HNVSim
import Testing

struct ShapeSchemaTests {
  @Test func `the schema is valid JSON and lists exactly the declared keys`() throws {
    let schema = try #require(parsed(ShapeFixture.lab.schema(title: "Lab file")) as? [String: Any])
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["$ref"] as? String == "#/$defs/lab")
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    #expect(Set(definitions.keys) == ["lab", "virtual-machine"])
    for (name, shape) in [("lab", ShapeFixture.lab), ("virtual-machine", ShapeFixture.machine)] {
      guard case .object(let object) = shape else { continue }
      let properties = definitions[name]?["properties"] as? [String: [String: Any]]
      #expect(properties.map { Set($0.keys) } == Set(object.keys.map(\.name)))
      #expect(
        definitions[name]?["required"] as? [String]
          == object.keys.filter(\.required).map(\.name))
      #expect(definitions[name]?["additionalProperties"] as? Bool == false)
    }
  }

  @Test func `every kind of shape is published word for word`() {
    let shape = Shape.object(
      ObjectShape(
        "lab", about: "A \"lab\".",
        keys: [
          .init("id", .number(1...9, about: "A digit."), required: true, about: "Its number."),
          .init("net", .oneOf(["a", "b"], about: ""), about: "Which."),
          .init("to", .either([ShapeFixture.address, .list(of: .bool)]), about: ""),
          .init("by", .dictionary(of: .bool, about: "By name."), about: ""),
        ]))
    #expect(
      shape.schema(identifier: "https://example.net/lab", title: "Lab") == #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://example.net/lab",
          "title": "Lab",
          "$ref": "#/$defs/lab",
          "$defs": {
            "lab": {
              "description": "A \"lab\".",
              "type": "object",
              "properties": {
                "id": {
                  "description": "Its number. A digit.",
                  "type": "integer",
                  "minimum": 1,
                  "maximum": 9
                },
                "net": {
                  "description": "Which.",
                  "type": "string",
                  "enum": [
                    "a",
                    "b"
                  ]
                },
                "to": {
                  "anyOf": [
                    {
                      "description": "An IPv4 address.",
                      "type": "string",
                      "format": "ipv4",
                      "examples": [
                        "10.0.1.4"
                      ]
                    },
                    {
                      "type": "array",
                      "items": {
                        "type": "boolean"
                      }
                    }
                  ]
                },
                "by": {
                  "description": "By name.",
                  "type": "object",
                  "additionalProperties": {
                    "type": "boolean"
                  }
                }
              },
              "required": [
                "id"
              ],
              "additionalProperties": false
            }
          }
        }

        """#)
  }

  @Test func `a schema without objects has no definitions`() throws {
    let schema = try #require(
      parsed(Shape.list(of: .bool, about: "L").schema(title: "L")) as? [String: Any])
    #expect(Set(schema.keys) == ["$schema", "title", "description", "type", "items"])
  }

  @Test(arguments: ["", "\"\\/\n\t\u{1}\u{1F}\u{7F}é🎼\u{2028}"])
  func `strings survive being written`(text: String) throws {
    let tree = JSONTree.object([(text, .list([.string(text), .number(.max), .bool(true)]))])
    let value = try read(tree.rendered())
    #expect(value.members.map(\.key) == [text])
    #expect(value[text]?.items.map(\.text) == [text, nil, nil])
    #expect(value[text]?.items[1].integer == .max)
    #expect(parsed(tree.rendered()) is [String: Any])
  }

  @Test func `empty lists and objects are written on one line`() {
    #expect(JSONTree.list([.list([]), .object([])]).rendered() == "[\n  [],\n  {}\n]")
  }

  private func parsed(_ text: String) -> Any? {
    try? JSONSerialization.jsonObject(with: Data(text.utf8))
  }
}
