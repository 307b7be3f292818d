import HNVCore

/// Words for what a link that translates did, or why it did not.
extension Station {
  /// The step of a translation, with what changed and the entry that said so.
  func step(
    _ before: IPPacket, _ after: IPPacket, by entry: TranslationTable.Entry
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
    return Step(
      .translated,
      changes.isEmpty
        ? "\(before.sourceText) keeps its address and port"
        : changes.map(\.description).joined(separator: ", "),
      lookup: Step.Lookup(
        table: "NAT table of \(name)",
        key: "\(before.sourceText) -> \(before.destinationText)", match: text(entry)),
      changes: changes)
  }

  /// An entry in words: which outside port stands for which inside one.
  func text(_ entry: TranslationTable.Entry) -> String {
    let ipProtocol = entry.outside.ipProtocol
    let place = compartments[entry.inside.compartment]
    return "\(ipProtocol) \(entry.outside.endpoint.words(ipProtocol)) for"
      + " \(entry.inside.endpoint.words(ipProtocol))"
      + (place.isEmpty ? "" : " in compartment \(place)")
      + (entry.isPublished ? ", published" : "")
  }

  /// Drops what came from outside and has no entry, or one that does not expect its sender.
  func refuse(
    _ arrival: TranslationTable.Arrival, _ outside: TranslationTable.Outside,
    from peer: TranslationTable.Endpoint, on link: Int, in context: Context
  ) {
    context.drop(
      .noTranslation,
      refusal(
        arrival, outside, from: peer,
        nearest: translations[link]?.entries(of: outside.ipProtocol, at: context.now)
          .prefix(4).map(text) ?? []))
  }

  private func refusal(
    _ arrival: TranslationTable.Arrival, _ outside: TranslationTable.Outside,
    from peer: TranslationTable.Endpoint, nearest: [String]
  ) -> Step {
    let ipProtocol = outside.ipProtocol
    let hasPorts = ipProtocol == .tcp || ipProtocol == .udp
    let sender = hasPorts ? peer.words(ipProtocol) : "\(peer.address)"
    let what = outside.endpoint.words(ipProtocol)
    let begin = "let a machine behind \(name) send to \(sender) first"
    let (detail, fix) =
      if case .unexpected(let entry) = arrival {
        ("\(text(entry)) has no session with \(sender)", begin)
      } else {
        (
          "\(name) has no NAT entry for \(ipProtocol) \(what)",
          hasPorts
            ? "publish \(ipProtocol) \(outside.endpoint.port) at \(name), or \(begin)" : begin
        )
      }
    return Step(
      .dropped, detail,
      lookup: Step.Lookup(
        table: "NAT table of \(name)", key: "\(ipProtocol) \(what) from \(sender)",
        match: nil, nearest: nearest), fix: fix)
  }
}

extension TranslationTable.Endpoint {
  /// The address with its port, as in RFC 5952, section 6, or with an echo's identifier.
  func words(_ ipProtocol: IPProtocol) -> String {
    guard ipProtocol == .tcp || ipProtocol == .udp else { return "\(address) id \(port)" }
    return switch address {
    case .v4: "\(address):\(port)"
    case .v6: "[\(address)]:\(port)"
    }
  }
}

extension IPPacket {
  fileprivate var sourceText: String { text(source, transport.flow(outward: true)?.own) }

  /// An echo's identifier stands for a port at either end.
  fileprivate var destinationText: String {
    text(destination, transport.flow(outward: false)?.own)
  }

  fileprivate func quotedText(_ end: QuotedPacket.End) -> String {
    guard let quoted = transport.quoted else { return "" }
    let address = end == .source ? quoted.source : quoted.destination
    return quoted.flow(end).map {
      TranslationTable.Endpoint(address: address, port: $0.own).words(quoted.ipProtocol)
    } ?? "\(address)"
  }

  private func text(_ address: IPAddress, _ port: UInt16?) -> String {
    port.map {
      TranslationTable.Endpoint(address: address, port: $0).words(transport.ipProtocol)
    } ?? "\(address)"
  }
}
