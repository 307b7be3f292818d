import HNVCore

/// What became of the parts of packets at a station that puts them together.
enum ReassemblyFact: Fact {
  case kept(StationConfiguration)
  case complete(parts: Int)
  case mismatch(StationConfiguration)
  case timedOut(StationConfiguration)
  case stopped(StationConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .kept(let station):
      guard let part = scene.packet else { return step.sayNothing() }
      step.say(
        .received, part.extent, " of a fragmented packet, kept for reassembly at ", station.name)
    case .complete(let count):
      guard let packet = scene.packet else { return step.sayNothing() }
      step.say(.reassembled, packet.byteCount, " bytes from ", count, " fragments")
    case .mismatch(let station):
      step.say(.dropped, "the fragments of the packet do not fit together at ", station.name)
      step.fix("send the packet again")
    case .timedOut(let station):
      step.say(
        .dropped, "reassembly at ", station.name, " timed out after ", "\(Station.reassemblyTime)",
        ": fragments are missing")
      step.fix("find out where the other fragments were dropped")
    case .stopped(let station):
      step.say(.dropped, station.name, " stopped before all fragments arrived")
      step.fix("start it")
    }
  }
}

extension IPPacket {
  /// Which bytes of its packet a part carries, in words.
  fileprivate var extent: String {
    let start = Int(fragment?.offset ?? 0) * 8
    return "bytes \(start) to \(start + max(1, transport.byteCount) - 1)"
  }
}
