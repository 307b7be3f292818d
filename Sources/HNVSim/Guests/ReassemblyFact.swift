import HNVCore

/// What became of the parts of packets at a stack that puts them together.
enum ReassemblyFact: Fact {
  case kept(StackConfiguration)
  case complete(parts: Int)
  case mismatch(StackConfiguration)
  case timedOut(StackConfiguration)
  case stopped(StackConfiguration)

  func write(to step: inout StepWriter, in scene: Scene) {
    switch self {
    case .kept(let stack):
      guard let part = scene.packet else { return step.sayNothing() }
      step.say(
        .received, part.extent, " of a fragmented packet, kept for reassembly at ", stack.name)
    case .complete(let count):
      guard let packet = scene.packet else { return step.sayNothing() }
      step.say(.reassembled, packet.byteCount, " bytes from ", count, " fragments")
    case .mismatch(let stack):
      step.say(.dropped, "the fragments of the packet do not fit together at ", stack.name)
      step.fix("send the packet again")
    case .timedOut(let stack):
      step.say(
        .dropped, "reassembly at ", stack.name, " timed out after ",
        "\(NetworkStack.reassemblyTime)",
        ": fragments are missing")
      step.fix("find out where the other fragments were dropped")
    case .stopped(let stack):
      step.say(.dropped, stack.name, " stopped before all fragments arrived")
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
