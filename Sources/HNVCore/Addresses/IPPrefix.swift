/// A prefix: all the addresses of one family that begin with the same bits.
///
/// A prefix is canonical: the bits of its address beyond its length are zero, so that equal sets of
/// addresses are equal values.
public struct IPPrefix: Hashable, Sendable {
  /// The address whose leading bits count; all others are zero.
  public let address: IPAddress

  /// The number of bits that count: 0...32 for IPv4, 0...128 for IPv6.
  public let length: Int

  /// The prefix of this length that contains the address; `nil` for a length out of range.
  public init?(containing address: IPAddress, length: Int) {
    guard length >= 0, length <= address.family.bitWidth else { return nil }
    self.init(masking: address, length: length)
  }

  /// The prefix of full length that contains this address alone.
  public init(host address: IPAddress) {
    self.init(masking: address, length: address.family.bitWidth)
  }

  /// The prefix that contains every address of a family: 0.0.0.0/0 or ::/0.
  public static func everything(_ family: IPFamily) -> IPPrefix {
    switch family {
    case .v4: IPPrefix(masking: UInt32.zero.address, length: 0)
    case .v6: IPPrefix(masking: UInt128.zero.address, length: 0)
    }
  }

  /// Clears the bits beyond a length that is known to be in range.
  ///
  /// A lookup that does not use the prefix never computes it: the compiler removes the call.
  @inlinable
  init(masking address: IPAddress, length: Int) {
    switch address {
    case .v4(let address):
      self.address = .v4(IPv4Address(bits: address.bits & ~(UInt32.max >> length)))
    case .v6(let address):
      self.address = .v6(IPv6Address(bits: address.bits & ~(UInt128.max >> length)))
    }
    self.length = length
  }
}

extension IPPrefix: Comparable, ASCIIText {
  /// Orders by family, then address, then length, so that a prefix comes before those within it.
  public static func < (left: IPPrefix, right: IPPrefix) -> Bool {
    (left.address, left.length) < (right.address, right.length)
  }

  /// The address, a slash and the length, such as `10.0.1.0/24`.
  public var description: String { String(ascii: self) }

  package static var longestText: Int { IPAddress.longestText + 4 }

  package func write(to text: inout OutputSpan<UInt8>) {
    address.write(to: &text)
    text.append(UInt8(ascii: "/"))
    Digits.write(UInt64(length), to: &text)
  }
}

extension IPPrefix {
  /// The family of the addresses.
  public var family: IPFamily { address.family }

  /// Whether the prefix consists of one address.
  package var isHost: Bool { length == family.bitWidth }

  /// The first address of the range, whose bits beyond the length are all zero.
  public var first: IPAddress { address }

  /// The last address of the range, whose bits beyond the length are all one.
  public var last: IPAddress { address.filled(beyond: length) }

  /// The gateway's address in a subnet of this prefix: the lowest that a host can have, the second.
  ///
  /// The first address names the network itself (RFC 1122 section 3.2.1.3) or any router in it (RFC
  /// 4291 section 2.6.1). HNV reserves the one after it for its gateway, and so do the clouds.
  /// `nil` where the prefix holds fewer than four addresses: those of a point-to-point link (RFC
  /// 3021, RFC 6164) and of a single host.
  public var gatewayAddress: IPAddress? {
    guard length < family.bitWidth - 1 else { return nil }
    switch address {
    case .v4(let address): return (address.bits | 1).address
    case .v6(let address): return (address.bits | 1).address
    }
  }

  /// The highest address of an IPv4 subnet, which means all its machines (RFC 919); `nil` where
  /// there is none.
  package var broadcast: IPAddress? {
    guard case .v4 = address, length < 31 else { return nil }
    return last
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

extension Sequence<IPPrefix> {
  /// The gateway addresses of a subnet with these prefixes, in their order.
  package var gatewayAddresses: [IPAddress] { compactMap { $0.gatewayAddress } }
}

extension IPPrefix {
  /// Reads an address, a slash and a decimal length without sign or leading zero.
  ///
  /// An address with bits set beyond the length is refused rather than cut, because the slip may
  /// be in either; the diagnostic says which prefix it would be.
  ///
  /// - Throws: A diagnostic of the rule `prefix-syntax`, `prefix-length` or `prefix-host-bits`, or
  ///   the address's own diagnostic.
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
  /// - Throws: A diagnostic of the rule `prefix-length` or `prefix-host-bits`.
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
