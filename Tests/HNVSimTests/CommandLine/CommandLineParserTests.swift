import HNVCore
import Testing

@testable import hnv

@Suite struct CommandLineParserTests {
  /// What a line of the sample command `send` comes to.
  struct Sent: Equatable {
    var lab = "L"
    var from: String? = "A"
    var to: String? = "B"
    var ttl: UInt64? = 64
    var detail: String? = "path"
    var dropOn: [String] = []
    var seed: UInt64?
    var json = false
  }

  /// A command line that holds, and what it comes to.
  struct Line: CustomTestStringConvertible {
    let arguments: [String]
    let sent: Sent

    init(_ line: String, _ sent: Sent) {
      arguments = line.split(separator: " ").map(String.init)
      self.sent = sent
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let lines = [
    Line("L --from A --to B", Sent()),
    Line("--from A --to B L", Sent()),
    Line("--from A L --to=B", Sent()),
    Line("--from=A --to=B -- L", Sent()),
    Line("--from A --to B -- --json", Sent(lab: "--json")),
    Line("--from A --to B -- --", Sent(lab: "--")),
    Line("--from A --to B -- -h", Sent(lab: "-h")),
    Line("--from A --to B -", Sent(lab: "-")),
    Line("L --from - --to B", Sent(from: "-")),
    Line("L --from=-x --to=--from", Sent(from: "-x", to: "--from")),
    Line("L --from=a=b --to==", Sent(from: "a=b", to: "=")),
    Line("L --from send --to L", Sent(from: "send", to: "L")),
    Line("L --from A --to B --ttl 1", Sent(ttl: 1)),
    Line("L --from A --to B --ttl=255", Sent(ttl: 255)),
    Line("L --from A --to B --ttl 007", Sent(ttl: 7)),
    Line("L --from A --to B --seed 18446744073709551615", Sent(seed: .max)),
    Line("L --from A --to B --detail everything", Sent(detail: "everything")),
    Line("L --json --from A --to B", Sent(json: true)),
    Line("L --from A --to B --drop-on y --drop-on=x", Sent(dropOn: ["y", "x"])),
  ]

  @Test(arguments: lines)
  func `a good line gives each option its value and the rest their defaults`(
    line: Line
  ) throws {
    #expect(try sent(by: line.arguments) == line.sent)
  }

  @Test func `arguments fill their positions in order and the last takes the rest`() throws {
    let parsed = try run(["inspect", "1", "--strict", "2", "3"])
    #expect(parsed.command.name == "inspect")
    #expect(parsed.positional("FIRST") == "1")
    #expect(parsed.positionals("LAB") == ["2", "3"])
    #expect(parsed.flag("strict"))
    #expect(try run(["inspect", "1"]).positional("LAB") == nil)
  }

  @Test(arguments: ["version", "--version"])
  func `the version is asked for in two ways`(word: String) throws {
    let invocation = try parse([word])
    guard case .version = invocation else {
      Issue.record("\(invocation)")
      return
    }
  }

  @Test func `to ask for an option that the table does not have is a programmer's error`() async {
    await #expect(processExitsWith: .failure) {
      _ = ParsedCommand(SampleCommands.list, values: [:], words: [:]).flag("strict")
    }
    await #expect(processExitsWith: .failure) {
      _ = ParsedCommand(SampleCommands.list, values: [:], words: [:]).positional("LAB")
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `options mean the same in any order and in both forms`(seed: UInt64) throws {
    var random = Dice(state: seed)
    let sent = Sent(
      lab: "lab\(seed)", from: random.pick(["A", "-", "x=y"]), to: random.pick(["B", "10.0.0.1"]),
      ttl: .random(in: 1...255, using: &random),
      detail: random.pick(["outcome", "path", "everything"]),
      dropOn: (0..<Int.random(in: 0...3, using: &random)).map { "h\($0)" },
      seed: .random(in: 1 ... .max, using: &random), json: .random(using: &random))

    var pieces = [("from", sent.from), ("to", sent.to), ("detail", sent.detail)]
    pieces += [("ttl", sent.ttl.map(String.init)), ("seed", sent.seed.map(String.init))]
    var groups = pieces.map { name, value in
      Bool.random(using: &random)
        ? ["--\(name)", value ?? ""] : ["--\(name)=\(value ?? "")"]
    }
    // In one group, for these alone are to keep their order.
    groups.append(sent.dropOn.flatMap { ["--drop-on", $0] })
    groups += [[sent.lab], sent.json ? ["--json"] : []]
    groups.shuffle(using: &random)

    #expect(try self.sent(by: groups.flatMap { $0 }) == sent)
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `whatever is typed, what runs has all that it requires`(seed: UInt64) {
    var random = Dice(state: seed)
    let words = [
      "send", "inspect", "L", "--from", "--to", "A", "--ttl", "5", "-5", "--json", "--", "-", "",
      "--detail=path", "--form", "--from=A", "--to=B", "=", "--=", "---", "--seed=", "é",
      "-\u{301}",
    ]
    for _ in 0..<20 {
      let rest = (0..<Int.random(in: 0...7, using: &random)).map { _ in random.pick(words) }
      do throws(Diagnostics) {
        guard case .run(let parsed) = try parse(["send", "--from=A"] + rest) else { continue }
        #expect(parsed.text("from") == "A" && parsed.text("to") != nil)
        #expect(parsed.positional("LAB")?.isEmpty == false)
      } catch {
        #expect(!error.errors.isEmpty && error.warnings.isEmpty)
      }
    }
  }
}

extension CommandLineParserTests {
  private func parse(_ arguments: [String]) throws(Diagnostics) -> Invocation {
    try CommandLineParser.parse(arguments, program: "hnv", commands: SampleCommands.all)
  }

  private func run(_ arguments: [String]) throws -> ParsedCommand {
    guard case .run(let parsed) = try parse(arguments) else {
      throw Unexpected(arguments: arguments)
    }
    return parsed
  }

  private func sent(by arguments: [String]) throws -> Sent {
    let parsed = try run(["send"] + arguments)
    return Sent(
      lab: parsed.positional("LAB") ?? "", from: parsed.text("from"), to: parsed.text("to"),
      ttl: parsed.number("ttl"), detail: parsed.text("detail"), dropOn: parsed.texts("drop-on"),
      seed: parsed.number("seed"), json: parsed.flag("json"))
  }
}

/// A line that should have run and asked for something else.
private struct Unexpected: Error { let arguments: [String] }

/// SplitMix64, so that a failure can be had again from its seed.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }
}
