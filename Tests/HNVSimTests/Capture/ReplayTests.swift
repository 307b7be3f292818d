import HNVCore
import Testing

@testable import HNVSim

/// Frames of a capture, sent again from a machine's port.
struct ReplayTests {
  /// A capture of frames, one every millisecond from some time of the day on.
  private static func capture(_ frames: [[UInt8]]) -> CaptureFile {
    CaptureFile(
      interfaces: [CaptureFile.Interface(name: "eth0")],
      packets: frames.enumerated().map { number, bytes in
        CaptureFile.Packet(
          interface: 0,
          time: VirtualTime(nanoseconds: 1_700_000_000_000_000_000 + UInt64(number) * 1_000_000),
          bytes: bytes)
      })
  }

  private static func frame(
    _ scenario: Scenario, from sender: Scenario.Machine, to receiver: Scenario.Machine,
    _ change: (inout EthernetFrame) -> Void = { _ in }
  ) throws -> EthernetFrame {
    var frame = try scenario.frame(
      from: sender, to: receiver, .v4, destination: MACAddress(parsing: scenario.mac(of: receiver)),
      timeToLive: 128)
    change(&frame)
    return frame
  }

  @Test(arguments: 1...4)
  func `a frame arrives as the scenario implies, whoever captured it`(seed: Int) throws {
    let scenario = Scenario(seed: UInt64(seed), .v4)
    let fabric = try Fabric(scenario.lab)
    for (from, to) in scenario.pairs {
      let frame = try Self.frame(scenario, from: from, to: to)
      let replay = try fabric.replay(Self.capture([frame.wireBytes]), at: from.name)
      let trace = try #require(replay.frames.first?.trace)
      #expect(replay.port == from.name && replay.frames.count == 1)
      #expect(trace.disposition == .accepted && trace.delivered?.machine == to.name)
      #expect(try trace.delivered?.frame == scenario.frameOnArrival(from: from, to: to, .v4))
      #expect(trace.reply?.disposition == .accepted && trace.reply?.delivered?.machine == from.name)
    }
  }

  @Test(arguments: ["complex-routing", "undelivered-record"])
  func `what a machine sent meets the same again`(lab: String) throws {
    let fabric = try LabFiles.fabric(lab)
    let capture = try fabric.capture(Question(from: "B", to: "X"))
    let replay = try fabric.replay(capture.file, at: "B")
    // ARP's question and answer, the request, and where it came the answer.
    let isAnswered = capture.trace.isAnswered
    #expect(replay.frames.map(\.number) == (isAnswered ? [1, 2, 3, 20] : [1, 2, 3]))
    let traces = replay.frames.compactMap(\.trace)
    #expect(traces.map(\.disposition) == [.answered, capture.trace.disposition])
    #expect(traces.last?.decision?.step == capture.trace.decision?.step)
    #expect(replay.frames.filter { $0.result == .received }.count == (isAnswered ? 2 : 1))
    #expect(replay.frames.allSatisfy(\.isGood) == isAnswered)
  }

  @Test func `frames are sent at their times, whatever their order in the file`() throws {
    let scenario = Scenario(seed: 1, .v4)
    let (from, to) = scenario.pairs[0]
    let bytes = try Self.frame(scenario, from: from, to: to).wireBytes
    var capture = Self.capture([bytes, bytes, bytes])
    capture.packets.swapAt(0, 2)
    let replay = try Fabric(scenario.lab).replay(capture, at: from.name)
    let times = [2, 1, 0].map { VirtualTime(nanoseconds: $0 * 1_000_000) }
    #expect(replay.frames.map(\.number) == [1, 2, 3])
    #expect(replay.frames.map(\.time) == times)
    #expect(replay.frames.map { $0.trace?.time } == times)
  }

  @Test func `a source that is not the machine's is checked as any`() throws {
    let scenario = Scenario(seed: 2, .v4)
    let (from, to) = scenario.pairs[0]
    let foreignMAC = try Self.frame(scenario, from: from, to: to) {
      $0.source = MACAddress(bits: 0x02_0000_0000_99)
    }
    let foreignAddress = try Self.frame(scenario, from: from, to: to) {
      guard case .ip(.v4(var packet)) = $0.payload else { return }
      packet.source = IPv4Address(10, 99, 99, 99)
      $0.payload = .ip(.v4(packet))
    }
    let replay = try Fabric(scenario.lab).replay(
      Self.capture([foreignMAC.wireBytes, foreignAddress.wireBytes]), at: from.name)
    #expect(replay.frames.map { $0.trace?.disposition } == [.spoofedMAC, .invalidSource])
  }

