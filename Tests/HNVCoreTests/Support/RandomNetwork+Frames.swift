import HNVCore

extension RandomNetwork {
  /// A frame that a port sends: mostly sensible, sometimes not.
  func frame(from port: VMPort, _ random: inout SplitMix64) throws -> EthernetFrame {
    let own = machines.filter { "\($0.address)" == port.vmName }
    let sender = random.hits(1, in: 8) ? randomAddress(&random) : own[0].address
    let mac = random.hits(1, in: 12) ? randomMAC(&random) : port.macAddress
    let target = randomAddress(&random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      let one = random.hits(1, in: 2) ? randomMAC(&random) : nil
      return try EthernetFrame.question(from: sender, mac, for: target, to: one)
    case 1:
      let question = try EthernetFrame.question(from: target, randomMAC(&random), for: sender)
      let answer = NeighborAnswer(target: sender, macAddress: mac).frame(answering: question)
      return answer ?? question
    case 2:
      return EthernetFrame(
        destination: randomMAC(&random), source: mac,
        payload: .other(etherType: 0x8847, data: []))
    default:
      return try EthernetFrame.carrying(
        from: sender, mac, to: target, randomMAC(&random),
        timeToLive: [0, 1, 2, 64, 255].randomElement(using: &random) ?? 64,
        transport(&random))
    }
  }

  func randomAddress(_ random: inout SplitMix64) -> IPAddress {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return article.outside
    case 1: return article.group
    case 2:
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

  private func transport(_ random: inout SplitMix64) -> Transport {
    let transports: [Transport] = [
      .udp(UDPDatagram(sourcePort: 1, destinationPort: 2)),
      .tcp(TCPSegment(sourcePort: 1, destinationPort: 2, sequence: 3, flags: .syn)),
      .other(.gre, data: [1, 2, 3]),
    ]
    return transports[Int.random(in: 0..<transports.count, using: &random)]
  }
}
