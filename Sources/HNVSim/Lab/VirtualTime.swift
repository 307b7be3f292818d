public import HNVCore

/// A time on the virtual clock, or a duration, in nanoseconds.
public struct VirtualTime: Hashable, Comparable, Sendable, BitwiseCopyable,
  CustomStringConvertible
{
  /// The nanoseconds since the start, or of the duration.
  public let nanoseconds: UInt64

  /// Counts nanoseconds.
  public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// The start of every experiment.
  public static let zero = VirtualTime(nanoseconds: 0)

  /// Counts whole seconds, at most the 584 years that 64 bits hold.
  public static func seconds(_ count: UInt64) -> VirtualTime {
    let (product, overflow) = count.multipliedReportingOverflow(by: 1_000_000_000)
    return VirtualTime(nanoseconds: overflow ? .max : product)
  }

  /// The sum, which stays at the clock's end instead of wrapping.
  public static func + (left: VirtualTime, right: VirtualTime) -> VirtualTime {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return VirtualTime(nanoseconds: overflow ? .max : sum)
  }

  /// Orders by time.
  public static func < (left: VirtualTime, right: VirtualTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  private static let units: [(name: String, nanoseconds: UInt64)] = [
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
  ]

  /// Reads a whole number with its unit: `5s`, `10ms`, `250us`, `7ns`.
  public init(parsing text: String) throws(Diagnostic) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = Self.units.first { $0.name == text.dropFirst(digits.count) }
    guard let unit, !digits.isEmpty, digits == "0" || digits.first != "0" else {
      throw Diagnostic(
        .timeSyntax, value: String(text.prefix(40)), "this is not a whole number and its unit")
    }
    let limit = UInt64.max / unit.nanoseconds
    guard let count = Digits.decimal(String(digits), upTo: limit) else {
      throw Diagnostic(
        .timeSyntax, value: String(text.prefix(40)), "a time is at most \(limit)\(unit.name)",
        fix: "write a shorter time")
    }
    nanoseconds = count * unit.nanoseconds
  }

  /// The time in its largest unit, rounded to three decimals: `5 s`, `3.609 s`, `250 us`.
  public var description: String { text(decimals: 3) }

  /// Times as `description` has them, with as many more decimals as tell different times apart.
  public static func texts(of times: [VirtualTime]) -> [String] {
    let count = Set(times).count
    for decimals in 3..<9 {
      let texts = times.map { $0.text(decimals: decimals) }
      if Set(texts).count == count { return texts }
    }
    return times.map { $0.text(decimals: 9) }
  }

  /// The text with at most so many decimals; with 9 it is exact.
  func text(decimals: Int) -> String {
    let unit = Self.unit(of: nanoseconds)
    let step = max(1, unit.nanoseconds / Self.powerOfTen(decimals))
    let (sum, overflow) = nanoseconds.addingReportingOverflow(step / 2)
    let rounded = (overflow ? nanoseconds : sum) / step * step
    // What is rounded up may reach the next unit.
    let (name, size) = Self.unit(of: rounded)
    guard !rounded.isMultiple(of: size) else { return "\(rounded / size) \(name)" }
    // The digits behind the one of the unit's power of ten are the fraction.
    var fraction = String(String(size + rounded % size).dropFirst())
    while fraction.last == "0" { fraction.removeLast() }
    return "\(rounded / size).\(fraction) \(name)"
  }

  private static func unit(of nanoseconds: UInt64) -> (name: String, nanoseconds: UInt64) {
    nanoseconds == 0 ? units[0] : units.first { $0.nanoseconds <= nanoseconds } ?? units[0]
  }

  private static func powerOfTen(_ exponent: Int) -> UInt64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// The time as labs have it, a whole number and its unit: `5s`, `1500us`.
  var labText: String {
    let unit = Self.units.first { nanoseconds.isMultiple(of: $0.nanoseconds) } ?? Self.units[3]
    return "\(nanoseconds / unit.nanoseconds)\(unit.name)"
  }
}
