import HNVCore
import HNVSim
import Testing

@testable import hnv

/// No command line makes the program trap, or end without a word.
struct ProgramFuzzTests {
  private static let words = [
    "trace", "reach", "check", "run", "table", "next-hop", "help", "version", "--from", "--to",
    "--host", "--vsid", "--ttl", "--size", "--protocol", "--format", "--detail", "--source-port",
    "--destination-port", "--help", "-h", "--", "-", "", "=", "--=", "--ttl=1", "--ttl=255",
    "--size=65507", "--format=json", "--detail=everything", "--protocol=tcp", "--protocol=udp",
    "--protocol=icmp", "A", "B", "X", "GW", "hv1", "hv2", "internet", "underlay", "5001", "5003",
    "16777215", "0", "-1", "8.8.8.8", "10.0.1.1", "10.0.1.12", "fd00::1", "224.0.0.1",
    "255.255.255.255", "0.0.0.0", "127.0.0.1", "18446744073709551616", "\u{0}", "\u{1B}[31m", "🎼",
  ]

  private static let lines = [
    ["trace", "LAB", "--from", "B", "--to", "X"],
    ["reach", "LAB", "--from", "A", "--to", "internet"],
    ["table", "LAB", "--host", "hv1"],
    [
      "next-hop", "LAB", "--host", "hv1", "--vsid", "5001", "--from", "10.0.1.11", "--to",
      "8.8.8.8",
    ],
  ]

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a damaged command line is answered or refused`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<10 {
      var line = Self.lines.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let word = Self.words.randomElement(using: &random) ?? ""
        let index = Int.random(in: line.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: line[index] = word
        case 1: line.insert(word, at: index)
        case 2: line.append(word)
        default: if line.count > 1 { line.remove(at: index) }
        }
      }
      let session = Session(
        line.map { $0 == "LAB" ? LabFiles.path("complex-routing") : $0 })
      #expect((0...2).contains(session.status))
      #expect((session.status == 2) == !session.complaints.isEmpty, "\(line)")
      #expect(session.status == 2 || !session.output.isEmpty, "\(line)")
      #expect(!session.complaints.unicodeScalars.contains("\u{1B}"), "\(line)")
    }
  }
}
