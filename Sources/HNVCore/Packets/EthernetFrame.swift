/// An Ethernet frame without its frame check sequence, as a virtual switch sees it.
///
/// Packets are values: a copy that one box changes leaves every other copy as it was. Their
/// fields are those of the wire, so that encoding is a matter of order and width alone.
public struct EthernetFrame: Hashable, Sendable {
  /// The address the frame is sent to.
  public var destination: MACAddress

  /// The address the frame is sent from.
  public var source: MACAddress

  /// What the frame carries.
  public var payload: Payload

  /// What a frame can carry, by EtherType.
  public enum Payload: Hashable, Sendable {
    /// EtherType 0x0806 (RFC 826).
    case arp(ARPMessage)
    /// EtherType 0x0800 or 0x86DD.
    case ip(IPPacket)
    /// Any other EtherType, with its bytes; HNV carries none of them.
    case other(etherType: UInt16, data: [UInt8])
  }

  /// Creates a frame.
  public init(destination: MACAddress, source: MACAddress, payload: Payload) {
    self.destination = destination
    self.source = source
    self.payload = payload
  }

  /// The bytes of an Ethernet header: two addresses and the EtherType.
  public static let headerByteCount = 14

  /// The number by which the header names what the frame carries (IANA, "EtherTypes").
  public var etherType: UInt16 {
    switch payload {
    case .arp: 0x0806
    case .ip(.v4): 0x0800
    case .ip(.v6): 0x86DD
    case .other(let etherType, _): etherType
    }
  }

  /// The IP packet inside; `nil` for ARP and every other EtherType.
  public var packet: IPPacket? {
    if case .ip(let packet) = payload { packet } else { nil }
  }
}
