import HNVCore

/// Links that translate (NAPT, RFC 3022): what leaves by one gets its address for a source, and
/// what comes back is recognized by the port it is sent to.
///
/// The link's address belongs to its table: nothing of the stack itself listens there, and what
/// the stack sends by the link stands in the table as well. Where a machine has one link for both
/// sides, only what leaves the inside is translated, and what no entry expects is the stack's
/// own.
extension NetworkStack {
  /// The table of each adapter that translates.
  static func translations(of machine: Int, in intent: Intent) -> [Int: TranslationTable] {
    let typed = intent.machines[machine]
    var tables: [Int: TranslationTable] = [:]
    for (number, interface) in typed.interfaces.enumerated() where interface.translates {
      tables[number] = TranslationTable(
        publications: interface.publications.compactMap { publication in
          intent.entry(of: publication, at: interface, of: machine)
        })
    }
    return tables
  }

  /// Whether a packet that arrives by a link is for the link's table.
  func isTranslated(_ destination: IPAddress, on link: Int) -> Bool {
    translations[link] != nil && links[link].has(destination)
  }

  /// Whether a packet that arrives by a link is for whoever its table says, and not for the
  /// stack.
  mutating func isForTable(_ packet: PacketID, on link: Int, in world: inout World) -> Bool {
    let row = world.packets[packet]
    guard isTranslated(row.destination, on: link) else { return false }
    guard !links[link].inside.isEmpty else { return true }
    let quoted = world.packets.quoted(in: packet)
    let flow = quoted.map { $0.flow(.source) } ?? row.flow(outward: false)
    guard !row.isFragment, let flow else { return false }
    let outside = TranslationTable.Outside(
      ipProtocol: quoted?.ipProtocol ?? row.ipProtocol,
      endpoint: TranslationTable.Endpoint(address: row.destination, port: flow.own))
    let peer = TranslationTable.Endpoint(
      address: quoted?.destination ?? row.source, port: flow.peer)
    return translations[link]?.expects(peer, at: outside, world.now) ?? false
  }

  /// Writes the link's address over the source of a packet that leaves by it; as it is where the
  /// link does not translate, and `nil` when the packet is lost.
  mutating func translate(
    _ packet: PacketID, from compartment: Int, on link: Int, in world: inout World
  ) -> PacketID? {
    guard translations[link] != nil else { return packet }
    let row = world.packets[packet]
    guard !links[link].inside.contains(where: { $0.contains(row.destination) }),
      !isOwn(packet, on: link, in: &world)
    else { return packet }
    guard let own = links[link].addresses.first(where: { $0.address.family == row.family })?.address
    else {
      world.drop(.noTranslation, TranslationFact.noAddress, packet)
      return nil
    }
    if let quoted = world.packets.quoted(in: packet) {
      return translate(packet, quoting: quoted, from: compartment, on: link, to: own, in: &world)
    }
    guard let flow = flow(of: packet, outward: true, in: &world) else { return nil }
    let inside = TranslationTable.Inside(
      ipProtocol: row.ipProtocol, compartment: compartment,
      endpoint: TranslationTable.Endpoint(address: row.source, port: flow.own))
    let peer = TranslationTable.Endpoint(address: row.destination, port: flow.peer)
    guard
      let entry = translations[link]?.entry(
        for: inside, to: peer, by: own, flags: world.packets.tcpFlags(of: packet),
        owner: world.sender, at: world.now)
    else {
      world.drop(.noTranslation, TranslationFact.noFreePort, packet)
      return nil
    }
    let translated = world.packets.changing(packet) {
      $0.readdress(from: own, to: row.destination)
      $0.translate(own: entry.outside.endpoint.port, outward: true)
    }
    note(translated, from: packet, by: entry, in: &world)
    return translated
  }

  /// Takes a packet that was sent to the link's address to the machine that the address stands for.
  mutating func receiveTranslated(_ packet: PacketID, on link: Int, in world: inout World) {
    guard let (translated, entry) = admit(packet, on: link, in: &world) else { return }
    let (address, compartment) = (entry.inside.endpoint.address, entry.inside.compartment)
    if links[link].has(address) || owns(address, in: compartment) {
      take(translated, arrivedAs: packet, in: compartment, &world)
    } else {
      forward(
        translated, from: link, to: compartment, translatedFrom: packet, in: &world)
    }
  }

  /// Turns a packet that was about to leave by a link for the link's own address around, to the
  /// machine that the address stands for (RFC 4787, REQ-9); `false` for any other packet.
  mutating func turns(
    _ packet: PacketID, on link: Int, for origin: PacketSource, in world: inout World
  ) -> Bool {
    guard isTranslated(world.packets[packet].destination, on: link) else { return false }
    guard let (translated, entry) = admit(packet, on: link, in: &world) else { return true }
    let mac = links[link].macAddress
    if links[link].has(entry.inside.endpoint.address) {
      let frame = world.packets.changing(packet) {
        $0.readdress(from: mac, to: mac)
        $0.tag = nil
      }
      take(translated, arrivedAs: frame, in: entry.inside.compartment, &world)
    } else {
      output(translated, for: origin, from: entry.inside.compartment, in: &world)
    }
    return true
  }

