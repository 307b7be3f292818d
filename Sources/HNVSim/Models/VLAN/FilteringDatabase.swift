import HNVCore

/// What a bridge has learned: behind which of its ports each MAC address of a VLAN was last seen
/// (IEEE 802.1Q, "the filtering database").
struct FilteringDatabase<Port: Hashable & Sendable>: Sendable {
  private struct Key: Hashable {
    let vlan: UInt16
    let address: MACAddress
  }

  private struct Entry {
    let port: Port
    let until: VirtualTime
  }

  private var entries: [Key: Entry] = [:]

  /// How long a bridge remembers where it last saw an address (IEEE 802.1Q's recommended ageing
  /// time, and Linux's).
  static var ageingTime: VirtualTime { .seconds(300) }

  /// Notes where an address was seen; tells whether that is news.
  mutating func learn(
    _ address: MACAddress, in vlan: UInt16, at port: Port, _ now: VirtualTime
  ) -> Bool {
    let known = self.port(of: address, in: vlan, at: now)
    entries[Key(vlan: vlan, address: address)] = Entry(port: port, until: now + Self.ageingTime)
    return known != port
  }

  /// The port behind which an address was last seen; `nil` when that is unknown, or too long ago.
  func port(of address: MACAddress, in vlan: UInt16, at now: VirtualTime) -> Port? {
    guard let entry = entries[Key(vlan: vlan, address: address)], entry.until > now
    else { return nil }
    return entry.port
  }
}
