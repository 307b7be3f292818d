extension PacketHeader {
  /// What a header says of what its packet carries.
  struct Marks {
    private(set) var kind = Kind.plain
    private(set) var traits: Traits = []
    private(set) var sourcePort: UInt16 = 0
    private(set) var destinationPort: UInt16 = 0

    /// Reads what a packet, or a fragment of one, carries.
    init(_ transport: Transport, in fragment: Fragment?) {
      switch transport {
      case .icmp(let message): read(message)
      case .icmpv6(let message): read(message)
      case .udp, .tcp, .nvgre, .vxlan, .geneve, .mpls, .esp, .vrrp, .other:
        readPorts(transport, in: fragment)
      }
    }

    private mutating func read(_ message: ICMPMessage) {
      switch message {
      case .echoRequest(let identifier, _, _):
        echo(identifier)
        traits.insert(.echoRequest)
      case .echoReply(let identifier, _, _): echo(identifier)
      case .redirect: traits = .routersWord
      // ICMP's router advertisement, which the simulator's boxes do not send.
      case .other(let type, _, _): if type == 9 { traits = .routersWord }
      case .destinationUnreachable, .fragmentationNeeded, .timeExceeded: break
      }
    }

    private mutating func read(_ message: ICMPv6Message) {
      switch message {
      case .echoRequest(let identifier, _, _):
        echo(identifier)
        traits.insert(.echoRequest)
      case .echoReply(let identifier, _, _): echo(identifier)
      case .neighborSolicitation, .neighborAdvertisement: kind = .neighborDiscovery
      case .routerAdvertisement: (kind, traits) = (.routerAdvertisement, .routersWord)
      case .redirect: traits = .routersWord
      case .destinationUnreachable, .packetTooBig, .timeExceeded, .other: break
      }
    }

    private mutating func echo(_ identifier: UInt16) {
      traits = .flow
      (sourcePort, destinationPort) = (identifier, identifier)
    }

    /// A fragment without the ports of its packet belongs to no flow; what never has any does.
    private mutating func readPorts(_ transport: Transport, in fragment: Fragment?) {
      if let ports = transport.ports(in: fragment) {
        traits = [.ports, .flow]
        (sourcePort, destinationPort) = (ports.source, ports.destination)
      } else {
        let number = transport.ipProtocol
        traits = fragment == nil && number != .tcp && number != .udp ? .flow : []
      }
    }
  }
}