  /// Writes the address of the machine that a packet is for over that of the link; `nil` when the
  /// packet is lost.
  private mutating func admit(
    _ packet: PacketID, on link: Int, in world: inout World
  ) -> (PacketID, TranslationTable.Entry)? {
    guard let (translated, entry) = restore(packet, on: link, in: &world) else { return nil }
    note(translated, from: packet, by: entry, in: &world)
    // Whoever is behind the address is meant by it; an answer stays meant for whoever asked.
    if world.meant == nil || world.meant == element, let owner = entry.owner {
      world.mean(owner)
    }
    return (translated, entry)
  }

  /// The packet as the machine behind should get it, and the entry that says so; `nil` when the
  /// packet is lost.
  private mutating func restore(
    _ packet: PacketID, on link: Int, in world: inout World
  ) -> (PacketID, TranslationTable.Entry)? {
    if let quoted = world.packets.quoted(in: packet) {
      return restore(packet, quoting: quoted, on: link, in: &world)
    }
    guard let flow = flow(of: packet, outward: false, in: &world) else { return nil }
    let row = world.packets[packet]
    let outside = TranslationTable.Outside(
      ipProtocol: row.ipProtocol,
      endpoint: TranslationTable.Endpoint(address: row.destination, port: flow.own))
    let peer = TranslationTable.Endpoint(address: row.source, port: flow.peer)
    let arrival = translations[link]?.arrival(
      at: outside, from: peer, flags: world.packets.tcpFlags(of: packet), at: world.now)
    guard case .entry(let entry) = arrival else {
      let fact = refused(arrival, of: outside.ipProtocol, on: link, in: &world)
      world.drop(.noTranslation, fact, packet)
      return nil
    }
    let inside = entry.inside.endpoint
    let translated = world.packets.changing(packet) {
      $0.readdress(from: row.source, to: inside.address)
      $0.translate(own: inside.port, outward: false)
    }
    return (translated, entry)
  }

  /// Notes what was written over a packet's addresses and ports.
  mutating func note(
    _ translated: PacketID, from packet: PacketID, by entry: TranslationTable.Entry,
    in world: inout World
  ) {
    world.note(TranslationFact.translated(by: entry, configuration), translated, before: packet)
  }

  /// Why a packet is lost that came from outside: it has no entry, or one that does not expect its
  /// sender.
  private mutating func refused(
    _ arrival: TranslationTable.Arrival?, of ipProtocol: IPProtocol, on link: Int,
    in world: inout World
  ) -> TranslationFact {
    let entries = translations[link]?.entries(of: ipProtocol, at: world.now) ?? []
    let unexpected: TranslationTable.Entry? =
      if case .unexpected(let entry) = arrival { entry } else { nil }
    return .refused(by: unexpected, nearest: Array(entries.prefix(4)), configuration)
  }

  /// The ports by which translation knows a packet's exchange; `nil` when the packet is lost for
  /// want of them.
  private mutating func flow(
    of packet: PacketID, outward: Bool, in world: inout World
  ) -> (own: UInt16, peer: UInt16)? {
    let row = world.packets[packet]
    guard !row.isFragment else {
      world.drop(.notModelled, TranslationFact.isFragment, packet)
      return nil
    }
    guard let flow = row.flow(outward: outward) else {
      world.drop(.noTranslation, TranslationFact.noPorts, packet)
      return nil
    }
    return flow
  }

  /// Packets around others, errors about packets to the link itself, and answers to such as the
  /// stack took there, bear its address already.
  private mutating func isOwn(_ packet: PacketID, on link: Int, in world: inout World) -> Bool {
    let row = world.packets[packet]
    guard links[link].has(row.source) else { return false }
    if row.espHeader != nil || !links[link].inside.isEmpty && world.isAnswer { return true }
    return world.packets.quoted(in: packet).map { links[link].has($0.destination) } ?? false
  }
}

extension Intent {
  /// The lasting entry of a publication; `nil` without an address of its family to publish at.
  fileprivate func entry(
    of publication: Interface.Publication, at interface: Interface, of machine: Int
  ) -> TranslationTable.Entry? {
    guard
      let own = interface.addresses.first(where: {
        $0.address.family == publication.to.family
      })?.address
    else { return nil }
    return TranslationTable.Entry(
      inside: TranslationTable.Inside(
        ipProtocol: publication.ipProtocol, compartment: publication.compartment,
        endpoint: TranslationTable.Endpoint(
          address: publication.to, port: publication.toPort)),
      outside: TranslationTable.Outside(
        ipProtocol: publication.ipProtocol,
        endpoint: TranslationTable.Endpoint(address: own, port: publication.port)),
      owner: owner(of: publication.to, from: publication.compartment, of: machine),
      isPublished: true)
  }

  /// The machine that has an address in one of the networks of a machine's compartment.
  private func owner(
    of address: IPAddress, from compartment: Int, of machine: Int
  ) -> ElementID? {
    let networks = Set(
      machines[machine].interfaces.filter { $0.compartment == compartment }
        .compactMap { subnet(of: $0).map { subnets[$0].network } })
    return machines.firstIndex { other in
      other.interfaces.contains { interface in
        subnet(of: interface).map { networks.contains(subnets[$0].network) } ?? false
          && interface.addresses.contains { $0.address == address }
      }
    }.map { .machine($0) }
  }
}
