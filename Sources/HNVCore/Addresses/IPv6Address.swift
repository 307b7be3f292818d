/// An IPv6 address, without a zone.
public struct IPv6Address: Hashable, Sendable, BitwiseCopyable {
  // `UInt128` itself would align whatever holds an address to 16 bytes.
  @usableFromInline let high: UInt64
  @usableFromInline let low: UInt64

  /// The address as a number; the first group is the most significant.
  @inlinable public var bits: UInt128 { UInt128(high) &<< 64 | UInt128(low) }

  /// Creates an address from its number.
  @inlinable public init(bits: UInt128) {
    high = UInt64(truncatingIfNeeded: bits &>> 64)
    low = UInt64(truncatingIfNeeded: bits)
  }

  /// Reads the forms of RFC 4291 section 2.2: eight groups, `::` for a run of zero groups, and a
  /// dotted quad in place of the last two groups.
  ///
  /// Zones (`fe80::1%eth0`, RFC 4007) are refused: an interface's name means nothing on the wire.
  ///
  /// - Throws: A diagnostic of the rule `ipv6-syntax` with the offending part and its position.
  /// - Complexity: O(*n*) in the length of the text.
  public init(parsing text: String) throws(Diagnostic) {
    let reading = Reading(text: text, rule: .ipv6Syntax)
    self.init(bits: try Self.bits(reading.bytes, reading))
  }

  /// The multicast address on which a neighbour solicitation asks for this address: ff02::1:ff00:0
  /// with the low 24 bits of this one (RFC 4291 section 2.7.1).
  public var solicitedNodeMulticast: IPv6Address {
    IPv6Address(bits: 0xff02_0000_0000_0000_0000_0001_ff00_0000 | bits & 0xff_ffff)
  }
}

extension IPv6Address: Comparable, ASCIIText {
  /// Orders addresses as numbers.
  public static func < (left: IPv6Address, right: IPv6Address) -> Bool { left.bits < right.bits }

  /// The one spelling that RFC 5952 section 4 recommends, such as `2001:db8::2`; an IPv4-mapped
  /// address ends with its dotted quad (section 5).
  public var description: String { String(ascii: self) }

  package static var longestText: Int { 39 }

  package func write(to text: inout OutputSpan<UInt8>) {
    if bits >> 32 == 0xffff {
      for byte in "::ffff:".utf8 { text.append(byte) }
      return IPv4Address(bits: UInt32(truncatingIfNeeded: bits)).write(to: &text)
    }
    guard let gap = longestRunOfZeros else { return write(groups: 0..<8, to: &text) }
    write(groups: 0..<gap.lowerBound, to: &text)
    for byte in "::".utf8 { text.append(byte) }
    write(groups: gap.upperBound..<8, to: &text)
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

  private func write(groups: Range<Int>, to text: inout OutputSpan<UInt8>) {
    for index in groups {
      if index > groups.lowerBound { text.append(Self.colon) }
      let group = group(index)
      for shift in stride(from: 12, through: 0, by: -4) where shift == 0 || group >> shift > 0 {
        text.append(Digits.hexadecimal(lowerCase: UInt64(group >> shift)))
      }
    }
  }

  private func group(_ index: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: bits >> (112 - 16 * index))
  }
}

extension IPv6Address {
  /// Reads an address in a text that may hold more, as that of a prefix does.
  static func bits(_ part: ArraySlice<UInt8>, _ reading: Reading) throws(Diagnostic) -> UInt128 {
    try refuseForeign(part, reading)
    var groups = Groups()
    var rest = part
    if rest.starts(with: [colon, colon]) {
      groups.gap = 0
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
      let piece = rest.prefix { $0 != colon }
      rest = rest[piece.endIndex...]
      if piece.contains(UInt8(ascii: ".")) {
        groups.append(UInt128(try quad(piece, then: rest, reading)), bits: 32)
      } else {
        groups.append(UInt128(try group(piece, reading)), bits: 16)
      }
      try step(over: &rest, &groups, reading)
    }
    return try groups.bits(reading)
  }

