import HNVCore

/// How a station comes to know the MAC addresses of its neighbors, or does not.
enum NeighborFact: Fact {
  /// The frame goes to the MAC address of a next hop.
  case resolved(IPAddress, isCached: Bool)
  indirect case learned(IPAddress, MACAddress, by: StationConfiguration)
  indirect case unanswered(IPAddress, by: StationConfiguration)
  /// The station stopped while the packet waited for an answer.
  case stopped(StationConfiguration)

  func step(in scene: Scene) -> Step {
    switch self {
    case .resolved(let address, let isCached):
      guard let frame = scene.row else { return .withoutPacket }
      let method = address.family == .v4 ? "ARP" : "ND"
      return Step(
        .resolved,
        "\(address) is-at \(frame.destinationMAC)"
          + (isCached ? " (neighbour cache)" : " (\(method) reply)"),
        entry: isCached ? Step.Entry(.address, "\(address)") : nil)
    case .learned(let address, let mac, let station):
      return Step(.accepted, "\(station.name) learns \(address) is-at \(mac)")
    case .unanswered(let address, let station):
      return silence(of: address, towards: station.name, in: scene)
    case .stopped(let station):
      return Step(
        .dropped, "\(station.name) stopped before it resolved the next hop", fix: "start it")
    }
  }

  /// Nobody answered: the reason and the fix come from the element that saw the request last.
  private func silence(of neighbor: IPAddress, towards name: String, in scene: Scene) -> Step {
    guard let packet = scene.packet else { return .withoutPacket }
    let isGateway = neighbor != packet.destination
    let last = scene.unanswered(neighbor)
    let fix = last?.fix ?? "assign \(neighbor) to a machine"
    let requests = neighbor.family == .v4 ? "ARP requests" : "neighbour solicitations"
    return Step(
      .dropped,
      "no reply to \(Station.attempts) \(requests) for \(neighbor), so \(name) cannot send to"
        + " \(packet.destination)" + (last.map { ": \($0.detail)" } ?? ""),
      lookup: last?.lookup, entry: last?.entry, setting: last?.setting,
      fix: isGateway ? "\(fix); or configure another gateway on \(name)" : fix)
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

  func step(in scene: Scene) -> Step {
    guard let address = scene.row?.targetAddress else { return .withoutPacket }
    switch self {
    case .asked(let attempt, let station):
      return Step(
        .transmitted,
        "\(station.name): who-has \(address)?\(attempt > 1 ? " (attempt \(attempt))" : "")")
    case .answered(let mac): return Step(.answered, "\(address) is-at \(mac)")
    case .answeredByProxy(let link, let station):
      return Step(
        .answered,
        "\(address) is-at \(station.links[link].macAddress) (proxy reply: \(station.name) has a"
          + " route to it)", setting: station.proxy?.setting)
    case .ignored(let station):
      return Step(.accepted, "\(station.name) does not have \(address) and does not reply")
    case .refused(let station):
      return Step(
        .dropped, "\(station.name) does not have \(address)",
        fix: "assign the address to a machine")
    }
  }
}
