import Testing

@testable import HNVCore
@testable import HNVSim

/// What packets meet on their way is plain bytes: copied without counting, freed without a visit.
struct RoomTests {
  /// The bytes of a row; only a row of plain bytes can be asked.
  private func size<Row: BitwiseCopyable>(of row: Row.Type) -> Int { MemoryLayout<Row>.size }

  /// How it is aligned; `UInt128` would ask for 16.
  private func alignment<Row: BitwiseCopyable>(of row: Row.Type) -> Int {
    MemoryLayout<Row>.alignment
  }

  @Test func `rows are plain bytes, and few`() {
    #expect(size(of: PacketID.self) == 4)
    #expect(size(of: FlowKey.self) <= 96)
    #expect(size(of: Packet.self) <= 128)
    #expect(size(of: World.Event.self) <= 80)
    #expect(size(of: Journal.Hop.self) <= 40)
    #expect(size(of: Journey.self) <= 160)
    #expect(
      [
        alignment(of: FlowKey.self), alignment(of: Packet.self), alignment(of: World.Event.self),
        alignment(of: Journal.Hop.self), alignment(of: Journey.self),
      ].allSatisfy { $0 <= 8 })
  }

  /// The rooms that a packet passes, decisions included.
  private static let rooms = [
    "Sources/HNVCore/Packets", "Sources/HNVCore/Tables", "Sources/HNVCore/Compiled",
    "Sources/HNVCore/Router", "Sources/HNVSim/Engine", "Sources/HNVSim/Guests",
    "Sources/HNVSim/Underlay",
  ]

  /// Where text may be kept: what was configured, and what is told.
  private static let withText = [
    "CompiledNetwork", "GuestMTU", "HostTables", "OutsideWire", "PacketPurpose", "SiteWire",
    "NetworkStack+Answers", "NetworkStack+RouterHost", "StackConfiguration", "Step", "World",
  ]

  /// Whose type may be unknown: facts, what runs make of a model, and a router's surroundings.
  private static let existentials = [
    "Fact", "Cell", "CellFactory", "ModelNetwork", "ModelState", "RouterHost",
  ]

  /// What changes and is shared: a run, and an element in it.
  private static let changing = ["Simulation", "ElementCell"]

  @Test func `what a packet passes keeps no text, and shares nothing that changes`() throws {
    let files = SourceTree.package.files(in: Self.rooms).filter(\.isSwift)
    var seen = 0
    for file in files {
      for line in file.text.split(separator: "\n") {
        guard let complaint = try Self.complaint(about: line, in: file.path, &seen) else {
          continue
        }
        Issue.record("\(file.path): \(complaint): \(line)")
      }
    }
    #expect(files.count > 120 && seen > 300)
  }

  /// What is wrong with a line that declares a stored property or a class; `nil` for nothing.
  private static func complaint(
    about line: Substring, in path: String, _ seen: inout Int
  ) throws -> String? {
    if let name = try /^ *(?:\w+ )*class (\w+)/.firstMatch(in: line)?.1, !line.contains("//") {
      seen += 1
      return line.contains("Sendable") || changing.contains(String(name))
        ? nil : "a class that changes"
    }
    let property = /^ *(?:\w+(?:\(set\))? )*(?:let|var) \w+: ([^{=]+?)(?: =.*)?$/
    guard let type = try property.firstMatch(in: line)?.1 else { return nil }
    seen += 1
    // What walks a table of IPv6 prefixes may count in their numbers.
    if try /(?:^|[^<])UInt128/.firstMatch(in: type) != nil { return "aligned to 16 bytes" }
    if let unknown = try /any (\w+)/.firstMatch(in: type)?.1 {
      return existentials.contains(String(unknown)) ? nil : "of a type that nobody knows"
    }
    let file = path.split(separator: "/").last?.dropLast(".swift".count) ?? ""
    return type.contains("String") && !withText.contains(String(file)) ? "text" : nil
  }

  @Test(arguments: [
    ("  let bits: UInt128", true), ("  var name: String", true), ("  let key: FlowKey", false),
    ("  private(set) var box: (any Thing)?", true), ("  let fact: any Fact", false),
    ("final class NetworkStack: Element {", true), ("final class Terms: Sendable {", false),
    ("  var name: String { \"a\" }", false),
  ])
  func `a line is complained about`(line: String, isWrong: Bool) throws {
    var seen = 0
    let complaint = try Self.complaint(
      about: Substring(line), in: "Sources/HNVSim/Engine/Some.swift", &seen)
    #expect((complaint != nil) == isWrong)
  }
}
