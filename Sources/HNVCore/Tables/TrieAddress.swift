/// The bits of an address, with what a table does differently for each family.
@usableFromInline
protocol TrieAddress: AddressBits {
  /// The same bits as arrays hold them: aligned to a word at most.
  associatedtype Stored: Sendable
  init(_ stored: Stored)
  var stored: Stored { get }

  /// How many octets of an address are looked up at once, and whether one more is, before that.
  static var shortcutOctets: Int { get }
  static var hasDeepShortcuts: Bool { get }

  /// Whether a record's slot is long enough for its number, too.
  associatedtype SlotNumber: RecordNumber

  /// The starts of the ranges that a few prefixes make, in ascending order.
  associatedtype Starts: RangeStarts where Starts.Bits == Self

  /// The octets behind a trunk: those of a shortcut, then two more; too big for that off the trunk.
  ///
  /// The trunk's bits are zero behind its length.
  func window(behind trunk: Self, _ length: Int) -> UInt64

  /// Whether both agree in the first `length` bits.
  func agrees(with other: Self, to length: Int) -> Bool
}

extension TrieAddress {
  /// The octet that follows the first `depth` bits, of which there are fewer than all.
  @inlinable @inline(__always)
  func octet(at depth: Int) -> Int { (self &<< Self(truncatingIfNeeded: depth)).firstOctet }

  @inlinable @inline(__always)
  var firstOctet: Int {
    Int(truncatingIfNeeded: self &>> Self(truncatingIfNeeded: Self.bitWidth &- 8))
  }

  /// Some octets, those behind the first `depth` bits.
  @inlinable @inline(__always)
  func octets(_ count: Int, at depth: Int) -> UInt64 {
    UInt64(
      truncatingIfNeeded: (self &<< Self(truncatingIfNeeded: depth))
        &>> Self(truncatingIfNeeded: Self.bitWidth &- 8 &* count))
  }
}

extension UInt32: TrieAddress {
  @inlinable init(_ stored: UInt32) { self = stored }
  @inlinable var stored: UInt32 { self }

  @inlinable static var shortcutOctets: Int { 2 }
  @inlinable static var hasDeepShortcuts: Bool { false }
  @usableFromInline typealias SlotNumber = NumberBeside
  @usableFromInline typealias Starts = VectorStarts

  @inlinable @inline(__always)
  func window(behind trunk: UInt32, _ length: Int) -> UInt64 {
    UInt64(self ^ trunk) &<< UInt64(truncatingIfNeeded: length)
  }

  @inlinable @inline(__always)
  func agrees(with other: UInt32, to length: Int) -> Bool {
    // In 64 bits a length of zero shifts all out.
    UInt64(self ^ other) &>> UInt64(truncatingIfNeeded: 32 &- length) == 0
  }
}

extension UInt128: TrieAddress {
  /// `UInt128` itself is aligned to 16 bytes, which would make an item 32 bytes long.
  @usableFromInline
  struct Halves: Sendable {
    @usableFromInline let high: UInt64
    @usableFromInline let low: UInt64
    @inlinable init(_ high: UInt64, _ low: UInt64) { (self.high, self.low) = (high, low) }
  }

  @inlinable init(_ stored: Halves) {
    self = UInt128(stored.high) &<< 64 | UInt128(stored.low)
  }
  @inlinable var stored: Halves {
    Halves(UInt64(truncatingIfNeeded: self &>> 64), UInt64(truncatingIfNeeded: self))
  }

  @inlinable static var shortcutOctets: Int { 4 }
  @inlinable static var hasDeepShortcuts: Bool { true }
  @usableFromInline typealias SlotNumber = UInt32
  @usableFromInline typealias Starts = ListedStarts

  @inlinable @inline(__always)
  func window(behind trunk: UInt128, _ length: Int) -> UInt64 {
    agrees(with: trunk, to: length) ? octets(6, at: length) : .max
  }

  @inlinable @inline(__always)
  func agrees(with other: UInt128, to length: Int) -> Bool {
    let differing = (self ^ other).stored
    return length <= 64
      ? differing.high >> UInt64(truncatingIfNeeded: 64 &- length) == 0
      : differing.high == 0
        && differing.low &>> UInt64(truncatingIfNeeded: 128 &- length) == 0
  }
}
