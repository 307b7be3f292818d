/// An Ethernet frame without its frame check sequence, as a virtual switch sees it.
///
/// It is a description, for what comes in and goes out; packets on their way are rows of a
/// `PacketTable`. Fields are those of the wire, so that encoding is a matter of order and width
/// alone; lengths and checksums follow from the rest and are no fields.
///
/// What is read from bytes, and what the simulator makes, is canonical: written and read again, it
/// is the same. A value that holds as bytes what has a type of its own (an
/// `other(etherType:data:)` of 0x0800 with a sound IPv4 packet, say, or of 0x8100 in an untagged
/// frame), or that holds more than the wire has room for, is another when it is read again.
public struct EthernetFrame: Hashable, Sendable {
  /// The address the frame is sent to.
  public var destination: MACAddress

  /// The address the frame is sent from.
  public var source: MACAddress

  /// The 802.1Q tag between the addresses and the EtherType; `nil` for an untagged frame.
  public var tag: VLANTag?

  /// What the frame carries.
  public var payload: Payload

  /// What a frame can carry, by EtherType.
  public indirect enum Payload: Hashable, Sendable {
    /// EtherType 0x0806 (RFC 826).
    case arp(ARPMessage)
    /// EtherType 0x0800 or 0x86DD.
    case ip(IPPacket)
    /// Any other EtherType, with its bytes; HNV carries none of them.
    case other(etherType: UInt16, data: [UInt8])
  }

  /// Creates a frame, untagged by default.
  public init(
    destination: MACAddress, source: MACAddress, tag: VLANTag? = nil, payload: Payload
  ) {
    self.destination = destination
    self.source = source
    self.tag = tag
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

/// An 802.1Q tag (IEEE 802.1Q-2018, section 9.6): the VLAN a frame belongs to.
public struct VLANTag: Hashable, Sendable, BitwiseCopyable {
  /// The VLAN, 0 to 4095; the upper four bits are dropped.
  public let identifier: UInt16

  /// The priority code point, 0 to 7; higher bits are dropped.
  public let priority: UInt8

  /// Whether the frame may be dropped first where it is crowded.
  public let isDropEligible: Bool

  /// Creates a tag of plain priority by default.
  public init(identifier: UInt16, priority: UInt8 = 0, isDropEligible: Bool = false) {
    self.identifier = identifier & 0xfff
    self.priority = priority & 7
    self.isDropEligible = isDropEligible
  }

  /// The bytes that a tag adds to the header.
  public static let byteCount = 4
}
