import HNVCore

/// An internet edge: translates what passes between a cloud's network and the outside.
struct EdgeGateway: Element {
  private let edge: InternetEdge
  /// All edges: they may share an outside network.
  private let edges: [InternetEdge]
  private let directory: AdapterDirectory

  init(
    _ edge: InternetEdge, among edges: [Int: InternetEdge], _ directory: AdapterDirectory
  ) {
    self.edge = edge
    self.edges = edges.values.sorted { $0.network < $1.network }
    self.directory = directory
  }

  mutating func receive(_ packet: PacketID, from cable: Cable, in world: inout World) {
    let row = world.packets[packet]
    if row.isQuestion {
      return answer(row.subjects.destination, packet, by: cable, in: &world)
    }
    guard row.isIP else { return world.drop(.notCarried, EdgeFact.notIP, packet) }
    if edge.hosts.contains(cable) {
      leave(packet, in: &world)
    } else {
      enter(packet, in: &world)
    }
  }

  private mutating func answer(
    _ address: IPAddress, _ packet: PacketID, by cable: Cable, in world: inout World
  ) {
    guard edge.mappings.contains(where: { $0.address == address }) else {
      return world.drop(.neighborUnreachable, EdgeFact.notPublic, packet)
    }
    world.answer(
      NeighborAnswer(target: address, macAddress: edge.macAddress), to: packet, by: cable,
      EdgeFact.answered)
  }

  /// Sends a machine's packet out.
  private mutating func leave(_ packet: PacketID, in world: inout World) {
    guard let departure = edge.departure(of: world.packets[packet], in: world.intent),
      let cable = edge.wires[departure.outside]
    else {
      return world.drop(.noTranslation, EdgeFact.noSource(edge.mappings), packet)
    }
    let translated = world.packets.exchanging(.source, of: packet, for: departure.source)
    note(packet, translated, in: &world)
    let destination = world.packets[translated].destination
    // Who uses another's public address is sent back in, under its own (RFC 4787, REQ-9).
    if edge.mappings.contains(where: { $0.address == destination }) {
      return enter(translated, in: &world)
    }
    let neighbor = edges.first { other in
      other.mappings.contains {
        $0.address == destination && $0.outside == departure.outside
      }
    }
    let mac = neighbor?.macAddress ?? world.intent.outsides[departure.outside].macAddress
    emit(translated, to: mac, on: cable, in: &world)
  }

  /// Takes a packet from outside to the machine that its destination stands for.
  private mutating func enter(_ packet: PacketID, in world: inout World) {
    guard let inside = edge.receiver(of: world.packets[packet].destination),
      let adapter = directory.adapter(at: inside, inNetwork: edge.network)
    else {
      return world.drop(.noTranslation, EdgeFact.noReceiver(edge.mappings), packet)
    }
    let translated = world.packets.exchanging(.destination, of: packet, for: inside)
    note(packet, translated, in: &world)
    emit(
      translated, to: adapter.macAddress, on: edge.hosts[world.wiring.host(of: adapter.machine)],
      in: &world)
  }

  private mutating func note(_ before: PacketID, _ after: PacketID, in world: inout World) {
    guard before != after else { return }
    world.note(EdgeFact.translated, after, before: before)
  }

  private mutating func emit(
    _ packet: PacketID, to mac: MACAddress, on cable: Cable, in world: inout World
  ) {
    let own = edge.macAddress
    let frame = world.packets.changing(packet) {
      $0.readdress(from: own, to: mac)
      $0.tag = nil
    }
    world.emit(frame, on: cable)
  }
}

extension PacketTable {
  /// Adds a packet with another address at one end.
  ///
  /// - Returns: the packet itself where it has the address already.
  fileprivate mutating func exchanging(
    _ end: QuotedPacket.End, of packet: PacketID, for address: IPAddress
  ) -> PacketID {
    let row = self[packet]
    guard address != (end == .source ? row.source : row.destination) else { return packet }
    // What quotes a packet belongs to no flow.
    let quoting = row.flowPorts == nil ? exchangingQuoted(end, of: packet, for: address) : nil
    return changing(quoting ?? packet) {
      $0.readdress(
        from: end == .source ? address : $0.source,
        to: end == .destination ? address : $0.destination)
    }
  }

  /// Adds an error about a packet with another address at one end: that packet went the other way,
  /// and has the address at its other end.
  ///
  /// - Returns: `nil` for what quotes no such packet.
  private mutating func exchangingQuoted(
    _ end: QuotedPacket.End, of error: PacketID, for address: IPAddress
  ) -> PacketID? {
    var frame = frame(error)
    let opposite: QuotedPacket.End = end == .source ? .destination : .source
    guard let packet = frame.packet, let quoted = packet.transport.quoted,
      let port = quoted.flow(opposite)?.own,
      (opposite == .source ? quoted.source : quoted.destination)
        == (end == .source ? packet.source : packet.destination),
      let changed = quoted.replacing(opposite, by: address, port: port),
      let exchanged = packet.replacing(
        source: packet.source, destination: packet.destination,
        transport: packet.transport.replacing(quoted: changed))
    else { return nil }
    frame.payload = .ip(exchanged)
    return add(frame)
  }
}
