import HNVCore

extension MACAddress {
  /// The MAC address of the platform's router in a subnet, where a model has one for each: locally
  /// administered, and none that machines derive theirs from.
  static func router(ofSubnet index: Int) -> MACAddress {
    MACAddress(bits: 0x0215_5D00_0001 + UInt64(index))
  }
}

extension Intent {
  /// The largest packet that a machine sends: what the lab says, or else what its model chooses;
  /// `room` is what the model carries whole.
  func guestMTU(
    of machine: Int, otherwise bytes: Int = 1500, room: Int, because reason: String,
    setting: String? = nil
  ) -> GuestMTU {
    guard let own = machines[machine].mtu else {
      return GuestMTU(bytes: bytes, room: room, reason: reason, setting: setting)
    }
    return GuestMTU(bytes: own, room: room, reason: "set in the lab", setting: nil)
  }

  /// What the underlay carries between the hosts of an overlay, less an encapsulation's bytes.
  func room(less overhead: Int) -> Int {
    let mtus = underlay.networks.map(\.mtu)
    return (mtus.min() ?? underlay.mtu) - overhead
  }
}
