import HNVCore

/// What a VTEP has learned: where the MAC addresses of each segment are (RFC 7348, section 4.1).
struct MACTable {
  /// Where a MAC address is.
  enum Place: Hashable {
    /// At an adapter of this host.
    case port(Adapter)
    /// At another host.
    case host(Int)
  }

  private struct Key: Hashable {
    let subnet: Int
    let macAddress: MACAddress
  }

  private struct Entry {
    let place: Place
    let until: VirtualTime
  }

  private var entries: [Key: Entry] = [:]
  private let ageing: VirtualTime

  init(ageing: VirtualTime) { self.ageing = ageing }

  /// Learns where a MAC address is, or learns it again; tells whether that is news.
  mutating func learn(
    _ mac: MACAddress, in subnet: Int, at place: Place, now: VirtualTime
  ) -> Bool {
    guard !mac.isMulticast else { return false }
    let known = self.place(of: mac, in: subnet, now: now)
    entries[Key(subnet: subnet, macAddress: mac)] = Entry(place: place, until: now + ageing)
    return known != place
  }

  /// Where a MAC address is; `nil` for one that was not heard of for as long as entries live.
  func place(of mac: MACAddress, in subnet: Int, now: VirtualTime) -> Place? {
    guard let entry = entries[Key(subnet: subnet, macAddress: mac)], entry.until > now
    else { return nil }
    return entry.place
  }
}
