import HNVCore

/// Machines that move: what their new host says of them.
extension AccessSwitch {
  /// Sends a frame of the machine's own to everyone, from which every bridge learns where it is: a
  /// gratuitous ARP (RFC 5227, section 3) or an unsolicited advertisement (RFC 4861, section 7.2.6).
  func welcome(_ machine: Int, in context: Context) {
    guard layout.moves == .announced, context.wiring.isRunning(.machine(machine)) else { return }
    for (index, interface) in context.intent.machines[machine].interfaces.enumerated() {
      let cable = Cable.adapter(machine: machine, index: index)
      guard let adapter = layout.directory.adapter(on: cable),
        let vlan = layout.vlans[adapter.subnet]
      else { continue }
      for address in interface.addresses.map(\.address) {
        let announcing = context.begin(
          .resolution,
          of: PacketSummary(
            source: address, destination: address, text: "announcement of \(address)"))
        let frame = EthernetFrame(announcing: address, at: interface.macAddress)
        announcing.note(
          Step(
            .originated, "\(context.intent.machines[machine].name) is here by now",
            setting: layout.moves.text))
        announcing.sent(frame)
        learn(from: frame, of: vlan, at: cable, in: announcing)
        relay(frame, of: vlan, from: cable, in: announcing)
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
