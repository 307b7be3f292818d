import HNVCore

/// Whether a host tells the network of a machine that has moved to it.
enum MoveAnnouncement: String, ModelSetting {
  case announced, silent

  static let name = "moves"

  static let about =
    "Whether a host announces a machine that has moved to it, so that switches learn its new port."

  static let evidence =
    "Microsoft, \"Virtual Machine Live Migration Overview\": at the end a message makes the"
    + " physical switch learn the new port of the machine's MAC address. Without it, the"
    + " machine's next frame does."

  /// Sends frames of a machine's own to everyone, from which every switch learns where it is: a
  /// gratuitous ARP (RFC 5227, section 3) or an unsolicited advertisement (RFC 4861, section 7.2.6)
  /// for each of its addresses.
  func announce(
    _ machine: Int, known adapters: AdapterDirectory, in world: inout World,
    send: (PacketID, Adapter, inout World) -> Void
  ) {
    guard self == .announced, world.wiring.isRunning(.machine(machine)) else { return }
    for (index, interface) in world.intent.machines[machine].interfaces.enumerated() {
      guard let adapter = adapters.adapter(on: .adapter(machine: machine, index: index))
      else { continue }
      for address in interface.addresses.map(\.address) {
        let packet = world.packets.add(announcementOf: address, at: interface.macAddress)
        world.following(world.begin(.resolution, of: packet)) { world in
          world.note(MoveFact.announced(machine: machine), packet)
          world.sent(packet)
          send(packet, adapter, &world)
        }
      }
    }
  }
}
