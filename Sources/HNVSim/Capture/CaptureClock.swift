/// The unit and the start of an interface's times (draft-ietf-opsawg-pcapng, section 4.2).
struct CaptureClock {
  /// The unit: 10 to the minus this, or 2 to the minus its lower seven bits where the highest is
  /// set; default: microseconds.
  var resolution: UInt8 = 6

  /// Seconds to add.
  var offset: Int64 = 0

  /// The time in nanoseconds, kept within what a virtual time can say.
  func time(_ ticks: UInt64) -> VirtualTime {
    let exponent = Int(resolution & 0x7f)
    let nanoseconds: UInt128
    if resolution & 0x80 != 0 {
      nanoseconds = (UInt128(ticks) * 1_000_000_000) >> exponent
    } else if exponent <= 9 {
      nanoseconds = UInt128(ticks) * Self.powerOfTen(9 - exponent)
    } else {
      // From 10 to the 20 on, 64 bits of ticks are less than a nanosecond.
      nanoseconds = exponent < 9 + 20 ? UInt128(ticks) / Self.powerOfTen(exponent - 9) : 0
    }
    let sum = Int128(nanoseconds) + Int128(offset) * 1_000_000_000
    return VirtualTime(nanoseconds: UInt64(clamping: sum))
  }

  private static func powerOfTen(_ exponent: Int) -> UInt128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
