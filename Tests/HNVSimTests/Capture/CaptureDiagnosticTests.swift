import HNVCore
import Testing

@testable import HNVSim

/// What is wrong with a capture is one diagnostic, at its byte.
struct CaptureDiagnosticTests {
  /// A file, or an edit of a sample, and what is said of it.
  struct Bad: Sendable, CustomTestStringConvertible {
    let text: String
    let rule: DiagnosticRule
    let byte: Int
    let says: String

    init(_ text: String, _ rule: DiagnosticRule, _ byte: Int, _ says: String) {
      self.text = text
      self.rule = rule
      self.byte = byte
      self.says = says
    }

    var testDescription: String { "\(rule.identifier): \(says)" }
  }

  static let pcapng = [
    Bad("", .captureFormat, 0, "not a pcap or pcapng file"),
    Bad("68656C6C6F20776F726C64", .captureFormat, 0, "not a pcap or pcapng file"),
    Bad("1F8B0800", .captureFormat, 0, "gzip"),
    edit("4D3C2B1A", "4D3C2B1B", .captureFormat, 8, "byte order is not recognized"),
    edit("4D3C2B1A 0100", "4D3C2B1A 0200", .captureFormat, 12, "version 2"),
    edit("30000000 0100 0000", "30000000 7100 0000", .captureLinkType, 0x30, "link type 113"),
    edit("06000000 3C000000 00", "06000000 3C000000 01", .captureInterface, 0x60, "interface 1"),
    edit("06000000 3C000000", "06000000 41000000", .captureLength, 0x58, "65 bytes"),
    edit("06000000 3C000000", "06000000 08000000", .captureLength, 0x58, "8 bytes"),
    edit("06000000 3C000000", "06000000 FCFFFFFF", .captureCutOff, 0x58, "4294967292 bytes"),
    edit("00000000 3C000000", "00000000 44000000", .captureLength, 0x58, "68 by its last"),
    edit("02000000 06000000", "02000000 FFFFFFFF", .captureLength, 0x74, "4294967295 bytes"),
    edit("0100 0300 77", "0100 FF00 77", .captureLength, 0x80, "255 bytes"),
  ]

  static let pcap = [
    Bad("D4C3B2A1 0200", .captureCutOff, 6, "header"),
    Bad("34CDB2A1 0200 0400", .captureFormat, 0, "not a pcap or pcapng file"),
    Bad(PcapTests.sample.replacing("0200 0400", with: "0300 0400"), .captureFormat, 4, "version 3"),
    Bad(
      PcapTests.sample.replacing("FFFF0000 01000000", with: "FFFF0000 65000000"), .captureLinkType,
      20, "link type 101"),
    Bad(
      PcapTests.sample.replacing("04000000 3C", with: "FFFFFFFF 3C"), .captureCutOff, 40,
      "4294967295 bytes, and 4 are left"),
  ]

  private static func edit(
    _ old: String, _ new: String, _ rule: DiagnosticRule, _ byte: Int, _ says: String
  ) -> Bad { Bad(PcapngTests.sample.replacing(old, with: new), rule, byte, says) }

  @Test(arguments: pcapng + pcap)
  func `a mistake is one diagnostic, at its byte`(bad: Bad) throws {
    let diagnostic = try #require(Self.diagnostics(of: hex(bad.text)).first)
    #expect(diagnostic.rule == bad.rule)
    #expect(diagnostic.value == "byte \(bad.byte)")
    #expect(diagnostic.explanation.contains(bad.says), "\(diagnostic.explanation)")
    #expect(
      diagnostic.place == Place(file: "bad.pcapng")
        && "\(diagnostic)".hasPrefix("bad.pcapng: error"))
  }

  @Test func `a rule that only files can break is broken by a row`() {
    let broken = Set((Self.pcapng + Self.pcap).map(\.rule))
    #expect(broken == Set(DiagnosticRule.all.filter { $0.identifier.hasPrefix("capture-") }))
  }

  static func diagnostics(of bytes: [UInt8]) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try CaptureFile.read(bytes, named: "bad.pcapng")
      return []
    } catch {
      return error.all
    }
  }
}
