import HNVCore

/// The addresses of the underlay, lowest first, without those that are taken.
struct UnderlayAddresses {
  let prefix: IPPrefix
  let taken: Set<IPAddress>
  private var latest: IPAddress?

  init(prefix: IPPrefix, taken: Set<IPAddress>) {
    self.prefix = prefix
    self.taken = taken
    latest = nil
  }

  mutating func next() -> IPAddress? {
    // The gateway's address is left to a router of the underlay.
    guard var candidate = latest ?? prefix.gatewayAddress else { return nil }
    repeat {
      guard let after = candidate.successor, prefix.contains(after), after != prefix.last
      else { return nil }
      candidate = after
    } while taken.contains(candidate)
    latest = candidate
    return candidate
  }
}

extension IPAddress {
  /// The next higher address; `nil` after the last.
  var successor: IPAddress? {
    switch self {
    case .v4(let address):
      address.bits == .max ? nil : .v4(IPv4Address(bits: address.bits + 1))
    case .v6(let address):
      address.bits == .max ? nil : .v6(IPv6Address(bits: address.bits + 1))
    }
  }
}
