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

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.ipRow else { return step.sayNothing() }
    switch self {
    case .matched(let station, let compartment):
      let entry = station.entry(for: packet.destination, from: compartment)
      step.say(.routed, packet.destination, " matches ")
      if let entry { step.add(StationRoutes.text(entry)) } else { step.add("nothing") }
      station.writeLookup(of: packet.destination, from: compartment, to: &step)
      if let entry { station.writeEntry(entry, to: &step) }
    case .advised(let route):
      step.say(
        .routed, packet.destination, " matches ", StationRoutes.text(route.entry),
        ", learned from a redirect by ", route.teller)
      step.entry(.route, StationRoutes.text(route.entry), at: nil)
    case .redirects(let nextHop, let rule):
      step.say(.checked, packet.source, " could send directly to ", nextHop, ": redirect sent")
      step.setting(rule.text)
    case .ignoresRedirect(let station):
      step.say(.checked, station.name, " ignores redirects, and still sends via ", packet.source)
    case .learned(let destination, let nextHop, let station):
      step.say(
        .learned, station.name, " now sends to ", destination, " via ", nextHop, " (redirect from ",
        packet.source, ")")
    }
  }
}
