import HNVCore

/// UTF-8 that grows at its end.
///
/// It writes through a pointer, because an array asks before every piece whether it is shared.
/// Nobody else has the pointer, so that a buffer can be sent.
public struct TextBuffer: ~Copyable, @unchecked Sendable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 1 << 14) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { base.deallocate() }

  /// What was written.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: base, count: count))
  }

  /// A part of what was written.
  func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "there are no such bytes")
    return body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Takes away what was written behind a place.
  mutating func truncate(to count: Int) { self.count = min(count, self.count) }

  private mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }

  private mutating func append(_ room: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
    reserve(room)
    let room = UnsafeMutableBufferPointer(start: base + count, count: room)
    var text = OutputSpan(buffer: room, initializedCount: 0)
    write(&text)
    count += text.finalize(for: room)
  }
}

extension TextBuffer {
  /// Appends a string.
  public mutating func append(_ text: String) {
    // A string that is not contiguous UTF-8, as one from Foundation, is copied into one that is.
    if text.utf8.withContiguousStorageIfAvailable({ append($0) }) == nil {
      append(String(decoding: Array(text.utf8), as: UTF8.self))
    }
  }

  /// Appends phrases.
  @inline(__always)
  mutating func append<each Piece: Phrase>(phrases piece: repeat each Piece) {
    repeat (each piece).write(to: &self)
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  /// Appends what was written here already.
  mutating func append(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "there are no such bytes")
    reserve(range.count)
    (base + count).update(from: base + range.lowerBound, count: range.count)
    count += range.count
  }

  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  mutating func append<Value: ASCIIText>(ascii value: Value) {
    append(Value.longestText) { value.write(to: &$0) }
  }

  mutating func append(_ number: UInt64) {
    append(Digits.longestDecimal) { Digits.write(number, to: &$0) }
  }

  mutating func append(spaces: Int) {
    guard spaces > 0 else { return }
    reserve(spaces)
    (base + count).update(repeating: UInt8(ascii: " "), count: spaces)
    count += spaces
  }
}
