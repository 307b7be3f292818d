/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, BitwiseCopyable {
  /// The address as a number; the first octet is the most significant.
  public let bits: UInt32

  /// Creates an address from its number.
  @inlinable public init(bits: UInt32) { self.bits = bits }

  /// Creates an address from its octets, as in `IPv4Address(10, 0, 1, 2)`.
  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    bits = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// Reads a dotted quad: four decimal octets from 0 to 255 without signs, spaces or leading
  /// zeros (RFC 3986 section 3.2.2, IPv4address).
  ///
  /// - Throws: A diagnostic of the rule `ipv4-syntax` with the offending part and its position.
  /// - Complexity: O(*n*) in the length of the text.
  public init(parsing text: String) throws(Diagnostic) {
    let reading = Reading(text: text, rule: .ipv4Syntax)
    bits = try Self.bits(reading.bytes, reading)
  }
}

extension IPv4Address: Comparable, ASCIIText {
  /// Orders addresses as numbers.
  public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }

  /// The dotted quad, such as `10.0.1.2`.
  public var description: String { String(ascii: self) }

  package static var longestText: Int { 15 }

  package func write(to text: inout OutputSpan<UInt8>) {
    for shift in stride(from: UInt32(24), through: 0, by: -8) {
      let octet = bits >> shift & 0xff
      if octet >= 100 { text.append(Digits.decimal(octet / 100)) }
      if octet >= 10 { text.append(Digits.decimal(octet / 10 % 10)) }
      text.append(Digits.decimal(octet % 10))
      if shift > 0 { text.append(UInt8(ascii: ".")) }
    }
  }
}

extension IPv4Address {
  /// Reads a dotted quad in a text that may hold more, as that of a prefix or of IPv6 does.
  static func bits(_ part: ArraySlice<UInt8>, _ reading: Reading) throws(Diagnostic) -> UInt32 {
    try reading.requireAddress(part)
    let octets = part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    var bits: UInt32 = 0
    for octet in octets {
      try reading.requireDecimal(octet, "octet")
      guard let value = Digits.decimal(octet, upTo: 255) else {
        throw reading.diagnostic(
          "the octet \(Excerpt.part(octet)) is above 255", fix: "use an octet from 0 to 255")
      }
      bits = bits << 8 | UInt32(truncatingIfNeeded: value)
    }
    guard octets.count == 4 else {
      throw reading.diagnostic(
        "the address has \(octets.count) octet\(octets.count == 1 ? "" : "s") instead of 4",
        fix: octets.count < 4 ? "write all four octets, the zeros too" : nil)
    }
    return bits
  }
}
