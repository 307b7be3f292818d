import HNVCore

/// ICMP errors through NAT: the quoted packet is translated as well, because its sender knows it
/// only as it was sent (RFC 5508, section 4).
extension Station {
  /// An error from inside about a packet that came in: the quoted receiver is inside.
  func translate(
    _ packet: IPPacket, quoting quoted: QuotedPacket, from compartment: Int, on link: Int,
    to own: IPAddress, in world: inout World
  ) -> IPPacket? {
    guard let flow = quoted.flow(.destination) else { return unknown(packet, in: &world) }
    let inside = TranslationTable.Inside(
      ipProtocol: quoted.ipProtocol, compartment: compartment,
      endpoint: TranslationTable.Endpoint(address: quoted.destination, port: flow.own))
    let peer = TranslationTable.Endpoint(address: quoted.source, port: flow.peer)
    guard let entry = translations[link]?.entry(of: inside, to: peer, at: world.now),
      let inner = quoted.replacing(
        .destination, by: entry.outside.endpoint.address, port: entry.outside.endpoint.port),
      let translated = packet.replacing(
        source: own, destination: packet.destination,
        transport: packet.transport.replacing(quoted: inner))
    else { return unknown(packet, in: &world) }
    note(translated, from: packet, by: entry, in: &world)
    return translated
  }

  /// An error from outside about a packet that left: the quoted sender is the link.
  func restore(
    _ packet: IPPacket, quoting quoted: QuotedPacket, on link: Int, in world: inout World
  ) -> (IPPacket, TranslationTable.Entry)? {
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
      let translated = packet.replacing(
        source: packet.source, destination: entry.inside.endpoint.address,
        transport: packet.transport.replacing(quoted: inner))
    else {
      _ = unknown(packet, in: &world)
      return nil
    }
    return (translated, entry)
  }

  /// An error about a packet that nobody has sent through here.
  private func unknown(_ error: IPPacket, in world: inout World) -> IPPacket? {
    world.drop(.noTranslation, TranslationFact.unknownQuotation, packet: error)
    return nil
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
