import HNVCore
import HNVSim
import Testing

struct JSON5FuzzTests {
  private static let lab = Array(
    #"""
    { // a lab
      hosts: ['hv1', "hv\u0032", "\uD83C\uDFBC"], été: .5e+3,
      machines: { A: { address: '10.0.1.4', mac: "00-15-5D", vlan: 0x1F, on: true, }, B: null },
      /* end */ n: [-Infinity, +NaN, 1., [], {}], 'line \
    two': 5001,
    }
    """#.utf8)

  /// Bytes that mean something to the grammar, which random ones would seldom be.
  private static let spice = Array("{}[],:'\"\\/*ux0+-.eEnt\n\r\u{2028}é#".utf8) + [0, 0x80, 0xFF]

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `a damaged file reads or is refused at a place within it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let lineCount = UInt32(Self.lab.count { $0 == 0x0A }) + 1
    for _ in 0..<50 {
      var bytes = Self.lab
      var addedLines: UInt32 = 0
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        let byte = Self.spice.randomElement(using: &random) ?? 0
        addedLines += 1
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = byte
        case 1: bytes.insert(byte, at: index)
        case 2: bytes.remove(at: index)
        default: bytes.removeLast(bytes.count - index)
        }
        if bytes.isEmpty { break }
      }
      for diagnostic in diagnostics(of: bytes) {
        let place = try #require(diagnostic.place)
        #expect(1...lineCount + addedLines ~= place.line && place.column >= 1)
        #expect(!diagnostic.explanation.isEmpty && !diagnostic.fix.isEmpty)
      }
    }
  }

  @Test func `a file cut off anywhere is refused`() {
    let end = Self.lab.lastIndex(of: UInt8(ascii: "}")) ?? 0
    for length in 0...end {
      #expect(!diagnostics(of: Array(Self.lab[..<length])).isEmpty)
    }
    #expect(diagnostics(of: Self.lab).isEmpty)
  }
}
