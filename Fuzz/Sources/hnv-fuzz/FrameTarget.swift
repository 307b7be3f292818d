import HNVCore

/// The codec of frames and packets: whatever bytes say, once read it is written and read again as
/// the same.
struct FrameTarget: FuzzTarget {
  let name = "frames"
  let samples: [[UInt8]]

  init() throws(Diagnostic) { samples = try FrameSamples().frames.map(\.wireBytes) }

  /// Lengths and checksums are made right again more often than not: a codec that checks them is
  /// seldom reached behind wrong ones.
  func edit(_ input: inout [UInt8], _ random: inout SplitMix64) {
    // Tunnels around tunnels add up; what matters fits into a common frame.
    if input.count > Self.usualByteCount, !random.once(in: 50) {
      input.removeLast(input.count - Self.usualByteCount)
    }
    if random.once(in: 6) { wrap(&input, &random) }
    for _ in 0..<random.below(3) {
      guard let field = FrameAnatomy(of: input).fields.randomElement(using: &random) else { break }
      for index in field { input[index] = Self.value(input[index], &random) }
    }
    if !random.once(in: 4) { FrameAnatomy.repair(&input, keepsLengths: random.once(in: 3)) }
  }

  private static let usualByteCount = 1514

  private static func value(_ old: UInt8, _ random: inout SplitMix64) -> UInt8 {
    switch random.below(4) {
    case 0: random.byte()
    case 1: old ^ 1 << random.below(8)
    case 2:
      [0, 1, 3, 4, 5, 6, 8, 11, 17, 43, 44, 47, 58, 60, 112, 133, 136, 137, 255][random.below(19)]
    default: old &+ (random.once(in: 2) ? 1 : .max)
    }
  }

  /// Puts what stands before the last bytes of a sample before an input: a tunnel around a frame,
  /// or a message around a packet.
  private func wrap(_ input: inout [UInt8], _ random: inout SplitMix64) {
    guard let sample = samples.randomElement(using: &random) else { return }
    let places = FrameAnatomy(of: sample).bodies
    guard let place = places.randomElement(using: &random) else { return }
    let isPacket = random.once(in: 2)
    input = Array(sample[..<place] + (isPacket ? input.dropFirst(14) : input[...]))
  }

  func verdict(on input: [UInt8]) -> Verdict {
    let frame: EthernetFrame
    do throws(Diagnostic) {
      frame = try EthernetFrame(decoding: input)
    } catch {
      return input.count < 14 && error.rule.identifier == "frame-bytes"
        ? .kept(path: "") : .broken("refused: \(error)")
    }
    let written = frame.wireBytes
    guard written.count == frame.byteCount, written.count <= input.count else {
      return .broken("\(written.count) bytes were written, \(frame.byteCount) announced: \(frame)")
    }
    guard let again = try? EthernetFrame(decoding: written), again == frame else {
      return .broken("not the same when read again: \(frame)")
    }
    if let packet = try? IPPacket(decoding: input.dropFirst(14)),
      (try? IPPacket(decoding: packet.wireBytes)) != packet
    {
      return .broken("not the same when read again: \(packet)")
    }
    if let place = Self.change(frame, from: input, to: written) {
      return .broken("byte \(place) became another: \(frame)")
    }
    return .kept(path: Self.path(of: frame))
  }

  /// Where a frame without padding and without a frame inside has been changed by reading and
  /// writing it; checksums that are zero, or its equal, may become others.
  private static func change(
    _ frame: EthernetFrame, from read: [UInt8], to written: [UInt8]
  ) -> Int? {
    if frame.packet?.transport.holdsAnother ?? false { return nil }
    guard read.count == written.count else { return nil }
    return stride(from: 0, to: read.count, by: 2).first { place in
      let (before, after) = (read[place...].prefix(2), written[place...].prefix(2))
      return before != after && !before.allSatisfy { $0 == 0 } && !before.allSatisfy { $0 == 0xff }
    }
  }

  /// What is inside what; of frames within frames the first two.
  private static func path(of frame: EthernetFrame, depth: Int = 0) -> String {
    if depth > 1 { return "frame" }
    let tag = frame.tag == nil ? "" : "tag "
    switch frame.payload {
    case .arp(let message): return tag + "arp \(message.operation)"
    case .other(let etherType, _):
      let isKnown = [0x0800, 0x0806, 0x8100, 0x86dd].contains(etherType)
      return tag + "bytes" + (isKnown ? " of \(etherType)" : "")
    case .ip(.v4(let packet)):
      let words = "v4 \(packet.fragment == nil) \(packet.options.isEmpty) "
      return tag + words + path(of: packet.transport, depth)
    case .ip(.v6(let packet)):
      let headers = packet.extensionHeaders.map { "\($0.ipProtocol) " }.prefix(4).joined()
      return tag + "v6 \(packet.fragment == nil) " + headers + path(of: packet.transport, depth)
    }
  }

  private static func path(of transport: Transport, _ depth: Int) -> String {
    switch transport {
    case .nvgre(_, let frame): "nvgre " + path(of: frame, depth: depth + 1)
    case .vxlan(_, let frame): "vxlan " + path(of: frame, depth: depth + 1)
    case .geneve(let header, let frame):
      "geneve \(header.logicalPorts == nil) " + path(of: frame, depth: depth + 1)
    case .mpls(let header, .packet(let packet)):
      "mpls \(header.tunnel == .gre) \(packet.source.family)"
    case .mpls(let header, .frame(let frame)):
      "mpls \(header.tunnel == .gre) " + path(of: frame, depth: depth + 1)
    case .icmp(.other), .icmpv6(.other): "icmp bytes"
    case .icmp(let message): "icmp " + path(of: message.quoted)
    case .icmpv6(let message): "icmpv6 " + path(of: message.quoted)
    case .udp(let datagram): "udp \([4789, 6081, 6635].contains(datagram.destinationPort))"
    case .tcp(let segment): "tcp \(segment.options.isEmpty)"
    case .vrrp(let advertisement): "vrrp \(advertisement.addresses.isEmpty)"
    case .esp(_, let packet): "esp \(packet.source.family)"
    case .other(let number, _):
      [.icmp, .icmpv6, .udp, .tcp, .gre, .esp, .vrrp].contains(number)
        ? "bytes of \(number)" : "bytes"
    }
  }

  private static func path(of quoted: QuotedPacket?) -> String {
    guard let quoted else { return "" }
    return "quoting \(quoted.source.family) \(quoted.sourcePort != nil)"
  }
}

extension Transport {
  /// Whether this carries a frame, or a packet behind a checksum.
  fileprivate var holdsAnother: Bool {
    switch self {
    case .nvgre, .vxlan, .geneve, .mpls: true
    case .esp(_, let packet): packet.transport.holdsAnother
    default: false
    }
  }
}
