import Foundation
import HNVCore
import HNVSim
import Testing

@testable import hnv

/// The whole program, in-process: exit statuses and which channel says what.
struct ProgramTests {
  /// A call, how it ends, and a part of the output or of the error.
  struct Call: Sendable, CustomTestStringConvertible {
    let command: String
    let lab: String
    let options: String
    let status: Int32
    let says: String

    init(_ command: String, _ lab: String, _ options: String, _ status: Int32, _ says: String) {
      self.command = command
      self.lab = lab
      self.options = options
      self.status = status
      self.says = says
    }

    var testDescription: String { "\(command) \(lab) \(options)" }
  }

  static let answers = [
    Call("trace", "complex-routing", "--from B --to X", 0, "ACCEPTED"),
    Call("trace", "complex-routing", "--from A --to 8.8.8.8", 0, "8.8.8.8 (internet) through GW"),
    Call(
      "trace", "complex-routing", "--from A --to B --protocol tcp --destination-port 22", 0,
      "TCP SYN+ACK 22 -> 49152"),
    Call(
      "trace", "complex-routing", "--from A --to B --protocol udp --size 100 --ttl 9", 0,
      "TTL 9, 128 bytes"),
    Call("trace", "complex-routing", "--from A --to X --detail outcome", 0, "ACCEPTED"),
    Call("trace", "complex-routing", "--from A --to X --detail everything", 0, "10.1.2.0/24"),
    Call("trace", "complex-routing", "--from internet --to A", 0, "10.0.1.11 (A) through GW"),
    Call("trace", "complex-routing", "--from A --to 10.1.2.77", 1, "NO_RECORD"),
    Call("trace", "complex-routing", "--from A --to X --ttl 1", 1, "TTL_EXCEEDED"),
    Call("trace", "undelivered-record", "--from B --to X", 1, "NO_RECORD"),
    Call("trace", "complex-routing", "--model nsx --from B --to X", 0, "02-50-56-56-44-52"),
    Call("reach", "complex-routing", "--model vlan", 0, "all as expected"),
    Call("check", "complex-routing", "--model vpc", 1, "not-in-model"),
    Call("compare", "complex-routing", "--from A --to B --models vlan,vlan", 0, "1 the same"),
    Call("compare", "complex-routing", "--models hnv,azure --from A", 1, "NO_TRANSLATION"),
    Call("compare", "traditional", "--models vlan,hnv --from A", 1, "refused"),
    Call("trace", "complex-routing", "--from A --to B --size 3000", 1, "EXCEEDS_MTU"),
    Call(
      "trace", "complex-routing", "--from A --to B --size 3000 --fragment", 0, "fragment 3 of 3"),
    Call("trace", "linux-guest-mtu", "--from tux --to win --size 1472", 1, "dropped at underlay"),
    Call("traceroute", "complex-routing", "--from A --to internet", 0, "10.0.2.250"),
    Call("traceroute", "complex-routing", "--from A --to X --protocol udp", 0, "X replied"),
    Call("traceroute", "complex-routing", "--from A --to X --max-hops 1", 1, "did not reply"),
    Call(
      "traceroute", "invalid-configuration-lenient", "--from A --to D2", 1,
      "D1 replied with the address of D2"),
    Call("run", "linux-guest-mtu", "", 0, "passed  tux -> win, tcp/443: reachable"),
    Call("reach", "complex-routing", "", 0, "all as expected"),
    Call("reach", "complex-routing", "--from A --to B", 0, "1 pair: 1 reachable, 0 not"),
    Call("reach", "complex-routing", "--from A", 0, "A -> internet  reachable through GW"),
    Call("reach", "complex-routing", "--to 10.1.2.77", 1, "dropped"),
    Call("check", "complex-routing", "", 0, "no errors and no warnings"),
    Call("check", "undelivered-record", "", 1, "[undelivered-record]"),
    Call("run", "complex-routing", "", 0, "all passed"),
    Call("run", "late-record", "", 0, "B -> X  NO_RECORD at hv2"),
    Call("table", "complex-routing", "--host hv1", 0, "10.0.2.250"),
    Call("next-hop", "complex-routing", "--host hv1 --vsid 5001 --to 8.8.8.8", 0, "10.0.2.250"),
    Call("next-hop", "complex-routing", "--host hv1 --vsid 5001 --to 10.1.2.99", 1, "NO_RECORD"),
    Call("next-hop", "complex-routing", "--host hv1 --vsid 5099 --to 10.1.2.99", 1, "NO_POLICY"),
  ]

  @Test(arguments: answers)
  func `an answer goes to the standard output alone`(call: Call) {
    let session = Session(call.command, call.lab, call.options)
    #expect(session.status == call.status)
    #expect(session.output.contains(call.says), "\(session.output)")
    #expect(session.complaints == "")
    #expect(!session.output.unicodeScalars.contains("\u{1B}"), "plain text has no colour")
  }

