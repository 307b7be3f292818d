import HNVCore

/// How a station comes to know the MAC addresses of its neighbors, or does not.
enum NeighborFact: Fact {
  /// The frame goes to the MAC address of a next hop.
  case resolved(IPAddress, isCached: Bool)
  indirect case learned(IPAddress, MACAddress, by: StationConfiguration)
  indirect case unanswered(IPAddress, by: StationConfiguration)
  /// The station stopped while the packet waited for an answer.
  case stopped(StationConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .resolved(let address, let isCached):
      guard let frame = scene.row else { return step.sayNothing() }
      let method = address.family == .v4 ? "ARP" : "ND"
      step.say(
        .resolved, address, " is-at ", frame.destinationMAC,
        isCached ? " (neighbour cache)" : " (\(method) reply)")
      if isCached { step.entry(.address, address, at: nil) }
    case .learned(let address, let mac, let station):
      step.say(.accepted, station.name, " learns ", address, " is-at ", mac)
    case .unanswered(let address, let station):
      writeSilence(of: address, towards: station.name, in: scene, to: &step)
    case .stopped(let station):
      step.say(.dropped, station.name, " stopped before it resolved the next hop")
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
      .dropped, "no reply to ", Station.attempts, " ", requests, " for ", neighbor, ", so ", name,
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
  case asked(attempt: Int, by: StationConfiguration)
  case answered(MACAddress)
  /// The answer is given in another's name.
  case answeredByProxy(link: Int, of: StationConfiguration)
  /// Everyone was asked, or the station alone; it does not have the address.
  case ignored(by: StationConfiguration)
  case refused(by: StationConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let address = scene.row?.targetAddress else { return step.sayNothing() }
    switch self {
    case .asked(let attempt, let station):
      step.say(
        .transmitted, station.name, ": who-has ", address, "?",
        attempt > 1 ? " (attempt \(attempt))" : "")
    case .answered(let mac): step.say(.answered, address, " is-at ", mac)
    case .answeredByProxy(let link, let station):
      step.say(
        .answered, address, " is-at ", station.links[link].macAddress, " (proxy reply: ",
        station.name, " has a route to it)")
      step.setting(station.proxy?.setting)
    case .ignored(let station):
      step.say(.accepted, station.name, " does not have ", address, " and does not reply")
    case .refused(let station):
      step.say(.dropped, station.name, " does not have ", address)
      step.fix("assign the address to a machine")
    }
  }
}
