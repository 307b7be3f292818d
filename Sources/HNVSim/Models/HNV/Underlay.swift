import HNVCore

/// The physical network between the hosts: it delivers to the host that has a provider address.
final class Underlay: Box {
  private let intent: Intent

  init(_ intent: Intent) { self.intent = intent }

  func receive(_ frame: EthernetFrame, from cable: Cable, in context: Context) {
    guard let packet = frame.packet, let state = context.state as? HNVState else { return }
    context.note(
      Step(.received, "\(packet.source) to \(packet.destination), \(packet.byteCount) bytes"))
    guard packet.byteCount <= intent.underlay.mtu else {
      context.drop(
        .exceedsMTU,
        "\(packet.byteCount) bytes do not fit the underlay's \(intent.underlay.mtu), and a packet"
          + " in a tunnel is not fragmented",
        mend: "lower the MTU of the sender by \(packet.byteCount - intent.underlay.mtu), or raise"
          + " the underlay's")
      return
    }
    guard let owner = state.plan.providerOwners[packet.destination] else {
      context.drop(
        .providerUnreachable, "no host has the provider address \(packet.destination)",
        mend: "correct the provider address of the record, or assign it to a host")
      return
    }
    context.note(
      Step(.forwarded, "\(packet.destination) is a provider address of \(intent.hosts[owner].name)")
    )
    context.emit(frame, on: .uplink(host: owner))
  }
}
