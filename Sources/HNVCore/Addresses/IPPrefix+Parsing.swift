extension IPPrefix {
  /// Reads an address, a slash and a decimal length without sign or leading zero.
  ///
  /// An address with bits set beyond the length is refused rather than cut, because the slip may
  /// be in either; the diagnostic says which prefix it would be.
  ///
  /// - Throws: A diagnostic of `DiagnosticRule.prefixSyntax`, `DiagnosticRule.prefixLength` or `DiagnosticRule.prefixHostBits`, or the
  ///   address's own diagnostic.
  /// - Complexity: O(*n*) in the length of the text.
  public init(parsing text: String) throws(Diagnostic) {
    let reading = Reading(text: text, rule: .prefixSyntax)
    let bytes = reading.bytes
    if bytes.isEmpty { throw reading.diagnostic("the prefix is missing") }
    let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
    let address = try IPAddress(reading: bytes[..<(slash ?? bytes.endIndex)], of: text)
    guard let slash else {
      throw reading.diagnostic(
        "the length after the address is missing",
        fix: "write \(IPPrefix(host: address)) for that one address, or its subnet's length")
    }
    let digits = bytes[(slash + 1)...]
    try Self.refuseMask(digits, address.family, reading)
    try reading.requireDecimal(digits, "length")
    let limit = address.family.bitWidth
    guard let length = Digits.decimal(digits, upTo: UInt64(limit)) else {
      throw Self.outOfRange("the length \(Excerpt.part(digits)) is above \(limit)", limit, text)
    }
    try self.init(address, length: Int(length), writtenAs: text)
  }

  /// Creates a prefix from an address whose bits beyond `length` are zero.
  ///
  /// - Throws: A diagnostic of `DiagnosticRule.prefixLength` or `DiagnosticRule.prefixHostBits`.
  public init(_ address: IPAddress, length: Int) throws(Diagnostic) {
    try self.init(address, length: length, writtenAs: "\(address)/\(length)")
  }

  private init(_ address: IPAddress, length: Int, writtenAs text: String) throws(Diagnostic) {
    guard let prefix = IPPrefix(containing: address, length: length) else {
      let limit = address.family.bitWidth
      let flaw = length < 0 ? "below 0" : "above \(limit)"
      throw Self.outOfRange("the length \(length) is \(flaw)", limit, text)
    }
    guard prefix.address == address else {
      throw Diagnostic(
        .prefixHostBits, value: Excerpt.of(text),
        "\(address) has bits set beyond the first \(length); the prefix it is in is \(prefix)",
        fix: "write \(prefix), or \(IPPrefix(host: address)) for that one address")
    }
    self = prefix
  }

  private static func outOfRange(_ explanation: String, _ limit: Int, _ text: String) -> Diagnostic
  {
    Diagnostic(
      .prefixLength, value: Excerpt.of(text), explanation, fix: "use a length from 0 to \(limit)")
  }

  /// Refuses a subnet mask in place of a length, and says the length that it stands for.
  private static func refuseMask(
    _ part: ArraySlice<UInt8>, _ family: IPFamily, _ reading: Reading
  ) throws(Diagnostic) {
    guard family == .v4, let mask = try? IPv4Address.bits(part, reading) else { return }
    let length = (~mask).leadingZeroBitCount
    guard mask == ~UInt32.hostMask(length) else { return }
    throw reading.diagnostic(
      "the length \(Excerpt.part(part)) is a subnet mask", fix: "write /\(length) in its place")
  }
}
