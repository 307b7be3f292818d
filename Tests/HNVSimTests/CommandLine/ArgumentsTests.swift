import Testing

@testable import hnv

/// Command lines that are right, and the values that commands get of them.
struct ArgumentsTests {
  typealias Sent = SampleCommands.Sent

  /// The arguments of the sample command `send`, and its values.
  struct Line: CustomTestStringConvertible {
    let arguments: [String]
    let sent: Sent

    init(_ line: String, _ change: (inout Sent) -> Void = { _ in }) {
      arguments = line.split(separator: " ").map(String.init)
      var sent = Sent()
      change(&sent)
      self.sent = sent
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let lines = [
    Line("L --from A --to B"),
    Line("--from A --to B L"),
    Line("--from A L --to=B"),
    Line("--from=A --to=B -- L"),
    Line("--from A --to B -- --json") { $0.lab = "--json" },
    Line("--from A --to B -- --") { $0.lab = "--" },
    Line("--from A --to B -- -h") { $0.lab = "-h" },
    Line("--from A --to B -") { $0.lab = "-" },
    Line("L --from - --to B") { $0.from = "-" },
    Line("L --from=-x --to=--from") { ($0.from, $0.to) = ("-x", "--from") },
    Line("L --from=a=b --to==") { ($0.from, $0.to) = ("a=b", "=") },
    Line("L --from send --to L") { ($0.from, $0.to) = ("send", "L") },
    Line("L --from A --to B --ttl 1") { $0.ttl = 1 },
    Line("L --from A --to B --ttl=255") { $0.ttl = 255 },
    Line("L --from A --to B --ttl 007") { $0.ttl = 7 },
    Line("L --from A --to B --seed 18446744073709551615") { $0.seed = .max },
    Line("L --from A --to B --detail everything") { $0.detail = .everything },
    Line("L --from A --to B --tags blue,red") { $0.tags = ["blue", "red"] },
    Line("L --json --from A --to B") { $0.json = true },
    Line("L --from A --to B --drop-on y --drop-on=x") { $0.dropOn = ["y", "x"] },
  ]

  @Test(arguments: lines)
  func `a good line gives each option its value and the rest their defaults`(line: Line) {
    #expect(sent(by: line.arguments) == line.sent)
  }

  @Test func `arguments fill their positions in order`() {
    func output(_ arguments: [String]) -> String {
      Session(["inspect"] + arguments, commands: SampleCommands.all).output
    }
    #expect(output(["1", "--strict", "2"]) == "[\"1\", \"2\"] true\n")
    #expect(output(["1"]) == "[\"1\"] false\n")
  }

  @Test(arguments: ["version", "--version"])
  func `the version is printed`(word: String) {
    let session = Session([word], commands: SampleCommands.all)
    #expect(session.status == 0 && session.output == "hnv \(Program.version)\n")
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `options mean the same in any order and in both forms`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var expected = Sent()
    expected.lab = "lab\(seed)"
    expected.from = ["A", "-", "x=y"].randomElement(using: &random) ?? ""
    expected.to = ["B", "10.0.0.1"].randomElement(using: &random) ?? ""
    expected.ttl = .random(in: 1...255, using: &random)
    expected.detail = SampleCommands.Detail.allCases.randomElement(using: &random) ?? .path
    expected.dropOn = (0..<Int.random(in: 0...3, using: &random)).map { "h\($0)" }
    expected.seed = .random(in: 1 ... .max, using: &random)
    expected.json = .random(using: &random)

    let pieces = [
      ("from", expected.from), ("to", expected.to), ("detail", expected.detail.rawValue),
      ("ttl", "\(expected.ttl)"), ("seed", "\(expected.seed ?? 0)"),
    ]
    var groups = pieces.map { name, value in
      Bool.random(using: &random) ? ["--\(name)", value] : ["--\(name)=\(value)"]
    }
    // In one group, because the order of repeated options is kept.
    groups.append(expected.dropOn.flatMap { ["--drop-on", $0] })
    groups += [[expected.lab], expected.json ? ["--json"] : []]
    groups.shuffle(using: &random)

    #expect(sent(by: groups.flatMap { $0 }) == expected)
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `whatever is typed, what runs has all that it requires`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let words = [
      "send", "inspect", "L", "--from", "--to", "A", "--ttl", "5", "-5", "--json", "--", "-", "",
      "--detail=path", "--form", "--from=A", "--to=B", "=", "--=", "---", "--seed=", "é",
      "-\u{301}", "--tags", "red,,red",
    ]
    for _ in 0..<20 {
      let rest = (0..<Int.random(in: 0...7, using: &random)).compactMap { _ in
        words.randomElement(using: &random)
      }
      guard let sent = sent(by: ["--from=A"] + rest) else { continue }
      #expect(sent.from == "A" && !sent.to.isEmpty && !sent.lab.isEmpty)
    }
  }

  /// The values of a line; `nil` where it has mistakes.
  private func sent(by arguments: [String]) -> Sent? {
    let reader = ArgumentReader(SampleCommands.send, arguments[...])
    guard reader.mistakes.isEmpty, !reader.asksForHelp else { return nil }
    var arguments = Arguments(given: reader.given)
    return Sent(&arguments)
  }
}