  static let refusals = [
    Call("trace", "complex-routing", "--from A --to Y", 2, "no machine named Y"),
    Call("trace", "complex-routing", "--from intrenet --to A", 2, "did you mean internet?"),
    Call("trace", "complex-routing", "--from hv1 --to A", 2, "hv1 is a host"),
    Call("trace", "complex-routing", "--from A --to A", 2, "A is both sender and destination"),
    Call("trace", "complex-routing", "--from A --to 224.0.0.1 --protocol tcp", 2, "a group"),
    Call("trace", "complex-routing", "--from A --to 10.0.1.256", 2, "255"),
    Call("trace", "complex-routing", "--from A --to fd00::1", 2, "IPv6"),
    Call("trace", "complex-routing", "--from A", 2, "missing --to MACHINE|ADDRESS"),
    Call("trace", "complex-routing", "--from A --to B --ttl 0", 2, "from 1 to 255"),
    Call("trace", "complex-routing", "--from A --to B --ttl x", 2, "from 1 to 255, not x"),
    Call("trace", "complex-routing", "--from A --to B --protocol tpc", 2, "did you mean tcp?"),
    Call("trace", "complex-routing", "--from A --to B --destination-port 80", 2, "no ports"),
    Call("trace", "complex-routing", "--from A --to B --detial path", 2, "did you mean --detail?"),
    Call("compare", "complex-routing", "--models hnv,azur", 2, "did you mean azure?"),
    Call("trace", "gateway-in-vm-subnet", "--from A --to B", 2, "gateway-in-vm-subnet"),
    Call("reach", "complex-routing", "--from Q", 2, "no machine named Q"),
    Call("reach", "complex-routing", "--to Q", 2, "no machine named Q"),
    Call("reach", "gateway-in-vm-subnet", "", 2, "gateway-in-vm-subnet"),
    Call("check", "gateway-in-vm-subnet", "", 2, "1 error"),
    Call("check", "no-such-lab", "", 2, "does not exist"),
    Call("check", "complex-routing", "extra", 2, "unexpected argument extra"),
    Call("capture", "complex-routing", "--from A --to B", 2, "missing --output FILE"),
    Call("capture", "complex-routing", "--from A --to Y --output -", 2, "no machine named Y"),
    Call("capture", "complex-routing", "--from A --to B --output - --at hv11", 2, "mean hv1?"),
    Call("capture", "complex-routing", "--from A --to B --output /no/such/x", 2, "cannot be"),
    Call("replay", "complex-routing", "--at A", 2, "missing CAPTURE"),
    Call("replay", "complex-routing", "no-such.pcapng --at A", 2, "does not exist"),
    Call("table", "complex-routing", "", 2, "missing --host HOST"),
    Call("table", "complex-routing", "--host hv11", 2, "did you mean hv1?"),
    Call("next-hop", "complex-routing", "--host hv1 --vsid 7 --to 8.8.8.8", 2, "from 4096 to"),
    Call("next-hop", "complex-routing", "--host hv1 --vsid 5001 --to X", 2, "ip-syntax"),
    Call("next-hop", "complex-routing", "--host hv9 --vsid 5001 --to 8.8.8.8", 2, "hv9"),
    Call("tracer", "complex-routing", "", 2, "did you mean trace?"),
  ]

