import HNVCore

extension Station {
  /// Sends the packet of a probe; its answer is awaited.
  func send(_ probe: Probe, in context: Context) {
    let compartment = compartment(of: probe)
    guard
      let source = source(
        towards: probe.destination, preferring: probe.source, from: compartment)
    else {
      let summary = PacketSummary(
        source: probe.destination, destination: probe.destination, text: probe.text)
      let begun = context.begin(.request, of: summary)
      begun.drop(
        .noRoute, "\(name) has no address of the family of \(probe.destination)",
        mend: "give \(name) an address of that family")
      return
    }
    guard
      let packet = IPPacket(
        from: source, to: probe.destination, timeToLive: probe.timeToLive,
        transport: probe.transport)
    else { return }
    expectAnswer(to: packet, in: compartment)
    originate(packet, .request, for: probe.receiver, from: compartment, in: context)
  }

  /// Notes that a packet of the station's own begins an exchange.
  func expectAnswer(to packet: IPPacket, in compartment: Int) {
    guard let ports = packet.transport.ports else { return }
    conversations.insert(
      Conversation(
        compartment: compartment, ipProtocol: packet.transport.ipProtocol, peer: packet.destination,
        localPort: ports.source, peerPort: ports.destination))
  }

  /// Sends a packet of the station's own; a receiver that is named must be the one to take it.
  func originate(
    _ packet: IPPacket, _ purpose: Journey.Purpose, for receiver: ElementID? = nil,
    from compartment: Int = 0, in context: Context
  ) {
    let context = context.begin(purpose, of: PacketSummary(packet))
    if let receiver { context.mean(receiver) }
    context.note(
      Step(
        .originated,
        "\(packet.source) to \(packet.destination), \(packet.transport.words),"
          + " time to live \(packet.timeToLive), \(packet.byteCount) bytes"))
    output(packet, from: compartment, in: context)
  }

  /// The address that the station would send from: that of the link the route leads out of.
  private func source(
    towards destination: IPAddress, preferring: IPAddress?, from compartment: Int
  ) -> IPAddress? {
    if let preferring { return preferring }
    if let entry = entry(for: destination, from: compartment) {
      let towards: IPAddress = if case .via(let hop) = entry.nextHop { hop } else { destination }
      return links[entry.link].source(towards: towards)
    }
    return links.lazy.filter { $0.compartment == compartment }
      .compactMap { $0.source(towards: destination) }.first
  }

  /// Routes a packet in a compartment, resolves its next hop and puts it on the wire, now or when
  /// that is known.
  func output(_ packet: IPPacket, from compartment: Int = 0, in context: Context) {
    guard !isGroup(packet.destination, in: compartment) else {
      return sendToGroup(packet, from: compartment, in: context)
    }
    guard let entry = entry(for: packet.destination, from: compartment) else {
      context.drop(
        isOnUnderlay ? .providerUnreachable : .noRoute,
        Step(
          .dropped, "\(place(compartment)) has no route to \(packet.destination)",
          lookup: lookup(packet.destination, from: compartment),
          mend: "give \(name) a default gateway on one of its own links, or a route"))
      return
    }
    context.note(
      Step(
        .routed, "\(packet.destination) by \(StationRoutes.text(entry))",
        lookup: lookup(packet.destination, from: compartment)))
    let mtu = links[entry.link].mtu
    guard packet.byteCount <= mtu else {
      let headers = packet.byteCount - packet.transport.payloadByteCount
      context.drop(
        .exceedsMTU,
        "\(packet.byteCount) bytes do not fit the \(mtu) of \(name)'s link, and the packet must not"
          + " be fragmented",
        mend: "send at most \(max(0, mtu - headers)) bytes of payload, or raise the MTU of \(name)")
      return
    }
    guard let packet = translate(packet, from: compartment, on: entry.link, in: context),
      !turns(packet, on: entry.link, in: context)
    else { return }
    let nextHop: IPAddress =
      if case .via(let address) = entry.nextHop { address } else { packet.destination }
    switch links[entry.link].medium {
    case .wire: resolve(nextHop, for: packet, on: entry.link, in: context)
    case .line: transmit(packet, alongLine: entry.link, in: context)
    case .tunnel(let end): wrap(packet, in: end, on: entry.link, in: context)
    }
  }

  /// Puts a packet whose next hop is known on the wire.
  func transmit(_ packet: IPPacket, to mac: MACAddress, on link: Int, in context: Context) {
    let frame = EthernetFrame(
      destination: mac, source: links[link].macAddress, payload: .ip(packet))
    if !isHost {
      context.note(Step(.transmitted, "from \(frame.source) to \(frame.destination)"))
    }
    context.sent(frame)
    transmit(frame, on: link, in: context)
  }
}
