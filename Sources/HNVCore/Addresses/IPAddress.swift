/// An address of either family; all of IPv4 comes before all of IPv6.
public enum IPAddress: Hashable, Comparable, Sendable {
  /// An IPv4 address.
  case v4(IPv4Address)
  /// An IPv6 address; an IPv4-mapped one is of this family and equals no IPv4 address.
  case v6(IPv6Address)

  /// Reads an address of either family; the first dot or colon in the text tells which.
  ///
  /// - Throws: A diagnostic of `DiagnosticRule.ipv4Syntax` or `DiagnosticRule.ipv6Syntax` where the family is plain, else of
  ///   `DiagnosticRule.ipSyntax`.
  /// - Complexity: O(*n*) in the length of the text.
  public init(parsing text: String) throws(Diagnostic) {
    self = try Self(reading: Array(text.utf8)[...], of: text)
  }

  /// Reads an address from part of a text; a diagnostic shows the whole text.
  init(reading part: ArraySlice<UInt8>, of text: String) throws(Diagnostic) {
    switch part.first(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) {
    case UInt8(ascii: "."):
      let reading = Reading(text: text, rule: .ipv4Syntax)
      self = .v4(IPv4Address(bits: try IPv4Address.bits(part, reading)))
    case UInt8(ascii: ":"):
      let reading = Reading(text: text, rule: .ipv6Syntax)
      self = .v6(IPv6Address(bits: try IPv6Address.bits(part, reading)))
    default:
      let reading = Reading(text: text, rule: .ipSyntax)
      try reading.requireAddress(part)
      throw reading.diagnostic("the address has neither dots nor colons")
    }
  }

  /// The family that the address is of.
  public var family: IPFamily {
    switch self {
    case .v4: .v4
    case .v6: .v6
    }
  }
}

extension IPAddress: CustomStringConvertible {
  /// The dotted quad of IPv4 or the RFC 5952 form of IPv6.
  public var description: String {
    switch self {
    case .v4(let address): address.description
    case .v6(let address): address.description
    }
  }
}
