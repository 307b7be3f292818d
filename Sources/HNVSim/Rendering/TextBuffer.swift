import HNVCore

/// UTF-8 that grows at its end.
///
/// It writes through a pointer, because an array asks before every piece whether it is shared.
struct TextBuffer: ~Copyable {
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
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  mutating func append(_ literal: StaticString) { literal.withUTF8Buffer { append($0) } }

  mutating func append(text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  mutating func append(words: Words) { words.utf8.withUnsafeBufferPointer { append($0) } }

  mutating func append<Value: ASCIIText>(_ value: Value) {
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
