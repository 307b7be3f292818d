import HNVCore

/// Which route a stack's packet takes, and what redirects change of it.
enum RouteFact: Fact {
  case matched(StackConfiguration, compartment: Int)
  /// A route that a redirect advised.
  indirect case advised(RedirectedRoute)
  /// Redirects the sender to a next hop.
  case redirects(to: IPAddress, by: RedirectRule)
  case ignoresRedirect(StackConfiguration)
  indirect case learned(IPAddress, via: IPAddress, StackConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.ipRow else { return step.sayNothing() }
    switch self {
    case .matched(let stack, let compartment):
      let entry = stack.entry(for: packet.destination, from: compartment)
      step.say(.routed, packet.destination, " matches ")
      if let entry { step.add(StackRoutes.text(entry)) } else { step.add("nothing") }
      stack.writeLookup(of: packet.destination, from: compartment, to: &step)
      if let entry { stack.writeEntry(entry, to: &step) }
    case .advised(let route):
      step.say(
        .routed, packet.destination, " matches ", StackRoutes.text(route.entry),
        ", learned from a redirect by ", route.teller)
      step.entry(.route, StackRoutes.text(route.entry), at: nil)
    case .redirects(let nextHop, let rule):
      step.say(.checked, packet.source, " could send directly to ", nextHop, ": redirect sent")
      step.setting(rule.text)
    case .ignoresRedirect(let stack):
      step.say(.checked, stack.name, " ignores redirects, and still sends via ", packet.source)
    case .learned(let destination, let nextHop, let stack):
      step.say(
        .learned, stack.name, " now sends to ", destination, " via ", nextHop, " (redirect from ",
        packet.source, ")")
    }
  }
}
