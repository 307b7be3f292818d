/// A 48-bit MAC address.
public struct MACAddress: Hashable, Sendable {
  /// The address as a number below 2⁴⁸; the first octet on the wire is the most significant.
  public let bits: UInt64

  /// Creates an address from the low 48 bits of a number; the others are dropped.
  public init(bits: UInt64) { self.bits = bits & 0xffff_ffff_ffff }

  /// The address of every station, FF-FF-FF-FF-FF-FF.
  public static let broadcast = MACAddress(bits: .max)

  /// Whether the address is of a group of stations, broadcast included: the low bit of its first
  /// octet is set (IEEE 802-2014 section 8.2).
  public var isMulticast: Bool { bits >> 40 & 1 == 1 }

  /// The address to which a packet for an IPv6 multicast address is sent: 33-33 and the low 32 bits
  /// of its destination (RFC 2464 section 7).
  public static func multicast(for address: IPv6Address) -> MACAddress {
    MACAddress(bits: 0x3333_0000_0000 | UInt64(UInt32(truncatingIfNeeded: address.bits)))
  }
}

extension MACAddress: Comparable, CustomStringConvertible {
  /// Orders addresses as numbers.
  public static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }

  /// Upper-case octets joined by hyphens, such as `00-15-5D-01-02-03` (IEEE 802-2014 section 8.1).
  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(17)
    for shift in stride(from: 40, through: 0, by: -8) {
      if !text.isEmpty { text.append(UInt8(ascii: "-")) }
      text.append(Digits.hexadecimal(upperCase: bits >> (UInt64(shift) + 4)))
      text.append(Digits.hexadecimal(upperCase: bits >> UInt64(shift)))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
