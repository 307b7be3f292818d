import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// What a capture of a run holds.
struct CaptureTests {
  /// What an interface saw that is no address resolution, in order.
  private static func packets(_ capture: Capture, at name: String) throws -> [IPPacket] {
    try frames(capture, at: name).compactMap { frame in
      switch frame.packet?.transport {
      case .icmpv6(.neighborSolicitation), .icmpv6(.neighborAdvertisement): nil
      default: frame.packet
      }
    }
  }

  private static func frames(_ capture: Capture, at name: String) throws -> [EthernetFrame] {
    let file = capture.file
    return try file.packets.filter { file.interfaces[$0.interface].name == name }.map {
      try EthernetFrame(decoding: $0.bytes)
    }
  }

  @Test(arguments: 1...4, Stack.allCases)
  func `each interface sees what the scenario implies, and the tunnel only between hosts`(
    seed: Int, stack: Stack
  ) throws {
    let scenario = Scenario(seed: UInt64(seed), stack)
    let fabric = try Fabric(scenario.lab)
    for (from, to) in scenario.pairs {
      for family in stack.families {
        let question = Question(from: from.name, to: scenario.address(of: to, family))
        let capture = try fabric.capture(question)
        let arrived = try scenario.frameOnArrival(from: from, to: to, family)
        let uplinks = from.host == to.host ? [] : [from.host, to.host].map { "host\($0) uplink" }
        #expect(
          Set(capture.file.interfaces.map(\.name)) == Set([from.name, to.name] + uplinks))
        // The packet leaves by the gateway's MAC or the peer's; nothing else of it is open.
        let sent = try #require(try Self.packets(capture, at: from.name).first)
        #expect(sent.source == arrived.packet?.source && sent.timeToLive == 128)
        #expect(try Self.packets(capture, at: to.name).first == arrived.packet)
        for uplink in uplinks {
          let packets = try Self.packets(capture, at: uplink)
          #expect(packets.count == 2)
          #expect(try packets.first == scenario.tunnelPacket(from: from, to: to, family))
        }
        #expect(capture.trace == (try fabric.trace(question)))
      }
    }
  }

  @Test func `each network's address resolution is captured where it is, and nowhere else`() throws
  {
    let capture = try SmallLab.fabric().capture(Question(from: "A", to: "X"))
    let customers = try IPPrefix(parsing: "10.0.0.0/8")
    // On the uplinks each host asks for the other's provider address.
    for (name, count, isCustomers) in [
      ("A", 2, true), ("X", 2, true), ("hv1 uplink", 4, false), ("hv2 uplink", 4, false),
    ] {
      let messages = try Self.frames(capture, at: name).compactMap { frame in
        if case .arp(let message) = frame.payload { message } else { nil }
      }
      #expect(messages.count == count)
      #expect(Set(messages.map(\.operation)) == [.request, .reply])
      for message in messages {
        #expect(customers.contains(.v4(message.targetAddress)) == isCustomers)
      }
    }
  }

  @Test func `a frame has the time at which it is at its interface`() throws {
    let fabric = try SmallLab.fabric { lab in
      lab.addGateway()
      lab.underlay.latency = SmallLab.written("3ms")
      lab.outside[0].latency = SmallLab.written("20ms")
    }
    let file = try fabric.capture(Question(from: "A", to: "internet")).file
    func times(_ name: String) -> [UInt64] {
      file.packets.filter { file.interfaces[$0.interface].name == name }.map {
        $0.time.nanoseconds / 1_000_000
      }
    }
    // The way of `latencies add up in the times of the hops`: 3 ms from a host into the underlay
    // and 3 out of it, and each host asks there before it sends for the first time; 20 ms on the
    // wire each way, on which GW asks before it sends, and internet before it answers.
    #expect(times("hv1 uplink") == [0, 12, 12, 144, 144, 156])
    #expect(times("hv3 uplink") == [6, 6, 18, 138, 150, 150])
    #expect(times("GW/1") == [18, 138, 138, 138])
    #expect(times("GW/2") == [18, 58, 58, 98, 98, 138])
    #expect(file.packets.map(\.time) == file.packets.map(\.time).sorted())
  }

  @Test func `the comment is the step that sent the frame`() throws {
    let file = try SmallLab.fabric().capture(Question(from: "A", to: "B")).file
    #expect(file.packets.allSatisfy { !$0.comment.isEmpty })
    let words = file.packets.map { packet in
      packet.comment.split(separator: " ").prefix(2).joined(separator: " ")
    }
    let expected = [
      "A: TRANSMITTED", "hv1: ANSWERED", "A: TRANSMITTED", "hv1: TRANSMITTED",
      "underlay: FORWARDED", "hv2: ANSWERED", "underlay: FORWARDED",
    ]
    #expect(Array(words.prefix(7)) == expected)
  }

  @Test func `a frame is marked as sent or received by the element that has the interface`() throws
  {
    let file = try SmallLab.fabric().capture(Question(from: "A", to: "B")).file
    func directions(_ name: String) -> [CaptureFile.Direction?] {
      file.packets.filter { file.interfaces[$0.interface].name == name }.map(\.direction)
    }
    #expect(directions("A") == [.sent, .received, .sent, .received])
    // The question of each host and its answer, then the packets.
    #expect(
      directions("hv1 uplink") == [.sent, .received, .sent, .received, .sent, .received])
    #expect(
      directions("hv2 uplink") == [.received, .sent, .received, .sent, .received, .sent])
    #expect(directions("B") == [.received, .sent, .received, .sent])
  }

  @Test func `interfaces are described by machine, MAC address, subnet and host`() throws {
    let fabric = try LabFiles.fabric("complex-routing")
    let file = try fabric.capture(
      Question(from: "A", to: "internet"), at: ["A", "GW", "hv3", "GW/2"]
    ).file
    #expect(file.interfaces.map(\.name) == ["A", "GW/1", "GW/2", "hv3 uplink"])
    #expect(
      file.interfaces.map(\.description) == [
        "A, 00-15-5D-00-00-01, in subnet front, on hv1",
        "GW, 00-15-5D-00-00-05, in subnet gateway, on hv3",
        "GW, 00-15-5D-00-00-06, in outside network internet",
        "uplink of hv3, 172.16.0.4",
      ])
  }

  @Test(
    arguments: [
      (["A"], ["A"]), (["GW"], ["GW/1", "GW/2"]), (["GW/2"], ["GW/2"]), (["hv2"], ["hv2 uplink"]),
      (["underlay"], ["hv1 uplink", "hv2 uplink", "hv3 uplink"]), (["internet"], ["GW/2"]),
      (["B", "A"], ["B", "A"]),
    ] as [([String], [String])])
  func `where to capture may be said`(elements: [String], names: [String]) throws {
    let fabric = try LabFiles.fabric("complex-routing")
    let question = Question(from: "A", to: "internet")
    let file = try fabric.capture(question, at: elements).file
    #expect(file.interfaces.map(\.name) == names)
    let whole = try fabric.capture(question).file
    for (number, name) in names.enumerated() {
      let seen = whole.packets.filter { whole.interfaces[$0.interface].name == name }.map(\.bytes)
      #expect(file.packets.filter { $0.interface == number }.map(\.bytes) == seen)
    }
  }

  @Test func `everything wrong with a capture is said at once`() throws {
    let fabric = try LabFiles.fabric("complex-routing")
    let diagnostics = try #require(throws: Diagnostics.self) {
      try fabric.capture(Question(from: "Q", to: "Y"), at: ["hv9", "GW/3", "A", "GW/0", "A/x"])
    }
    #expect(diagnostics.all.map(\.value) == ["Q", "Y", "hv9", "GW/3", "GW/0", "A/x"])
    #expect(diagnostics.all[2].fix == "did you mean hv1?")
  }

  @Test func `only a new file, an empty one or a capture is written over`() throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    let path = folder.path("a.pcapng")
    try PcapngTests.capture.write(to: path)
    #expect(try CaptureFile(contentsOf: path) == PcapngTests.capture)
    try CaptureFile().write(to: path)
    #expect(try CaptureFile(contentsOf: path) == CaptureFile())
    try Data().write(to: URL(fileURLWithPath: path))
    try CaptureFile().write(to: path)

    let lab = folder.path("l.json5")
    try Data("{}".utf8).write(to: URL(fileURLWithPath: lab))
    let diagnostics = try #require(throws: Diagnostics.self) { try CaptureFile().write(to: lab) }
    #expect(diagnostics.all.map(\.rule) == [.unwritableFile])
    #expect(FileManager.default.contents(atPath: lab) == Data("{}".utf8))
    for bad in [folder.path(""), folder.path("none/a.pcapng"), ""] {
      #expect(throws: Diagnostics.self) { try CaptureFile().write(to: bad) }
    }
  }
}