  @Test(arguments: refusals)
  func `a refusal goes to the standard error alone`(call: Call) {
    let session = Session(call.command, call.lab, call.options)
    #expect(session.status == call.status)
    let text = session.complaints.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(call.says), "\(session.complaints)")
    #expect(session.output == "")
    #expect(!session.complaints.unicodeScalars.contains("\u{1B}"))
  }

  @Test(arguments: ["--port 80", "--verbose", "--port=80", "--bogus x"])
  func `an unknown option is one mistake, whatever follows it`(options: String) {
    let unknown = options.split(separator: " ").map(String.init)
    for words in [["LAB"] + unknown, unknown + ["LAB"]] {
      let arguments = words.map { $0 == "LAB" ? LabFiles.path("complex-routing") : $0 }
      let session = Session(["trace"] + arguments + ["--from", "A", "--to", "B"])
      #expect(session.status == 2)
      let lines = session.complaints.split(separator: "\n")
      #expect(lines.count == 2, "\(session.complaints)")
      #expect(lines.first?.hasPrefix("hnv: unknown option --") == true)
    }
  }

  @Test func `the report of a stream tells its times apart`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("hnv-\(UUID().uuidString).json5")
    defer { try? FileManager.default.removeItem(at: path) }
    let timeline = """
      timeline: [
        { at: "1s", send: { from: "A", to: "B" }, every: "10us", times: 20 },
        { at: "1000050us", cut: ["hv2", "underlay"] },
        { at: "1000090us", restore: ["hv2", "underlay"] },
      ]
      """
    let text = BadLab.good.replacing("timeline: [{ at: \"1s\", stop: \"X\" }]", with: timeline)
      .replacing(", latency: \"10us\"", with: "")
    try Data(text.utf8).write(to: path)
    let output = Session(["run", path.path]).output
    #expect(output.contains("every 10 us)"), "\(output)")
    #expect(output.contains("sent 1.00005 s to 1.00008 s"), "\(output)")
    #expect(output.contains("outage from 1.00005 s to 1.00009 s (40 us)"), "\(output)")
  }

  @Test func `a warning about the underlay has its place`() {
    let session = Session("check", "almighty-router", "--model vpc")
    #expect(session.output.contains("almighty-router.json5:"), "\(session.output)")
    #expect(session.output.contains("ignored"), "\(session.output)")
  }

  @Test func `a lab that expects to be refused is checked and refused`() {
    let session = Session("run", "gateway-in-vm-subnet")
    #expect(session.status == 2)
    #expect(session.output.contains("passed") && session.output.contains("all passed"))
    #expect(session.complaints.contains("gateway-in-vm-subnet"))
  }

  @Test func `every error of a lab is listed`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("hnv-\(UUID().uuidString).json5")
    defer { try? FileManager.default.removeItem(at: path) }
    let text = BadLab.good.replacing("\"hv2\", gateways", with: "\"hv9\", gateway")
      .replacing("10.0.2.0/24\"] }", with: "10.0.2.1/24\"] }")
    try Data(text.utf8).write(to: path)
    for command in ["check", "run", "reach"] {
      let session = Session([command, path.path])
      #expect(session.status == 2)
      for rule in ["unknown-name", "unknown-key", "prefix-host-bits"] {
        #expect(session.complaints.contains("[\(rule)]"), "\(session.complaints)")
      }
      #expect(session.complaints.contains("3 errors"))
      #expect(session.complaints.contains("\(path.path):10:"))
    }
  }

  @Test func `a failed expectation is status 1, with its trace`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("hnv-\(UUID().uuidString).json5")
    defer { try? FileManager.default.removeItem(at: path) }
    let text = BadLab.good.replacing(
      "{ from: \"A\", to: \"B\" }", with: "{ from: \"A\", to: \"B\", outcome: \"unreachable\" }")
    try Data(text.utf8).write(to: path)
    let run = Session(["run", path.path])
    #expect(run.status == 1)
    #expect(run.output.contains("1 failed") && run.output.contains("ACCEPTED"))
    #expect(Session(["reach", path.path, "--from", "A", "--to", "B"]).status == 1)
  }

  @Test(arguments: Program.commands.map(\.name))
  func `every command explains itself`(command: String) {
    for arguments in [[command, "--help"], [command, "-h"], ["help", command]] {
      let session = Session(arguments)
      #expect(session.status == 0 && session.complaints == "")
      #expect(session.output.hasPrefix("usage: hnv \(command) LAB"))
      #expect(session.output.contains("Exit statuses:") && session.output.contains("Examples:"))
    }
  }

  @Test(arguments: [[], ["--help"], ["help"]])
  func `the program explains itself`(arguments: [String]) {
    let session = Session(arguments)
    #expect(session.status == 0 && session.complaints == "")
    for command in Program.commands { #expect(session.output.contains("  \(command.name) ")) }
  }

  @Test(arguments: Program.commands.flatMap(\.examples).map(\.commandLine))
  func `the examples of the help run`(line: String) throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    let words = try line.split(separator: " ").dropFirst().map { word in
      if word.hasPrefix("Labs/") { return LabFiles.root.path + "/" + word }
      return word.hasSuffix(".pcapng") ? try folder.capture(named: String(word)) : String(word)
    }
    let session = Session(Array(words))
    #expect(session.status < 2 && session.complaints == "")
  }
}

/// No command line makes the program trap, or end without a word.
extension ProgramTests {
  private static let fuzzWords = [
    "trace", "reach", "check", "run", "table", "next-hop", "help", "version", "--from", "--to",
    "--host", "--vsid", "--ttl", "--size", "--protocol", "--format", "--detail", "--source-port",
    "--destination-port", "--help", "-h", "--", "-", "", "=", "--=", "--ttl=1", "--ttl=255",
    "--size=65507", "--format=json", "--detail=everything", "--protocol=tcp", "--protocol=udp",
    "--protocol=icmp", "A", "B", "X", "GW", "hv1", "hv2", "internet", "underlay", "5001", "5003",
    "16777215", "0", "-1", "8.8.8.8", "10.0.1.1", "10.0.1.12", "fd00::1", "224.0.0.1",
    "255.255.255.255", "0.0.0.0", "127.0.0.1", "18446744073709551616", "\u{0}", "\u{1B}[31m", "🎼",
  ]

  private static let fuzzLines = [
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
      var line = Self.fuzzLines.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let word = Self.fuzzWords.randomElement(using: &random) ?? ""
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
