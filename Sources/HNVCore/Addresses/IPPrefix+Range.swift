/// The addresses of a prefix.
extension IPPrefix {
  /// The family of the addresses.
  public var family: IPFamily { address.family }

  /// Whether the prefix consists of one address.
  public var isHost: Bool { length == family.bitWidth }

  /// The first address of the range, whose bits beyond the length are all zero.
  public var first: IPAddress { address }

  /// The last address of the range, whose bits beyond the length are all one.
  public var last: IPAddress { address.filled(beyond: length) }

  /// The lowest address that a host can be given: the one after the first.
  ///
  /// The first names the network itself (RFC 1122 section 3.2.1.3) or any router in it (RFC 4291
  /// section 2.6.1). Network virtualization reserves the one after it for the gateway.
  /// `nil` where the prefix holds fewer than four addresses: those of a point-to-point link (RFC
  /// 3021, RFC 6164) and of a single host.
  public var lowestUsable: IPAddress? {
    guard length < family.bitWidth - 1 else { return nil }
    switch address {
    case .v4(let address): return (address.bits | 1).address
    case .v6(let address): return (address.bits | 1).address
    }
  }

  /// Whether the address is in the prefix; false for one of the other family.
  public func contains(_ address: IPAddress) -> Bool {
    guard let shared = self.address.sharedLength(with: address) else { return false }
    return shared >= length
  }

  /// Whether every address of the other prefix is in this one; false across families.
  public func contains(_ other: IPPrefix) -> Bool {
    length <= other.length && contains(other.address)
  }

  /// Whether some address is in both; two prefixes overlap only where one contains the other.
  public func overlaps(_ other: IPPrefix) -> Bool { contains(other) || other.contains(self) }
}
