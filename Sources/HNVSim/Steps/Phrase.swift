public import HNVCore

/// What can stand in a sentence: it writes itself where the sentence is, without a string of its
/// own.
public protocol Phrase: Sendable {
  /// Writes the phrase behind what is there.
  func write(to text: inout TextBuffer)
}

/// Two or three phrases one behind the other, as one.
public struct Phrases<First: Phrase, Second: Phrase, Third: Phrase>: Phrase {
  private let first: First
  private let second: Second
  private let third: Third

  /// Joins three phrases.
  public init(_ first: First, _ second: Second, _ third: Third) {
    self.first = first
    self.second = second
    self.third = third
  }

  /// Writes each of the phrases.
  @inline(__always)
  public func write(to text: inout TextBuffer) {
    first.write(to: &text)
    second.write(to: &text)
    third.write(to: &text)
  }
}

extension Phrases where Third == NoPhrase {
  /// Joins two phrases.
  public init(_ first: First, _ second: Second) { self.init(first, second, NoPhrase()) }
}

extension Phrases: CustomStringConvertible {
  /// The phrases as a string.
  public var description: String {
    var text = TextBuffer(capacity: 64)
    write(to: &text)
    return text.withBytes { String(decoding: $0, as: UTF8.self) }
  }
}

/// What says nothing.
public struct NoPhrase: Phrase {
  /// Nothing.
  public init() {}

  /// Writes nothing.
  public func write(to text: inout TextBuffer) {}
}

extension StaticString: Phrase {
  /// Writes the string as it is.
  public func write(to text: inout TextBuffer) { withUTF8Buffer { text.append($0) } }
}

/// Nothing where there is no value.
extension Optional: Phrase where Wrapped: Phrase {
  /// Writes the value, if there is one.
  @inline(__always)
  public func write(to text: inout TextBuffer) { self?.write(to: &text) }
}

extension String: Phrase {
  /// Writes the string as it is.
  public func write(to text: inout TextBuffer) { text.append(self) }
}

extension Int: Phrase {
  /// Writes the number in decimal.
  public func write(to text: inout TextBuffer) {
    if self < 0 { text.append(UInt8(ascii: "-")) }
    text.append(UInt64(magnitude))
  }
}

extension UInt8: Phrase {
  /// Writes the number in decimal.
  public func write(to text: inout TextBuffer) { text.append(UInt64(self)) }
}

extension UInt16: Phrase {
  /// Writes the number in decimal.
  public func write(to text: inout TextBuffer) { text.append(UInt64(self)) }
}

extension UInt32: Phrase {
  /// Writes the number in decimal.
  public func write(to text: inout TextBuffer) { text.append(UInt64(self)) }
}

extension IPAddress: Phrase {
  /// Writes the address as `description` has it.
  public func write(to text: inout TextBuffer) { text.append(ascii: self) }
}

extension IPv4Address: Phrase {
  /// Writes the address as `description` has it.
  public func write(to text: inout TextBuffer) { text.append(ascii: self) }
}

extension IPPrefix: Phrase {
  /// Writes the prefix as `description` has it.
  public func write(to text: inout TextBuffer) { text.append(ascii: self) }
}

extension MACAddress: Phrase {
  /// Writes the address as `description` has it.
  public func write(to text: inout TextBuffer) { text.append(ascii: self) }
}

extension VirtualSubnetID: Phrase {
  /// Writes the identifier in decimal.
  public func write(to text: inout TextBuffer) { text.append(UInt64(number)) }
}

extension IPProtocol: Phrase {
  /// Writes the protocol as `description` has it.
  public func write(to text: inout TextBuffer) { text.append(description) }
}

extension IPFamily: Phrase {
  /// Writes `IPv4` or `IPv6`.
  public func write(to text: inout TextBuffer) { text.append(description) }
}

extension Choice {
  /// `name=value`, where it is to be.
  var phrase: Phrases<String, String, String> { Phrases(Self.name, "=", self.rawValue) }
}
