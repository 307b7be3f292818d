import Foundation
import HNVCore
import Testing

@testable import HNVSim

/// Captures are read by the standard analyser without a complaint.
///
/// The whole suite is skipped where tshark is not installed; `.ci/run` installs it.
@Suite(.enabled(if: Analyser.path != nil, "skipped: tshark is not installed"))
struct AnalyserTests {
  /// A frame of ours, and the name of its interface.
  struct Seen {
    let packet: CaptureFile.Packet
    let frame: EthernetFrame
    let interface: String
    let intent: Intent
    let identifiers: [UInt32]
    /// Whether the lab gives a virtual subnet to two networks, as one that shows mistakes does.
    let isDisputed: Bool

    /// Whether the interface is a host's or a router's, and no machine's.
    var isOnUnderlay: Bool {
      let name = interface.prefix { $0 != "/" }
      if case .router = intent.elements[String(name)] { return true }
      return interface.hasSuffix(" uplink")
    }
  }

  /// Many captures in one file, each with interfaces of its own, so that one process reads all.
  struct Batch {
    var file = CaptureFile()
    var seen: [Seen] = []

    mutating func add(_ question: Question, _ fabric: Fabric) throws {
      let capture = try fabric.capture(question).file
      let identifiers = Self.identifiers(fabric)
      let isDisputed = fabric.warnings.contains { $0.rule == .virtualSubnetInTwoDomains }
      for var packet in capture.packets {
        seen.append(
          Seen(
            packet: packet, frame: try EthernetFrame(decoding: packet.bytes),
            interface: capture.interfaces[packet.interface].name, intent: fabric.network.intent,
            identifiers: identifiers, isDisputed: isDisputed))
        packet.interface += file.interfaces.count
        file.packets.append(packet)
      }
      file.interfaces += capture.interfaces
    }

    /// The VSID of each subnet: what the lab says, or 5001 and counting.
    private static func identifiers(_ fabric: Fabric) -> [UInt32] {
      var next: UInt32 = 5001
      return fabric.network.intent.subnets.map { subnet in
        let said = fabric.lab.hnv.virtualSubnets.first { $0.name.text == subnet.name }
        if let said { return UInt32(said.value.text) ?? 0 }
        defer { next += 1 }
        return next
      }
    }
  }

