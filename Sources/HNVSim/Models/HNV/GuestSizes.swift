import HNVCore

/// The MTU of guests, and the room that their packets have on the way.
struct GuestSizes: OverlaySizes {
  let intent: Intent
  let policy: NetworkPolicy
  /// The profiles of single guests in the lab, by machine.
  let facts: [Int: GuestProfile]

  /// The default MTU of Ethernet.
  private static let ethernetMTU = 1500

  /// What determined a guest's MTU.
  private enum Choice {
    /// The lab.
    case declared(Int)
    /// The guest, whose host cannot lower it or does not.
    case kept(because: String)
    /// The guest's host, from what its own adapter sends.
    case lowered(from: Int, by: Int)

    var bytes: Int {
      switch self {
      case .declared(let bytes): bytes
      case .kept: ethernetMTU
      case .lowered(let whole, let overhead): whole - overhead
      }
    }
  }

  /// The largest packet that a guest sends: as 2012 R2 chooses at its start, which a migration does
  /// not change ("NVGRE MTU reduction", TechNet wiki).
  func mtu(of machine: Int) -> GuestMTU {
    let choice = choice(for: machine)
    let isDeclared = if case .declared = choice { true } else { false }
    return GuestMTU(
      bytes: choice.bytes, room: adapterMTU(of: machine) - overhead(of: machine),
      reason: words(for: choice), setting: isDeclared ? nil : policy.settings.guestMTU.text)
  }

  /// The bytes of the largest packet that a guest sends; `mtu(of:)` says why.
  func bytes(of machine: Int) -> Int { choice(for: machine).bytes }

  /// The bytes that the host of a machine adds to its packets.
  func overhead(of machine: Int) -> Int {
    policy.settings.encapsulation.overhead(
      over: underlayAddress(of: machine)?.family ?? .v4)
  }

  /// The first provider address of the host of a machine; `nil` without one.
  func underlayAddress(of machine: Int) -> IPAddress? {
    policy.hosts[intent.machines[machine].host].policy.providerAddresses.first?.address
  }

  /// What carries packets between hosts, in capitals.
  var encapsulation: String { policy.settings.encapsulation.rawValue.uppercased() }

  private func choice(for machine: Int) -> Choice {
    if let own = intent.machines[machine].mtu { return .declared(own) }
    if policy.settings.guestMTU == .unchanged {
      return .kept(because: "its host does not change it")
    }
    if let obstacle = facts[machine]?.obstacle { return .kept(because: obstacle) }
    let whole = adapterMTU(of: machine)
    return whole > Self.ethernetMTU
      ? .kept(because: "its host's adapter sends jumbo frames")
      : .lowered(from: whole, by: overhead(of: machine))
  }

  /// The largest packet that the host of a machine sends: the host looks no further than its own
  /// adapter.
  private func adapterMTU(of machine: Int) -> Int {
    policy.hosts[intent.machines[machine].host].policy.underlayMTU
  }

  private func words(for choice: Choice) -> String {
    switch choice {
    case .declared: "set in the lab"
    case .kept(let why): "the Ethernet default, because \(why)"
    case .lowered(let whole, let overhead):
      "the \(whole) of its host's adapter minus \(overhead) for \(encapsulation)"
    }
  }
}
