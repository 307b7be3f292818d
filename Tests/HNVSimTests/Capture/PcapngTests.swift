import HNVCore
import Testing

@testable import HNVSim

/// pcapng, block by block, as draft-ietf-opsawg-pcapng lays it out.
struct PcapngTests {
  /// Written by hand: a section, an interface, a packet of six bytes.
  static let sample = """
    0A0D0D0A 28000000 4D3C2B1A 0100 0000 FFFFFFFFFFFFFFFF  ; section header, version 1.0
      0400 0300 686E7600                                   ; application "hnv"
      00000000 28000000
    01000000 30000000 0100 0000 00000000                   ; interface, Ethernet, no limit
      0200 0100 41000000                                   ; name "A"
      0300 0400 706F7274                                   ; description "port"
      0900 0100 09000000                                   ; nanoseconds
      00000000 30000000
    06000000 3C000000 00000000                             ; packet of interface 0
      01000000 02000000 06000000 06000000                  ; 2^32 + 2 ns, 6 bytes of 6
      0A0B0C0D0E0F 0000                                    ; the bytes and their padding
      0100 0300 77687900                                   ; comment "why"
      0200 0400 02000000                                   ; it went out
      00000000 3C000000
    """

  static let capture = CaptureFile(
    interfaces: [CaptureFile.Interface(name: "A", description: "port")],
    packets: [
      CaptureFile.Packet(
        interface: 0, time: VirtualTime(nanoseconds: 1 << 32 + 2), bytes: hex("0A0B0C0D0E0F"),
        direction: .sent, comment: "why")
    ])

  @Test func `a capture is written as the format says`() {
    #expect(Self.capture.pcapng == hex(Self.sample))
  }

  @Test func `what is written by hand is read`() throws {
    #expect(try CaptureFile.read(hex(Self.sample), named: "a.pcapng") == Self.capture)
  }

  @Test func `an empty capture is a section alone`() throws {
    let bytes = CaptureFile().pcapng
    #expect(bytes.count == 0x28)
    #expect(try CaptureFile.read(bytes, named: "a") == CaptureFile())
  }

  /// A section in the other byte order, whose interface says nothing: microseconds, no name.
  static let bigEndian = """
    0A0D0D0A 0000001C 1A2B3C4D 0001 0000 FFFFFFFFFFFFFFFF 0000001C
    00000001 00000014 0001 0000 00000004 00000014          ; at most 4 bytes are kept
    00000006 00000024 00000000 00000000 00000007 00000004 00000006
      0A0B0C0D 00000024                                    ; 7 us, 4 bytes of 6
    00000003 00000014 00000009 01020304 00000014           ; a simple packet, cut likewise
    """

  static let bigEndianCapture = CaptureFile(
    interfaces: [CaptureFile.Interface(name: "0")],
    packets: [
      CaptureFile.Packet(
        interface: 0, time: VirtualTime(nanoseconds: 7_000), bytes: hex("0A0B0C0D"), byteCount: 6),
      CaptureFile.Packet(
        interface: 0, time: VirtualTime(nanoseconds: 7_000), bytes: hex("01020304"), byteCount: 9),
    ])

  @Test func `the other byte order, a simple packet and frames cut short are read`() throws {
    #expect(try CaptureFile.read(hex(Self.bigEndian), named: "b") == Self.bigEndianCapture)
  }

  @Test func `sections follow one another, each with its own interfaces and byte order`() throws {
    let both = try CaptureFile.read(hex(Self.sample) + hex(Self.bigEndian), named: "c")
    #expect(both.interfaces.map(\.name) == ["A", "1"])
    #expect(both.packets.map(\.interface) == [0, 1, 1])
    #expect(both.packets.map(\.bytes.count) == [6, 4, 4])
  }

  @Test func `unknown blocks and options are passed over`() throws {
    let custom = hex("AD0B0000 14000000 DEADBEEF CAFEBABE 14000000")
    let bytes = hex(Self.sample)
    let read = try CaptureFile.read(
      Array(bytes[..<0x28]) + custom + Array(bytes[0x28...]) + custom, named: "d")
    #expect(read == Self.capture)
  }

  /// Resolution, offset in seconds, ticks, nanoseconds.
  @Test(
    arguments: [
      (6, 0, 5, 5_000), (9, 0, 5, 5), (0, 0, 5, 5_000_000_000), (12, 0, 5_999, 5),
      (28, 0, .max, 1), (29, 0, .max, 0), (127, 0, .max, 0), (0x80, 0, 3, 3_000_000_000),
      (0x8A, 0, 512, 500_000_000), (0xFF, 0, .max, 0), (0, 0, .max, .max), (9, 2, 5, 2_000_000_005),
      (9, -2, 5, 0), (9, .max, 5, .max), (9, .min, .max, 0),
    ] as [(UInt8, Int64, UInt64, UInt64)])
  func `times come out in nanoseconds`(
    resolution: UInt8, offset: Int64, ticks: UInt64, nanoseconds: UInt64
  ) {
    let clock = CaptureClock(resolution: resolution, offset: offset)
    #expect(clock.time(ticks) == VirtualTime(nanoseconds: nanoseconds))
  }

  @Test func `the offset and the resolution stand in the interface's options`() throws {
    let text = """
      0A0D0D0A 1C000000 4D3C2B1A 0100 0000 FFFFFFFFFFFFFFFF 1C000000
      01000000 28000000 0100 0000 00000000
        0900 0100 8A000000 0E00 0800 0100000000000000 28000000
      06000000 20000000 00000000 00000000 00020000 00000000 00000000 20000000
      """
    let packet = try #require(try CaptureFile.read(hex(text), named: "e").packets.first)
    #expect(packet.time == VirtualTime(nanoseconds: 1_500_000_000))
  }

  @Test func `several comments stand below one another`() throws {
    var capture = Self.capture
    capture.packets[0].comment = "why\nwhat else"
    let text = Self.sample.replacing(
      "0100 0300 77687900", with: "0100 0300 77687900 0100 0900 7768617420656C73 65000000"
    ).replacing("3C000000", with: "4C000000")
    #expect(try CaptureFile.read(hex(text), named: "f") == capture)
  }

  @Test func `a text that no option can hold is cut between characters`() throws {
    var capture = Self.capture
    capture.packets[0].comment = String(repeating: "é", count: 40_000)
    let read = try CaptureFile.read(capture.pcapng, named: "g").packets[0].comment
    #expect(read == String(repeating: "é", count: 32_766))
  }
}
