import HNVCore

extension NetworkStack {
  /// Sends the packet of a test packet; its answer is awaited.
  mutating func send(_ testPacket: TestPacket, in world: inout World) {
    let compartment = compartment(of: testPacket)
    guard
      let source = source(
        towards: testPacket.destination, preferring: testPacket.source, from: compartment)
    else {
      let summary = PacketSummary(
        source: testPacket.destination, destination: testPacket.destination, text: testPacket.text)
      let begun = world.begin(.request, of: summary)
      let fact = NoSourceAddress(stack: configuration, destination: testPacket.destination)
      world.following(begun) { $0.drop(.noRoute, fact) }
      return
    }
    guard
      let packet = world.packets.add(
        from: source, to: testPacket.destination, timeToLive: testPacket.timeToLive,
        testPacket.transport)
    else { return }
    expectAnswer(to: world.packets[packet], in: compartment)
    originate(
      packet, .request, for: testPacket.receiver, mayFragment: testPacket.mayFragment,
      from: compartment,
      in: &world)
  }

  /// Notes that a packet of the stack's own begins an exchange.
  mutating func expectAnswer(to packet: Packet, in compartment: Int) {
    guard !packet.isFragment, let ports = packet.ports else { return }
    conversations.insert(
      Session(
        compartment: compartment, ipProtocol: packet.ipProtocol, peer: packet.destination,
        localPort: ports.source, peerPort: ports.destination))
  }

  /// Sends a packet of the stack's own; a receiver that is named must be the one to take it.
  mutating func originate(
    _ packet: PacketID, _ purpose: PacketPurpose, for receiver: ElementID? = nil,
    mayFragment: Bool = false, from compartment: Int = 0, in world: inout World
  ) {
    let packet = mayFragment ? numbered(packet, in: &world) : packet
    world.following(world.begin(purpose, of: packet)) { world in
      if let receiver { world.mean(receiver) }
      world.note(ForwardingFact.originated, packet)
      output(packet, for: .itself(mayFragment: mayFragment), from: compartment, in: &world)
    }
  }

  /// The address that the stack would send from: that of the link the route leads out of.
  func source(
    towards destination: IPAddress, preferring: IPAddress?, from compartment: Int
  ) -> IPAddress? {
    if let preferring { return preferring }
    if let entry = entry(for: destination, from: compartment) {
      let towards: IPAddress = if case .via(let hop) = entry.nextHop { hop } else { destination }
      return configuration.source(towards: towards, on: entry.link)
    }
    return links.indices.lazy.filter { links[$0].compartment == compartment }
      .compactMap { configuration.source(towards: destination, on: $0) }.first
  }

  /// Routes a packet in a compartment, resolves its next hop and puts it on the wire, now or when
  /// that is known.
  mutating func output(
    _ packet: PacketID, for origin: PacketSource, from compartment: Int = 0, in world: inout World
  ) {
    let row = world.packets[packet]
    let destination = row.destination
    guard !isGroup(destination, in: compartment) else {
      return sendToGroup(packet, from: compartment, in: &world)
    }
    guard let entry = route(to: destination, for: origin, from: compartment) else {
      world.drop(
        isOnUnderlay ? .providerUnreachable : .noRoute,
        ForwardingFact.noRoute(from: compartment, of: configuration), packet)
      report(.network, to: origin, in: &world)
      return
    }
    world.note(routed(destination, for: origin, from: compartment), packet)
    if collects(row, leavingBy: entry.link) {
      guard let whole = assemble(packet, in: compartment, &world) else { return }
      return output(whole, for: origin.of(whole), from: compartment, in: &world)
    }
    let nextHop = if case .via(let address) = entry.nextHop { address } else { destination }
    let departure = OutgoingPacket(
      origin: origin, compartment: compartment, link: entry.link, nextHop: nextHop)
    guard fits(packet, by: departure, in: &world),
      let translated = translate(packet, from: compartment, on: entry.link, in: &world),
      !turns(translated, on: entry.link, for: origin, in: &world)
    else { return }
    redirect(departure, by: entry, in: &world)
    guard isLetOut(translated, by: departure, in: &world) else { return }
    send(translated, by: departure, in: &world)
  }

  /// Puts a packet whose next hop is known on the wire; `known` says how it is.
  mutating func transmit(
    _ packet: PacketID, to mac: MACAddress, on link: Int, _ known: NeighborFact? = nil,
    in world: inout World
  ) {
    let (own, tag) = (links[link].macAddress, links[link].tag)
    let frame = world.packets.changing(packet) {
      $0.readdress(from: own, to: mac)
      $0.tag = tag
    }
    if !isHost {
      if let known { world.note(known, frame) }
      world.note(FrameFact.transmitted, frame)
    }
    world.sent(frame)
    // Of a packet that leaves in parts, the first stands for it.
    world.following(world.whole) { $0.sent(frame) }
    transmit(frame, on: link, in: &world)
  }
}
