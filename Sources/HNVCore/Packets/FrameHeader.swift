/// What a decision reads of a frame: once read, neither the frame nor its payload is looked at
/// again, as a switch parses a packet once into the key of its flow (Pfaff and others, "The Design
/// and Implementation of Open vSwitch", 2015, section 3).
///
/// Keep it beside a frame about which one decides more than once.
public struct FrameHeader: Sendable {
  /// The address the frame is sent to.
  public private(set) var destination: MACAddress

  /// The address the frame is sent from.
  public private(set) var source: MACAddress

  /// The number by which the frame names what it carries.
  public let etherType: UInt16

  /// The 802.1Q tag; `nil` for an untagged frame.
  public let tag: VLANTag?

  /// What the frame carries.
  private(set) var packet: PacketHeader

  private let resolution: Resolution

  /// One word, for most frames are not part of address resolution.
  private enum Resolution {
    case none
    indirect case message(NeighborMessage)
  }

  /// Reads a frame.
  public init(_ frame: EthernetFrame) {
    destination = frame.destination
    source = frame.source
    etherType = frame.etherType
    tag = frame.tag
    packet = PacketHeader(frame.payload)
    resolution = NeighborMessage(frame).map { .message($0) } ?? .none
  }

  /// What the frame says about addresses; `nil` where it is not part of address resolution.
  var neighborMessage: NeighborMessage? {
    guard case .message(let message) = resolution else { return nil }
    return message
  }

  /// The header of the same packet to another machine; `nil` for an address of another family.
  public func sent(to address: IPAddress, at mac: MACAddress) -> FrameHeader? {
    guard let packet = packet.sent(to: address) else { return nil }
    var header = self
    header.destination = mac
    header.packet = packet
    return header
  }

  /// The header of the frame with a rewrite applied, as far as MAC addresses go.
  func applying(_ rewrite: Rewrite) -> FrameHeader {
    var header = self
    header.destination = rewrite.destinationMAC
    header.source = rewrite.sourceMAC
    return header
  }
}

/// How a frame changes on its way.
public struct Rewrite: Hashable, Sendable {
  /// The destination MAC to deliver to.
  package var destinationMAC: MACAddress

  /// The source MAC to deliver from.
  package var sourceMAC: MACAddress

  /// What the packet's TTL loses: 1 between subnets, 0 within one.
  package var timeToLiveCost: UInt8

  /// The frame with the rewrite applied.
  package func applied(to frame: EthernetFrame) -> EthernetFrame {
    var frame = frame
    frame.destination = destinationMAC
    frame.source = sourceMAC
    if timeToLiveCost > 0, case .ip(var packet) = frame.payload {
      packet.timeToLive -= min(packet.timeToLive, timeToLiveCost)
      frame.payload = .ip(packet)
    }
    return frame
  }

  /// A rewrite that changes nothing of a frame.
  static func none(_ frame: FrameHeader) -> Rewrite {
    Rewrite(
      destinationMAC: frame.destination, sourceMAC: frame.source, timeToLiveCost: 0)
  }
}
