import HNVCore

/// Writes JSON (RFC 8259) as UTF-8 into one buffer, in the form of Foundation's `prettyPrinted`: a
/// value a line, two spaces a level.
///
/// Whoever calls it begins and ends objects and lists in turn, and begins each value in them.
struct JSONWriter {
  /// What is written.
  private(set) var bytes: [UInt8]

  /// A comma, a line end and the deepest indentation up to here.
  private var lineStart = Array(",\n".utf8)

  /// The part of `lineStart` that begins a line of the innermost object or list.
  private var lineStartCount = 2

  /// Whether the innermost object or list holds nothing yet.
  private var isEmpty = true

  /// Writes behind the bytes of a buffer, which is empty until it gets them back.
  init(taking buffer: inout [UInt8]) {
    bytes = []
    swap(&bytes, &buffer)
  }

  mutating func beginObject() { begin(UInt8(ascii: "{")) }
  mutating func endObject() { end(UInt8(ascii: "}")) }
  mutating func beginList() { begin(UInt8(ascii: "[")) }
  mutating func endList() { end(UInt8(ascii: "]")) }

  private mutating func begin(_ bracket: UInt8) {
    bytes.append(bracket)
    lineStartCount += 2
    if lineStart.count < lineStartCount { lineStart += "  ".utf8 }
    isEmpty = true
  }

  private mutating func end(_ bracket: UInt8) {
    lineStartCount -= 2
    if isEmpty { bytes.append(UInt8(ascii: "\n")) }
    bytes.append(contentsOf: lineStart[1..<lineStartCount])
    bytes.append(bracket)
    isEmpty = false
  }

  /// Begins the next value of a list.
  mutating func beginItem() {
    bytes.append(contentsOf: lineStart[(isEmpty ? 1 : 0)..<lineStartCount])
    isEmpty = false
  }

  /// Begins the next value of an object, under a key as `prefix(forKey:)` has it.
  mutating func beginMember(_ prefix: [UInt8]) {
    beginItem()
    bytes.append(contentsOf: prefix)
  }

  /// A key and the colon behind it, to be written as often as needed.
  static func prefix(forKey key: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var writer = JSONWriter(taking: &bytes)
    writer.write(key)
    return writer.bytes + " : ".utf8
  }
}

// MARK: Values

extension JSONWriter {
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  mutating func writeNull() { bytes.append(contentsOf: "null".utf8) }

  mutating func write(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

  mutating func write(_ value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    write(UInt64(value.magnitude))
  }

  mutating func write(_ value: UInt64) {
    var unit: UInt64 = 1
    while value / unit >= 10 { unit *= 10 }
    while unit > 0 {
      bytes.append(Self.digit(value / unit % 10))
      unit /= 10
    }
  }

  mutating func write(_ address: IPAddress) {
    switch address {
    case .v4(let address):
      bytes.append(Self.quote)
      for shift: UInt32 in [24, 16, 8, 0] {
        write(UInt64(address.bits >> shift & 0xff))
        if shift > 0 { bytes.append(UInt8(ascii: ".")) }
      }
      bytes.append(Self.quote)
    // Which zeros are left out is IPv6Address's to say.
    case .v6(let address): write(address.description)
    }
  }

  mutating func write(_ address: MACAddress) {
    bytes.append(Self.quote)
    for shift in stride(from: 40, through: 0, by: -8) {
      let octet = address.bits >> UInt64(shift)
      bytes.append(Self.digit(octet >> 4 & 0xf))
      bytes.append(Self.digit(octet & 0xf))
      if shift > 0 { bytes.append(UInt8(ascii: "-")) }
    }
    bytes.append(Self.quote)
  }

  /// Writes a string, with escapes where JSON requires them (RFC 8259, section 7).
  mutating func write(_ text: String) {
    bytes.append(Self.quote)
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    // Most strings need no escape, and are copied as a whole.
    if needsEscapes(from: start) { escape(from: start) }
    bytes.append(Self.quote)
  }

  /// Whether one of the bytes from there on is escaped.
  private func needsEscapes(from start: Int) -> Bool {
    let span = bytes.span
    var found: UInt8 = 0
    // Without a branch for each byte, so that the processor takes many at a time.
    for index in start..<span.count {
      let byte = span[index]
      found |=
        (byte < 0x20 ? 1 : 0) | (byte == Self.quote ? 1 : 0) | (byte == Self.backslash ? 1 : 0)
    }
    return found != 0
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == quote || byte == backslash
  }

  private mutating func escape(from start: Int) {
    let text = Array(bytes[start...])
    bytes.removeSubrange(start...)
    for byte in text {
      guard Self.isEscaped(byte) else {
        bytes.append(byte)
        continue
      }
      bytes.append(Self.backslash)
      switch byte {
      case 0x08: bytes.append(UInt8(ascii: "b"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case 0x0A: bytes.append(UInt8(ascii: "n"))
      case 0x0C: bytes.append(UInt8(ascii: "f"))
      case 0x0D: bytes.append(UInt8(ascii: "r"))
      case 0..<0x20:
        bytes.append(contentsOf: "u00".utf8)
        bytes.append(Self.digit(UInt64(byte >> 4)))
        bytes.append(Self.digit(UInt64(byte & 0xf)))
      default: bytes.append(byte)
      }
    }
  }

  /// A hexadecimal digit, of which the decimal ones are a part.
  private static func digit(_ value: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: value) + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10)
  }
}
