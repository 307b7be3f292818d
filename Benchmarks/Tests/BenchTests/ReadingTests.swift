import Testing

@testable import BenchKit

@Suite("What is read")
struct ReadingTests {
  @Test("a list has a prefix a line, each counted once")
  func list() throws {
    let list = try PrefixList(
      "# a list\n10.0.0.0/8\n\n2001:db8::/32 # one\n10.0.0.0/8\n1.0.0.0/24\n")
    #expect(list.v4.map(\.value) == [1, 2])
    #expect(list.v4.map(\.length) == [8, 24])
    #expect(list.v6.count == 1)
  }

  @Test("lines may end as on Windows, and have one word each")
  func lines() throws {
    #expect(try PrefixList("10.0.0.0/8\r\n1.0.0.0/24\r\n").v4.count == 2)
    #expect(throws: FileDiagnostic.self) { try PrefixList("10.0.0.0/8 1.0.0.0/24\n") }
  }

  @Test("a diagnostic in a list names its line")
  func diagnostic() {
    #expect { try PrefixList("10.0.0.0/8\n10.0.0.0/33\n") } throws: { error in
      "\(error)".contains("line 2")
    }
  }

  @Test("options are read, and what is wrong with them is said")
  func options() {
    guard case .run(let options) = Options.read(["--suite", "records", "--largest=10,000"]) else {
      Issue.record("refused")
      return
    }
    #expect(options.suites == [.records])
    #expect(options.largest == 10_000)
    #expect(!options.hugePages)
    for wrong in [
      ["--suite", "x"], ["--largest", "few"], ["--json"], ["x"], ["--plot", "p"],
      ["--huge-pages=1"], ["--huge-pages", "--prefixes", "-"],
    ] {
      guard case .refused = Options.read(wrong) else {
        Issue.record("\(wrong) is not refused")
        continue
      }
    }
  }

  @Test("a second run is told the same, but that it is the second")
  func secondRun() {
    let words = ["--suite", "prefixes", "--suite", "life", "--largest", "10", "--prefixes", "p"]
    guard case .run(let first) = Options.read(words + ["--huge-pages", "--json", "a"]),
      case .run(let second) = Options.read(first.arguments(writingTo: "b")),
      case .run(var wanted) = Options.read(words)
    else {
      Issue.record("refused")
      return
    }
    #expect(first.hugePages)
    wanted.json = "b"
    #expect(second == wanted)
  }

  @Test("the peer's lines are read")
  func peer() {
    let answer = DPDKPeer.parse(
      """
      bytes rte_lpm 4096
      lookup rte_lpm 1 batched 77 2.5 1.5 3.5
      change rte_fib delete 900.0 800.0
      huge 2097152
      """)
    #expect(answer.lookups.map(\.checksum) == [77])
    #expect(answer.lookups.first?.spread == Spread(runs: [1.5, 2.5, 3.5]))
    #expect(answer.changes.first?.operation == "delete")
    #expect(answer.changes.first?.spread.value == 800)
    #expect(answer.bytes.map(\.count) == [4_096])
    #expect(answer.hugeByteCount == 2 << 20)
  }
}
