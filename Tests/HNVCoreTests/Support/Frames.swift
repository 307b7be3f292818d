import HNVCore
import Testing

extension Article {
  /// A frame that a machine sends, with the source addresses that are its own.
  func frame(
    from sender: Machine, to destination: IPAddress, mac: MACAddress, timeToLive: UInt8 = 64,
    _ transport: Transport = .udp(UDPDatagram(sourcePort: 1000, destinationPort: 2000))
  ) throws -> EthernetFrame {
    try EthernetFrame.carrying(
      from: sender.address, sender.macAddress, to: destination, mac, timeToLive: timeToLive,
      transport)
  }

  /// As a guest sends it: to its neighbour's own MAC, and to its gateway's for all others.
  func frame(
    from sender: Machine, to receiver: Machine, timeToLive: UInt8 = 64,
    _ transport: Transport = .udp(UDPDatagram(sourcePort: 1000, destinationPort: 2000))
  ) throws -> EthernetFrame {
    try frame(
      from: sender, to: receiver.address,
      mac: sender.subnet == receiver.subnet ? receiver.macAddress : gatewayMAC(of: sender.subnet),
      timeToLive: timeToLive, transport)
  }

  /// The question for an address: ARP, or a neighbour solicitation.
  func question(
    from sender: Machine, for target: IPAddress, to mac: MACAddress? = nil
  ) throws -> EthernetFrame {
    try EthernetFrame.question(from: sender.address, sender.macAddress, for: target, to: mac)
  }
}

extension EthernetFrame {
  static func carrying(
    from source: IPAddress, _ sourceMAC: MACAddress, to destination: IPAddress,
    _ destinationMAC: MACAddress, timeToLive: UInt8 = 64, _ transport: Transport
  ) throws -> EthernetFrame {
    let packet = try #require(
      IPPacket(from: source, to: destination, timeToLive: timeToLive, transport: transport))
    return EthernetFrame(destination: destinationMAC, source: sourceMAC, payload: .ip(packet))
  }

  /// A question to everyone, or to one MAC, for an address of the sender's family.
  static func question(
    from sender: IPAddress, _ mac: MACAddress, for target: IPAddress, to one: MACAddress? = nil
  ) throws -> EthernetFrame {
    switch (sender, target) {
    case (.v4(let sender), .v4(let target)):
      return EthernetFrame(
        destination: one ?? .broadcast, source: mac,
        payload: .arp(
          ARPMessage(
            operation: .request, senderMAC: mac, senderAddress: sender,
            targetMAC: one ?? MACAddress(bits: 0), targetAddress: target)))
    case (.v6(let sender), .v6(let target)):
      let group = target.solicitedNodeMulticast
      return EthernetFrame(
        destination: one ?? .multicast(for: group), source: mac,
        payload: .ip(
          .v6(
            IPv6Packet(
              source: sender, destination: one == nil ? group : target, hopLimit: 255,
              transport: .icmpv6(.neighborSolicitation(target: target, sender: mac))))))
    default: throw MixedFamilies()
    }
  }

  /// The answer to a question that a frame asks, sent by the target itself.
  static func answer(
    from target: IPAddress, _ mac: MACAddress, to asker: IPAddress, _ askerMAC: MACAddress
  ) throws -> EthernetFrame {
    let question = try question(from: asker, askerMAC, for: target)
    return try #require(NeighborAnswer(target: target, macAddress: mac).frame(answering: question))
  }

  /// What a machine tells everyone of its own address: a gratuitous ARP request (RFC 5227, section
  /// 2.3), or an unsolicited neighbour advertisement (RFC 4861, section 7.2.6).
  static func announcement(of address: IPAddress, _ mac: MACAddress) throws -> EthernetFrame {
    switch address {
    case .v4: return try question(from: address, mac, for: address)
    case .v6(let address):
      let nodes = IPv6Address(bits: 0xff02 << 112 | 1)
      return EthernetFrame(
        destination: .multicast(for: nodes), source: mac,
        payload: .ip(
          .v6(
            IPv6Packet(
              source: address, destination: nodes, hopLimit: 255,
              transport: .icmpv6(
                .neighborAdvertisement(target: address, targetMAC: mac, solicited: false))))))
    }
  }

  struct MixedFamilies: Error {}
}
