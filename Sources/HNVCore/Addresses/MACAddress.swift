/// A 48-bit MAC address.
public struct MACAddress: Hashable, Sendable, BitwiseCopyable {
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

extension MACAddress: Comparable, ASCIIText {
  /// Orders addresses as numbers.
  public static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }

  /// Upper-case octets joined by hyphens, such as `00-15-5D-01-02-03` (IEEE 802-2014 section 8.1).
  public var description: String { String(ascii: self) }

  package static var longestText: Int { 17 }

  package func write(to text: inout OutputSpan<UInt8>) {
    for shift in stride(from: UInt64(40), through: 0, by: -8) {
      text.append(Digits.hexadecimal(upperCase: bits >> (shift + 4)))
      text.append(Digits.hexadecimal(upperCase: bits >> shift))
      if shift > 0 { text.append(UInt8(ascii: "-")) }
    }
  }
}

extension MACAddress {
  /// Reads twelve hexadecimal digits in one style throughout: `00-15-5D-01-02-03`,
  /// `00:15:5d:01:02:03`, `0015.5d01.0203` or `00155D010203`, in either case.
  ///
  /// - Throws: A diagnostic of the rule `mac-syntax` with the offending part and its position.
  /// - Complexity: O(*n*) in the length of the text.
  public init(parsing text: String) throws(Diagnostic) {
    let reading = Reading(text: text, rule: .macSyntax)
    let bytes = reading.bytes
    if bytes.isEmpty { throw reading.diagnostic("the address is missing") }
    let separator = bytes.first { Digits.hexadecimal($0) == nil }
    guard let separator, let size = Self.groupSize(separator) else {
      self.init(bits: try Self.bits(bytes, size: 12, "address", reading))
      return
    }
    let groups = bytes.split(separator: separator, omittingEmptySubsequences: false)
    var bits: UInt64 = 0
    for group in groups {
      bits = bits << (4 * size) | (try Self.bits(group, size: size, "group", reading))
    }
    guard groups.count == 12 / size else {
      throw reading.diagnostic("the address has \(groups.count) groups instead of \(12 / size)")
    }
    self.init(bits: bits)
  }

  /// The number of digits that a separator stands between; `nil` where it is none.
  private static func groupSize(_ separator: UInt8) -> Int? {
    switch separator {
    case UInt8(ascii: "-"), UInt8(ascii: ":"): 2
    case UInt8(ascii: "."): 4
    default: nil
    }
  }

  private static func bits(
    _ digits: ArraySlice<UInt8>, size: Int, _ noun: String, _ reading: Reading
  ) throws(Diagnostic) -> UInt64 {
    var bits: UInt64 = 0
    for index in digits.indices {
      guard let digit = Digits.hexadecimal(digits[index]) else {
        throw stray(digits[index...], reading)
      }
      bits = bits << 4 | UInt64(digit)
    }
    if digits.isEmpty {
      throw reading.diagnostic("the \(noun) at character \(digits.startIndex + 1) is missing")
    }
    guard digits.count == size else {
      let count = digits.count == 1 ? "1 digit" : "\(digits.count) digits"
      throw reading.diagnostic(
        "the \(noun) \(Excerpt.part(digits)) has \(count) instead of \(size)",
        fix: fix(digits, size: size))
    }
    return bits
  }

  private static func stray(_ rest: ArraySlice<UInt8>, _ reading: Reading) -> Diagnostic {
    guard let byte = rest.first, groupSize(byte) != nil else {
      return reading.stray(rest, insteadOf: "a hexadecimal digit")
    }
    return reading.diagnostic(
      "\(Excerpt.character(rest)) at character \(rest.startIndex + 1) is not the separator used"
        + " before it",
      fix: "use one separator throughout")
  }

  /// The group with its leading zeros, which some systems leave out.
  private static func fix(_ digits: ArraySlice<UInt8>, size: Int) -> String? {
    guard size < 12, digits.count < size else { return nil }
    return "write \(String(repeating: "0", count: size - digits.count))\(Excerpt.of(digits))"
  }
}
