import HNVCore

/// What the virtual switch of every host has, whatever the model: ports for its machines, a stack
/// of its own on the underlay, and packets that it makes itself.
struct HostPorts {
  let host: Int
  var stack: UnderlayStack

  init(_ host: Int, in intent: Intent) {
    self.host = host
    stack = UnderlayStack(UnderlayStack.Configuration(host, in: intent))
  }

  /// Whether a machine's adapter is on this host by now.
  func has(_ adapter: Adapter, in world: inout World) -> Bool {
    world.wiring.host(of: adapter.machine) == host
  }

  /// Hands a frame to the port of an adapter on this host.
  func deliver(_ packet: PacketID, to adapter: Adapter, in world: inout World) {
    world.note(PortFact.delivered(machine: adapter.machine, adapter.macAddress), packet)
    world.emit(packet, on: adapter.cable)
  }

  /// Sends a packet in a tunnel to another host; `fact` is about the packet around it.
  mutating func tunnel(
    _ inner: PacketID, in header: Packet.TunnelHeader, _ fact: any Fact = PortFact.encapsulated,
    to other: Int, in world: inout World
  ) {
    let (own, peer) = (world.intent.hosts[host].address, world.intent.hosts[other].address)
    send(inner, in: header, fact, from: own, to: peer, in: &world)
  }

  /// Sends a packet in a tunnel to a group of the underlay.
  mutating func tunnel(
    _ inner: PacketID, in header: Packet.TunnelHeader, to group: IPAddress, in world: inout World
  ) {
    send(
      inner, in: header, PortFact.encapsulated, from: world.intent.hosts[host].address, to: group,
      in: &world)
  }

  private mutating func send(
    _ inner: PacketID, in header: Packet.TunnelHeader, _ fact: any Fact, from own: IPAddress,
    to peer: IPAddress, in world: inout World
  ) {
    // The outer TTL is the host's own, never the machine's (ipSpace, October 2013).
    guard
      let packet = world.packets.encapsulate(
        inner, in: header, from: own, to: peer, timeToLive: NetworkStack.timeToLive)
    else {
      world.drop(.notModelled, PortFact.mixedFamilies(own, peer))
      return
    }
    world.note(fact, packet)
    stack.send(packet, in: &world)
  }

  /// Takes a frame from the uplink; gives the packet in it that is none of the host's own stack's.
  mutating func receive(_ packet: PacketID, in world: inout World) -> PacketID? {
    stack.receive(packet, in: &world) ? packet : nil
  }

  /// Answers a machine's question for a MAC address; `fact` is about the answer.
  func answer(
    _ answer: NeighborAnswer, to question: PacketID, by cable: Cable, _ fact: any Fact,
    in world: inout World
  ) {
    world.answer(answer, to: question, by: cable, fact)
  }

  /// Answers an echo request, which `fact` is about, in the name of a router address.
  func answerEcho(
    _ request: PacketID, from router: MACAddress, by cable: Cable, _ fact: any Fact,
    in world: inout World
  ) {
    world.answerEcho(request, from: router, by: cable, fact)
  }

  /// Tells the sender of a frame that its packet was lost, in the name of a router address.
  ///
  /// Nothing is sent about what may not be reported (RFC 1122, section 3.2.2).
  func report(
    _ complaint: ICMPComplaint, about packet: PacketID, from address: IPAddress,
    _ router: MACAddress, by cable: Cable, in world: inout World
  ) {
    let row = world.packets[packet]
    guard !row.destinationMAC.isMulticast, let lost = world.packets.ipPacket(packet),
      lost.mayBeReported,
      let bare = world.packets.add(
        from: address, to: row.source, timeToLive: NetworkStack.timeToLive,
        complaint.message(about: lost))
    else { return }
    let error = world.packets.changing(bare) { $0.readdress(from: router, to: row.sourceMAC) }
    world.originate(error, .error, by: cable)
  }

  mutating func timeout(_ timer: Timer, in world: inout World) { stack.timeout(timer, in: &world) }

  mutating func halt(in world: inout World) { stack.halt(in: &world) }
}

extension PacketTable {
  /// Adds a packet with other MAC addresses and, where it was routed, its TTL less one; the packet
  /// itself where nothing changes.
  mutating func rewrite(
    _ packet: PacketID, source: MACAddress? = nil, destination: MACAddress? = nil,
    decrementing: Bool = false
  ) -> PacketID {
    let row = self[packet]
    let (source, destination) = (source ?? row.sourceMAC, destination ?? row.destinationMAC)
    let decrements = decrementing && row.timeToLive > 0
    guard decrements || source != row.sourceMAC || destination != row.destinationMAC
    else { return packet }
    return changing(packet) {
      $0.readdress(from: source, to: destination)
      if decrements { $0.timeToLive -= 1 }
    }
  }
}
