import HNVCore

/// What the parts of one packet have in common at a stack.
struct AssemblyKey: Hashable {
  let compartment: Int
  let part: FragmentBuffer.Key
}

/// The parts of a packet that wait at a stack for the others.
struct Assembly {
  var buffer = FragmentBuffer()
  /// The journeys of the parts.
  var parts: [JourneyID] = []
  let deadline: VirtualTime
  /// Whether the parts did not fit together: those that still come are lost as well (RFC 5722,
  /// section 4).
  var isSpoilt = false
}

/// Putting packets together whose parts come by themselves.
extension NetworkStack {
  /// How long parts wait for the others (RFC 1122, section 3.3.2; RFC 8200, section 4.5).
  static let reassemblyTime = VirtualTime.seconds(60)

  /// Whether a packet is a part that waits here for the others: one for the stack itself, or over
  /// IPv4 for whoever stands behind its address (RFC 4787, REQ-14).
  func collects(_ packet: Packet, on link: Int) -> Bool {
    guard packet.isFragment else { return false }
    return owns(packet.destination, in: links[link].compartment)
      || (packet.family == .v4 && isTranslated(packet.destination, on: link))
  }

  /// Whether a packet is a part of one that leaves by a link which has to see its ports.
  func collects(_ packet: Packet, leavingBy link: Int) -> Bool {
    packet.isFragment && packet.family == .v4 && translations[link] != nil
  }

  /// Keeps a fragment; returns the packet when it is complete, which is then the one at hand, in
  /// the frame of its last part.
  mutating func assemble(
    _ number: PacketID, in compartment: Int, _ world: inout World
  ) -> PacketID? {
    guard let part = world.packets.ipPacket(number), let common = FragmentBuffer.Key(part)
    else { return number }
    let key = AssemblyKey(compartment: compartment, part: common)
    var assembly = assembly(for: key, in: &world)
    world.note(ReassemblyFact.kept(configuration), number)
    assembly.parts.append(world.journey)
    switch assembly.isSpoilt ? .spoilt : assembly.buffer.add(part) {
    case .incomplete:
      assemblies[key] = assembly
      return nil
    case .whole(let packet):
      assemblies[key] = nil
      world.journey = world.join(assembly.parts)
      let last = world.packets[number]
      let whole = world.packets.add(
        EthernetFrame(
          destination: last.destinationMAC, source: last.sourceMAC, payload: .ip(packet)))
      world.note(ReassemblyFact.complete(parts: assembly.parts.count), whole)
      return whole
    case .spoilt:
      assembly.lose(.mismatch(configuration), in: &world)
      assembly.isSpoilt = true
      assemblies[key] = assembly
      return nil
    }
  }

  private mutating func assembly(for key: AssemblyKey, in world: inout World) -> Assembly {
    if let known = assemblies[key] { return known }
    world.wake(
      after: Self.reassemblyTime, .reassembly(key.part, compartment: key.compartment))
    return Assembly(deadline: world.now + Self.reassemblyTime)
  }

  /// Drops an incomplete packet, and reports it to the sender if the first fragment is there.
  mutating func expire(_ key: AssemblyKey, in world: inout World) {
    guard var assembly = assemblies[key], assembly.deadline <= world.now else { return }
    assemblies[key] = nil
    guard !assembly.isSpoilt, let last = assembly.parts.last else { return }
    assembly.lose(.timedOut(configuration), in: &world)
    if let first = assembly.buffer.first {
      let packet = world.packets.add(first)
      world.following(last) {
        report(
          .reassemblyTime, about: packet, from: key.compartment, as: first.destination, in: &$0)
      }
    }
  }

  /// Drops waiting fragments and learned state when the stack stops.
  mutating func forget(in world: inout World) {
    let keys = assemblies.keys.sorted {
      ($0.part.identification, $0.compartment, $0.part.source, $0.part.destination) < (
        $1.part.identification, $1.compartment, $1.part.source, $1.part.destination
      )
    }
    for key in keys {
      for part in assemblies[key]?.parts ?? [] {
        world.following(part) { $0.drop(.elementDown, ReassemblyFact.stopped(configuration)) }
      }
    }
    assemblies = [:]
    pathMTUs = [:]
    redirects = [:]
  }
}

extension Assembly {
  fileprivate mutating func lose(_ fact: ReassemblyFact, in world: inout World) {
    for part in parts { world.following(part) { $0.drop(.fragmentsMissing, fact) } }
    parts = []
  }
}
