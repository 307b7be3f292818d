import HNVCore
import Testing

@testable import HNVSim

/// pcap, the format of libpcap, as draft-ietf-opsawg-pcap lays it out.
struct PcapTests {
  /// Written by hand: version 2.4, Ethernet, and 4 of 60 bytes of a packet at 1.000002 s.
  static let sample = """
    D4C3B2A1 0200 0400 00000000 00000000 FFFF0000 01000000
    01000000 02000000 04000000 3C000000 0A0B0C0D
    """

  static let bigEndian = """
    A1B2C3D4 0002 0004 00000000 00000000 0000FFFF 00000001
    00000001 00000002 00000004 0000003C 0A0B0C0D
    """

  static func capture(_ nanoseconds: UInt64) -> CaptureFile {
    CaptureFile(
      interfaces: [CaptureFile.Interface(name: "0")],
      packets: [
        CaptureFile.Packet(
          interface: 0, time: VirtualTime(nanoseconds: nanoseconds), bytes: hex("0A0B0C0D"),
          byteCount: 60)
      ])
  }

  @Test(
    arguments: [
      (sample, 1_000_002_000), (bigEndian, 1_000_002_000),
      (sample.replacing("D4C3B2A1", with: "4D3CB2A1"), 1_000_000_002),
      (bigEndian.replacing("A1B2C3D4", with: "A1B23C4D"), 1_000_000_002),
    ] as [(String, UInt64)])
  func `both byte orders and both units are read`(text: String, nanoseconds: UInt64) throws {
    #expect(try CaptureFile.read(hex(text), named: "a.pcap") == Self.capture(nanoseconds))
  }

  @Test func `a note on the frame check sequence beside the link type does no harm`() throws {
    let text = Self.sample.replacing("FFFF0000 01000000", with: "FFFF0000 01000024")
    #expect(try CaptureFile.read(hex(text), named: "a.pcap") == Self.capture(1_000_002_000))
  }
}
