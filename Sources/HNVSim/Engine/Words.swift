package import HNVCore

/// A sentence of a trace, or a part of one, as UTF-8.
///
/// It is put together by interpolation, as a string is. What it is made of is written where it
/// belongs: an address makes no string first.
public struct Words: Hashable, Sendable {
  private(set) var utf8: [UInt8]

  /// One behind the other.
  public static func + (left: consuming Words, right: Words) -> Words {
    left.utf8 += right.utf8
    return left
  }
}

extension Words: CustomStringConvertible {
  /// The words as a string.
  public var description: String { String(decoding: utf8, as: UTF8.self) }
}

extension Words: ExpressibleByStringInterpolation {
  /// Takes words that are always the same.
  public init(stringLiteral literal: StaticString) {
    utf8 = literal.withUTF8Buffer { Array($0) }
  }

  /// Takes what was interpolated.
  public init(stringInterpolation words: StringInterpolation) { utf8 = words.utf8 }

  /// Words that are being put together.
  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    fileprivate var utf8: [UInt8] = []

    /// Makes room for the literals, and for values that are sentences themselves: room costs
    /// nothing, but to move does.
    public init(literalCapacity: Int, interpolationCount: Int) {
      utf8.reserveCapacity(literalCapacity + 64 * interpolationCount)
    }

    /// Appends what stands between values.
    public mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { utf8.append(contentsOf: $0) }
    }

    /// Appends a name, or another string.
    public mutating func appendInterpolation(_ text: String) {
      var text = text
      text.withUTF8 { utf8.append(contentsOf: $0) }
    }

    /// Appends words.
    public mutating func appendInterpolation(_ words: Words) { utf8 += words.utf8 }

    /// Appends the description of a value.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      appendInterpolation(value.description)
    }

    /// Appends a number in decimal.
    public mutating func appendInterpolation(_ number: some BinaryInteger) {
      if number < 0 { utf8.append(UInt8(ascii: "-")) }
      append(Digits.longestDecimal) { Digits.write(UInt64(number.magnitude), to: &$0) }
    }

    package mutating func appendInterpolation<Value: ASCIIText>(_ value: Value) {
      append(Value.longestText) { value.write(to: &$0) }
    }

    private mutating func append(_ count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { room in
        var text = OutputSpan(buffer: room, initializedCount: 0)
        write(&text)
        let written = text.finalize(for: room)
        utf8.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<written]))
      }
    }
  }
}

extension Sequence<Words> {
  /// The words with commas between them.
  func listed() -> Words {
    var list: Words?
    for words in self { list = list.map { "\($0), \(words)" } ?? words }
    return list ?? ""
  }
}
