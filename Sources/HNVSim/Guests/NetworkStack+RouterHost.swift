import HNVCore

/// What a router without cables of its own sits in: a switch whose VLANs are its links.
protocol RouterHost: Sendable {
  /// Whether a packet that the router forwards may leave by a link; one that may not is lost here.
  func letsOut(_ packet: PacketID, by link: Int, in world: inout World) -> Bool
}

/// What a router without cables of its own has sent, for its chassis to carry.
struct Outgoing {
  let packet: PacketID
  let link: Int
  let journey: JourneyID
}

/// A router of the platform: where it is joined to subnets, and what it knows.
struct PlatformRouter {
  /// Its name in traces.
  let name: String
  /// A link for each subnet, in the routing table of the subnet's network.
  let links: [Link]
  /// The names of its routing tables; where there is one alone, it needs none.
  let tables: [String]
  /// The routes beside those to its links, each in its table.
  let routes: [Intent.Route]
  let redirection: RedirectRule
  let proxy: NeighborProxy?
}

/// For whom a router answers ARP beside itself (RFC 1027).
struct NeighborProxy {
  /// Whether that includes those to whom it would send by the link of the question.
  let isLocal: Bool
  /// The setting that says so.
  let setting: String
}

extension NetworkStack {
  /// Whether the stack answers in another's name: a route leads there by another link than that
  /// of the question, and to whoever asks by that link (HPE's and Aruba's manuals, "Proxy ARP").
  func standsIn(for target: IPAddress, towards question: Packet, on link: Int) -> Bool {
    guard let proxy = configuration.proxy, question.isARP,
      question.source != question.destination
    else { return false }
    let compartment = links[link].compartment
    guard let way = entry(for: target, from: compartment),
      entry(for: question.source, from: compartment)?.link == link
    else { return false }
    return proxy.isLocal || way.link != link
  }

  /// Whether what surrounds the stack lets a packet out that it forwards; its own always leave.
  mutating func isLetOut(_ packet: PacketID, by departure: OutgoingPacket, in world: inout World)
    -> Bool
  {
    guard let chassis, case .neighbor = departure.origin else { return true }
    return chassis.letsOut(packet, by: departure.link, in: &world)
  }
}
