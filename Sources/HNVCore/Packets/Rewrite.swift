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

  /// Whether it changes anything of a frame.
  package func changes(_ key: FlowKey) -> Bool {
    destinationMAC != key.destinationMAC || sourceMAC != key.sourceMAC
      || (timeToLiveCost > 0 && key.isIP)
  }

  /// A rewrite that changes nothing of a frame.
  static func none(_ key: FlowKey) -> Rewrite {
    Rewrite(
      destinationMAC: key.destinationMAC, sourceMAC: key.sourceMAC, timeToLiveCost: 0)
  }
}
