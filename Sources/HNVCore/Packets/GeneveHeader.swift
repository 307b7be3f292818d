/// The UDP and Geneve headers of Geneve (RFC 8926, sections 3.3 and 3.4) around an Ethernet frame.
public struct GeneveHeader: Hashable, Sendable, BitwiseCopyable {
  /// The virtual network identifier, 24 bits; higher ones are dropped.
  public let networkIdentifier: UInt32

  /// The UDP source port: entropy of the flow.
  public var sourcePort: UInt16

  /// The option that OVN adds to every packet; `nil` for a header without options.
  public var logicalPorts: LogicalPorts?

  /// Creates a header, without options by default.
  public init(
    networkIdentifier: UInt32, sourcePort: UInt16 = 49152, logicalPorts: LogicalPorts? = nil
  ) {
    self.networkIdentifier = networkIdentifier & 0xff_ffff
    self.sourcePort = sourcePort
    self.logicalPorts = logicalPorts
  }

  /// The UDP destination port that IANA assigned.
  public static let destinationPort: UInt16 = 6081

  /// The bytes of a UDP header, a Geneve header and the option.
  public var byteCountWithUDP: Int { 16 + (logicalPorts == nil ? 0 : LogicalPorts.byteCount) }
}

extension GeneveHeader {
  /// What OVN's sender has decided already, as the option of class 0x0102 and type 0x80 tells it
  /// (ovn-architecture(7), "Tunnel Encapsulations").
  public struct LogicalPorts: Hashable, Sendable, BitwiseCopyable {
    /// The logical port by which the frame came, 15 bits; the highest is dropped.
    public let ingress: UInt16

    /// The logical port by which the frame leaves.
    public let egress: UInt16

    /// Names the two ports by their tunnel keys.
    public init(ingress: UInt16, egress: UInt16) {
      self.ingress = ingress & 0x7fff
      self.egress = egress
    }

    /// The bytes of the option's header and its data (RFC 8926, section 3.5).
    public static let byteCount = 8
  }
}
