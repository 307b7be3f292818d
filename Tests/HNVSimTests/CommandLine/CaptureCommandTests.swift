import Foundation
import HNVCore
import HNVSim
import Testing

@testable import hnv

/// `hnv capture` and `hnv replay`, in-process.
struct CaptureCommandTests {
  @Test func `a capture is written, with counts and the packet's outcome`() throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    let path = folder.path("a.pcapng")
    let session = Session("capture", "complex-routing", "--from B --to X --output \(path)")
    #expect(session.status == 0 && session.complaints == "")
    // Each time an ARP request and reply, the packet and its reply; the hosts use ARP as well.
    #expect(
      session.output.hasPrefix(
        """
        \(path): 20 frames at 4 interfaces
          B           4 frames
          hv2 uplink  6 frames
          hv3 uplink  6 frames
          X           4 frames

        ACCEPTED  B -> 10.1.2.11 (X): ICMP echo request

        """))
    #expect(try CaptureFile(contentsOf: path).packets.count == 20)
    let less = Session(
      "capture", "complex-routing", "--from B --to X --output \(path) --at hv1 --at X")
    #expect(less.output.hasPrefix("\(path): 4 frames at 2 interfaces\n  hv1 uplink  0 frames\n"))
  }

  @Test func `the standard output gets the capture and nothing else`() throws {
    let fabric = try LabFiles.fabric("complex-routing")
    let session = Session(
      "capture", "complex-routing",
      "--from A --to B --protocol udp --source-port 1025 --destination-port 2049 --ttl 9 --size 100"
        + " --output -")
    #expect(session.status == 0 && session.output == "" && session.complaints == "")
    let question = Question(
      from: "A", to: "B", ipProtocol: .udp, sourcePort: 1025, destinationPort: 2049, timeToLive: 9,
      size: 100)
    #expect(try session.bytes == fabric.capture(question).pcapng)
  }

  @Test func `nothing but a capture is written over`() throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    let path = folder.path("l.json5")
    try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
    let session = Session("capture", "complex-routing", "--from B --to X --output \(path)")
    #expect(session.status == 2 && session.output == "")
    #expect(session.complaints.contains("[unwritable-file]"))
  }

  @Test(arguments: [("complex-routing", 0), ("undelivered-record", 1)] as [(String, Int32)])
  func `a replay shows each frame's outcome, and exits with 0 when all arrived`(
    lab: String, status: Int32
  ) throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    let path = try folder.capture(named: "a.pcapng")
    let session = Session("replay", lab, "\(path) --at B")
    #expect(session.status == status && session.complaints == "")
    let end = status == 0 ? "ACCEPTED at X: " : "NO_RECORD at hv2: "
    #expect(session.output.contains("\n      \(end)"))
    #expect(session.output.contains("\n      received there, so not sent\n"))
    #expect(session.output.contains("\n      fix: deliver the record") == (status == 1))
    let count = status == 0 ? "none dropped" : "1 dropped or unreadable"
    #expect(session.output.hasSuffix("\n4 frames at B: 2 sent, 2 received, \(count)\n"))
  }

  @Test func `a replay as JSON has what is promised`() throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    let path = try folder.capture(named: "a.pcapng")
    let session = Session("replay", "undelivered-record", "\(path) --at B --format json")
    #expect(session.status == 1 && session.complaints == "")
    let replay = try session.object()
    #expect(replay["port"] as? String == "B")
    let frames = try #require(replay["frames"] as? [[String: Any]])
    #expect(frames.map { $0["number"] as? Int } == [1, 2, 3, 20])
    #expect(
      frames.map { $0["outcome"] as? String } == ["success", "received", "failure", "received"])
    for frame in frames { #expect(frame["time"] as? Int == 0 && frame["frame"] is String) }
    #expect(frames[2]["disposition"] as? String == "NO_RECORD")
    #expect(frames[2]["element"] as? String == "hv2")
    #expect(frames[2]["decision"] is String && frames[2]["fix"] is String)
    for key in ["disposition", "element", "decision", "fix", "lostAnswer"] {
      #expect(frames[1][key] is NSNull, "\(key)")
    }
  }

  @Test func `a lost reply is shown, and the exit status is 1`() throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    let path = folder.path("a.pcapng")
    let question = Question(from: "X", to: "B")
    try LabFiles.fabric("complex-routing").capture(question).file.write(to: path)
    // B's host does not know of X: what X sends arrives, and the answer does not.
    let session = Session("replay", "undelivered-record", "\(path) --at X")
    #expect(session.status == 1)
    #expect(session.output.contains("ACCEPTED at B: "))
    #expect(session.output.contains("the reply: ICMP echo reply, B -> 10.1.2.11\n      NO_RECORD"))
  }

  @Test func `unreadable frames are listed, and the rest is sent`() throws {
    let folder = try CaptureFolder()
    defer { folder.remove() }
    var capture = try CaptureFile(contentsOf: folder.capture(named: "a.pcapng"))
    capture.packets[0].bytes = [1, 2, 3]
    try capture.write(to: folder.path("b.pcapng"))
    let session = Session("replay", "complex-routing", "\(folder.path("b.pcapng")) --at B")
    #expect(session.status == 1)
    #expect(session.output.contains("unreadable: 3 bytes are fewer"))
    #expect(session.output.contains("ACCEPTED at X: "))
  }

  @Test func `what is no capture is refused with its byte`() throws {
    let session = Session(["replay", LabFiles.path("complex-routing"), #filePath, "--at", "A"])
    #expect(session.status == 2 && session.output == "")
    #expect(session.complaints.contains("[capture-format]"))
    #expect(session.complaints.contains("value: byte 0"))
  }
}
