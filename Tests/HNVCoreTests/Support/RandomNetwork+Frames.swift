import HNVCore

extension RandomNetwork {
  /// A frame that a port sends: mostly sensible, sometimes not.
  func frame(from port: VMPort, _ random: inout SplitMix64) throws -> EthernetFrame {
    let own = machines.filter { "\($0.address)" == port.vmName }
    let sender = random.hits(1, in: 8) ? randomAddress(&random) : own[0].address
    let mac = random.hits(1, in: 12) ? randomMAC(&random) : port.macAddress
    var frame: EthernetFrame
    switch Int.random(in: 0..<14, using: &random) {
    case 0, 1: frame = try question(from: sender, mac, &random)
    case 2: frame = try announcement(from: sender, mac, &random)
    case 3:
      frame = try EthernetFrame.answer(
        from: sender, mac, to: randomAddress(&random), randomMAC(&random))
    case 4:
      frame = EthernetFrame(
        destination: randomMAC(&random), source: mac,
        payload: .other(etherType: 0x8847, data: []))
    case 5, 6:
      frame = try EthernetFrame.carrying(
        from: sender, mac, to: randomGroup(&random), .broadcast, transport(&random))
    case 7:
      let network = Article.Network.all.randomElement(using: &random) ?? .edge
      frame = try EthernetFrame.carrying(
        from: sender, mac, to: article.address(network, 1), randomMAC(&random), ping)
    default:
      frame = try EthernetFrame.carrying(
        from: sender, mac, to: randomAddress(&random), randomMAC(&random),
        timeToLive: [0, 1, 2, 64, 255].randomElement(using: &random) ?? 64, transport(&random))
    }
    if random.hits(1, in: 30) { frame.tag = VLANTag(identifier: 5) }
    if case .ip(let packet) = frame.payload { frame.payload = .ip(marked(packet, &random)) }
    return frame
  }

  /// A packet as the underlay delivers it without a tunnel.
  func translatedPacket(_ random: inout SplitMix64) throws -> EthernetFrame {
    let addresses = machines.indices.map { ownProvider($0) } + machines.map(\.address)
    let (source, destination) = (
      addresses[Int.random(in: 0..<addresses.count, using: &random)],
      addresses[Int.random(in: 0..<addresses.count, using: &random)]
    )
    return try EthernetFrame.carrying(
      from: source, randomMAC(&random), to: destination, randomMAC(&random), transport(&random))
  }

  func randomAddress(_ random: inout SplitMix64) -> IPAddress {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return article.outside
    case 1: return randomGroup(&random)
    case 2, 3:
      let network = Article.Network.all.randomElement(using: &random) ?? .edge
      let number = [0, 1, 13, 99].randomElement(using: &random) ?? 1
      return (try? article.address(network, number)) ?? article.outside
    default: return machines[Int.random(in: 0..<machines.count, using: &random)].address
    }
  }

  func randomMAC(_ random: inout SplitMix64) -> MACAddress {
    let macs = [1, 11, 12, 250, 99].map { MACAddress(bits: $0) } + [.broadcast]
    return macs[Int.random(in: 0..<macs.count, using: &random)]
  }

  /// A multicast address, or one of the two broadcasts of IPv4.
  private func randomGroup(_ random: inout SplitMix64) -> IPAddress {
    guard article.family == .v4, random.hits(1, in: 2) else { return article.group }
    let subnet = Article.Network.all.randomElement(using: &random)
    let last = subnet.flatMap { try? article.prefix($0).last }
    return random.hits(1, in: 2) ? .v4(IPv4Address(bits: .max)) : last ?? article.group
  }

  /// A question to all or to one, by a machine that has an address or looks for one.
  private func question(
    from sender: IPAddress, _ mac: MACAddress, _ random: inout SplitMix64
  ) throws -> EthernetFrame {
    let asker = random.hits(1, in: 5) ? IPPrefix.everything(article.family).address : sender
    var frame = try EthernetFrame.question(
      from: asker, mac, for: randomAddress(&random),
      to: random.hits(1, in: 2) ? randomMAC(&random) : nil)
    if random.hits(1, in: 4), case .ip(.v6(var packet)) = frame.payload,
      case .icmpv6(.neighborSolicitation(let target, _)) = packet.transport
    {
      packet.transport = .icmpv6(.neighborSolicitation(target: target, sender: nil))
      frame.payload = .ip(.v6(packet))
    }
    return frame
  }

  /// A gratuitous ARP message or an unsolicited neighbour advertisement.
  private func announcement(
    from sender: IPAddress, _ mac: MACAddress, _ random: inout SplitMix64
  ) throws -> EthernetFrame {
    let target = random.hits(1, in: 4) ? try article.address(.clients, 77) : sender
    return try EthernetFrame.announcement(of: target, mac)
  }

  private func marked(_ packet: IPPacket, _ random: inout SplitMix64) -> IPPacket {
    switch packet {
    case .v4(var packet):
      packet.differentiatedServices = UInt8.random(in: 0...255, using: &random)
      packet.dontFragment = Bool.random(using: &random)
      return .v4(packet)
    case .v6(var packet):
      packet.trafficClass = UInt8.random(in: 0...255, using: &random)
      return .v6(packet)
    }
  }

  private var ping: Transport {
    switch article.family {
    case .v4: .icmp(.echoRequest(identifier: 1, sequence: 1, data: []))
    case .v6: .icmpv6(.echoRequest(identifier: 1, sequence: 1, data: []))
    }
  }

  private func transport(_ random: inout SplitMix64) -> Transport {
    let large = [UInt8](repeating: 0, count: 1440)
    let transports: [Transport] = [
      .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)),
      .udp(UDPDatagram(sourcePort: 1, destinationPort: 2, data: large)),
      .tcp(TCPSegment(sourcePort: 1, destinationPort: 2, sequence: 3, flags: .syn)),
      .other(.gre, data: [1, 2, 3]),
      ping,
      article.family == .v4
        ? .icmp(.echoReply(identifier: 1, sequence: 1, data: []))
        : .icmpv6(.routerAdvertisement(body: [])),
    ]
    return transports[Int.random(in: 0..<transports.count, using: &random)]
  }
}