  @Test func `an answer to a source that was only borrowed ends where it comes to`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.machine("C", on: "hv1", in: "front", "10.0.1.13")
      lab.hnv.settings = [
        HNVSection.Named(SmallLab.written("sourceValidation"), SmallLab.written("none"))
      ]
    }
    let sent = try #require(
      try fabric.trace(Question(from: "A", to: "B", ipProtocol: .udp)).sent)
    guard case .ip(.v4(var packet)) = sent.frame.payload else { return }
    packet.source = IPv4Address(10, 0, 1, 13)
    var frame = sent.frame
    frame.payload = .ip(.v4(packet))
    let trace = try #require(
      try fabric.replay(Self.capture([frame.wireBytes]), at: "A").frames[0].trace)
    #expect(trace.disposition == .accepted)
    let reply = try #require(trace.reply)
    #expect(reply.packet.destination == .v4(packet.source) && reply.replies.isEmpty)
  }

  @Test(arguments: [Question(from: "A", to: "B", ipProtocol: .udp), Question(from: "A", to: "B")])
  func `answers come back and are not answered`(question: Question) throws {
    let fabric = try SmallLab.fabric()
    let sent = try #require(try fabric.trace(question).sent).frame.wireBytes
    let replay = try fabric.replay(Self.capture([sent, sent]), at: "A")
    for frame in replay.frames {
      #expect(frame.trace?.isAnswered == true)
      #expect(frame.trace?.reply?.replies.isEmpty == true)
    }
  }

  @Test func `what is no frame is told, and the rest goes on`() throws {
    let scenario = Scenario(seed: 3, .v4)
    let (from, to) = scenario.pairs[0]
    let good = try Self.frame(scenario, from: from, to: to).wireBytes
    let other = Array(good[..<12]) + hex("88CC 0207 04")
    let cut = Array(good[..<20])
    let replay = try Fabric(scenario.lab).replay(
      Self.capture([[], [1, 2, 3], other, cut, good]), at: from.name)
    for frame in replay.frames[..<2] {
      guard case .unreadable(let diagnostic) = frame.result else {
        Issue.record("\(frame.summary) was read")
        continue
      }
      #expect(
        diagnostic.rule == .frameBytes && diagnostic.subject == .named("frame \(frame.number)"))
    }
    #expect(replay.frames[1].summary == "3 bytes")
    #expect(replay.frames[2].summary == "EtherType 0x88CC, 3 bytes")
    #expect(replay.frames[2...3].map { $0.trace?.disposition } == [.notCarried, .notCarried])
    #expect(replay.frames[4].trace?.isAnswered == true)
    #expect(replay.frames.map(\.isGood) == [false, false, false, false, true])
  }

  @Test func `a frame that was cut short says so`() throws {
    var capture = Self.capture([Array(repeating: 0, count: 14)])
    capture.packets[0].byteCount = 60
    let frame = try SmallLab.fabric().replay(capture, at: "A").frames[0]
    #expect(frame.summary == "EtherType 0x0000, 0 bytes, truncated to 14 of 60 bytes")
  }

  @Test(
    arguments: [
      ("GW/1", nil, ["eth0"], "GW/1"), ("GW/2", nil, ["eth0"], "GW/2"),
      ("A", nil, ["A", "B"], "A"),
      ("A", "B", ["A", "B"], "A"),
    ] as [(String, String?, [String], String)])
  func `the port's interface is taken, or the only one, or the one that is named`(
    port: String, interface: String?, names: [String], answer: String
  ) throws {
    let fabric = try SmallLab.fabric { $0.addGateway() }
    var capture = Self.capture(names.map { _ in Array(repeating: 0, count: 14) })
    capture.interfaces = names.map { CaptureFile.Interface(name: $0) }
    for number in names.indices { capture.packets[number].interface = number }
    let replay = try fabric.replay(capture, interface: interface, at: port)
    #expect(replay.port == answer)
    let expected = (names.firstIndex(of: interface ?? port) ?? 0) + 1
    #expect(replay.frames.map(\.number) == [expected])
  }

  @Test(
    arguments: [
      ("gw", nil, "gw", "did you mean GW?"), ("GW", nil, "GW", "name one of GW/1, GW/2"),
      ("GW/3", nil, "GW/3", "name one of A, B, X, GW"),
      ("hv1", nil, "hv1", "name one of A, B, X, GW"),
      ("X", nil, "X", "say which: A, B"), ("A", "C", "C", "say which: A, B"),
    ] as [(String, String?, String, String)])
  func `a name that leaves it open is refused`(
    port: String, interface: String?, value: String, fix: String
  ) throws {
    let fabric = try SmallLab.fabric { $0.addGateway() }
    var capture = Self.capture([[], []])
    capture.interfaces = ["A", "B"].map { CaptureFile.Interface(name: $0) }
    capture.packets[1].interface = 1
    let diagnostics = try #require(throws: Diagnostics.self) {
      try fabric.replay(capture, interface: interface, at: port)
    }
    #expect(diagnostics.all.map(\.value) == [value])
    #expect(diagnostics.all.map(\.fix) == [fix])
  }

  @Test func `an empty capture is replayed as nothing`() throws {
    #expect(try SmallLab.fabric().replay(CaptureFile(), at: "A").frames.isEmpty)
  }
}
