/// The periodic advertisement of the active router of a virtual router: VRRP version 3 for
/// IPv4 (RFC 5798, section 5).
///
/// Its checksum covers the addresses of the IP header, as RFC 5798 (section 5.2.8) is read by
/// keepalived and by analysers; RFC 9568 leaves them out over IPv4, and such an advertisement stays
/// bytes.
public struct VRRPAdvertisement: Hashable, Sendable {
  /// The virtual router that is spoken for, 1 to 255.
  public var virtualRouterID: UInt8

  /// Who has most is active: 255 for the addresses' owner, 0 for one that resigns.
  public var priority: UInt8

  /// The time between two advertisements in centiseconds, 12 bits; higher ones are dropped.
  public let maxAdvertisementInterval: UInt16

  /// The addresses of the virtual router, of which the wire has room for 255.
  public var addresses: [IPv4Address]

  /// Creates an advertisement, by default of an interval of one second.
  public init(
    virtualRouterID: UInt8, priority: UInt8, maxAdvertisementInterval: UInt16 = 100,
    addresses: [IPv4Address]
  ) {
    self.virtualRouterID = virtualRouterID
    self.priority = priority
    self.maxAdvertisementInterval = maxAdvertisementInterval & 0xfff
    self.addresses = addresses
  }

  /// The group to which advertisements are sent (RFC 5798, section 5.1.1.2).
  public static let group = IPv4Address(224, 0, 0, 18)

  /// The TTL of an advertisement: one with any other was forwarded, and does not count
  /// (RFC 5798, section 5.1.1.3).
  public static let timeToLive: UInt8 = 255

  /// The bytes before the addresses.
  public static let headerByteCount = 8

  /// The bytes of the header and of the addresses that the wire has room for.
  public var byteCount: Int { Self.headerByteCount + 4 * addressesOnWire.count }

  /// As many addresses as the header can count.
  var addressesOnWire: ArraySlice<IPv4Address> { addresses.prefix(Int(UInt8.max)) }
}

extension MACAddress {
  /// The address of a virtual router over IPv4, 00-00-5E-00-01 and its number (RFC 5798, section
  /// 7.3).
  public static func virtualRouter(_ id: UInt8) -> MACAddress {
    MACAddress(bits: 0x0000_5E00_0100 | UInt64(id))
  }
}
