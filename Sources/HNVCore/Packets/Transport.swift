/// What an IP packet carries.
///
/// Bytes that read as one of the types are canonical as that type alone (`EthernetFrame`): UDP to
/// port 4789 that holds VXLAN is `vxlan`, ICMP is of the packet's own family, and a fragment
/// carries bytes whatever they are.
public indirect enum Transport: Hashable, Sendable {
  /// Protocol 1 (RFC 792).
  case icmp(ICMPMessage)
  /// Next header 58 (RFC 4443).
  case icmpv6(ICMPv6Message)
  /// Protocol 17 (RFC 768).
  case udp(UDPDatagram)
  /// Protocol 6 (RFC 9293).
  case tcp(TCPSegment)
  /// Protocol 47: GRE with a key and a whole Ethernet frame (RFC 7637).
  case nvgre(NVGREHeader, EthernetFrame)
  /// Protocol 17 to port 4789: VXLAN with a whole Ethernet frame (RFC 7348).
  case vxlan(VXLANHeader, EthernetFrame)
  /// Protocol 17 to port 6081: Geneve with a whole Ethernet frame (RFC 8926).
  case geneve(GeneveHeader, EthernetFrame)
  /// Protocol 47 (RFC 4023) or 17 to port 6635 (RFC 7510): a label with a packet or a frame.
  case mpls(MPLSHeader, MPLSPayload)
  /// Protocol 50: ESP in tunnel mode with a whole IP packet (RFC 4303).
  case esp(ESPHeader, IPPacket)
  /// Protocol 112 over IPv4 (RFC 5798).
  case vrrp(VRRPAdvertisement)
  /// Any other protocol, a fragment, or what its type cannot hold: all behind the IP header.
  case other(IPProtocol, data: [UInt8])

  /// The number that the IP header carries for it.
  public var ipProtocol: IPProtocol {
    switch self {
    case .icmp: .icmp
    case .icmpv6: .icmpv6
    case .udp, .vxlan, .geneve: .udp
    case .tcp: .tcp
    case .nvgre: .gre
    case .mpls(let header, _): header.ipProtocol
    case .esp: .esp
    case .vrrp: .vrrp
    case .other(let number, _): number
    }
  }

  /// The reply to an echo request, with its identifier, sequence and data; otherwise `nil`.
  public var echoReply: Transport? {
    switch self {
    case .icmp(.echoRequest(let identifier, let sequence, let data)):
      .icmp(.echoReply(identifier: identifier, sequence: sequence, data: data))
    case .icmpv6(.echoRequest(let identifier, let sequence, let data)):
      .icmpv6(.echoReply(identifier: identifier, sequence: sequence, data: data))
    default: nil
    }
  }

  /// The ports of UDP and TCP; `nil` for what has none.
  public var ports: (source: UInt16, destination: UInt16)? {
    switch self {
    case .udp(let datagram): (datagram.sourcePort, datagram.destinationPort)
    case .tcp(let segment): (segment.sourcePort, segment.destinationPort)
    case .vxlan(let header, _): (header.sourcePort, VXLANHeader.destinationPort)
    case .geneve(let header, _): (header.sourcePort, GeneveHeader.destinationPort)
    case .mpls(let header, _): header.ports
    case .icmp, .icmpv6, .nvgre, .esp, .vrrp, .other: nil
    }
  }

  /// The bytes it takes behind the IP header.
  public var byteCount: Int {
    switch self {
    case .icmp(let message): message.byteCount
    case .icmpv6(let message): message.byteCount
    case .udp(let datagram): UDPDatagram.headerByteCount + datagram.data.count
    case .tcp(let segment): segment.byteCount
    case .nvgre(_, let frame): NVGREHeader.byteCount + frame.byteCount
    case .vxlan(_, let frame): VXLANHeader.byteCountWithUDP + frame.byteCount
    case .geneve(let header, let frame): header.byteCountWithUDP + frame.byteCount
    case .mpls(let header, let payload): header.byteCountWithTunnel + payload.byteCount
    case .esp(_, let packet): ESPHeader.byteCount(around: packet.byteCount)
    case .vrrp(let advertisement): advertisement.byteCount
    case .other(_, let data): data.count
    }
  }
}

extension MPLSHeader {
  /// The number that the IP header before the label carries.
  var ipProtocol: IPProtocol {
    switch tunnel {
    case .gre: .gre
    case .udp: .udp
    }
  }

  /// The ports of the UDP header before the label; `nil` for GRE.
  var ports: (source: UInt16, destination: UInt16)? {
    switch tunnel {
    case .gre: nil
    case .udp(let sourcePort): (sourcePort, Self.destinationPort)
    }
  }
}

extension EthernetFrame {
  /// The bytes of the frame, header included, frame check sequence not.
  public var byteCount: Int {
    let header = Self.headerByteCount + (tag == nil ? 0 : VLANTag.byteCount)
    return switch payload {
    case .arp: header + ARPMessage.byteCount
    case .ip(let packet): header + packet.byteCount
    case .other(_, let data): header + data.count
    }
  }
}

/// The number by which an IP header names what it carries (IANA, "Protocol Numbers").
public struct IPProtocol: Hashable, Sendable, CustomStringConvertible, BitwiseCopyable {
  /// The number itself.
  public let number: UInt8

  /// Names a protocol by number.
  public init(number: UInt8) { self.number = number }

  /// 1, RFC 792.
  public static let icmp = IPProtocol(number: 1)
  /// 6, RFC 9293.
  public static let tcp = IPProtocol(number: 6)
  /// 17, RFC 768.
  public static let udp = IPProtocol(number: 17)
  /// 47, RFC 2784.
  public static let gre = IPProtocol(number: 47)
  /// 50, RFC 4303.
  public static let esp = IPProtocol(number: 50)
  /// 58, RFC 4443.
  public static let icmpv6 = IPProtocol(number: 58)
  /// 112, RFC 5798.
  public static let vrrp = IPProtocol(number: 112)

  /// The usual name in lower case, or the number.
  public var description: String {
    switch self {
    case .icmp: "icmp"
    case .tcp: "tcp"
    case .udp: "udp"
    case .gre: "gre"
    case .esp: "esp"
    case .icmpv6: "icmpv6"
    case .vrrp: "vrrp"
    default: "\(number)"
    }
  }
}
