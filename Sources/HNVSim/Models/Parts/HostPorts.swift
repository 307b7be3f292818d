import HNVCore

/// What the virtual switch of every host has, whatever the model: ports for its machines, a stack
/// of its own on the underlay, and packets that it makes itself.
final class HostPorts {
  let host: Int
  let stack: UnderlayStack

  init(_ host: Int, in intent: Intent) {
    self.host = host
    stack = UnderlayStack(UnderlayStack.Configuration(host, in: intent))
  }

  /// Whether a machine's adapter is on this host by now.
  func has(_ adapter: Adapter, in world: inout World) -> Bool {
    world.wiring.host(of: adapter.machine) == host
  }

  /// Hands a frame to the port of an adapter on this host.
  func deliver(_ frame: EthernetFrame, to adapter: Adapter, in world: inout World) {
    world.note(PortFact.delivered(machine: adapter.machine, adapter.macAddress), frame)
    world.emit(frame, on: adapter.cable)
  }

  /// Sends what a tunnel carries to another host; `fact` is about the packet around it.
  func tunnel(
    _ transport: Transport, _ fact: any Fact = PortFact.encapsulated, to other: Int,
    in world: inout World
  ) {
    let (own, peer) = (world.intent.hosts[host].address, world.intent.hosts[other].address)
    send(transport, fact, from: own, to: peer, in: &world)
  }

  /// Sends what a tunnel carries to a group of the underlay.
  func tunnel(_ transport: Transport, to group: IPAddress, in world: inout World) {
    send(
      transport, PortFact.encapsulated, from: world.intent.hosts[host].address, to: group,
      in: &world)
  }

  private func send(
    _ transport: Transport, _ fact: any Fact, from own: IPAddress, to peer: IPAddress,
    in world: inout World
  ) {
    // The outer TTL is the host's own, never the machine's (ipSpace, October 2013).
    guard
      let packet = IPPacket(
        from: own, to: peer, timeToLive: Station.timeToLive, transport: transport)
    else {
      world.drop(.notModelled, PortFact.mixedFamilies(own, peer))
      return
    }
    world.note(fact, packet: packet)
    stack.send(packet, in: &world)
  }

  /// Takes a frame from the uplink; gives the packet in it that is none of the host's own stack's.
  func receive(_ frame: EthernetFrame, in world: inout World) -> IPPacket? {
    stack.receive(frame, in: &world) ? frame.packet : nil
  }

  /// Answers a machine's question for a MAC address; `fact` is about the answer.
  func answer(
    _ answer: NeighborAnswer, to question: EthernetFrame, by cable: Cable, _ fact: any Fact,
    in world: inout World
  ) {
    world.answer(answer, to: question, by: cable, fact)
  }

  /// Answers an echo request, which `fact` is about, in the name of a router address.
  func answerEcho(
    _ request: EthernetFrame, from router: MACAddress, by cable: Cable, _ fact: any Fact,
    in world: inout World
  ) {
    world.answerEcho(request, from: router, by: cable, fact)
  }

  /// Tells the sender of a frame that its packet was lost, in the name of a router address.
  ///
  /// Nothing is sent about what may not be reported (RFC 1122, section 3.2.2).
  func report(
    _ complaint: ICMPComplaint, about frame: EthernetFrame, from address: IPAddress,
    _ router: MACAddress, by cable: Cable, in world: inout World
  ) {
    guard let packet = frame.packet, !frame.destination.isMulticast, packet.mayBeReported,
      let error = IPPacket(
        from: address, to: packet.source, timeToLive: Station.timeToLive,
        transport: complaint.message(about: packet))
    else { return }
    world.originate(
      EthernetFrame(destination: frame.source, source: router, payload: .ip(error)), .error,
      by: cable)
  }

  func timeout(_ timer: Timer, in world: inout World) { stack.timeout(timer, in: &world) }

  func halt(in world: inout World) { stack.halt(in: &world) }
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
