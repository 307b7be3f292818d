/// The addresses that have a meaning of their own.
extension IPAddress {
  /// Whether this is 0.0.0.0 (RFC 1122 section 3.2.1.3) or :: (RFC 4291 section 2.5.2).
  public var isUnspecified: Bool {
    switch self {
    case .v4(let address): address.bits == 0
    case .v6(let address): address.bits == 0
    }
  }

  /// Whether this is in 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 section 2.7).
  public var isMulticast: Bool {
    switch self {
    case .v4(let address): address.bits >> 28 == 0xe
    case .v6(let address): address.bits >> 120 == 0xff
    }
  }

  /// Whether this is in 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291 section 2.5.6).
  ///
  /// Multicast of link-local scope, such as ff02::1, is not meant.
  public var isLinkLocal: Bool {
    switch self {
    case .v4(let address): address.bits >> 16 == 0xa9fe
    case .v6(let address): address.bits >> 118 == 0xfe80 >> 6
    }
  }

  /// Whether this is 255.255.255.255 (RFC 919 section 7); IPv6 has no broadcast.
  public var isLimitedBroadcast: Bool { self == .v4(IPv4Address(bits: .max)) }

  /// Whether this is in 127.0.0.0/8 (RFC 1122 section 3.2.1.3) or is ::1 (RFC 4291 section 2.5.3).
  public var isLoopback: Bool {
    switch self {
    case .v4(let address): address.bits >> 24 == 127
    case .v6(let address): address.bits == 1
    }
  }
}
