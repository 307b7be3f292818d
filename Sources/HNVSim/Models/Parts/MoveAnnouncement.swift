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
    send: (EthernetFrame, Adapter, inout World) -> Void
  ) {
    guard self == .announced, world.wiring.isRunning(.machine(machine)) else { return }
    for (index, interface) in world.intent.machines[machine].interfaces.enumerated() {
      guard let adapter = adapters.adapter(on: .adapter(machine: machine, index: index))
      else { continue }
      for address in interface.addresses.map(\.address) {
        let announcing = world.begin(
          .resolution,
          of: PacketSummary(
            source: address, destination: address, text: "announcement of \(address)"))
        let frame = EthernetFrame(announcing: address, at: interface.macAddress)
        world.following(announcing) { world in
          world.note(MoveFact.announced(machine: machine), frame)
          world.sent(frame)
          send(frame, adapter, &world)
        }
      }
    }
  }
}

extension EthernetFrame {
  /// Tells everyone on a link who has an address.
  init(announcing address: IPAddress, at mac: MACAddress) {
    switch address {
    case .v4(let own):
      self.init(
        destination: .broadcast, source: mac,
        payload: .arp(
          ARPMessage(
            operation: .request, senderMAC: mac, senderAddress: own,
            targetMAC: MACAddress(bits: 0), targetAddress: own)))
    case .v6(let own):
      let everyone = IPv6Address(bits: 0xff02 << 112 | 1)
      self.init(
        destination: .multicast(for: everyone), source: mac,
        payload: .ip(
          .v6(
            IPv6Packet(
              source: own, destination: everyone, hopLimit: 255,
              transport: .icmpv6(
                .neighborAdvertisement(target: own, targetMAC: mac, solicited: false))))))
    }
  }
}
