import HNVCore
import Testing

@testable import HNVSim

/// Captures of any kind come back as they were written; no bytes make the reader trap.
struct CaptureFuzzTests {
  static func capture(_ random: inout SplitMix64) -> CaptureFile {
    let texts = ["", "A", "GW/2", "hv1 uplink", "B auf hv2, né à côté", "🎼🎼"]
    let interfaces = (0..<Int.random(in: 1...4, using: &random)).map { number in
      CaptureFile.Interface(
        // A name that is not written comes back as the number.
        name: texts.dropFirst().randomElement(using: &random) ?? "\(number)",
        description: texts.randomElement(using: &random) ?? "")
    }
    let packets = (0..<Int.random(in: 0...9, using: &random)).map { _ in
      let bytes = (0..<Int.random(in: 0...70, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      return CaptureFile.Packet(
        interface: Int.random(in: interfaces.indices, using: &random),
        time: VirtualTime(nanoseconds: random.next()), bytes: bytes,
        byteCount: bytes.count + Int.random(in: 0...9, using: &random),
        direction: [nil, .sent, .received].randomElement(using: &random) ?? nil,
        comment: texts.randomElement(using: &random) ?? "")
    }
    return CaptureFile(interfaces: interfaces, packets: packets)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `what is written is read`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<10 {
      let capture = Self.capture(&random)
      #expect(try CaptureFile.read(capture.pcapng, named: "a") == capture)
      #expect(capture.pcapng.count.isMultiple(of: 4))
    }
  }

  @Test(arguments: [PcapngTests.sample, PcapngTests.bigEndian, PcapTests.sample])
  func `a file cut off anywhere gives what is whole, or is refused`(text: String) throws {
    let bytes = hex(text)
    let whole = try CaptureFile.read(bytes, named: "a")
    for length in bytes.indices {
      let diagnostics = CaptureDiagnosticTests.diagnostics(of: Array(bytes[..<length]))
      guard diagnostics.isEmpty else {
        #expect([.captureCutOff, .captureFormat].contains(diagnostics[0].rule))
        continue
      }
      let part = try CaptureFile.read(Array(bytes[..<length]), named: "a")
      #expect(whole.packets.starts(with: part.packets))
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `a damaged file is read or refused`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let samples = [
      PcapngTests.sample, PcapngTests.bigEndian, PcapTests.sample, PcapTests.bigEndian,
    ]
    for _ in 0..<100 {
      var bytes = hex(samples.randomElement(using: &random) ?? "")
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        let byte = [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
          .randomElement(using: &random)
        bytes[index] = byte ?? 0
      }
      for diagnostic in CaptureDiagnosticTests.diagnostics(of: bytes) {
        #expect(diagnostic.rule.identifier.hasPrefix("capture-"))
        #expect(!diagnostic.explanation.isEmpty && !diagnostic.fix.isEmpty)
      }
    }
  }
}
