import HNVCore

/// How a stack comes to know the MAC addresses of its neighbors, or does not.
enum NeighborFact: Fact {
  /// The frame goes to the MAC address of a next hop.
  case resolved(IPAddress, isCached: Bool)
  indirect case learned(IPAddress, MACAddress, by: StackConfiguration)
  indirect case unanswered(IPAddress, by: StackConfiguration)
  /// The stack stopped while the packet waited for an answer.
  case stopped(StackConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .resolved(let address, let isCached):
      guard let frame = scene.row else { return step.sayNothing() }
      let method = address.family == .v4 ? "ARP" : "ND"
      step.say(
        .resolved, address, " is-at ", frame.destinationMAC,
        isCached ? " (neighbour cache)" : " (\(method) reply)")
      if isCached { step.entry(.address, address, at: nil) }
    case .learned(let address, let mac, let stack):
      step.say(.accepted, stack.name, " learns ", address, " is-at ", mac)
    case .unanswered(let address, let stack):
      writeSilence(of: address, towards: stack.name, in: scene, to: &step)
    case .stopped(let stack):
      step.say(.dropped, stack.name, " stopped before it resolved the next hop")
      step.fix("start it")
    }
  }

  /// Nobody answered: the reason and the fix come from the element that saw the request last.
  private func writeSilence(
    of neighbor: IPAddress, towards name: String, in scene: Scene, to step: inout StepWriter
  ) {
    guard let packet = scene.ipRow else { return step.sayNothing() }
    let last = scene.unanswered(neighbor)
    let requests = neighbor.family == .v4 ? "ARP requests" : "neighbour solicitations"
    step.say(
      .dropped, "no reply to ", NetworkStack.attempts, " ", requests, " for ", neighbor, ", so ",
      name,
      " cannot send to ", packet.destination)
    if let last {
      step.add(": ", last.detailWords)
      step.grounds(of: last)
    }
    if let fix = last?.fixWords {
      step.fix(fix)
    } else {
      step.fix("assign ", neighbor, " to a machine")
    }
    if neighbor != packet.destination { step.add("; or configure another gateway on ", name) }
  }
}

/// What becomes of the question for a neighbor, which its frame tells.
enum NeighborQuestionFact: Fact {
  case asked(attempt: Int, by: StackConfiguration)
  case answered(MACAddress)
  /// The answer is given in another's name.
  case answeredByProxy(link: Int, of: StackConfiguration)
  /// Everyone was asked, or the stack alone; it does not have the address.
  case ignored(by: StackConfiguration)
  case refused(by: StackConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let address = scene.row?.targetAddress else { return step.sayNothing() }
    switch self {
    case .asked(let attempt, let stack):
      step.say(
        .transmitted, stack.name, ": who-has ", address, "?",
        attempt > 1 ? " (attempt \(attempt))" : "")
    case .answered(let mac): step.say(.answered, address, " is-at ", mac)
    case .answeredByProxy(let link, let stack):
      step.say(
        .answered, address, " is-at ", stack.links[link].macAddress, " (proxy reply: ",
        stack.name, " has a route to it)")
      step.setting(stack.proxy?.setting)
    case .ignored(let stack):
      step.say(.accepted, stack.name, " does not have ", address, " and does not reply")
    case .refused(let stack):
      step.say(.dropped, stack.name, " does not have ", address)
      step.fix("assign the address to a machine")
    }
  }
}
