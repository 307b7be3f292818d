import HNVCore

/// A way for one destination that a router advised.
struct RedirectedRoute {
  let entry: StackRoutes.Entry
  let teller: IPAddress
}

/// Redirects: a forwarding machine tells a neighbour of a better first hop (RFC 1812, section
/// 5.2.7.2; RFC 4861, section 8).
///
/// Machines here have the addresses that their lab gives them and no others: an IPv6 redirect comes
/// from the address that its receiver knows as its gateway, not from a link-local one.
extension NetworkStack {
  /// The route of a destination: what a router advised counts for the stack's own packets.
  func route(
    to destination: IPAddress, for origin: PacketSource, from compartment: Int
  ) -> StackRoutes.Entry? {
    advised(destination, for: origin, from: compartment)?.entry
      ?? entry(for: destination, from: compartment)
  }

  private func advised(
    _ destination: IPAddress, for origin: PacketSource, from compartment: Int
  ) -> RedirectedRoute? {
    guard case .itself = origin else { return nil }
    return redirects[DestinationKey(compartment: compartment, address: destination)]
  }

  /// What to note of a route that was found.
  func routed(
    _ destination: IPAddress, for origin: PacketSource, from compartment: Int
  ) -> RouteFact {
    advised(destination, for: origin, from: compartment).map { .advised($0) }
      ?? .matched(configuration, compartment: compartment)
  }

  /// Sends a neighbour a redirect when its packet could have gone directly to the next hop.
  mutating func redirect(
    _ departure: OutgoingPacket, by route: StackRoutes.Entry, in world: inout World
  ) {
    guard case .neighbor(let link, let sent) = departure.origin, link == departure.link,
      !world.hasRedirected(world.whole)
    else { return }
    let row = world.packets[sent]
    guard
      let own = redirection.teller(
        on: links[link], to: row.source, of: departure.nextHop, on: route.prefix),
      let packet = world.packets.ipPacket(sent), mayReport(packet, in: departure.compartment),
      let message = redirection(of: packet, to: departure.nextHop),
      let redirect = world.packets.add(
        // RFC 4861, section 4.5: 255, so that it cannot come from afar.
        from: own, to: row.source, timeToLive: row.family == .v4 ? Self.timeToLive : 255, message)
    else { return }
    if chassis != nil {
      world.note(RouteFact.redirects(to: departure.nextHop, by: redirection), sent)
    }
    world.following(world.whole) {
      originate(redirect, .redirect, from: departure.compartment, in: &$0)
    }
  }

  private func redirection(of packet: IPPacket, to nextHop: IPAddress) -> Transport? {
    switch (packet.destination, nextHop) {
    case (.v4, .v4(let gateway)):
      .icmp(.redirect(.host, gateway: gateway, quoting: QuotedPacket(packet)))
    case (.v6(let destination), .v6(let target)):
      .icmpv6(
        .redirect(
          .betterHop, target: target, destination: destination,
          quoting: QuotedPacket(redirecting: packet)))
    default: nil
    }
  }

  /// Takes the advice of the router that a destination goes by; routers take none (RFC 1812,
  /// section 5.2.7.2).
  mutating func learnRoute(from packet: PacketID, in compartment: Int, _ world: inout World) {
    guard !forwards, let message = world.packets.quotingMessage(of: packet) else { return }
    let row = world.packets[packet]
    // RFC 1122, section 3.2.2.2, and RFC 4861, section 8.1: only the router in use is believed, and
    // only about a neighbour.
    guard let advice = Advice(message, timeToLive: row.timeToLive),
      isOwn(advice.quoted.source, in: compartment),
      let current = route(
        to: advice.destination, for: .itself(mayFragment: false), from: compartment),
      case .via(row.source) = current.nextHop,
      links[current.link].addresses.contains(where: { $0.onLink.contains(advice.nextHop) }),
      !isOwn(advice.nextHop, in: compartment)
    else { return }
    let (destination, nextHop) = (advice.destination, advice.nextHop)
    guard acceptsRedirects else {
      world.note(RouteFact.ignoresRedirect(configuration), packet)
      return
    }
    let entry = StackRoutes.Entry(
      prefix: IPPrefix(host: destination),
      nextHop: nextHop == destination ? .onLink : .via(nextHop), link: current.link, metric: 0)
    redirects[DestinationKey(compartment: compartment, address: destination)] = RedirectedRoute(
      entry: entry, teller: row.source)
    world.note(RouteFact.learned(destination, via: nextHop, configuration), packet)
  }

  /// The content of a redirect.
  private struct Advice {
    let destination: IPAddress
    let nextHop: IPAddress
    let quoted: QuotedPacket

    /// `nil` for any other message, and for a redirect that may come from afar.
    init?(_ message: Transport, timeToLive: UInt8) {
      switch message {
      case .icmp(.redirect(.host, let gateway, let quoted)):
        (destination, nextHop, self.quoted) = (quoted.destination, .v4(gateway), quoted)
      case .icmpv6(.redirect(.betterHop, let target, let destination, let quoted)):
        guard timeToLive == 255 else { return nil }
        (self.destination, nextHop, self.quoted) = (.v6(destination), .v6(target), quoted)
      default: return nil
      }
    }
  }
}
