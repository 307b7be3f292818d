import HNVCore

/// What a station does with frames, whatever they carry.
enum FrameFact: Fact {
  case transmitted
  case ignoredCopy(by: StationConfiguration)
  case forAnother(link: Int, of: StationConfiguration)
  case forActiveRouter(virtualRouter: UInt8, backup: StationConfiguration)
  indirect case outsideTunnel(TunnelEnd)
  case unknownPayload

  func step(in scene: Scene) -> Step {
    guard let frame = scene.row else { return .withoutPacket }
    switch self {
    case .transmitted: return Step(.transmitted, "\(frame.sourceMAC) -> \(frame.destinationMAC)")
    case .ignoredCopy(let station):
      return Step(
        .received,
        "\(station.name) ignores a copy for \(frame.destinationMAC), which is not its own")
    case .forAnother(let link, let station):
      return Step(
        .dropped,
        "\(station.name) ignores a frame to \(frame.destinationMAC); its adapter has"
          + " \(station.links[link].macAddress)",
        fix: "clear the sender's neighbour cache, or correct its static entry")
    case .forActiveRouter(let number, let backup):
      return Step(
        .dropped,
        "\(backup.name) is a backup in virtual router \(number), and drops frames to its MAC"
          + " address", fix: "send frames for \(frame.destinationMAC) to the active machine")
    case .outsideTunnel(let end):
      return Step(
        .dropped, "the tunnel to \(end.peer) carries only packets in ESP",
        fix: "send through the adapter that carries the tunnel")
    case .unknownPayload:
      return Step(.dropped, "the frame is neither ARP nor IP", fix: "send IP")
    }
  }
}

/// What happens to frames on a wire of an outside network.
enum WireFact: Fact {
  case relayed
  case flooded
  case nobodyHasAddress(wireOf: StationConfiguration)
  case nothingConnected(to: StationConfiguration)

  func step(in scene: Scene) -> Step {
    switch self {
    case .relayed: return Step(.forwarded, "to its receiver on the wire")
    case .flooded: return Step(.replicated, "flooded on the segment")
    case .nobodyHasAddress(let station):
      let name = station.name
      return Step(
        .dropped, "no machine on the wire of \(name) has the address",
        fix: "assign the address to a machine on the wire, or change the route of \(name)")
    case .nothingConnected(let station):
      return Step(
        .dropped, "nothing is connected to \(station.name)",
        fix: "add an adapter of a machine to its wire")
    }
  }
}
