import HNVCore

@testable import HNVSim

extension OVNTestNetwork {
  /// The same network as a lab, its machines spread over two hosts.
  var lab: Lab {
    let place = Place(file: "network \(number)", line: 1)
    func written(_ text: some CustomStringConvertible) -> Written {
      Written("\(text)", at: place)
    }
    var lab = Lab("network \(number)") { lab in
      lab.host("hv1")
      lab.host("hv2")
      lab.network("blue") { network in
        for index in switches.indices {
          network.subnet(switchName(index), "\(switches[index].prefix)")
        }
        for route in routes { network.route(to: "\(route.prefix)", via: "\(route.nextHop)") }
      }
      for (index, port) in ports.enumerated() {
        lab.machine(
          portName(index), on: "hv\(1 + index % 2)", in: switchName(port.onSwitch),
          "\(port.address)")
        lab.machines[index].interfaces[0].mac = written(port.macAddress)
      }
    }
    lab.ovn.acls = accessRules.map { rule in
      OVNSection.ACL(
        subnet: written(switchName(rule.onSwitch)), direction: written(rule.direction.rawValue),
        priority: UInt64(rule.priority), action: written(rule.verdict.rawValue),
        machine: rule.port.map { written(portName($0)) }, source: rule.source.map(written),
        destination: rule.destination.map(written),
        ipProtocol: rule.ipProtocol.map { written($0.number) })
    }
    return lab
  }

  /// What the model says of a question, in the words of the tracer.
  func verdict(on question: OVNQuestion, in fabric: Fabric) -> OVNVerdict {
    let simulation = Simulation(fabric.network, keepingSteps: false)
    var passages: [FrameInTransit] = []
    simulation.world.tap = { passages.append($0) }
    let frame = frame(of: question)
    let row = simulation.world.packets.add(frame)
    let cable = Cable.adapter(machine: question.port, index: 0)
    let sent = simulation.begin(
      .request, of: PacketSummary(frame), at: .machine(question.port)
    ) { world in
      world.sent(row)
      world.emit(row, on: cable)
    }
    simulation.run()
    let journeys = simulation.journal.journeys
    // What the platform makes of the packet; not what machines then say by themselves.
    var own: Set<Int> = [sent]
    for (number, journey) in journeys.enumerated() {
      guard let cause = journey.cause, own.contains(cause) else { continue }
      let isMade =
        if case .host = simulation.journal.hops[journey.firstHop].element { true } else { false }
      if journey.purpose == .copy || isMade { own.insert(number) }
    }
    return OVNVerdict(
      outputs: passages.compactMap { frameInTransit in
        guard own.contains(frameInTransit.journey),
          case .adapter(let machine, _) = frameInTransit.cable,
          case .host = frameInTransit.sender
        else { return nil }
        return OVNVerdict.Output(
          port: portName(machine),
          cause: journeys[frameInTransit.journey].purpose == .error ? .icmp4 : .packet,
          packet: packet(frameInTransit.frame))
      })
  }

  private func frame(of question: OVNQuestion) -> EthernetFrame {
    let sender = ports[question.port]
    return EthernetFrame(
      destination: ours(question.destinationMAC), source: sender.macAddress,
      payload: payload(of: question, from: sender))
  }

  private func payload(of question: OVNQuestion, from sender: Port) -> EthernetFrame.Payload {
    switch question.content {
    case .arp(let target):
      return .arp(
        ARPMessage(
          operation: .request, senderMAC: sender.macAddress, senderAddress: sender.address,
          targetMAC: MACAddress(bits: 0), targetAddress: target))
    case .ip(let destination, let ipProtocol, let timeToLive):
      let transport: Transport =
        switch ipProtocol {
        case .icmp: .icmp(.echoRequest(identifier: 1, sequence: 1, data: []))
        case .udp: .udp(UDPDatagram(sourcePort: 40000, destinationPort: 40001, data: []))
        case .tcp:
          .tcp(TCPSegment(sourcePort: 40000, destinationPort: 40001, sequence: 0, flags: [.syn]))
        default: .other(ipProtocol, data: [])
        }
      return .ip(
        .v4(
          IPv4Packet(
            source: sender.address, destination: destination, timeToLive: timeToLive,
            transport: transport)))
    }
  }

  /// Our MAC address for one of the description's: routers have their own.
  private func ours(_ mac: MACAddress) -> MACAddress {
    switches.firstIndex { $0.routerMAC == mac }.map { .router(ofSubnet: $0) } ?? mac
  }

  private func theirs(_ mac: MACAddress) -> MACAddress {
    switches.indices.first { MACAddress.router(ofSubnet: $0) == mac }
      .map { switches[$0].routerMAC } ?? mac
  }

  private func packet(_ frame: EthernetFrame) -> OVNPacket {
    var packet = OVNPacket(source: theirs(frame.source), destination: theirs(frame.destination))
    switch frame.payload {
    case .arp(let message):
      packet.arp = OVNPacket.ARP(
        operation: message.operation == .request ? 1 : 2, senderMAC: theirs(message.senderMAC),
        sender: message.senderAddress, targetMAC: theirs(message.targetMAC),
        target: message.targetAddress)
    case .ip(.v4(let inner)):
      packet.ip = OVNPacket.IP(
        source: inner.source, destination: inner.destination, timeToLive: inner.timeToLive)
      if case .icmp = inner.transport {
        // Behind 14 bytes of Ethernet and 20 of IPv4.
        let bytes = frame.wireBytes
        packet.icmp = OVNPacket.ICMP(type: bytes[34], code: bytes[35])
      }
    default: break
    }
    return packet
  }
}
