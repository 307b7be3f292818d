import HNVCore

/// What a link that translates did with a packet, or why it did not.
enum TranslationFact: Fact {
  typealias Entry = TranslationTable.Entry

  case translated(by: Entry, StationConfiguration)
  /// What came from outside has no entry, or one that does not expect its sender.
  case refused(by: Entry?, nearest: [Entry], StationConfiguration)
  case noAddress
  case noFreePort
  case isFragment
  case noPorts
  /// An error about a packet that nobody has sent through here.
  case unknownQuotation

  func step(in scene: Scene) -> Step {
    guard let packet = scene.packet else { return .withoutPacket }
    let name = scene.name
    switch self {
    case .translated(let entry, let station):
      return translation(of: scene.before?.packet ?? packet, to: packet, by: entry, station)
    case .refused(let entry, let nearest, let station):
      return refusal(of: packet, by: entry, nearest: nearest, station)
    case .noAddress:
      let family = packet.source.family
      return Step(
        .dropped, "\(name) has no \(family) address for NAT",
        fix: "assign an \(family) address to its NAT adapter")
    case .noFreePort:
      return Step(
        .dropped, "\(name) has no free \(packet.transport.ipProtocol) port for NAT",
        fix: "add another NAT adapter to \(name)")
    case .isFragment:
      return Step(
        .gaveUp,
        "a fragment has no ports for NAT at \(name), and reassembly for NAT is not simulated",
        fix: "send packets that need not be fragmented")
    case .noPorts:
      return Step(
        .dropped, "\(packet.transport.words) has no ports that \(name) could translate",
        fix: "send tcp, udp or a ping, or use a gateway without NAT")
    case .unknownQuotation:
      let quoted = packet.transport.quoted.map { "\($0.source) -> \($0.destination)" }
      return Step(
        .dropped,
        "the ICMP error quotes \(quoted ?? "nothing"), for which \(name) has no NAT entry",
        fix: "none needed: the quoted packet was never sent through here")
    }
  }

  /// What changed, and the entry that said so.
  private func translation(
    of before: IPPacket, to after: IPPacket, by entry: Entry, _ station: StationConfiguration
  ) -> Step {
    let changes = [
      Step.Change(.source, before.sourceText, after.sourceText),
      Step.Change(.destination, before.destinationText, after.destinationText),
      Step.Change(
        .quotedSource, before.quotedText(.source), after.quotedText(.source)),
      Step.Change(
        .quotedDestination, before.quotedText(.destination),
        after.quotedText(.destination)),
    ].compactMap { $0 }
    var step =
      changes.isEmpty
      ? Step(.translated, "\(before.sourceText) keeps its address and port")
      : Step(.translated, changes: changes)
    step.lookup = Step.Lookup(
      table: "NAT table of \(station.name)",
      key: "\(before.sourceText) -> \(before.destinationText)", match: entry.text(at: station))
    step.entry = Step.Entry(.translation, entry.text(at: station))
    return step
  }

  private func refusal(
    of packet: IPPacket, by entry: Entry?, nearest: [Entry], _ station: StationConfiguration
  ) -> Step {
    let (name, ipProtocol) = (station.name, packet.transport.ipProtocol)
    let ports = packet.transport.ports
    let sender: Words = ports == nil ? "\(packet.source)" : packet.sourceText
    let begin = "let a machine behind \(name) send to \(sender) first"
    let (detail, fix): (Words, String) =
      if let entry {
        ("\(entry.text(at: station)) has no session with \(sender)", begin)
      } else {
        (
          "\(name) has no NAT entry for \(ipProtocol) \(packet.destinationText)",
          ports.map { "publish \(ipProtocol) \($0.destination) at \(name), or \(begin)" } ?? begin
        )
      }
    return Step(
      .dropped, detail,
      lookup: Step.Lookup(
        table: "NAT table of \(name)",
        key: "\(ipProtocol) \(packet.destinationText) from \(sender)", match: nil,
        nearest: nearest.map { $0.text(at: station) }), fix: fix)
  }
}

extension TranslationTable.Entry {
  /// Which outside port stands for which inside one, in words.
  fileprivate func text(at station: StationConfiguration) -> Words {
    let ipProtocol = outside.ipProtocol
    let place = station.compartments[inside.compartment]
    return "\(ipProtocol) \(outside.endpoint.words(ipProtocol)) for"
      + " \(inside.endpoint.words(ipProtocol))"
      + (place.isEmpty ? "" : " in compartment \(place)")
      + (isPublished ? ", published" : "")
  }
}

extension TranslationTable.Endpoint {
  /// The address with its port, as in RFC 5952, section 6, or with an echo's identifier.
  fileprivate func words(_ ipProtocol: IPProtocol) -> Words {
    guard ipProtocol == .tcp || ipProtocol == .udp else { return "\(address) id \(port)" }
    return switch address {
    case .v4: "\(address):\(port)"
    case .v6: "[\(address)]:\(port)"
    }
  }
}

extension IPPacket {
  fileprivate var sourceText: Words { text(source, transport.flow(outward: true)?.own) }

  /// An echo's identifier stands for a port at either end.
  fileprivate var destinationText: Words {
    text(destination, transport.flow(outward: false)?.own)
  }

  fileprivate func quotedText(_ end: QuotedPacket.End) -> Words {
    guard let quoted = transport.quoted else { return "" }
    let address = end == .source ? quoted.source : quoted.destination
    return quoted.flow(end).map {
      TranslationTable.Endpoint(address: address, port: $0.own).words(quoted.ipProtocol)
    } ?? "\(address)"
  }

  private func text(_ address: IPAddress, _ port: UInt16?) -> Words {
    port.map {
      TranslationTable.Endpoint(address: address, port: $0).words(transport.ipProtocol)
    } ?? "\(address)"
  }
}
