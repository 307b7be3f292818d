import HNVCore

/// ICMP errors through NAT: the quoted packet is translated as well, because its sender knows it
/// only as it was sent (RFC 5508, section 4).
extension NetworkStack {
  /// An error from inside about a packet that came in: the quoted receiver is inside.
  mutating func translate(
    _ packet: PacketID, quoting quoted: QuotedPacket, from compartment: Int, on link: Int,
    to own: IPAddress, in world: inout World
  ) -> PacketID? {
    guard let flow = quoted.flow(.destination) else { return unknown(packet, in: &world) }
    let inside = TranslationTable.Inside(
      ipProtocol: quoted.ipProtocol, compartment: compartment,
      endpoint: TranslationTable.Endpoint(address: quoted.destination, port: flow.own))
    let peer = TranslationTable.Endpoint(address: quoted.source, port: flow.peer)
    guard let entry = translations[link]?.entry(of: inside, to: peer, at: world.now),
      let inner = quoted.replacing(
        .destination, by: entry.outside.endpoint.address, port: entry.outside.endpoint.port),
      let translated = world.packets.replacing(
        inner, in: packet, from: own, to: world.packets[packet].destination)
    else { return unknown(packet, in: &world) }
    note(translated, from: packet, by: entry, in: &world)
    return translated
  }

  /// An error from outside about a packet that left: the quoted sender is the link.
  mutating func restore(
    _ packet: PacketID, quoting quoted: QuotedPacket, on link: Int, in world: inout World
  ) -> (PacketID, TranslationTable.Entry)? {
    guard let flow = quoted.flow(.source) else {
      _ = unknown(packet, in: &world)
      return nil
    }
    let outside = TranslationTable.Outside(
      ipProtocol: quoted.ipProtocol,
      endpoint: TranslationTable.Endpoint(address: quoted.source, port: flow.own))
    let peer = TranslationTable.Endpoint(address: quoted.destination, port: flow.peer)
    guard let entry = translations[link]?.entry(at: outside, with: peer, at: world.now),
      let inner = quoted.replacing(
        .source, by: entry.inside.endpoint.address, port: entry.inside.endpoint.port),
      let translated = world.packets.replacing(
        inner, in: packet, from: world.packets[packet].source, to: entry.inside.endpoint.address)
    else {
      _ = unknown(packet, in: &world)
      return nil
    }
    return (translated, entry)
  }

  /// An error about a packet that nobody has sent through here.
  private mutating func unknown(_ error: PacketID, in world: inout World) -> PacketID? {
    world.drop(.noTranslation, TranslationFact.unknownQuotation, error)
    return nil
  }
}

extension PacketTable {
  /// Adds an error between other addresses, about another packet.
  fileprivate mutating func replacing(
    _ quoted: QuotedPacket, in error: PacketID, from source: IPAddress,
    to destination: IPAddress
  ) -> PacketID? {
    guard let packet = ipPacket(error) else { return nil }
    let changed = packet.replacing(
      source: source, destination: destination,
      transport: packet.transport.replacing(quoted: quoted))
    return changed.map { add($0) }
  }
}

extension QuotedPacket {
  /// The ports of the quoted packet, those at one end and at the other; `nil` where they are not
  /// quoted.
  ///
  /// An echo has its identifier for a port of the translated end, whichever that is.
  func flow(_ end: End) -> (own: UInt16, peer: UInt16)? {
    if let echoIdentifier { return (echoIdentifier, 0) }
    guard let sourcePort, let destinationPort else { return nil }
    return end == .source ? (sourcePort, destinationPort) : (destinationPort, sourcePort)
  }
}
