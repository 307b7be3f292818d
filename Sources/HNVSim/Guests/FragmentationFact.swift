import HNVCore

/// What a station did with packets larger than a link or a path, or why it sent none.
enum FragmentationFact: Fact {
  /// Sent in so many parts.
  case divided(parts: Int, SizeLimit)
  case tooLarge(SizeLimit, isForwarded: Bool)
  /// Fits the link, but not the underlay once it is encapsulated.
  case tight(GuestMTU, mtu: Int, StationConfiguration)
  /// Tells the MTU of a path.
  case learned(Int, of: IPAddress, StationConfiguration, compartment: Int)

  func step(in scene: Scene) -> Step {
    guard let packet = scene.packet else { return .withoutPacket }
    switch self {
    case .divided(let count, let limit):
      return Step(
        .fragmented,
        "\(packet.byteCount) bytes sent as \(count) fragments of at most \(limit.bytes):"
          + " \(limit.reason)", setting: limit.setting)
    case .tooLarge(let limit, let isForwarded):
      return refusal(of: packet, by: limit, isForwarded: isForwarded)
    case .tight(let guest, let mtu, let station):
      return Step(
        .checked,
        "\(packet.byteCount) bytes fit the MTU of \(station.name)'s link (\(mtu), \(guest.reason))"
          + " but not the underlay (\(guest.room) plus encapsulation)", setting: guest.setting)
    case .learned(let bytes, let destination, let station, let compartment):
      return Step(
        .learned,
        "\(station.place(compartment)) learns path MTU \(bytes) to \(destination) from"
          + " \(packet.source)")
    }
  }

  private func refusal(of packet: IPPacket, by limit: SizeLimit, isForwarded: Bool) -> Step {
    let payload = max(0, limit.bytes - packet.byteCount + packet.transport.payloadByteCount)
    let why =
      switch packet.source.family {
      case .v4: "DF is set"
      case .v6:
        isForwarded ? "only its sender may fragment an IPv6 packet" : "must not be fragmented"
      }
    return Step(
      .dropped,
      "packet of \(packet.byteCount) bytes exceeds \(limit.bytes), \(limit.reason), and \(why)",
      setting: limit.setting,
      fix: "send at most \(payload) bytes of payload, or raise the MTU of"
        + " \(limit.configuration.name)")
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
