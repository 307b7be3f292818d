import HNVCore
import Testing

/// Hosts on an underlay that delivers everything at once: the shortest simulator.
struct InstantNetwork {
  let hosts: [HostRouter]

  init(_ policy: NetworkPolicy) {
    hosts = policy.hosts.map {
      HostRouter(
        name: $0.name, policy: $0.policy,
        router: DistributedRouter($0.policy.forwarding, settings: policy.settings))
    }
  }

  /// A frame at its receiver, and who that is.
  struct Arrival: Equatable {
    let frame: EthernetFrame
    let machine: String
  }

  /// What became of a frame and of its copies.
  struct Journey {
    /// The answer of the sender's host.
    let outcome: Outcome
    /// The tunnels it went through.
    var tunnels: [Tunnel] = []
    /// Where it arrived, in the order of the copies.
    var arrivals: [Arrival] = []
    /// Why it did not arrive, on either host.
    var refusals: [Refusal] = []
    /// What the receiving hosts would tell the sending one.
    var notices: [ControlNotice] = []

    var decision: Decision { outcome.decision }
    var tunnel: Tunnel? { tunnels.first }
    var arrival: Arrival? { arrivals.first }
    var refusal: Refusal? { refusals.first }
    /// Who got a copy, by name.
    var machines: [String] { arrivals.map(\.machine).sorted() }
  }

  func send(_ frame: EthernetFrame, from machine: Article.Machine) throws -> Journey {
    let sender = hosts[machine.host]
    let port = try #require(sender.port(for: machine.macAddress, in: machine.subnet))
    var journey = Journey(outcome: sender.decide(frame, from: port))
    switch journey.decision {
    case .encapsulate(let tunnel, let rewrite):
      try carry(rewrite.applied(to: frame), through: tunnel, from: sender, &journey)
    case .translate(let translation, let rewrite):
      try carry(rewrite.applied(to: frame), by: translation, &journey)
    case .deliver, .refuse, .replicate:
      place(journey.outcome, frame, at: sender, &journey)
      for tunnel in journey.outcome.copies?.tunnels ?? [] {
        try carry(frame, through: tunnel, from: sender, &journey)
      }
    case .answer, .answerEcho, .absorb, .bypass: break
    }
    return journey
  }

  /// To the owner of the provider address, or to every other host for a provider group.
  private func carry(
    _ frame: EthernetFrame, through tunnel: Tunnel, from sender: HostRouter,
    _ journey: inout Journey
  ) throws {
    journey.tunnels.append(tunnel)
    let isGroup = tunnel.destination.isMulticast
    let inner: EthernetFrame
    switch tunnel.transport(carrying: frame) {
    case .nvgre(_, let frame), .vxlan(_, let frame): inner = frame
    default: throw NoTunnel()
    }
    let receivers = hosts.filter {
      isGroup ? $0.name != sender.name : $0.owns(tunnel.destination)
    }
    try #require(!receivers.isEmpty)
    for receiver in receivers {
      let outcome = receiver.receive(
        inner, in: tunnel.virtualSubnetID, from: tunnel.source, at: tunnel.destination)
      if let notice = outcome.changes.notice { journey.notices.append(notice) }
      place(outcome, inner, at: receiver, &journey)
    }
  }

  struct NoTunnel: Error {}

  private func carry(
    _ frame: EthernetFrame, by translation: Translation, _ journey: inout Journey
  ) throws {
    let receiver = try #require(hosts.first { $0.owns(translation.nextHop) })
    let packet = try #require(frame.packet)
    let (outcome, inner) = receiver.receiveTranslated(frame, translation.applied(to: packet))
    place(outcome, inner, at: receiver, &journey)
  }

  /// Gives a frame to the ports that a host chose.
  private func place(
    _ outcome: Outcome, _ frame: EthernetFrame, at host: HostRouter, _ journey: inout Journey
  ) {
    switch outcome.decision {
    case .deliver(let port, let rewrite):
      journey.arrivals.append(
        Arrival(frame: rewrite.applied(to: frame), machine: host.ports[port].vmName))
    case .replicate:
      for port in outcome.copies?.ports ?? [] {
        place(host.deliver(frame, to: port), frame, at: host, &journey)
      }
    case .refuse(let refusal): journey.refusals.append(refusal)
    case .encapsulate, .translate, .answer, .answerEcho, .absorb, .bypass:
      Issue.record("a receiver only delivers, copies or refuses")
    }
  }
}

/// The host's answers, for a host that no packet has passed before.
extension HostRouter {
  /// Takes a frame that came in a tunnel, from the first host by default.
  func receive(
    _ frame: EthernetFrame, in subnet: VirtualSubnetID,
    from sender: IPAddress = Article.provider(0), at provider: IPAddress
  ) -> Outcome {
    receive(frame, in: subnet, from: sender, at: provider, state: HostState(), at: 0)
  }

  func receiveTranslated(
    _ frame: EthernetFrame, _ packet: IPPacket
  ) -> (outcome: Outcome, frame: EthernetFrame) {
    var packets = PacketTable()
    let sent = packets.add(
      EthernetFrame(
        destination: frame.destination, source: frame.source, tag: frame.tag,
        payload: .ip(packet)))
    let (outcome, received) = receiveTranslated(packets[sent], state: HostState(), at: 0)
    let inner = packets.add(received)
    return (outcome, packets.frame(inner))
  }

  func deliver(_ frame: EthernetFrame, to port: Int) -> Outcome {
    deliver(frame, to: port, state: HostState(), at: 0)
  }
}

extension Outcome {
  /// The outcome as the obvious router gives it, which says nothing of its grounds.
  var withoutGrounds: Outcome {
    var outcome = self
    outcome.grounds = Grounds()
    return outcome
  }
}

extension Translation {
  /// The packet as it travels.
  func applied(to packet: IPPacket) -> IPPacket {
    source.map { packet.readdressed(from: $0, to: nextHop) } ?? packet
  }
}

extension IPPacket {
  /// The packet with other addresses of its own family; unchanged where a family differs.
  func readdressed(from source: IPAddress, to destination: IPAddress) -> IPPacket {
    replacing(source: source, destination: destination, transport: transport) ?? self
  }
}