  @Test func `captures of every lab`() throws {
    var batch = Batch()
    let protocols: [IPProtocol] = [.icmp, .udp, .tcp]
    var (captured, refused) = (0, 0)
    for name in LabFiles.names {
      // A lab that is meant to be refused has nothing to capture.
      guard let fabric = try? LabFiles.fabric(name) else {
        refused += 1
        #expect(
          try LabFiles.lab(name).expectations.contains {
            if case .fault = $0.claim { true } else { false }
          }, "\(name) is refused, and does not expect it")
        continue
      }
      captured += 1
      // Every pair comes both ways round.
      for (number, pair) in try fabric.pairs().enumerated() {
        var question = pair
        question.ipProtocol = protocols[number % protocols.count]
        if question.ipProtocol == .udp { (question.destinationPort, question.size) = (40_000, 64) }
        try batch.add(question, fabric)
      }
    }
    #expect(captured > refused && captured + refused == LabFiles.names.count)
    #expect(batch.seen.count > 10 * captured)
    try expectClean(batch)
  }

  @Test func `either encapsulation over either family, with ICMP errors inside`() throws {
    var batch = Batch()
    for encapsulation in ["nvgre", "vxlan"] {
      for underlay in ["172.16.0.0/16", "2001:db8::/64"] {
        for family in IPFamily.allCases {
          try add(try Self.fabric(family, encapsulation, underlay), family, to: &batch)
        }
      }
    }
    try expectClean(batch)
  }

  private static func fabric(
    _ family: IPFamily, _ encapsulation: String, _ underlay: String
  ) throws -> Fabric {
    try SmallLab.fabric([family]) { lab in
      if family == .v4 { lab.addGateway() }
      lab.change("B") { $0.open = [] }
      lab.underlay.prefix = SmallLab.written(underlay)
      lab.hnv.settings = [
        HNVSection.Named(SmallLab.written("encapsulation"), SmallLab.written(encapsulation))
      ]
    }
  }

  private func add(_ fabric: Fabric, _ family: IPFamily, to batch: inout Batch) throws {
    try batch.add(Question(from: "A", to: "X"), fabric)
    // B's ports are closed: a reset, and port unreachable.
    try batch.add(Question(from: "A", to: "B", ipProtocol: .tcp), fabric)
    try batch.add(
      Question(from: "A", to: "B", ipProtocol: .udp, destinationPort: 40_000, size: 31), fabric)
    guard family == .v4 else { return }
    // GW is the second router on the way: time exceeded.
    try batch.add(Question(from: "A", to: "internet", timeToLive: 2), fabric)
    try batch.add(Question(from: "A", to: "internet"), fabric)
  }

  private func expectClean(_ batch: Batch) throws {
    let frames = try Analyser.dissect(batch.file.pcapng)
    try #require(frames.count == batch.seen.count && !frames.isEmpty)
    for (frame, seen) in zip(frames, batch.seen) {
      let about: Comment = "\(seen.interface): \(seen.packet.comment): \(frame.values)"
      #expect(frame["_ws.malformed"].isEmpty, about)
      // PI_ERROR of Wireshark's epan/proto.h; a wrong checksum is one.
      #expect(frame["_ws.expert.severity"].allSatisfy { (Int($0) ?? .max) < 0x80_0000 }, about)
      // How far the analyser goes into a tunnel packet that hosts quote to one another depends on
      // what that carries.
      let stack = Self.stack(of: seen.frame)
      #expect(
        frame.protocols == stack
          || stack.hasSuffix(":gre") && frame.protocols.hasPrefix(stack), about)
      #expect(frame.checksums.allSatisfy { $0 == "1" } || isExempt(frame), about)
      #expect(frame["frame.interface_name"] == [seen.interface], about)
      #expect(frame["frame.comment"] == [seen.packet.comment], about)
      #expect(seconds(frame) == seen.packet.time, about)
      let identifiers = try Self.identifiers(frame)
      if !seen.isOnUnderlay || !seen.frame.isInTunnel {
        #expect(identifiers.isEmpty, about)
      } else if let own = Self.identifiersOfReceiver(seen) {
        #expect(identifiers.count == 1, about)
        #expect(seen.isDisputed || own.isSuperset(of: identifiers), about)
      } else {
        // What hosts tell one another bears the virtual subnet of the packet that it quotes
        // ([MS-NVGREE], section 2.2).
        #expect(Set(identifiers).count == 1, about)
      }
    }
  }

  /// The UDP of VXLAN (RFC 7348, section 5) and of MPLS (RFC 7510, section 3) has no checksum over
  /// IPv4, and a packet that an ICMP error
  /// quotes is not checked; none may be bad.
  private func isExempt(_ frame: Analyser.Frame) -> Bool {
    guard !frame.checksums.contains("0"), !frame.checksums.contains("4") else { return false }
    return frame.protocols.contains(":ip:udp:vxlan:")
      || frame.protocols.contains(":ip:udp:mpls:") || frame.protocols.contains("icmp:ip:")
      || frame.protocols.contains("icmpv6:ipv6:")
  }

  private func seconds(_ frame: Analyser.Frame) -> VirtualTime? {
    let digits = frame["frame.time_epoch"].first?.filter { $0 != "." }
    return digits.flatMap(UInt64.init).map { VirtualTime(nanoseconds: $0) }
  }

  /// The virtual subnets that the analyser sees: the upper 24 bits of the key of NVGRE (RFC 7637,
  /// section 3.2), or VXLAN's network identifier.
  private static func identifiers(_ frame: Analyser.Frame) throws -> [UInt32] {
    let keys = try frame["gre.key"].map { try #require(UInt32($0.dropFirst(2), radix: 16)) >> 8 }
    return try keys + frame["vxlan.vni"].map { try #require(UInt32($0)) }
  }

  /// The virtual subnet of the adapter that the inner frame is for, one for each of its mappings;
  /// `nil` for what a host sends.
  private static func identifiersOfReceiver(_ seen: Seen) -> Set<UInt32>? {
    let inner: EthernetFrame
    switch seen.frame.packet?.transport {
    case .nvgre(_, let frame), .vxlan(_, let frame): inner = frame
    default: return nil
    }
    let owner = inner.destination.isMulticast ? inner.source : inner.destination
    let subnets = seen.intent.machines.flatMap(\.interfaces)
      .filter { $0.macAddress == owner }.compactMap { seen.intent.subnet(of: $0) }
    return subnets.isEmpty ? nil : Set(subnets.map { seen.identifiers[$0] })
  }

  /// The protocols that an analyser should find, from the outside in.
  private static func stack(of frame: EthernetFrame) -> String {
    let header = frame.tag == nil ? "eth:ethertype" : "eth:ethertype:vlan:ethertype"
    return switch frame.payload {
    case .arp: "\(header):arp"
    case .ip(let packet): "\(header):\(stack(of: packet))"
    case .other: "\(header):data"
    }
  }

  private static func stack(of packet: IPPacket) -> String {
    let family = packet.source.family == .v4 ? "ip" : "ipv6"
    return switch packet.transport {
    // What a redirect quotes, the analyser follows without its data.
    case .icmp(.redirect(_, _, let quoted)):
      "\(family):icmp\(inside(quoted, of: packet).replacing(":data", with: ""))"
    case .icmp(let message): "\(family):icmp\(inside(message.quotation, of: packet))"
    case .icmpv6(.neighborSolicitation), .icmpv6(.neighborAdvertisement): "\(family):icmpv6"
    case .icmpv6(let message): "\(family):icmpv6\(inside(message.quotation, of: packet))"
    case .udp(let datagram): "\(family):udp\(datagram.data.isEmpty ? "" : ":data")"
    case .tcp: "\(family):tcp"
    case .nvgre(_, let frame): "\(family):gre:\(stack(of: frame))"
    case .vxlan(_, let frame): "\(family):udp:vxlan:\(stack(of: frame))"
    case .geneve(_, let frame): "\(family):udp:geneve:\(stack(of: frame))"
    case .mpls(let header, let payload):
      "\(family):\(header.tunnel == .gre ? "gre" : "udp"):mpls:\(stack(behind: payload))"
    case .esp: "\(family):esp"
    case .vrrp: "\(family):vrrp"
    case .other: "\(family):data"
    }
  }

  private static func stack(behind payload: MPLSPayload) -> String {
    switch payload {
    case .packet(let packet): stack(of: packet)
    case .frame(let frame): stack(of: frame)
    }
  }

  /// Behind an ICMP header: the packet that an error quotes, or an echo's data.
  private static func inside(_ quoted: QuotedPacket?, of packet: IPPacket) -> String {
    guard let quoted else { return ":data" }
    let family = quoted.source.family == .v4 ? "ip" : "ipv6"
    switch quoted.ipProtocol {
    case .udp: return ":\(family):udp:data"
    case .tcp: return ":\(family):tcp"
    // As far as the analyser goes into what is quoted.
    case .gre: return ":\(family):gre"
    default: return ":\(family):icmp:data"
    }
  }
}

extension ICMPMessage {
  fileprivate var quotation: QuotedPacket? {
    switch self {
    case .destinationUnreachable(_, let quoted), .timeExceeded(let quoted): quoted
    case .fragmentationNeeded(_, let quoted), .redirect(_, _, let quoted): quoted
    case .echoRequest, .echoReply, .other: nil
    }
  }
}

extension ICMPv6Message {
  fileprivate var quotation: QuotedPacket? {
    switch self {
    case .destinationUnreachable(_, let quoted), .timeExceeded(let quoted): quoted
    case .packetTooBig(_, let quoted): quoted
    default: nil
    }
  }
}

extension EthernetFrame {
  /// Whether this carries another frame; hosts also ask for one another on the underlay.
  fileprivate var isInTunnel: Bool {
    switch packet?.transport {
    case .nvgre, .vxlan: true
    default: false
    }
  }
}
