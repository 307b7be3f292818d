import HNVCore

/// What a stack did with packets larger than a link or a path, or why it sent none.
enum FragmentationFact: Fact {
  /// Sent in so many parts.
  case divided(parts: Int, SizeLimit)
  case tooLarge(SizeLimit, isForwarded: Bool)
  /// Fits the link, but not the underlay once it is encapsulated.
  case tight(GuestMTU, mtu: Int, StackConfiguration)
  /// Tells the MTU of a path.
  case learned(Int, of: IPAddress, StackConfiguration, compartment: Int)

  func write(to step: inout StepWriter, in scene: Scene) {
    guard let packet = scene.packet else { return step.sayNothing() }
    switch self {
    case .divided(let count, let limit):
      step.say(
        .fragmented, packet.byteCount, " bytes sent as ", count, " fragments of at most ",
        limit.bytes, ": ", limit.reason)
      step.setting(limit.setting)
    case .tooLarge(let limit, let isForwarded):
      writeRefusal(of: packet, by: limit, isForwarded: isForwarded, to: &step)
    case .tight(let guest, let mtu, let stack):
      step.say(
        .checked, packet.byteCount, " bytes fit the MTU of ", stack.name, "'s link (", mtu, ", ",
        guest.reason, ") but not the underlay (", guest.room, " plus encapsulation)")
      step.setting(guest.setting)
    case .learned(let bytes, let destination, let stack, let compartment):
      step.say(
        .learned, stack.place(compartment), " learns path MTU ", bytes, " to ", destination,
        " from ", packet.source)
    }
  }

  private func writeRefusal(
    of packet: IPPacket, by limit: SizeLimit, isForwarded: Bool, to step: inout StepWriter
  ) {
    let payload = max(0, limit.bytes - packet.byteCount + packet.transport.payloadByteCount)
    let why =
      switch packet.source.family {
      case .v4: "DF is set"
      case .v6:
        isForwarded ? "only its sender may fragment an IPv6 packet" : "must not be fragmented"
      }
    step.say(
      .dropped, "packet of ", packet.byteCount, " bytes exceeds ", limit.bytes, ", ", limit.reason,
      ", and ", why)
    step.setting(limit.setting)
    step.fix(
      "send at most ", payload, " bytes of payload, or raise the MTU of ", limit.configuration.name)
  }
}

extension SizeLimit {
  private var guest: GuestMTU? { configuration.links[link].guestMTU }

  /// The setting that decided; `nil` where none did.
  fileprivate var setting: String? { teller == nil ? guest?.setting : nil }

  /// Where the limit comes from.
  fileprivate var reason: String {
    if let teller { return "the path MTU learned from \(teller)" }
    return "the MTU of \(configuration.name)'s link" + (guest.map { ", \($0.reason)" } ?? "")
  }
}
