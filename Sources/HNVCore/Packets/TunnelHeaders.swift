/// The GRE header of NVGRE (RFC 7637, section 3.2): a key that holds the virtual subnet.
public struct NVGREHeader: Hashable, Sendable, BitwiseCopyable {
  /// The upper 24 bits of the key.
  public var virtualSubnetID: VirtualSubnetID

  /// The lower 8 bits of the key: entropy of the flow, 0 where none is generated.
  public var flowID: UInt8

  /// Creates a header.
  public init(virtualSubnetID: VirtualSubnetID, flowID: UInt8 = 0) {
    self.virtualSubnetID = virtualSubnetID
    self.flowID = flowID
  }

  /// The bytes of a GRE header with its key.
  public static let byteCount = 8
}

/// The UDP and VXLAN headers of VXLAN (RFC 7348, section 5).
public struct VXLANHeader: Hashable, Sendable, BitwiseCopyable {
  /// The VXLAN network identifier.
  public var virtualSubnetID: VirtualSubnetID

  /// The UDP source port: entropy of the flow.
  public var sourcePort: UInt16

  /// Creates a header.
  public init(virtualSubnetID: VirtualSubnetID, sourcePort: UInt16 = 49152) {
    self.virtualSubnetID = virtualSubnetID
    self.sourcePort = sourcePort
  }

  /// The UDP destination port that IANA assigned.
  public static let destinationPort: UInt16 = 4789

  /// The bytes of a UDP header and a VXLAN header.
  public static let byteCountWithUDP = 16
}

/// A number before a frame, for tunnels of which the format is unpublished, in the protocol that is
/// set apart for experiments (RFC 3692, section 2.1).
package struct ExperimentalHeader: Hashable, Sendable, BitwiseCopyable {
  /// Where the frame is to arrive.
  package let networkIdentifier: UInt32

  /// Creates a header.
  package init(networkIdentifier: UInt32) { self.networkIdentifier = networkIdentifier }

  /// The protocol.
  package static let ipProtocol = IPProtocol(number: 253)

  /// The bytes of the number.
  package static let byteCount = 4
}
