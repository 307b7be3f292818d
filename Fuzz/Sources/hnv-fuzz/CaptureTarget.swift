import HNVCore
import HNVSim

/// The reader of captures: what it reads comes back when it is written as pcapng and read again.
struct CaptureTarget: FuzzTarget {
  let name = "captures"
  let samples: [[UInt8]]

  init() throws(Diagnostic) {
    let frames = try FrameSamples().frames.prefix(3).map(\.wireBytes)
    let packets = frames.enumerated().map { number, bytes in
      CaptureFile.Packet(
        interface: number % 2, time: .seconds(UInt64(number)), bytes: bytes, direction: .sent,
        comment: "frame \(number)")
    }
    let interfaces = ["A", "hv1 uplink"].map {
      CaptureFile.Interface(name: $0, description: "where frames are seen")
    }
    let pcapng = CaptureFile(interfaces: interfaces, packets: packets).pcapng
    samples =
      [pcapng, pcapng + pcapng, Self.pcap(frames[0], isBigEndian: true)]
      + [Self.pcap(frames[1], isBigEndian: false)]
  }

  /// A file of libpcap with one frame, field by field.
  private static func pcap(_ frame: [UInt8], isBigEndian: Bool) -> [UInt8] {
    let numbers: [UInt32] = [
      0xA1B2_C3D4, isBigEndian ? 0x0002_0004 : 0x0004_0002, 0, 0, 65535, 1, 7, 8,
      UInt32(frame.count), UInt32(frame.count),
    ]
    return numbers.flatMap { number in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> (isBigEndian ? $0 : 24 - $0)) }
    } + frame
  }

  /// Lengths are the only fields that matter: one is nudged, or made what the file itself has.
  func edit(_ input: inout [UInt8], _ random: inout SplitMix64) {
    guard input.count >= 8 else { return }
    let place = random.below(input.count / 4) * 4
    guard place + 4 <= input.count else { return }
    switch random.below(3) {
    case 0: input[place] &+= random.once(in: 2) ? 4 : 252
    case 1: input.replaceSubrange(place..<place + 4, with: [0xff, 0xff, 0xff, random.byte()])
    default: break
    }
  }

  func verdict(on input: [UInt8]) -> Verdict {
    do throws(Diagnostics) {
      let capture = try CaptureFile.read(input, named: name)
      guard (try? CaptureFile.read(capture.pcapng, named: name)) == capture else {
        return .broken("not the same when read again: \(capture)")
      }
      return .kept(path: "\(capture.interfaces.count) \(capture.packets.count)")
    } catch {
      guard let diagnostic = error.all.first, diagnostic.place != nil,
        !diagnostic.explanation.isEmpty
      else {
        return .broken("refused, and not fit to be shown: \(error)")
      }
      return .kept(path: diagnostic.rule.identifier)
    }
  }
}