  /// Moves over the one or two colons after a group.
  private static func step(
    over rest: inout ArraySlice<UInt8>, _ groups: inout Groups, _ reading: Reading
  ) throws(Diagnostic) {
    guard let start = rest.indices.first else { return }
    rest = rest.dropFirst()
    guard let next = rest.first else {
      throw reading.diagnostic("':' at character \(start + 1) has no group after it")
    }
    guard next == colon else { return }
    guard groups.gap == nil else {
      throw reading.diagnostic(
        "'::' at character \(start + 1) is the second one", fix: "write only one run as '::'")
    }
    groups.gap = groups.count
    rest = rest.dropFirst()
  }

  private static func group(
    _ digits: ArraySlice<UInt8>, _ reading: Reading
  ) throws(Diagnostic) -> UInt16 {
    var value: UInt16 = 0
    for index in digits.indices {
      guard let digit = Digits.hexadecimal(digits[index]) else {
        throw reading.stray(digits[index...], insteadOf: "a hexadecimal digit")
      }
      value = value << 4 | UInt16(digit)
    }
    if digits.isEmpty {
      throw reading.diagnostic("the group at character \(digits.startIndex + 1) is missing")
    }
    if digits.count > 4 {
      throw reading.diagnostic(
        "the group \(Excerpt.part(digits)) has more than four digits",
        fix: "write one to four hexadecimal digits to a group")
    }
    return value
  }

  private static func quad(
    _ piece: ArraySlice<UInt8>, then rest: ArraySlice<UInt8>, _ reading: Reading
  ) throws(Diagnostic) -> UInt32 {
    let value = try IPv4Address.bits(piece, reading)
    if rest.isEmpty { return value }
    throw reading.diagnostic(
      "the dotted quad \(Excerpt.part(piece)) is not at the end",
      fix: "write a dotted quad only in place of the last two groups")
  }

  /// Refuses what is no part of an address but is often written with one.
  private static func refuseForeign(
    _ part: ArraySlice<UInt8>, _ reading: Reading
  ) throws(Diagnostic) {
    try reading.requireAddress(part)
    if part.first == UInt8(ascii: "[") {
      throw reading.diagnostic("the address stands in brackets", fix: "leave out '[' and ']'")
    }
    guard let index = part.firstIndex(where: { !belongs($0) }) else { return }
    if part[index] == UInt8(ascii: "%") {
      throw reading.diagnostic(
        "the zone from '%' at character \(index + 1) on is no part of the address",
        fix: "leave out everything from '%' on")
    }
    throw reading.stray(part[index...], insteadOf: "a hexadecimal digit")
  }

  private static func belongs(_ byte: UInt8) -> Bool {
    Digits.hexadecimal(byte) != nil || byte == colon || byte == UInt8(ascii: ".")
  }

  private static let colon = UInt8(ascii: ":")
}

/// The groups read so far, and where `::` stood among them.
private struct Groups {
  var count = 0
  var gap: Int?
  private var value: UInt128 = 0

  mutating func append(_ group: UInt128, bits: Int) {
    value = value << bits | group
    // A hostile text can hold any number of groups; beyond eight they are only counted.
    count += bits / 16
  }

  /// The address, once the text is read to its end.
  func bits(_ reading: Reading) throws(Diagnostic) -> UInt128 {
    guard let gap else {
      if count == 8 { return value }
      throw reading.diagnostic(
        "the address has \(count) group\(count == 1 ? "" : "s") instead of 8",
        fix: count < 8 ? "write eight groups, or '::' for a run of zeros" : nil)
    }
    // RFC 4291 section 2.2: '::' stands for one group at least.
    guard count < 8 else {
      throw reading.diagnostic(
        "the address has \(count) groups, which leaves none for '::' to stand for",
        fix: "write all eight groups without '::'")
    }
    let width = 16 * (count - gap)
    let tail = value & ~(UInt128.max << width)
    return (value >> width) << (128 - 16 * gap) | tail
  }
}
