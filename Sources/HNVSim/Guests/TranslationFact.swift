import HNVCore

/// What a link that translates did with a packet, or why it did not.
enum TranslationFact: Fact {
  typealias Entry = TranslationTable.Entry

  case translated(by: Entry, StackConfiguration)
  /// What came from outside has no entry, or one that does not expect its sender.
  case refused(by: Entry?, nearest: [Entry], StackConfiguration)
  case noAddress
  case noFreePort
  case isFragment
  case noPorts
  /// An error about a packet that nobody has sent through here.
  case unknownQuotation

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return step.sayNothing() }
    let name = scene.name
    switch self {
    case .translated(let entry, let stack):
      writeTranslation(
        of: scene.before?.packet ?? packet, to: packet, by: entry, stack, to: &step)
    case .refused(let entry, let nearest, let stack):
      writeRefusal(of: packet, by: entry, nearest: nearest, stack, to: &step)
    case .noAddress:
      let family = packet.source.family
      step.say(.dropped, name, " has no ", family, " address for NAT")
      step.fix("assign an ", family, " address to its NAT adapter")
    case .noFreePort:
      step.say(.dropped, name, " has no free ", packet.transport.ipProtocol, " port for NAT")
      step.fix("add another NAT adapter to ", name)
    case .isFragment:
      step.say(
        .gaveUp, "a fragment has no ports for NAT at ", name,
        ", and reassembly for NAT is not simulated")
      step.fix("send packets that need not be fragmented")
    case .noPorts:
      step.say(.dropped, packet.transport.words, " has no ports that ", name, " could translate")
      step.fix("send tcp, udp or a ping, or use a gateway without NAT")
    case .unknownQuotation:
      let quoted = packet.transport.quoted.map { "\($0.source) -> \($0.destination)" }
      step.say(
        .dropped, "the ICMP error quotes ", quoted ?? "nothing", ", for which ", name,
        " has no NAT entry")
      step.fix("none needed: the quoted packet was never sent through here")
    }
  }

  /// What changed, and the entry that said so.
  private func writeTranslation(
    of before: IPPacket, to after: IPPacket, by entry: Entry, _ stack: StackConfiguration,
    to step: inout StepWriter
  ) {
    let isChanged =
      before.sourceText != after.sourceText || before.destinationText != after.destinationText
      || before.quotedText(.source) != after.quotedText(.source)
      || before.quotedText(.destination) != after.quotedText(.destination)
    if isChanged {
      step.sayChanges(.translated)
    } else {
      step.say(.translated, before.sourceText, " keeps its address and port")
    }
    step.table("NAT table of ", stack.name)
    step.key(before.sourceText, " -> ", before.destinationText)
    step.match(entry.text(at: stack))
    step.entry(.translation, entry.text(at: stack), at: nil)
    step.change(.source, before.sourceText, after.sourceText)
    step.change(.destination, before.destinationText, after.destinationText)
    step.change(.quotedSource, before.quotedText(.source), after.quotedText(.source))
    step.change(
      .quotedDestination, before.quotedText(.destination), after.quotedText(.destination))
  }

  private func writeRefusal(
    of packet: IPPacket, by entry: Entry?, nearest: [Entry], _ stack: StackConfiguration,
    to step: inout StepWriter
  ) {
    let (name, ipProtocol) = (stack.name, packet.transport.ipProtocol)
    let ports = packet.transport.ports
    let sender = ports == nil ? "\(packet.source)" : packet.sourceText
    let begin = "let a machine behind \(name) send to \(sender) first"
    if let entry {
      step.say(.dropped, entry.text(at: stack), " has no session with ", sender)
    } else {
      step.say(
        .dropped, name, " has no NAT entry for ", "\(ipProtocol)", " ", packet.destinationText)
    }
    step.table("NAT table of ", name)
    step.key("\(ipProtocol)", " ", packet.destinationText, " from ", sender)
    for near in nearest { step.nearest(near.text(at: stack)) }
    if entry == nil, let ports {
      step.fix("publish ", "\(ipProtocol)", " ", ports.destination, " at ", name, ", or ", begin)
    } else {
      step.fix(begin)
    }
  }
}

extension TranslationTable.Entry {
  /// Which outside port stands for which inside one, in words.
  fileprivate func text(at stack: StackConfiguration) -> String {
    let ipProtocol = outside.ipProtocol
    let place = stack.compartments[inside.compartment]
    return "\(ipProtocol) \(outside.endpoint.words(ipProtocol)) for"
      + " \(inside.endpoint.words(ipProtocol))"
      + (place.isEmpty ? "" : " in compartment \(place)")
      + (isPublished ? ", published" : "")
  }
}

extension TranslationTable.Endpoint {
  /// The address with its port, as in RFC 5952, section 6, or with an echo's identifier.
  fileprivate func words(_ ipProtocol: IPProtocol) -> String {
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
