/// An IPv6 address, without a zone.
public struct IPv6Address: Hashable, Sendable {
  /// The address as a number; the first group is the most significant.
  public let bits: UInt128

  /// Creates an address from its number.
  @inlinable public init(bits: UInt128) { self.bits = bits }

  /// Reads the forms of RFC 4291 section 2.2: eight groups, `::` for a run of zero groups, and a
  /// dotted quad in place of the last two groups.
  ///
  /// Zones (`fe80::1%eth0`, RFC 4007) are refused: an interface's name means nothing on the wire.
  ///
  /// - Throws: A diagnostic of `DiagnosticRule.ipv6Syntax` that names the offending part and where it is.
  /// - Complexity: O(*n*) in the length of the text.
  public init(parsing text: String) throws(Diagnostic) {
    let reading = Reading(text: text, rule: .ipv6Syntax)
    bits = try Self.bits(reading.bytes, reading)
  }

  /// The multicast address on which a neighbour solicitation asks for this address: ff02::1:ff00:0
  /// with the low 24 bits of this one (RFC 4291 section 2.7.1).
  public var solicitedNodeMulticast: IPv6Address {
    IPv6Address(bits: 0xff02_0000_0000_0000_0000_0001_ff00_0000 | bits & 0xff_ffff)
  }
}

extension IPv6Address: Comparable, CustomStringConvertible {
  /// Orders addresses as numbers.
  public static func < (left: IPv6Address, right: IPv6Address) -> Bool { left.bits < right.bits }

  /// The one spelling that RFC 5952 section 4 recommends, such as `2001:db8::2`; an IPv4-mapped
  /// address ends with its dotted quad (section 5).
  public var description: String {
    if bits >> 32 == 0xffff {
      return "::ffff:\(IPv4Address(bits: UInt32(truncatingIfNeeded: bits)))"
    }
    guard let gap = longestRunOfZeros else { return hexadecimal(0..<8) }
    return hexadecimal(0..<gap.lowerBound) + "::" + hexadecimal(gap.upperBound..<8)
  }

  /// The groups that `::` stands for: the longest run of two or more zeros, the first if tied.
  private var longestRunOfZeros: Range<Int>? {
    var longest = 0..<1
    var start = 0
    for index in 0..<8 {
      if group(index) != 0 { start = index + 1 }
      if index + 1 - start > longest.count { longest = start..<index + 1 }
    }
    return longest.count > 1 ? longest : nil
  }

  private func hexadecimal(_ groups: Range<Int>) -> String {
    var text = ""
    for index in groups {
      if index > groups.lowerBound { text += ":" }
      text += String(group(index), radix: 16)
    }
    return text
  }

  private func group(_ index: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: bits >> (112 - 16 * index))
  }
}
