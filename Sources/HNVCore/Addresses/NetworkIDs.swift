/// The 24-bit number of a virtual subnet (VSID), carried on the wire with every packet.
public struct VirtualSubnetID: Hashable, Comparable, Sendable, BitwiseCopyable, ASCIIText {
  /// The number.
  public let number: UInt32

  /// The numbers that NetWNV accepts (New-NetVirtualizationLookupRecord, -VirtualSubnetID).
  public static let range: ClosedRange<UInt32> = 4096...16_777_214

  /// Checks a number against `range`.
  public init(_ number: UInt64) throws(Diagnostic) {
    guard number >= UInt64(Self.range.lowerBound), number <= UInt64(Self.range.upperBound) else {
      throw Diagnostic(
        .virtualSubnetIDRange, value: "\(number)",
        "the virtual subnet ID \(number) is outside 4096 to 16777214")
    }
    self.number = UInt32(number)
  }

  /// Takes back a number that was checked before.
  init(checked number: UInt32) { self.number = number }

  /// The number in decimal.
  public var description: String { String(ascii: self) }

  package static var longestText: Int { Digits.longestDecimal }

  package func write(to text: inout OutputSpan<UInt8>) {
    Digits.write(UInt64(number), to: &text)
  }

  /// Orders by number.
  public static func < (left: VirtualSubnetID, right: VirtualSubnetID) -> Bool {
    left.number < right.number
  }
}

/// The GUID of a routing domain (RDID), which owns one routing table: a "VM network".
public struct RoutingDomainID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The GUID's 32 hexadecimal digits, read as one number.
  public let bits: UInt128

  /// Takes the GUID's digits as one number.
  public init(bits: UInt128) { self.bits = bits }

  /// Reads `{11111111-2222-3333-4444-000000000000}`, the cmdlets' form; the braces may be missing.
  public init(parsing text: String) throws(Diagnostic) {
    var digits: [UInt8] = []
    for (index, byte) in Self.unbraced(text).enumerated() {
      let isHyphen = byte == UInt8(ascii: "-")
      guard isHyphen == Self.hyphens.contains(index) else { throw Self.malformed(text) }
      if !isHyphen { digits.append(byte) }
    }
    guard digits.count == 32 else { throw Self.malformed(text) }
    var bits: UInt128 = 0
    for byte in digits {
      guard let digit = Self.hexadecimal(byte) else { throw Self.malformed(text) }
      bits = bits << 4 | UInt128(digit)
    }
    self.bits = bits
  }

  private static let hyphens = [8, 13, 18, 23]

  private static func unbraced(_ text: String) -> Substring.UTF8View {
    guard text.utf8.first == UInt8(ascii: "{"), text.utf8.last == UInt8(ascii: "}"),
      text.utf8.count == 38
    else { return text[...].utf8 }
    return text.dropFirst().dropLast().utf8
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func malformed(_ text: String) -> Diagnostic {
    Diagnostic(.routingDomainIDSyntax, value: Excerpt.of(text), "this is not a GUID in braces")
  }

  /// The cmdlets' form, in braces and lower case.
  public var description: String {
    var text = "{"
    for position in 0..<32 {
      if [8, 12, 16, 20].contains(position) { text += "-" }
      let digit = UInt8(truncatingIfNeeded: bits >> UInt128(124 - 4 * position)) & 15
      text += String(digit, radix: 16)
    }
    return text + "}"
  }

  /// Orders by number.
  public static func < (left: RoutingDomainID, right: RoutingDomainID) -> Bool {
    left.bits < right.bits
  }
}
