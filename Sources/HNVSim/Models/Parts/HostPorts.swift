import HNVCore

/// What the virtual switch of every host has, whatever the model: ports for its machines, a stack
/// of its own on the underlay, and packets that it makes itself.
final class HostPorts {
  let host: Int
  let stack: UnderlayStack

  init(_ host: Int, in intent: Intent) {
    self.host = host
    stack = UnderlayStack(host, in: intent)
  }

  /// Whether a machine's adapter is on this host by now.
  func has(_ adapter: Adapter, in context: Context) -> Bool {
    context.wiring.host(of: adapter.machine) == host
  }

  /// Hands a frame to the port of an adapter on this host.
  func deliver(_ frame: EthernetFrame, to adapter: Adapter, in context: Context) {
    context.note(PortFact.delivered(machine: adapter.machine, adapter.macAddress), frame)
    context.emit(frame, on: adapter.cable)
  }

  /// Sends what a tunnel carries to another host; `fact` is about the packet around it.
  func tunnel(
    _ transport: Transport, _ fact: any Fact = PortFact.encapsulated, to other: Int,
    in context: Context
  ) {
    let (own, peer) = (context.intent.hosts[host].address, context.intent.hosts[other].address)
    send(transport, fact, from: own, to: peer, in: context)
  }

  /// Sends what a tunnel carries to a group of the underlay.
  func tunnel(_ transport: Transport, to group: IPAddress, in context: Context) {
    send(
      transport, PortFact.encapsulated, from: context.intent.hosts[host].address, to: group,
      in: context)
  }

  private func send(
    _ transport: Transport, _ fact: any Fact, from own: IPAddress, to peer: IPAddress,
    in context: Context
  ) {
    // The outer TTL is the host's own, never the machine's (ipSpace, October 2013).
    guard
      let packet = IPPacket(
        from: own, to: peer, timeToLive: Station.timeToLive, transport: transport)
    else {
      context.drop(.notModelled, PortFact.mixedFamilies(own, peer))
      return
    }
    context.note(fact, packet: packet)
    stack.send(packet, in: context)
  }

  /// Takes a frame from the uplink; gives the packet in it that is none of the host's own stack's.
  func receive(_ frame: EthernetFrame, in context: Context) -> IPPacket? {
    stack.receive(frame, in: context) ? frame.packet : nil
  }

  /// Answers a machine's question for a MAC address; `fact` is about the answer.
  func answer(
    _ answer: NeighborAnswer, to question: EthernetFrame, by cable: Cable, _ fact: any Fact,
    in context: Context
  ) {
    context.answer(answer, to: question, by: cable, fact)
  }

  /// Answers an echo request, which `fact` is about, in the name of a router address.
  func answerEcho(
    _ request: EthernetFrame, from router: MACAddress, by cable: Cable, _ fact: any Fact,
    in context: Context
  ) {
    guard let answer = request.echoAnswer(from: router) else { return }
    context.note(fact, request)
    context.accept(request, .answered)
    originate(answer, .reply, by: cable, in: context)
  }

  /// Tells the sender of a frame that its packet was lost, in the name of a router address.
  ///
  /// Nothing is sent about what may not be reported (RFC 1122, section 3.2.2).
  func report(
    _ complaint: ICMPComplaint, about frame: EthernetFrame, from address: IPAddress,
    _ router: MACAddress, by cable: Cable, in context: Context
  ) {
    guard let packet = frame.packet, !frame.destination.isMulticast, packet.mayBeReported,
      let error = IPPacket(
        from: address, to: packet.source, timeToLive: Station.timeToLive,
        transport: complaint.message(about: packet))
    else { return }
    originate(
      EthernetFrame(destination: frame.source, source: router, payload: .ip(error)), .error,
      by: cable, in: context)
  }

  private func originate(
    _ frame: EthernetFrame, _ purpose: PacketPurpose, by cable: Cable, in context: Context
  ) {
    guard let packet = frame.packet else { return }
    let own = context.begin(purpose, of: PacketSummary(packet))
    own.note(CommonFact.originated, frame)
    own.sent(frame)
    own.emit(frame, on: cable)
  }

  func timeout(_ timer: Timer, in context: Context) { stack.timeout(timer, in: context) }

  func halt(in context: Context) { stack.halt(in: context) }
}

extension EthernetFrame {
  /// The frame with other MAC addresses and, where the packet was routed, its TTL less one.
  func rewritten(
    source: MACAddress? = nil, destination: MACAddress? = nil, decrementing: Bool = false
  ) -> EthernetFrame {
    var frame = self
    if let source { frame.source = source }
    if let destination { frame.destination = destination }
    guard decrementing, case .ip(var packet) = frame.payload, packet.timeToLive > 0
    else { return frame }
    packet.timeToLive -= 1
    frame.payload = .ip(packet)
    return frame
  }
}
