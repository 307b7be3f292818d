import HNVCore

/// The MTU of a path, learned from a router on it.
struct PathMTU {
  let bytes: Int
  let teller: IPAddress
  let until: VirtualTime
}

/// Path MTU discovery: RFC 1191 for IPv4, RFC 8201 for IPv6.
extension NetworkStack {
  /// How long a learned path MTU is kept (RFC 1191, section 6.3; RFC 8201, section 5.3).
  static let pathMTUAge = VirtualTime.seconds(600)

  /// The learned MTU of the path to a destination; `nil` without one.
  mutating func pathMTU(to destination: DestinationKey, in world: inout World) -> PathMTU? {
    pathMTUs[destination].flatMap { $0.until > world.now ? $0 : nil }
  }

  /// Learns the path MTU from a router's error about a packet of the stack.
  mutating func learnPathMTU(from packet: PacketID, in compartment: Int, _ world: inout World) {
    let told: (bytes: Int, quoted: QuotedPacket)
    switch world.packets.quotingMessage(of: packet) {
    case .icmp(.fragmentationNeeded(let mtu, let quoted)): told = (Int(mtu), quoted)
    case .icmpv6(.packetTooBig(let mtu, let quoted)): told = (Int(clamping: mtu), quoted)
    default: return
    }
    let destination = told.quoted.destination
    let key = DestinationKey(compartment: compartment, address: destination)
    // RFC 1191, section 3, and RFC 8201, section 4: never below the least that every link carries,
    // never up, and only about packets of one's own.
    let least = destination.family == .v4 ? 68 : 1280
    guard isOwn(told.quoted.source, in: compartment), told.bytes >= least,
      told.bytes < pathMTU(to: key, in: &world)?.bytes ?? .max
    else { return }
    pathMTUs[key] = PathMTU(
      bytes: told.bytes, teller: world.packets[packet].source, until: world.now + Self.pathMTUAge)
    world.note(
      FragmentationFact.learned(
        told.bytes, of: destination, configuration, compartment: compartment), packet)
  }

  /// Whether packets from an address in a compartment are the stack's own, those included whose
  /// source translation writes.
  func isOwn(_ address: IPAddress, in compartment: Int) -> Bool {
    owns(address, in: compartment) || configuration.has(address, in: compartment)
  }
}
