import HNVCore

/// Which route a station's packet takes, and what redirects change of it.
enum RouteFact: Fact {
  case matched(StationConfiguration, compartment: Int)
  /// A route that a redirect advised.
  indirect case advised(RedirectedRoute)
  /// Redirects the sender to a next hop.
  case redirects(to: IPAddress, by: RedirectRule)
  case ignoresRedirect(StationConfiguration)
  indirect case learned(IPAddress, via: IPAddress, StationConfiguration)

  func step(in scene: Scene) -> Step {
    guard let packet = scene.ipRow else { return .withoutPacket }
    switch self {
    case .matched(let station, let compartment):
      let lookup = station.lookup(packet.destination, from: compartment)
      return Step(
        .routed, "\(packet.destination) matches \(lookup.matchWords ?? "nothing")", lookup: lookup,
        entry: station.entry(for: packet.destination, from: compartment).map(station.entry))
    case .advised(let route):
      return Step(
        .routed,
        "\(packet.destination) matches \(StationRoutes.text(route.entry)), learned from a redirect"
          + " by \(route.teller)", entry: Step.Entry(.route, StationRoutes.text(route.entry)))
    case .redirects(let nextHop, let rule):
      return Step(
        .checked, "\(packet.source) could send directly to \(nextHop): redirect sent",
        setting: rule.text)
    case .ignoresRedirect(let station):
      return Step(
        .checked, "\(station.name) ignores redirects, and still sends via \(packet.source)")
    case .learned(let destination, let nextHop, let station):
      return Step(
        .learned,
        "\(station.name) now sends to \(destination) via \(nextHop) (redirect from"
          + " \(packet.source))")
    }
  }
}
