import HNVCore

/// How large packets are under an overlay, as the check of the underlay's MTU asks.
protocol OverlaySizes {
  /// The largest packet that a machine sends, and why.
  func mtu(of machine: Int) -> GuestMTU

  /// The bytes of the largest packet that a machine sends.
  func bytes(of machine: Int) -> Int

  /// The bytes that the host of a machine adds to its packets.
  func overhead(of machine: Int) -> Int

  /// The address from which a machine's packets leave its host; `nil` when they cannot.
  func underlayAddress(of machine: Int) -> IPAddress?

  /// What carries packets between hosts, in capitals.
  var encapsulation: String { get }
}

/// Sizes under VXLAN, whose hosts leave their guests as they are.
struct VXLANSizes: OverlaySizes {
  let intent: Intent

  var encapsulation: String { "VXLAN" }

  func mtu(of machine: Int) -> GuestMTU {
    let overhead = overhead(of: machine)
    return intent.guestMTU(
      of: machine, room: intent.room(less: overhead),
      because: "the Ethernet default, not lowered by hosts")
  }

  func bytes(of machine: Int) -> Int { mtu(of: machine).bytes }

  func overhead(of machine: Int) -> Int {
    Encapsulation.vxlan.overhead(over: intent.hosts[intent.machines[machine].host].address.family)
  }

  func underlayAddress(of machine: Int) -> IPAddress? {
    intent.hosts[intent.machines[machine].host].address
  }

  /// What packets do not fit, and where they cannot go.
  func diagnostics() -> [Diagnostic] {
    UnderlayMTUCheck(intent: intent, sizes: self).diagnostics()
      + UnderlaySplitCheck(intent: intent, sizes: self).diagnostics()
  }
}
