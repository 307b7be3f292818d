import HNVCore

/// The box of an internet edge: translates what passes between a cloud's network and the outside.
final class EdgeGateway: FrameBox {
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

  func receive(_ frame: EthernetFrame, from cable: Cable, in world: inout World) {
    if let asked = frame.neighborAddress { return answer(asked, frame, by: cable, in: &world) }
    guard let packet = frame.packet else {
      return world.drop(.notCarried, EdgeFact.notIP, frame)
    }
    if edge.hosts.contains(cable) {
      leave(packet, in: &world)
    } else {
      enter(packet, in: &world)
    }
  }

  private func answer(
    _ address: IPAddress, _ frame: EthernetFrame, by cable: Cable, in world: inout World
  ) {
    guard edge.mappings.contains(where: { $0.address == address }) else {
      return world.drop(.neighborUnreachable, EdgeFact.notPublic, frame)
    }
    world.answer(
      NeighborAnswer(target: address, macAddress: edge.macAddress), to: frame, by: cable,
      EdgeFact.answered)
  }

  /// Sends a machine's packet out.
  private func leave(_ packet: IPPacket, in world: inout World) {
    guard let departure = edge.departure(of: packet, in: world.intent),
      let cable = edge.wires[departure.outside],
      let translated = packet.exchanging(.source, for: departure.source)
    else {
      return world.drop(.noTranslation, EdgeFact.noSource(edge.mappings), packet: packet)
    }
    note(packet, translated, in: &world)
    // Who uses another's public address is sent back in, under its own (RFC 4787, REQ-9).
    if edge.mappings.contains(where: { $0.address == translated.destination }) {
      return enter(translated, in: &world)
    }
    let neighbor = edges.first { other in
      other.mappings.contains {
        $0.address == translated.destination && $0.outside == departure.outside
      }
    }
    let mac = neighbor?.macAddress ?? world.intent.outsides[departure.outside].macAddress
    world.emit(
      EthernetFrame(destination: mac, source: edge.macAddress, payload: .ip(translated)),
      on: cable)
  }

  /// Takes a packet from outside to the machine that its destination stands for.
  private func enter(_ packet: IPPacket, in world: inout World) {
    guard let inside = edge.receiver(of: packet.destination),
      let adapter = directory.adapter(at: inside, inNetwork: edge.network),
      let translated = packet.exchanging(.destination, for: inside)
    else {
      return world.drop(.noTranslation, EdgeFact.noReceiver(edge.mappings), packet: packet)
    }
    note(packet, translated, in: &world)
    world.emit(
      EthernetFrame(
        destination: adapter.macAddress, source: edge.macAddress, payload: .ip(translated)),
      on: edge.hosts[world.wiring.host(of: adapter.machine)])
  }

  private func note(_ before: IPPacket, _ after: IPPacket, in world: inout World) {
    guard world.keepsSteps, before != after else { return }
    world.note(EdgeFact.translated, packet: after, before: before)
  }
}

extension IPPacket {
  /// The packet with another address at one end; what an error in it quotes went the other way and
  /// gets the address at its other end.
  func exchanging(_ end: QuotedPacket.End, for address: IPAddress) -> IPPacket? {
    let (source, destination) =
      end == .source ? (address, self.destination) : (self.source, address)
    let opposite: QuotedPacket.End = end == .source ? .destination : .source
    var transport = transport
    if let quoted = transport.quoted, let port = quoted.flow(opposite)?.own,
      (opposite == .source ? quoted.source : quoted.destination)
        == (end == .source ? self.source : self.destination),
      let changed = quoted.replacing(opposite, by: address, port: port)
    {
      transport = transport.replacing(quoted: changed)
    }
    return replacing(source: source, destination: destination, transport: transport)
  }
}
