public import HNVCore

/// One packet to ask a network about: who sends it to whom, and its headers.
public struct Question: Hashable, Sendable {
  /// The machine, or outside network, that sends.
  public var from: String
  /// The machine, outside network or address that it sends to.
  public var to: String
  /// What it sends: an ICMP echo request, a UDP datagram or a TCP SYN.
  public var ipProtocol: IPProtocol
  /// The source port; default: 49152, the first that Windows assigns.
  public var sourcePort: UInt16?
  /// The destination port; default: 80 for TCP and 53 for UDP.
  public var destinationPort: UInt16?
  /// The TTL; default: 128, as Windows sends.
  public var timeToLive: UInt8?
  /// The bytes of payload; default: 32 for an echo request, as Windows' ping sends, else none.
  public var size: Int?
  /// Whether the packet has DF set, by which its sender learns the path's MTU (RFC 1191).
  public var dontFragment: Bool

  /// Asks about a packet.
  public init(
    from: String, to: String, ipProtocol: IPProtocol = .icmp, sourcePort: UInt16? = nil,
    destinationPort: UInt16? = nil, timeToLive: UInt8? = nil, size: Int? = nil,
    dontFragment: Bool = true
  ) {
    self.from = from
    self.to = to
    self.ipProtocol = ipProtocol
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.timeToLive = timeToLive
    self.size = size
    self.dontFragment = dontFragment
  }
}

extension Question {
  /// The largest payload of an IPv4 packet behind a header of eight bytes.
  static let largestSize = 65_507
}
