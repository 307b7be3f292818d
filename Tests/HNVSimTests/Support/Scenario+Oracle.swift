import HNVCore

/// What the article says a packet must look like, worked out from the scenario alone.
extension Scenario {
  /// The frame of an echo request on arrival: within a subnet what any switch would hand over,
  /// between subnets what a router would, with the receiver's MAC and one less to live.
  func frameOnArrival(
    from sender: Machine, to receiver: Machine, _ family: IPFamily
  ) throws -> EthernetFrame {
    try frame(
      from: sender, to: receiver, family, destination: MACAddress(parsing: mac(of: receiver)),
      timeToLive: sender.subnet == receiver.subnet ? 128 : 127)
  }

  /// The same frame as it left, addressed to some MAC.
  func frame(
    from sender: Machine, to receiver: Machine, _ family: IPFamily, destination: MACAddress,
    timeToLive: UInt8
  ) throws -> EthernetFrame {
    let letters = (0..<32).map { UInt8(ascii: "a") + UInt8($0 % 23) }
    let packet = IPPacket(
      from: try IPAddress(parsing: address(of: sender, family)),
      to: try IPAddress(parsing: address(of: receiver, family)), timeToLive: timeToLive,
      transport: family == .v4
        ? .icmp(.echoRequest(identifier: 1, sequence: 1, data: letters))
        : .icmpv6(.echoRequest(identifier: 1, sequence: 1, data: letters)))
    guard let packet else { throw MixedFamilies() }
    return EthernetFrame(
      destination: destination, source: try MACAddress(parsing: mac(of: sender)),
      payload: .ip(packet))
  }

  /// The packet on the wire between two hosts, around the frame; `nil` on one host.
  func tunnelPacket(
    from sender: Machine, to receiver: Machine, _ family: IPFamily
  ) throws -> IPPacket? {
    guard sender.host != receiver.host else { return nil }
    let subnet = try VirtualSubnetID(UInt64(identifier(of: receiver.subnet)))
    return IPPacket(
      from: try IPAddress(parsing: provider(of: sender.host)),
      to: try IPAddress(parsing: provider(of: receiver.host)), timeToLive: 128,
      transport: .nvgre(
        NVGREHeader(virtualSubnetID: subnet),
        try frameOnArrival(from: sender, to: receiver, family)))
  }

  struct MixedFamilies: Error {}
}
